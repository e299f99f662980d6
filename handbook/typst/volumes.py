"""Volumes, where one book for all would be too large: which article is in which. Pure.

Typst keeps a whole book in memory, some 0.9 MB for each kilobyte of its pages' sources, and a book
of a thousand sheets nobody binds and carries. Each volume has the pages beside the articles
too, help first, and its own contents and indexes: whoever is given one has all they need. What
stands in another is called by the number of that volume and the title of its section.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handbook.files import slug

#: Bytes of the articles' sources in one volume: some 280 pages of A4, printed in 430 MB.
LARGEST = 350_000


@dataclass(frozen=True)
class Article:
    """An article as far as volumes go; `size` is that of its sources."""

    topic: str
    docnames: tuple[str, ...]
    size: int


@dataclass(frozen=True)
class Volume:
    """One of several books; `number` counts from 1."""

    number: int
    topic: str
    docnames: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What it adds to the name of a file.

        >>> Volume(2, "Rain & snow", ()).mark
        '-volume-2-rain-snow'
        """
        return f"-volume-{self.number}-{slug(self.topic)}"


def volumes(articles: Sequence[Article], largest: int) -> list[Volume]:
    """The volumes of a book of these articles; none where it is not too large.

    A volume holds one topic, or an even share of one that is too large itself.

    >>> rain, snow, dogs = (Article(*each, 60) for each in (("W", "r"), ("W", "s"), ("A", "d")))
    >>> [each.docnames for each in volumes([rain, snow, dogs], largest=150)]
    [('r', 's'), ('d',)]
    >>> [each.docnames for each in volumes([rain, snow, dogs], largest=100)]
    [('r',), ('s',), ('d',)]
    """
    if len(articles) < 2 or sum(each.size for each in articles) <= largest:
        return []
    by_topic: dict[str, list[Article]] = {}
    for each in articles:
        by_topic.setdefault(each.topic, []).append(each)
    rows: list[tuple[str, list[str]]] = []
    for topic, inside in by_topic.items():
        size = max(1, sum(each.size for each in inside))
        shares, before = -(-size // largest), 0
        filled = -1
        for each in inside:
            if (share := before * shares // size) != filled:
                filled = share
                rows.append((topic, []))
            rows[-1][1].extend(each.docnames)
            before += each.size
    return [Volume(number, topic, tuple(row)) for number, (topic, row) in enumerate(rows, 1)]
