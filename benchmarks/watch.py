"""How soon an editor sees what was saved: ``python -m benchmarks.watch [--runs N] [FOLDER]``.

It watches a copy of this handbook, or of the one in a folder, as ``make watch`` does, with a page
of it in Chromium, and saves a sentence more: the time is from there to the page that shows it.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from threading import Thread

from playwright.sync_api import Page

from benchmarks.browser import chromium

ROOT = Path(__file__).parents[1]
# A port that is free, for somebody may be watching.
WATCH = "from pathlib import Path; from handbook.build.watch import watch; watch(Path.cwd(), {})"
SERVING = re.compile(r"Serving on http://([\w.]+):(\d+)")


@contextmanager
def watched(root: Path) -> Iterator[str]:
    """Watch a handbook; the address of its pages once they are served.

    :raises RuntimeError: with what was said, where the program ended before.
    """
    command = [sys.executable, "-u", "-c", WATCH.format('"--port", "0"')]
    with subprocess.Popen(
        command,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as program:
        try:
            host, port = _served(program)
            yield f"http://{host}:{port}"
        finally:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(program.pid, signal.SIGKILL)


def _served(program: subprocess.Popen[str]) -> tuple[str, int]:
    """Where a program that watches answers; it names the place before it listens there."""
    assert program.stdout
    said = ""
    while not (found := SERVING.search(said)):
        line = program.stdout.readline()
        if not line:
            raise RuntimeError(said)
        said += line
    # Who does not listen stops whoever speaks.
    Thread(target=program.stdout.read, daemon=True).start()
    place = found[1], int(found[2])
    while program.poll() is None:
        try:
            socket.create_connection(place).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return place
    raise RuntimeError(said)


def times(page: Page, source: Path, runs: int) -> list[float]:
    """Seconds from saving a sentence more to the page that shows it."""
    text = source.read_text(encoding="utf-8").rstrip("\n")
    found = []
    for run in range(runs):
        sentence = f"It may be the time number {run}."
        start = time.perf_counter()
        source.write_text(f"{text}\n\n{sentence}\n", encoding="utf-8")
        page.get_by_text(sentence).wait_for(state="attached", timeout=60_000)
        found.append(time.perf_counter() - start)
        page.wait_for_timeout(500)  # the page listens again
    return found


def main() -> None:
    """Print the median and the slowest."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.watch")
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        root = Path(name)
        shutil.copy(options.folder / "conf.py", root)
        shutil.copytree(options.folder / "docs", root / "docs")
        source = next(iter(sorted(root.glob("docs/*/tips.md"))))
        with watched(root) as address:
            page = browser.new_page()
            address += "/" + source.relative_to(root / "docs").with_suffix(".html").as_posix()
            page.goto(address, wait_until="networkidle")
            found = times(page, source, options.runs)
    print(f"saved to shown: {median(found):.2f} s, the slowest {max(found):.2f} s")


if __name__ == "__main__":
    main()
