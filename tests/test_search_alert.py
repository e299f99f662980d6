"""The list of words of fear and harm as a file; what it matches is tested in the browser."""

from __future__ import annotations

import pytest

from handbook.search import alert
from handbook.search.english import english

TERM = english().stemmer()


def test_a_pattern_is_alternatives_of_terms() -> None:
    groups = alert.parse("[abuse]\n# a comment\nhits/kicks me\n", TERM)
    assert groups["abuse"].match == [[["hit", "kick"], ["me"]]]
    assert groups["abuse"].words == {"hits", "kicks", "me"}


def test_a_dash_makes_an_exception() -> None:
    groups = alert.parse("[despair]\n-dying inside\n", TERM)
    assert groups["despair"].match == []
    assert groups["despair"].exempt == [[["die"], ["insid"]]]


@pytest.mark.parametrize(
    ("text", "message"),
    [("hits me", "line 1: a pattern before"), ("[a]\nself-harm", "line 2: 'self-harm' is not one")],
)
def test_a_line_that_cannot_be_read_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        alert.parse(text, TERM)
