"""The list of licences names all that is installed to build the handbook, and is up to date."""

from __future__ import annotations

import re
import runpy
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LICENCES = runpy.run_path(str(ROOT / "tools" / "licences.py"))
PINS = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
LIST = (ROOT / "LICENCES.md").read_text("utf-8")


def test_the_list_is_what_the_packages_say() -> None:
    assert LICENCES["listed"]((ROOT / "requirements.txt").read_text("utf-8")) == LIST


@pytest.mark.parametrize("name", sorted(set(PINS)))
def test_a_package_is_on_the_list_once_with_its_licence(name: str) -> None:
    (row,) = re.findall(rf"^\| {re.escape(name)} \| (.+?) \|", LIST, re.M)
    assert row.strip()


def test_nothing_is_under_the_gpl_alone() -> None:
    """Where it is named beside others, a note says what of it matters here."""
    rows = [row for row in LIST.splitlines() if "GPL" in row]
    assert [row for row in rows if ";" not in row or row.endswith("|  |")] == []


def test_a_package_that_names_no_licence_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        metadata = Message()

    monkeypatch.setitem(LICENCES["licence"].__globals__, "distribution", lambda name: Silent)
    with pytest.raises(ValueError, match="quiet names no licence"):
        LICENCES["licence"]("quiet")
