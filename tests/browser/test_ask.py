"""What `make ask` tells an editor."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from benchmarks.search import ask

BANK = """\
# A comment.

- ask: how do we talk
  first: an-article/tips#talk

- ask: he shouts at night
  first: [help/limits#shouting, an-article/tips#talk]
- ask: who is it for
  first: an-article/*
"""


def test_a_bank_names_file_and_line(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text(BANK, encoding="utf-8")
    questions = ask.read(bank)
    assert [each.where for each in questions] == [f"{bank}:{line}" for line in (3, 6, 8)]
    assert questions[1].first == ["help/limits#shouting", "an-article/tips#talk"]


@pytest.mark.parametrize("entry", ["- how", "- ask: how", "- first: a#b", "- {ask: '', first: a}"])
def test_an_entry_without_a_question_or_a_section_is_told(tmp_path: Path, entry: str) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text(f"# A comment.\n{entry}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bank\.yaml:2: write `ask:` and `first:`"):
        ask.read(bank)


def test_an_empty_bank_has_no_questions(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text("", encoding="utf-8")
    assert ask.read(bank) == []


def test_what_is_wrong_is_told_by_section_with_the_list_that_wants_more(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text(BANK, encoding="utf-8")
    talk, urgent = ("an-article/tips.html#talk", False), ("help/limits.html#abuse", True)
    other = ("other/tips.html#listen", False)
    answers = [[other, talk], [urgent, talk], []]
    assert ask.report(ask.read(bank), answers) == [
        "1 of 3 questions land, 2 do not.",
        "",
        "an-article/*: write 5 more ways to ask in docs/an-article/*.asked.txt",
        f"  {bank}:8: who is it for",
        "    not among ten; first came nothing",
        "",
        "an-article/tips#talk: write 5 more ways to ask in docs/an-article/tips.asked.txt"
        " below [talk]",
        f"  {bank}:3: how do we talk",
        "    at place 2; first came other/tips#listen",
    ]


def test_what_is_asked_is_answered_by_the_built_pages(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    answers = page.evaluate(ask.ASK, ["is it too late for us", "he hits me"])
    for answer, lifted in zip(answers, (False, True), strict=True):
        url, urgent = answer[0]
        assert (site / url.partition("#")[0]).is_file()
        assert urgent is lifted
