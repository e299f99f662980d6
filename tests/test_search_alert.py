"""The list of words of fear and harm as a file; what it matches is tested in the browser."""

from __future__ import annotations

import pytest

from handbook.search import alert
from handbook.search.english import english
from handbook.search.text import tokens

TERM = english().stemmer()


def test_a_pattern_is_alternatives_of_terms() -> None:
    groups = alert.parse("[abuse]\n# a comment\nhits/kicks me\n", TERM)
    assert groups["abuse"].match == [[["hit", "kick"], ["me"]]]
    assert groups["abuse"].words == {"hits", "kicks", "me"}


def test_a_dash_makes_an_exception() -> None:
    groups = alert.parse("[despair]\n-dying inside\n", TERM)
    assert groups["despair"].match == []
    assert groups["despair"].exempt == [[["die"], ["insid"]]]


def test_a_question_mark_makes_a_hint() -> None:
    groups = alert.parse("[danger]\n?knife\nknife me\n-stick knife\n", TERM)
    assert groups["danger"].hint == [[["knife"]]]
    assert alert.signs(groups, terms("a blunt knife")) == ["danger?"]
    assert alert.signs(groups, terms("a knife near me")) == ["danger!", "danger?"]
    assert alert.signs(groups, terms("he sticks a knife in it")) == ["danger-"]


def terms(text: str) -> list[str]:
    return [TERM(word) for word in tokens(text)]


def test_a_pattern_stands_with_two_others_between() -> None:
    groups = alert.parse("[abuse]\nhits me\n", TERM)
    assert alert.signs(groups, terms("he hits at and me")) == ["abuse!"]
    assert alert.signs(groups, terms("he hits at and for me")) == []


@pytest.mark.parametrize("text", ["he hits on me", "he hits on me, and on me again"])
def test_an_exception_takes_its_words_out(text: str) -> None:
    groups = alert.parse("[abuse]\nhits me\n-hits on me\n", TERM)
    assert alert.signs(groups, terms(text)) == ["abuse-"]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("he hits on her and hits me", ["abuse-", "abuse!"]),  # the same word elsewhere
        ("he hits on us, then kicks me", ["abuse-", "abuse!"]),  # another word of danger beside it
        ("he hits me on and off", ["abuse!"]),  # a part of the exception is no exception
        ("he hits me, then hits on me", ["abuse-", "abuse!"]),
    ],
)
def test_an_exception_silences_nothing_else(text: str, signs: list[str]) -> None:
    groups = alert.parse("[abuse]\nhits/kicks me\n-hits on me/us/her\n", TERM)
    assert alert.signs(groups, terms(text)) == signs


@pytest.mark.parametrize(
    ("text", "message"),
    [("hits me", "line 1: a pattern before"), ("[a]\nself-harm", "line 2: 'self-harm' is not one")],
)
def test_a_line_that_cannot_be_read_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        alert.parse(text, TERM)
