"""Long questions of real people to counsellors, for those who have the collection.

The folder holds ``questions.tsv`` (id, label, kind, title, text) and ``answers.tsv`` (id, topic,
answer). Each answer is a document without phrasings, to be found by the question of its id. They
are the words of people in trouble: no line of them is kept here.
"""

from __future__ import annotations

import csv
from pathlib import Path

from handbook.search.index import Document
from handbook.search.text import in_sentences

from .cranfield import Question

LABELS = ("danger", "past", "unsure", "none")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def letters(folder: Path) -> dict[str, list[str]]:
    """The letters by what they speak of, each as it would be typed."""
    rows = _rows(folder / "questions.tsv")
    return {
        label: [f"{row['title']} {row['text']}" for row in rows if row["label"] == label]
        for label in LABELS
    }


def sets(folder: Path) -> dict[str, tuple[list[Document], list[Question]]]:
    """What is searched and what is asked, by what the title of an answer is.

    Where that is its question's title, only the text is asked.
    """
    asked = {row["id"]: row for row in _rows(folder / "questions.tsv")}
    answers = [row for row in _rows(folder / "answers.tsv") if row["id"] in asked]

    def documents(titles: list[str]) -> list[Document]:
        return [
            Document(row["id"], title, "", body=tuple(in_sentences(row["answer"])))
            for row, title in zip(answers, titles, strict=True)
        ]

    whole, text = [], []
    for row in (asked[answer["id"]] for answer in answers):
        right = frozenset({row["id"]})
        whole.append(Question(f"{row['title']} {row['text']}", right))
        if row["text"].strip():
            text.append(Question(row["text"], right))
    topics = [row["topic"].replace("-", " ") for row in answers]
    titles = [asked[row["id"]]["title"] for row in answers]
    return {
        "title = topic": (documents(topics), whole),
        "title = question": (documents(titles), text),
    }
