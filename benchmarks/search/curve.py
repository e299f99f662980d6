"""How far few phrasings go: every section cut to so many, and how often the right one comes first.

A new article has no hundreds of phrasings. What is left of a section's is drawn by its address, the
same in every run; the question that a page itself answers counts as one of them. Neither weights of
parts nor words of harm are in it (`Ours`), so that the row with all is not what the tests ask.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from handbook.search.index import Document

KEPT = (0, 5, 15, 36, None)


def cut(sections: Sequence[Document], most: int | None) -> list[Document]:
    """The sections with so many of their phrasings; all with None."""
    found = []
    for section in sections:
        phrasings = [*section.asked, *section.taught]
        random.Random(section.url).shuffle(phrasings)
        found.append(replace(section, asked=(), taught=tuple(phrasings[:most])))
    return found
