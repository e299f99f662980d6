"""Each place in the code that changes the disk goes wrong once, in every command.

``test_faults.py`` does some of it. After all of them one more run makes what a first one would.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import faults
import pytest
import tiny
from test_faults import OURS, goes_wrong
from tiny import good, left

FIXED = random.Random(7)  # the same moments in every run


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The tiny handbook with all that can be made of it."""
    root = tiny.lay_out(tmp_path / "root")
    for command in ("html", "editions"):
        status, said = tiny.run(root, command, OURS)
        assert status == 0, said
    return root


@pytest.mark.parametrize("fault", [faults.FULL, faults.REFUSED])
@pytest.mark.parametrize("command", ["html", "epub", "single", "pdf"])
def test_each_change_goes_wrong(built: Path, command: str, fault: str) -> None:
    before = good(built)
    shutil.rmtree(built / "build" / "work")
    told = built.with_name("told")
    tiny.write(built, "It has been raining.")
    shutil.copytree(built, built.with_name("first"))
    status, said = tiny.run(built.with_name("first"), command, faults.environment(told))
    assert status == 0, said
    after = good(built.with_name("first"))
    places = faults.places(told)
    others = set(before) - set(after)
    assert others == set()
    for number in seldom(faults.first_of_each(places), command):
        goes_wrong(built, fault, number, command)
        shutil.rmtree(built / "build" / "work")
        tiny.restore(built, before)
    status, said = tiny.run(built, command, OURS)
    assert status == 0, said
    assert good(built) == after
    assert left(built) == []


def seldom(numbers: list[int], command: str) -> list[int]:
    """All of the pages; of the editions, whose builders share most of them, each third."""
    return numbers if command == "html" else numbers[::3]


@pytest.mark.parametrize("command", ["html", "single"])
def test_killed_at_random_moments_and_run_again(built: Path, command: str) -> None:
    before = good(built)
    tiny.write(built, "It has been raining.")
    shutil.copytree(built, built.with_name("first"))
    begun = time.monotonic()
    status, said = tiny.run(built.with_name("first"), command, OURS)
    assert status == 0, said
    took, after = time.monotonic() - begun, good(built.with_name("first"))
    for _ in range(10):
        with tiny.start(built, command, OURS) as program:
            time.sleep(FIXED.uniform(0, took))
            os.killpg(program.pid, signal.SIGKILL)
        assert good(built) in (before, after)
    status, said = tiny.run(built, command, OURS)
    assert status == 0, said
    assert good(built) == after
    assert left(built) == []
