"""Work spread over cores: as one core would do it, also where a worker dies or fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path
from select import select
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxParallelError
from sphinx.util.parallel import ParallelTasks

from handbook import cores
from handbook.build import workers


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
    assert cores.ahead(lambda: iter([work(7)]))() == 7


def test_what_fails_ahead_fails_in_its_own_words() -> None:
    def work() -> Iterator[None]:
        raise ValueError("no rain today")
        yield

    result = cores.ahead(work)
    with pytest.raises(ValueError, match="no rain today"):
        result()


def test_what_is_begun_ahead_is_done_elsewhere() -> None:
    assert cores.ahead(lambda: iter([os.getpid()]))() != os.getpid()


def test_nobody_waits_for_what_comes_after_the_result_but_the_end_of_the_process(
    tmp_path: Path,
) -> None:
    program = """
import sys, time
from pathlib import Path
from handbook import cores

def work():
    yield "result"
    while not go.exists():
        time.sleep(0.01)
    Path(sys.argv[1], "done").touch()

go = Path(sys.argv[1], "go")
cores.cores = lambda pages: 2
assert cores.ahead(work)() == "result"
go.touch()
"""
    subprocess.run([sys.executable, "-c", program, tmp_path], check=True, timeout=60)
    assert (tmp_path / "done").exists()


def test_what_is_begun_ahead_ends_where_nobody_is_left_to_take_it() -> None:
    """Or it would hold the lock of a build for ever."""
    ended, alive = os.pipe()
    child = os.fork()
    if not child:
        cores.ahead(lambda: iter([bytes(1_000_000)]))  # more than a pipe holds
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(alive)
    os.waitpid(child, 0)
    assert select([ended], [], [], 30)[0]
    os.close(ended)


def test_what_is_wanted_no_more_ends_in_peace(tmp_path: Path) -> None:
    half = tmp_path / "half"

    def work() -> Iterator[None]:
        try:
            half.touch()
            time.sleep(60)
            yield
        finally:
            half.unlink()

    cores.ahead(work)
    while not half.exists():
        time.sleep(0.01)
    [worker] = active_children()
    worker.terminate()
    worker.join()
    assert not half.exists()


def test_a_small_handbook_forks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert cores.cores(cores.MANY - 1) == 1
    assert cores.spread(lambda _: os.getpid(), range(3)) == [os.getpid()] * 3


def test_what_sphinx_gives_to_a_worker_has_begun_before_more_is_made_ready() -> None:
    tasks, done = ParallelTasks(1), []
    for number in range(3):
        workers.add_task(tasks, str, number, lambda number, text: done.append((number, text)))
        assert (len(tasks._precvs_waiting), len(done)) == (0, number)
    tasks.join()
    assert done == [(0, "0"), (1, "1"), (2, "2")]


def test_a_worker_of_sphinx_is_given_few_pages_of_however_many() -> None:
    pages = [str(number) for number in range(5000)]
    dealt = workers.make_chunks(pages, 1)
    assert [page for chunk in dealt for page in chunk] == pages
    assert max(map(len, dealt)) <= workers.AT_ONCE


@pytest.mark.parametrize("wait", [0, 1])
def test_what_fails_in_a_worker_of_sphinx_ends_the_others(
    monkeypatch: pytest.MonkeyPatch, wait: float
) -> None:
    monkeypatch.setattr(ParallelTasks, "_join_one", workers.join_one)
    tasks = ParallelTasks(1)
    workers.add_task(tasks, int, "no number")
    time.sleep(wait)  # Sphinx looks at a task that has ended where it adds one
    with pytest.raises(SphinxParallelError, match="no number"):
        workers.add_task(tasks, time.sleep, 60)
    assert tasks._pworking == 0


@pytest.mark.parametrize("process", ["main", "worker"])
def test_a_worker_of_sphinx_sends_what_it_has_read_and_no_more(process: str) -> None:
    env: Any = BuildEnvironment.__new__(BuildEnvironment)
    env.all_docs = dict.fromkeys(["rain", "snow"], 1)
    env.metadata = defaultdict(dict, rain={"part": "tips"}, snow={})
    env.domaindata = {
        "section": {"titles": {"rain": {}, "snow": {}}, "version": 1},
        "std": {"terms": {"rain": "the glossary"}},
    }
    workers.begin(cast(Any, None), env, [])
    workers.note(cast(Any, SimpleNamespace(env=env)), "snow", [])
    if process == "worker":
        workers._readings[env].process = -1
    sent = workers.state(env)
    own = {"rain", "snow"} if process == "main" else {"snow"}
    assert (sent["all_docs"].keys(), sent["metadata"].keys()) == (own, own)
    assert sent["domaindata"]["section"]["titles"].keys() == own
    assert sent["domaindata"]["std"] == env.domaindata["std"]
    assert (sent["metadata"]["hail"], env.all_docs.keys()) == ({}, {"rain", "snow"})
