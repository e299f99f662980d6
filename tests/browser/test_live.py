"""`make watch`: a page that is open shows what is saved."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from conftest import ROOT, ROOTS
from playwright.sync_api import Browser, expect

WATCH = """
from pathlib import Path
from handbook.build.watch import watch
watch(Path.cwd(), "--port", "0")
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(ROOTS / "test-two-articles", tmp_path / "root")


@pytest.fixture
def watched(root: Path) -> Iterator[str]:
    """The address of a small handbook that is watched."""
    with subprocess.Popen(
        [sys.executable, "-u", "-c", WATCH],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as program:
        assert program.stdout
        said = ""
        while not (found := re.search(r"Serving on (http://[\w.:]+)", said)):
            assert program.poll() is None, said
            said += program.stdout.readline()
        # Who does not listen stops whoever speaks.
        Thread(target=program.stdout.read, daemon=True).start()
        yield found[1]
        os.killpg(program.pid, signal.SIGKILL)


def test_a_page_shows_what_is_saved(root: Path, watched: str, browser: Browser) -> None:
    """Its policy allows nothing inline, so what loads it anew is a file."""
    page = browser.new_page()
    page.goto(f"{watched}/rain/tips.html")
    source = root / "docs" / "rain" / "tips.md"
    source.write_text(f"{source.read_text('utf-8')}\nRain is wet.\n", "utf-8")
    expect(page.get_by_text("Rain is wet.")).to_be_attached(timeout=120_000)
    page.close()
