"""No test writes into what `make` has built, nor has it made anew; each may read it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from guard import BUILD, REPORTS, refuse

from handbook.build.run import run

FILE = BUILD / "test-guard" / "file"


@pytest.mark.parametrize(
    "write",
    [
        lambda: FILE.parent.mkdir(parents=True),
        lambda: FILE.open("w"),
        lambda: FILE.touch(),
        lambda: FILE.unlink(),
        lambda: Path(os.devnull).rename(FILE),
        lambda: shutil.rmtree(FILE.parent),
        lambda: run("html", BUILD.parent, "-D", "release=another"),  # nothing has made that yet
        lambda: subprocess.run(["true", FILE]),
        lambda: subprocess.run(["true", "build/test-guard"], cwd=BUILD.parent),
        lambda: subprocess.run([sys.executable, "-m", "handbook", "zip"], cwd=BUILD.parent),
    ],
)
def test_a_write_is_refused(write: object) -> None:
    with pytest.raises(AssertionError, match="a test must not write into"):
        write()
    assert not FILE.parent.exists()


def test_to_read_is_no_write(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FILE.open()
    assert not list(FILE.parent.glob("*"))


def test_what_the_audit_reports_is_its_own() -> None:
    refuse("open", (str(REPORTS / "engines.md"), "w", os.O_WRONLY))
    with pytest.raises(AssertionError):
        refuse("open", (f"{REPORTS}-of-mine", "w", os.O_WRONLY))
