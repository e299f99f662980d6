"""The printed index of questions: the order in which a reader looks one up."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from handbook.typst.book import TypesetPage, typeset
from handbook.typst.indexes import subjects
from handbook.typst.labels import CrossReference, Labels
from handbook.typst.reading_order import BookPage, ReadingOrder
from handbook.typst.settings import Book


def book(*pages: Sequence[str]) -> str:
    """The source of a book whose pages answer these questions."""
    labels, row, typeset_pages = Labels(), [], {}
    for number, questions in enumerate(pages):
        name = f"page{number}"
        labels.define_page(name, labels.define(name, ["top"]))
        row.append(BookPage(name, 1))
        to = CrossReference(f"{name}#top", "docs/page.md:1")
        typeset_pages[name] = TypesetPage(
            name, "", [], questions=[(each, to) for each in questions]
        )
    return typeset(ReadingOrder((), tuple(row), ()), typeset_pages, Book("T"), labels)


def printed(*pages: Sequence[str]) -> list[str]:
    """The entries of its index."""
    (index,) = re.findall(r"^#question-index\((.*)\)$", book(*pages), re.MULTILINE)
    return [text.replace('\\"', '"') for text in re.findall(r'\("((?:[^"\\]|\\.)*)", "', index)]


@pytest.mark.parametrize(
    "order",
    [
        ["Am I safe", "Does he love me", "Why me"],
        ["1 in 10", "Can it end"],
        ["Eat alone", "Éclairs again", "Egg on him"],  # accents
        ["Can I go", "“Can I stay”, he asks", "Can I win"],  # quotation marks
        ["“Am I” or not", "(Are we) done", "– as before"],  # and whatever else stands before
        ["Don't go", "Don’t know", "Dont say"],  # apostrophes, straight, curly, none
        ["How am I", "How do I", "How I cope"],  # case
        ["Am I to go", "Amiss at home"],  # word by word: a space comes before every letter
        ["Strase", "Straße", "Strassf"],
    ],
)
def test_questions_stand_where_a_reader_looks(order: list[str]) -> None:
    assert printed(order[::-1]) == order


def test_the_questions_of_all_pages_are_in_one_order() -> None:
    assert printed(["Why me", "Am I safe"], ["Can it end"]) == ["Am I safe", "Can it end", "Why me"]


def test_a_question_begins_with_a_capital_wherever_it_is_sorted() -> None:
    assert printed(["what if he goes", "éclairs again", "Eat alone"]) == [
        "Eat alone",
        "Éclairs again",
        "What if he goes",
    ]


def test_the_same_question_stands_in_one_order_however_the_pages_do() -> None:
    assert printed(["am I safe"], ["Am I safe?"]) == printed(["Am I safe?"], ["am I safe"])


def test_a_book_without_questions_has_no_index() -> None:
    assert "question-index" not in book([])


def test_a_subject_has_the_page_of_its_term_and_of_its_topic() -> None:
    entries = subjects({"space": "glossary#term-space"}, (), [("Space", "a/index"), ("Love", "b")])
    assert [(each.text, each.places, each.term) for each in entries] == [
        ("Love", ("b",), ""),
        ("space", ("glossary#term-space", "a/index"), "glossary#term-space"),
    ]


def test_other_words_for_a_term_send_to_it_once() -> None:
    said = [("clingy", "g#c"), ("Clingy", "g#c"), ("Clinging", "g#c"), ("lost", "elsewhere#x")]
    entries = subjects({"clinging": "g#c"}, said, ())
    assert [(each.text, each.see) for each in entries] == [("clinging", ""), ("clingy", "clinging")]


def test_subjects_stand_where_a_reader_looks() -> None:
    names = ["Éclairs", "eggs", "in love", "inner peace"]
    assert [each.text for each in subjects({}, (), [(each, "a") for each in names[::-1]])] == names
