"""Which test files need more than ``requirements.txt``; a plain ``pytest`` leaves them out.

It says so. ``make test`` and ``make audit`` leave nothing out: there a tool that is missing is a
failure.
"""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

AUDIT = Path(__file__).parent / "audit"
OPTION = "--leave-nothing-out"
#: What ``tests/requirements.txt`` brings, under the names that tests import.
TOOLS = ("axe_playwright_python", "hypothesis", "page", "playwright", "pypdf")
#: The command that runs a file, and what it has for it.
TEST = ("make test", "a browser, a PDF reader or Hypothesis")
JUDGE = ("make audit", "Java, Node.js or the network")
LEFT_OUT = pytest.StashKey[list[tuple[str, str]]]()


def missing() -> set[str]:
    """The tools that are not installed."""
    return {tool for tool in TOOLS if find_spec(tool) is None}


def imported(file: Path) -> set[str]:
    """The packages that a file imports, and those of the files beside it that it imports."""
    names: list[str | None] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.append(node.module)
    found = {name.partition(".")[0] for name in names if name}
    beside = {file.with_name(f"{name}.py") for name in found} - {file}
    return found.union(*(imported(each) for each in beside if each.is_file()))


def is_asked_for(file: Path, config: pytest.Config) -> bool:
    """Whether it is a file of tests in a folder that the command line names."""
    here = config.invocation_params.dir
    return file.match("test_*.py") and any(
        (here / argument).resolve() in file.parents for argument in config.args
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, action="store_true", help="fail where a tool of the tests is missing")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = []
    if config.getoption(OPTION) and missing():
        raise pytest.UsageError(f"not installed: {', '.join(sorted(missing()))}; run: make test")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a file of tests that cannot run here, and remember it."""
    if config.getoption(OPTION) or not is_asked_for(collection_path, config):
        return None
    if AUDIT in collection_path.parents:
        config.stash[LEFT_OUT].append(JUDGE)
    elif imported(collection_path) & missing():
        config.stash[LEFT_OUT].append(TEST)
    else:
        return None
    return True


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    left_out = config.stash[LEFT_OUT]
    counts = {reason: left_out.count(reason) for reason in (TEST, JUDGE) if reason in left_out}
    if counts:
        said = [f"{count} with {tools} ({run})" for (run, tools), count in counts.items()]
        terminalreporter.write_line(f"Test files left out: {', '.join(said)}.")
