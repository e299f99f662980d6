"""What makes a question too like a phrasing."""

from __future__ import annotations

import pytest
from likeness import too_like

from handbook.model.handbook import Phrasing

LIKE = [
    ("He keeps loving mangoes!", "mango: he loves to keep it", "order, number, stop words"),
    ("is it him", "Is it him?", "only stop words, and all of them"),
    ("red boats sail", "why do red boats sail home", "three of four"),
    ("red boats sail home", "why do red boats sail", "three of four, the other way round"),
    ("a honour", "honor", "one word, two spellings"),
]
UNLIKE = [
    ("boats", "red boats", "half of the larger"),
    ("red boats", "red boats sail", "two of three"),
    ("red boats sail slowly home", "red boats sail", "three of five"),
    ("is it him", "is it me", "stop words that differ"),
    ("!?", "!", "nothing is like nothing"),
]


def pairs(question: str, text: str) -> list[tuple[str, str]]:
    """What is too like, of a question and a phrasing among others."""
    texts = ["a stone falls into the deep well", text]
    known = [Phrasing("rain", "sun", one, "docs/rain.md", n, False) for n, one in enumerate(texts)]
    return [(asked, phrasing.text) for asked, phrasing in too_like([question], known)]


@pytest.mark.parametrize(("question", "text"), [case[:2] for case in LIKE], ids=lambda text: text)
def test_a_question_is_too_like_a_phrasing(question: str, text: str) -> None:
    assert pairs(question, text) == [(question, text)]


@pytest.mark.parametrize(("question", "text"), [case[:2] for case in UNLIKE], ids=lambda text: text)
def test_a_question_is_unlike_a_phrasing(question: str, text: str) -> None:
    assert pairs(question, text) == []
