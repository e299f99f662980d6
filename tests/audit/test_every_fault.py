"""Each place in the code that changes the disk goes wrong once, in every command.

``test_faults.py`` does some of it. After all of them one more run makes what a first one would.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sys
import time
from pathlib import Path

import faults
import forked
import pytest
import tiny
from test_faults import OURS
from tiny import good, left

from handbook.build import run as build

FIXED = random.Random(7)  # the same moments in every run


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The tiny handbook with all that can be made of it, edited since."""
    root = tiny.lay_out(tmp_path / "root")
    for command in ("html", "editions"):
        status, said = tiny.run(root, command, OURS)
        assert status == 0, said
    shutil.rmtree(root / "build" / "work")
    tiny.write(root, "It has been raining.")
    return root


@pytest.mark.parametrize("fault", [faults.FULL, faults.REFUSED, faults.KILLED])
@pytest.mark.parametrize("command", ["html", "epub", "single", "pdf"])
def test_each_change_goes_wrong(
    built: Path, command: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_run", forked.run_forked)
    told = built.with_name("told")
    before = Path(shutil.copytree(built, built.with_name("before")))
    build.run("html", before, "-q")  # so that all is imported
    shutil.rmtree(before / "build" / "work")

    def again(number: int) -> tuple[int, str]:
        shutil.rmtree(built)
        shutil.copytree(before, built)
        told.write_bytes(b"")
        return forked.main_forked(built, command, fault, str(number), str(told))

    status, said = again(sys.maxsize)
    assert status == 0, said
    after, places = good(built), told.read_text(encoding="utf-8").splitlines()
    for number in seldom(faults.first_of_each(places), command):
        status, said = again(number)
        assert "Traceback" not in said, said
        assert good(built) in ((old := good(before)), after), places[number - 1]
        if fault == faults.KILLED:
            continue
        assert left(built) == [], places[number - 1]
        if status:
            assert good(built) == old, places[number - 1]
            faulty = re.findall("^error: .*|^ERROR: .*", said, re.MULTILINE)
            assert "run this again" in faulty[0], said
    status, said = forked.main_forked(built, command)
    assert status == 0, said
    assert good(built) == after
    assert left(built) == []


def seldom(numbers: list[int], command: str) -> list[int]:
    """All of the pages; of the editions, whose builders share most of them, each third."""
    return numbers if command == "html" else numbers[::3]


@pytest.mark.parametrize("command", ["html", "single"])
def test_killed_at_random_moments_and_run_again(built: Path, command: str) -> None:
    before = good(built)
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
