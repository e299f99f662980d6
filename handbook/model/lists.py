"""The format of the lists that stand beside code and pages: lines under ``[names]``.

What a line holds is up to the list. Phrasings are parted by semicolons, in a list as in a page.

::

    # a comment, here or behind a line
    [name]
    a line
    another
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

# What the name of a page's list of phrasings ends in, instead of ".md".
BESIDE = ".asked.txt"


class Line(NamedTuple):
    """One line of a list: its number in the file, the name above it ("" for none), its text."""

    number: int
    name: str
    text: str


def lines(text: str) -> Iterator[Line]:
    """The lines of a list that say something."""
    name = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.partition("#")[0].strip()
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1].strip()
        elif line:
            yield Line(number, name, line)


def phrasings(line: str) -> list[str]:
    """The phrasings of a line, white space collapsed."""
    return [phrasing for part in line.split(";") if (phrasing := " ".join(part.split()))]
