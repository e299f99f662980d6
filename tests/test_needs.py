"""A plain ``pytest`` runs where ``requirements.txt`` alone is installed; ``make test`` runs all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from needs import OPTION

ROOT = Path(__file__).parents[1]
LEFT_OUT = "Test files left out: "


def collect(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Collect the tests as if nothing were installed that ``requirements.txt`` does not pin."""
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    known = {plain(name) for name in pinned}
    beyond = [
        package
        for package, names in packages_distributions().items()
        if not known & {plain(name) for name in names}
    ]
    command = ["-q", "--collect-only", "-p", "no:cacheprovider", *arguments]
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({beyond}))\n"
        f"import pytest; sys.exit(pytest.main({command}))"
    )
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # there are none either
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_files_that_need_a_browser_are_left_out_in_one_line() -> None:
    done = collect()
    assert done.returncode == 0, done.stdout + done.stderr
    (line,) = [line for line in done.stdout.splitlines() if line.startswith(LEFT_OUT)]
    assert "a browser, a PDF reader or Hypothesis (make test)" in line
    assert "(make audit)" in line
    assert "browser/" not in done.stdout
    assert "test_lint.py" in done.stdout


def test_a_file_without_such_needs_says_nothing() -> None:
    done = collect("tests/test_lint.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert LEFT_OUT not in done.stdout


def test_a_missing_tool_is_a_failure_where_nothing_may_be_left_out() -> None:
    done = collect(OPTION, "tests/test_lint.py")
    assert done.returncode != 0
    assert (
        "not installed: axe_playwright_python, hypothesis, page, playwright, pypdf" in done.stderr
    )


def test_make_leaves_no_test_out() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    runs = [line for line in makefile.splitlines() if "-m pytest" in line]
    assert runs
    assert [run for run in runs if OPTION not in run] == []
