"""What is installed: pinned by hand with a reason, or brought along, and each with its hashes."""

from __future__ import annotations

import re
import runpy
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path

import pytest
from needs import imported
from packaging.requirements import Requirement

from handbook import __version__

ROOT = Path(__file__).parents[1]
FILES = [
    ROOT / name
    for name in (
        "requirements.txt",
        "tests/requirements.txt",
        "tests/audit/requirements.txt",
        "tools/requirements.txt",
        "tools/listener/requirements.txt",
    )
]
IDS = [str(file.relative_to(ROOT)) for file in FILES]
PIN = r"[\w.-]+==[\w.]+(?: ; [\w .<>!='()]+)?"
LINE = re.compile(
    rf"(?:|-r (?:\.\./)+requirements\.txt|{PIN}|    --hash=sha256:\w{{64}})(?: \\)?"
    r"|    # via [\w, .-]+"
)
LOCK = runpy.run_path(str(ROOT / "tools" / "lock.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def pinned(lines: list[str]) -> dict[str, str]:
    """Names and versions of pins."""
    pins = [line.partition(";")[0].strip().split("==") for line in lines if line[:1].isalnum()]
    return {LOCK["name"](name): version for name, version in pins}


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_a_file_says_nothing_of_the_machine_that_wrote_it(file: Path) -> None:
    """No index, no path: nothing but pins, hashes, who brings what, and what a maintainer says."""
    upper, _, lower = file.read_text("utf-8").partition(LOCK["MARK"])
    lines = [line for line in upper.splitlines() if line[:1] != "#"] + lower.splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_every_pin_has_a_hash(file: Path) -> None:
    entries = LOCK["entries"](file.read_text("utf-8"))
    assert entries
    assert [entry for entry in entries if "\n    --hash=" not in entry] == []


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_a_pin_has_a_reason_above_it(file: Path) -> None:
    """One reason may stand above pins that go together."""
    upper = LOCK["by_hand"](file.read_text("utf-8"))
    below = pairwise(upper)
    assert [line for above, line in below if line[:1].isalnum() and not above] == []


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_what_is_brought_along_says_by_whom_and_is_pinned_once(file: Path) -> None:
    text = file.read_text("utf-8")
    along = LOCK["entries"](text.partition(LOCK["MARK"])[2])
    assert [entry for entry in along if "\n    # via " not in entry] == []
    twice = {*pinned(along)} & {*pinned(LOCK["by_hand"](text)), *pinned(LOCK["included"](file))}
    assert twice == set()


def test_a_file_is_as_the_lock_writes_it() -> None:
    for file in FILES:
        text = file.read_text("utf-8")
        known = {LOCK["name"](pin) for pin in LOCK["included"](file)}
        assert LOCK["written"](text, text, known) == text


def test_the_lock_gives_a_pin_its_hashes_and_lists_what_came_along() -> None:
    text = (
        "# Why.\nOne_a==1 \\\n    --hash=old\n\n" + LOCK["MARK"] + "\ngone==1 \\\n    --hash=old\n"
    )
    locked = "\n".join(
        f"{name}==1 \\\n    --hash=1 \\\n    --hash=2\n    # via one-a"
        for name in ("known", "one-a", "two")
    )
    assert LOCK["written"](text, locked, {"known"}) == (
        "# Why.\nOne_a==1 \\\n    --hash=1 \\\n    --hash=2\n\n"
        + LOCK["MARK"]
        + "\ntwo==1 \\\n    --hash=1 \\\n    --hash=2\n    # via one-a\n"
    )


# The package.


def test_what_the_package_wants_is_pinned_in_a_release_that_it_takes() -> None:
    pins = pinned(LOCK["by_hand"](FILES[0].read_text("utf-8")))
    wanted = [Requirement(each) for each in PROJECT["dependencies"]]
    assert wanted
    assert [
        str(each) for each in wanted if not each.specifier.contains(pins[LOCK["name"](each.name)])
    ] == []


def test_the_package_wants_what_its_code_imports() -> None:
    """What Sphinx stands on comes with Sphinx; who watches a checkout has its requirements."""
    wanted = {LOCK["name"](Requirement(each).name) for each in PROJECT["dependencies"]}
    packages = set[str]().union(*map(imported, (ROOT / "handbook").rglob("*.py")))
    owners = packages_distributions()
    names = {
        LOCK["name"](owners[package][0])
        for package in packages - {*sys.stdlib_module_names, "handbook"}
    }
    assert names - wanted == {"babel", "docutils", "jinja2", "sphinx-autobuild", "starlette"}


def test_the_changelog_begins_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.M)[0] == __version__
