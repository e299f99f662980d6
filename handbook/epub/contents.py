"""The contents of the e-book: every page and every section of it, in reading order. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple


class Heading(NamedTuple):
    """A heading of a page.

    :ivar level: from 1, which is the page's own.
    :ivar anchor: with its ``#``; "" for the page itself.
    """

    level: int
    anchor: str
    title: str


class Entry(NamedTuple):
    """A line of the contents; of two the deeper is below the one before it."""

    level: int
    docname: str
    heading: Heading


def contents(
    root: str, headings: Mapping[str, Sequence[Heading]], below: Mapping[str, Sequence[str]]
) -> Iterator[Entry]:
    """Yield what can be reached from the page `root`: a page, its sections, the pages below it.

    A reader finds a page beside the sections of the one above it, in whichever of these sections
    its toctree stands. The pages below the root begin on its own level.

    :param below: for each page that has toctrees: the pages they name.
    """
    walked: set[str] = set()

    def walk(docname: str, level: int) -> Iterator[Entry]:
        if docname in walked:  # a page stands where it is named first
            return
        walked.add(docname)
        for heading in headings[docname]:
            yield Entry(level + heading.level - 1, docname, heading)
        for child in below.get(docname, ()):
            yield from walk(child, level if docname == root else level + 1)

    yield from walk(root, 1)
