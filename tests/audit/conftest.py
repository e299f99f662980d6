"""What the judges share: what was built, a server, and the programs from npm."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from chromium import FIX, find
from conftest import Quiet
from guard import REPORTS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TABLE = REPORTS / "engines.md"


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that starts Chromium as a container and root need it."""
    path = find()
    assert path, FIX
    program = tmp_path_factory.mktemp("chromium") / "chromium"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(path)} --no-sandbox "$@"\n')
    program.chmod(0o755)
    return program


@pytest.fixture(scope="session")
def judge(chromium: Path) -> Callable[..., None]:
    """Run a program from npm: ``judge("lighthouse", "--output=json", ...)``."""

    def run(name: str, *arguments: str) -> None:
        program = HERE / "node_modules" / ".bin" / name
        assert program.exists(), f"{name} is not installed; run: tools/judges.sh"
        environment = os.environ | {
            "PATH": f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "CHROME_PATH": str(chromium),
            "PUPPETEER_EXECUTABLE_PATH": str(chromium),
        }
        done = subprocess.run(
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return run


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Show a folder over HTTP, on this machine; give its address."""

    class Patient(Quiet):
        protocol_version = "HTTP/1.1"  # a line is kept open, as every server does

    handler = partial(Patient, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The handbook over HTTP."""
    with serve(site) as address:
        yield address


def report(path: Path) -> Any:
    """A judge's report."""
    return json.loads(path.read_text(encoding="utf-8"))


def table(reports: list[pytest.TestReport]) -> str:
    """What real engines can do: a line for each step and place, a column for each engine."""
    cells: dict[str, dict[str, str]] = {}
    for each in reports:
        engine = dict(each.user_properties).get("engine")
        if engine:
            name, _, place = each.nodeid.partition("::test_")[2].rstrip("]").partition("[")
            step = ": ".join(filter(None, (name.replace("_", " "), place.partition("-")[2])))
            cells.setdefault(step, {})[engine] = "yes" if each.passed else "NO"
    engines = sorted({engine for line in cells.values() for engine in line})
    lines = [["", *engines], ["---"] * (len(engines) + 1)]
    lines += [[step, *(line.get(each, "") for each in engines)] for step, line in cells.items()]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) if cells else ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    stats = terminalreporter.stats
    reports = [
        each
        for outcome in ("passed", "failed", "error")
        for each in stats.get(outcome, [])
        if each.when == "call" or not each.passed
    ]
    if text := table(reports):
        TABLE.parent.mkdir(parents=True, exist_ok=True)
        TABLE.write_text(text, encoding="utf-8")
        terminalreporter.write_line(f"\n{text}\n(also in {TABLE.relative_to(ROOT)})")
