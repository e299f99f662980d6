"""The Cranfield collection as sections and as four sets of questions.

1,398 abstracts on aerodynamics, 225 questions and the judgements of experts, collected by
Cleverdon in the 1960s: the oldest test of search engines. Here it shows that the engine is not
fitted to one handbook.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import NamedTuple

from handbook.search.english import english
from handbook.search.index import Document
from handbook.search.text import in_sentences, tokens

SEED = 1967
KNOWN_ITEMS = 300
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Question(NamedTuple):
    """What is asked, and the urls of which any may come first."""

    ask: str
    right: frozenset[str]


def sections(folder: Path) -> list[Document]:
    """The abstracts; two of the 1,400 are empty."""
    found = []
    for entry in re.split(r"^\.I ", (folder / "cran.all.1400").read_text(), flags=re.M)[1:]:
        number = entry.split("\n", 1)[0].strip()
        title = " ".join(entry.split("\n.T\n")[1].split("\n.A\n")[0].split()).removesuffix(" .")
        body = " ".join(entry.split("\n.W\n")[1].split())
        # The abstract begins with its title.
        body = body.removeprefix(title).lstrip(" .")
        if body:
            found.append(Document(number, title, "", body=tuple(in_sentences(body))))
    return found


def questions(folder: Path) -> list[Question]:
    """The experts' questions, numbered by their order; a judgement of 1 to 4 is relevant."""
    right: dict[int, set[str]] = {}
    for line in (folder / "cranqrel").read_text().splitlines():
        question, document, grade = line.split()
        if 1 <= int(grade) <= 4:
            right.setdefault(int(question), set()).add(document)
    asked = re.split(r"^\.I \d+\n\.W\n", (folder / "cran.qry").read_text(), flags=re.M)[1:]
    return [
        Question(" ".join(ask.split()), frozenset(right[number]))
        for number, ask in enumerate(asked, start=1)
        if number in right
    ]


def known_items(documents: list[Document]) -> list[Question]:
    """Three words of a title, in their order, by somebody who looks for that one abstract."""
    chance = random.Random(SEED)
    language = english()
    found = []
    for document in chance.sample(documents, len(documents)):
        content = [
            word
            for word in dict.fromkeys(tokens(document.title))
            if len(word) > 3 and word not in language.stop
        ]
        if len(content) >= 3 and len(found) < KNOWN_ITEMS:
            places = sorted(chance.sample(range(len(content)), 3))
            ask = " ".join(content[place] for place in places)
            found.append(Question(ask, frozenset({document.url})))
    return found


def with_typo(asked: list[Question]) -> list[Question]:
    """One slip in the longest word: a swap, a letter lost, doubled or replaced."""
    chance = random.Random(SEED)

    def slip(word: str) -> str:
        at = chance.randrange(1, len(word) - 1)
        kind = chance.randrange(4)
        if kind == 0 and word[at] != word[at + 1]:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if kind == 1:
            return word[:at] + word[at + 1 :]
        if kind == 2:
            return word[:at] + word[at] + word[at:]
        other = chance.choice([letter for letter in LETTERS if letter != word[at]])
        return word[:at] + other + word[at + 1 :]

    found = []
    for question in asked:
        longest = max(question.ask.split(), key=len)
        found.append(question._replace(ask=question.ask.replace(longest, slip(longest), 1)))
    return found


def cut_short(asked: list[Question]) -> list[Question]:
    """The last word cut to 60 %, as it stands while it is being typed."""
    found = []
    for question in asked:
        *others, last = question.ask.split()
        found.append(question._replace(ask=" ".join([*others, last[: round(len(last) * 0.6)]])))
    return found


def sets(folder: Path) -> dict[str, list[Question]]:
    """The four sets by their names."""
    items = known_items(sections(folder))
    return {
        "question": questions(folder),
        "known item": items,
        "one typo": with_typo(items),
        "cut word": cut_short(items),
    }
