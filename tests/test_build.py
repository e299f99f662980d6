"""Builds in one folder: one after the other, and what was good stays whatever happens to one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, ROOTS

from handbook.build.run import alone


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    """Begin a program in a handbook that lies elsewhere than the extension."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def first_words(program: subprocess.Popen[str]) -> str:
    assert program.stderr is not None
    return program.stderr.readline()


@pytest.mark.parametrize("command", ["html", "zip", "editions", "site"])
def test_a_second_build_says_that_it_waits(tmp_path: Path, command: str) -> None:
    (tmp_path / "conf.py").touch()
    with alone(tmp_path), start(tmp_path, "-m", "handbook", command) as second:
        said = first_words(second)
        second.kill()
    assert said == "Another build is at work here; this one waits until it is done.\n"


def test_it_does_wait_and_is_made(tmp_path: Path) -> None:
    program = """if True:
        from pathlib import Path
        from handbook.build.run import alone
        with alone(Path()):
            print("built")
    """
    with alone(tmp_path):
        second = start(tmp_path, "-c", program)
        assert "waits" in first_words(second)
        with pytest.raises(subprocess.TimeoutExpired):  # one that did not would be done at once
            second.wait(timeout=0.5)
    built, _ = second.communicate()
    assert built == "built\n"


# Python tells a hook of whatever is about to reach the network.
UNPLUGGED = """
import sys

version = copyright = "1"  # an e-book wants them

def unplugged(event, given):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise RuntimeError(f"a build asks the network: {event} {given}")

sys.addaudithook(unplugged)
"""


@pytest.mark.parametrize("builder", ["html", "epub", "single", "typst"])
def test_a_build_asks_nothing_of_the_network(
    sphinx: Callable[..., subprocess.CompletedProcess[str]], builder: str
) -> None:
    conf = (ROOTS / "test-two-articles" / "conf.py").read_text("utf-8") + UNPLUGGED
    done = sphinx("test-two-articles", builder, edit={"conf.py": conf})
    assert done.returncode == 0, done.stderr


def test_typst_takes_no_package_from_the_network() -> None:
    """It would do so by itself, and no hook of Python would be told."""
    files = sorted((ROOT / "handbook").rglob("*.typ"))
    assert files
    assert [file.name for file in files if "@preview" in file.read_text("utf-8")] == []
