"""The format of the lists that stand beside code and pages: lines under ``[names]``.

What a line holds is up to the list. A page's own list, ``tips.asked.txt`` beside ``tips.md``,
holds phrasings, one a line, under the anchors of its sections, the most telling first::

    # a comment: only where a line begins with the sign, "he is #1 to me" is a line like others
    [give-him-space]
    how long do I leave him be
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: What the name of a page's list of phrasings ends in, instead of ``.md``.
SUFFIX = ".asked.txt"


class Line(NamedTuple):
    """One line of a list: its number in the file, the name above it ("" for none), its text."""

    number: int
    name: str
    text: str


def lines(text: str) -> Iterator[Line]:
    """Read a list.

    :param text: the whole list, with any line ends.
    :returns: the lines that say something, white space collapsed.
    """
    name = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = " ".join(raw.split())
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1].strip()
        elif line and not line.startswith("#"):
            yield Line(number, name, line)


def beside(page: Path) -> Path:
    """The list of phrasings that belongs to the file of a page."""
    return page.with_suffix(SUFFIX)
