"""Whether a section that is new has its chance beside old ones with hundreds of phrasings.

A half of the sections, by chance, is new and has few phrasings, the others have all of theirs. How
often the right one comes first among the new is set against how often it does where every section
has as few: what is missing then is not phrasings but a fair place.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from handbook.search.index import Document

from .cranfield import Question
from .curve import cut

KEPT = (36, 15, 5)
SEED = 2


def new_of(sections: Sequence[Document]) -> frozenset[str]:
    """The addresses of the half that is new."""
    urls = sorted(section.url for section in sections)
    return frozenset(random.Random(SEED).sample(urls, len(urls) // 2))


def beside(sections: Sequence[Document], most: int) -> list[Document]:
    """The sections, the new half with so many phrasings."""
    new = new_of(sections)
    few = cut(sections, most)
    return [
        short if short.url in new else whole for whole, short in zip(sections, few, strict=True)
    ]


def halves(
    sections: Sequence[Document], asked: Sequence[Question]
) -> tuple[list[Question], list[Question]]:
    """The questions for new sections alone, and those for old ones alone."""
    new = new_of(sections)
    return (
        [question for question in asked if question.right <= new],
        [question for question in asked if not question.right & new],
    )
