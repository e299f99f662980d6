"""Work spread over cores: as one core would do it, also where a worker dies or fails."""

from __future__ import annotations

import os
import signal

import pytest

from handbook import cores


@pytest.fixture(autouse=True)
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "cores", lambda pages: 2)


def test_results_keep_the_order_of_the_items() -> None:
    results = cores.spread(lambda number: (number * 2, os.getpid()), range(9))
    assert [twice for twice, _ in results] == [*range(0, 18, 2)]
    assert os.getpid() not in {worker for _, worker in results}


def test_a_worker_that_is_killed_is_done_without() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert cores.spread(work, range(3)) == [0, 1, 2]
    assert cores.ahead(lambda: work(7), 1)() == 7


def test_what_fails_ahead_fails_in_its_own_words() -> None:
    def work() -> None:
        raise ValueError("no rain today")

    result = cores.ahead(work, 1)
    with pytest.raises(ValueError, match="no rain today"):
        result()


def test_what_is_begun_ahead_is_done_elsewhere() -> None:
    assert cores.ahead(os.getpid, 1)() != os.getpid()


def test_a_small_handbook_forks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert cores.cores(cores.MANY - 1) == 1
    assert cores.spread(lambda _: os.getpid(), range(3)) == [os.getpid()] * 3
