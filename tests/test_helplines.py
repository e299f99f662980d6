"""How old a list of telephone numbers may be, and which numbers stand on one."""

import sys
from datetime import date
from pathlib import Path

import pytest
from pages import check, page, write

from handbook.__main__ import main
from handbook.editions import make
from handbook.rules.helplines import months_after

LIST = "{{.last-checked}}\nThis list was last checked on {day}.\n\nIn danger, call [999](tel:999)."


def found(tmp_path: Path, day: str, today: date) -> list[tuple[str, bool]]:
    """Return the rules that a list checked on ``day`` breaks ``today``, and whether fatally."""
    body = LIST.format(day=day)
    files = {"contacts.md": page(body, reviewed="2020-01-01", review_by="2040-01-01")}
    return [(p.rule, p.fatal) for p in check(write(tmp_path / "docs", files), today)]


DUE = [("helplines-due", False)]
OVERDUE = [("helplines-overdue", False)]
FAILS = [("helplines-checked", True)]


@pytest.mark.parametrize(
    ("today", "what"),
    [
        (date(2026, 11, 22), []),  # still yesterday at the builder's, further west
        (date(2026, 11, 21), FAILS),
        (date(2027, 5, 22), []),
        (date(2027, 5, 23), DUE),
        (date(2027, 11, 23), DUE),
        (date(2027, 11, 24), OVERDUE),
        (date(2037, 11, 24), OVERDUE),
    ],
)
def test_half_a_year_is_reported_and_a_year_too(
    tmp_path: Path, today: date, what: list[tuple[str, bool]]
) -> None:
    assert found(tmp_path, "2026-11-23", today) == what


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook whose numbers nobody has checked for years, and that is made in no time."""
    for name in ("_pdf", "_epub", "_single", "_zip"):
        monkeypatch.setattr(make, name, lambda root: {})
    monkeypatch.setattr(make, "run", lambda *_, **__: tmp_path)
    monkeypatch.setattr(make, "publish", lambda *_: None)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "docs", {"contacts.md": page(LIST.format(day="2020-01-01")), "../conf.py": ""})
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, command: str) -> int:
    monkeypatch.setattr(sys, "argv", ["handbook", command])
    return main()


@pytest.mark.parametrize("command", ["editions", "site"])
def test_nothing_is_given_to_readers_after_a_year(
    old: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, command) == 1
    said = capsys.readouterr().err
    assert "docs/contacts.md:10: last checked on 2020-01-01, over a year ago" in said
    made = {path.name for path in (old / "build").glob("[!.]*")}
    assert made <= {"kept"}  # what a check keeps, and nothing for readers


@pytest.mark.parametrize("command", ["editions", "site"])
def test_a_build_of_an_old_day_is_repeated(
    old: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577880000")
    assert run(monkeypatch, command) == 0


@pytest.mark.parametrize(
    "day", ["last winter", "23/11/2026", "2026-11-31", "2025-11-23 or 2026-11-23"]
)
def test_a_day_that_cannot_be_read_fails(tmp_path: Path, day: str) -> None:
    assert found(tmp_path, day, date(2026, 12, 1)) == FAILS


def test_a_list_without_the_day_is_told_at_its_first_number(tmp_path: Path) -> None:
    text = page("In danger, call [999](tel:999).\nOr ask [Samaritans](tel:116123).")
    (problem,) = check(write(tmp_path / "docs", {"contacts.md": text}), date(2026, 12, 1))
    assert (problem.line, problem.rule) == (9, "helplines-checked")
    assert "has 999, 116123;" in problem.message


def test_a_number_is_one_however_its_scheme_is_written(tmp_path: Path) -> None:
    files = {"contacts.md": page("In danger, call [999](TEL:999).")}
    number, address = check(write(tmp_path / "docs", files), date(2026, 12, 1))
    assert "has 999;" in number.message
    assert address.message == "write TEL: in small letters"


def test_another_page_repeats_numbers_of_the_list_and_no_others(tmp_path: Path) -> None:
    files = {
        "contacts.md": page(LIST.format(day="2026-11-23")),
        "help.md": page("In danger, call [999](tel:999).\nOr ask [112](tel:112)."),
    }
    (problem,) = check(write(tmp_path / "docs", files), date(2026, 12, 1))
    assert (problem.path, problem.line) == ("docs/help.md", 10)
    assert "has 112;" in problem.message


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_half_a_year_later_is_a_day_that_there_is(day: date, later: date) -> None:
    assert months_after(day, 6) == later
