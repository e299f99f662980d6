"""Words, terms and sentences: what both sides of the search agree on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handbook.search.english import english
from handbook.search.text import in_sentences, stopped, tokens

CASES = json.loads(Path(__file__).with_name("search").joinpath("words.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["because"])
def test_words_and_terms(case: dict[str, Any]) -> None:
    term = english().stemmer()
    assert tokens(case["text"]) == case["words"]
    assert [term(word) for word in tokens(case["text"])] == case["terms"]


def test_stop_words_are_cut_as_questions_are() -> None:
    stop = english().stop
    assert {word for entry in stop for word in tokens(entry)} == stop


@pytest.mark.parametrize("word", ["again", "back", "own", "too", "alone", "away"])
def test_words_that_mean_something_here_are_no_stop_words(word: str) -> None:
    assert word not in english().stop


def test_a_sentence_ends_at_its_mark_and_not_at_a_line() -> None:
    assert in_sentences("He left.  Why?\nNobody\nknows") == ["He left.", "Why?", "Nobody knows"]


@pytest.mark.parametrize(
    "text", ["", "A cup.", "Is it hot?", "“Now!”", "(A cup.)", "Three things:"]
)
def test_what_has_a_stop_gets_no_other(text: str) -> None:
    assert stopped(text, ";") == text


def test_what_has_no_stop_gets_one() -> None:
    assert [stopped(text, ";") for text in ("a cup", "“a cup”", "(one)", "116 123")] == [
        "a cup;",
        "“a cup”;",
        "(one);",
        "116 123;",
    ]
