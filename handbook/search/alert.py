"""Words that speak of fear or harm: a list of patterns, read from a file.

A reader who is in danger must not have to rank well. ``harm.txt`` is the list that comes with the
extension; its groups are tied to sections by ``handbook_search_alert``. The format, one pattern
a line::

    [group]
    afraid/scared of him/her/husband
    -afraid of losing

A pattern is words in their order with at most two others between them; ``/`` parts alternatives.
Words match by their stems, stop words too. A line that begins with ``-`` is an exception, with at
most one other word between: its words are taken out of the question before any pattern is tried.
The matching is done in the browser (``engine.js``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from handbook.model.lists import lines

from .text import tokens

# The alternatives of each word of a pattern, as terms.
Pattern = list[list[str]]


@dataclass
class Patterns:
    """The patterns of one group, its exceptions, and every word of both as it is written."""

    match: list[Pattern] = field(default_factory=list)
    exempt: list[Pattern] = field(default_factory=list)
    words: set[str] = field(default_factory=set)


def parse(text: str, term_of: Callable[[str], str]) -> dict[str, Patterns]:
    """Read a list.

    :raises ValueError: for a line before the first group, or two words where one can stand.
    """
    groups: dict[str, Patterns] = {}
    for number, group, line in lines(text):
        if not group:
            raise ValueError(f"line {number}: a pattern before the first [group]")
        patterns = groups.setdefault(group, Patterns())
        exempt = line.startswith("-")
        pattern = []
        for place in line.removeprefix("-").split():
            written = [tokens(word) for word in place.split("/")]
            if any(len(cut) != 1 for cut in written):
                raise ValueError(f"line {number}: {place!r} is not one word a side")
            patterns.words.update(cut[0] for cut in written)
            pattern.append([term_of(cut[0]) for cut in written])
        (patterns.exempt if exempt else patterns.match).append(pattern)
    return groups
