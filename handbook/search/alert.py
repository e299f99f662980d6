"""Words that speak of fear or harm: a list of patterns, read from a file.

A reader who is in danger must not have to rank well. ``harm.txt`` is the list that comes with the
extension; its groups are tied to sections by ``handbook_search_alert``. The format, one pattern
a line::

    [group]
    afraid/scared of him/her/husband
    -afraid of losing
    ?knife

A pattern is words in their order with at most two others between them; ``/`` parts alternatives.
Words match by their stems, stop words too. A line that begins with ``-`` is an exception, with at
most one other word between: wherever all of it stands, its words count for no pattern. The same
words elsewhere in the question count, and so does every other. A line that begins with ``?`` is a
hint, a word that a recipe, a film or a lesson has as often: it counts only where the model bears
it out.

A list knows only what somebody thought of. What it finds, and everything else, is weighed by a
model (``listener.py``), and the two say together how sure the alarm is: ``"sure"`` brings help
before all else, ``"perhaps"`` is for one quiet line. A pattern that the model finds harmless, a
recipe or a game, is no more than "perhaps", and never silent. The matching is done in the browser
(``alert.js``); `signs` is its twin, for the training.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handbook.model.lists import lines

from .text import tokens

# The alternatives of each word of a pattern, as terms.
Pattern = list[list[str]]
# How many other words may stand between two of a pattern, and of an exception.
BETWEEN, BETWEEN_EXEMPT = 2, 1


@dataclass
class Patterns:
    """The patterns of one group, its hints and exceptions, and every word as it is written."""

    match: list[Pattern] = field(default_factory=list)
    hint: list[Pattern] = field(default_factory=list)
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
        kind = {"-": patterns.exempt, "?": patterns.hint}.get(line[0], patterns.match)
        pattern = []
        for place in line.lstrip("-?").split():
            written = [tokens(word) for word in place.split("/")]
            if any(len(cut) != 1 for cut in written):
                raise ValueError(f"line {number}: {place!r} is not one word a side")
            patterns.words.update(cut[0] for cut in written)
            pattern.append([term_of(cut[0]) for cut in written])
        kind.append(pattern)
    return groups


def packed(patterns: Patterns) -> dict[str, str]:
    """Patterns as terms for the browser, written as in the list: a line each."""

    def written(some: list[Pattern]) -> str:
        return "\n".join(" ".join(map("/".join, pattern)) for pattern in some)

    return {
        "match": written(patterns.match),
        "hint": written(patterns.hint),
        "exempt": written(patterns.exempt),
    }


def signs(groups: Mapping[str, Patterns], terms: Sequence[str]) -> list[str]:
    """What stands there, for the model: ``abuse!`` a pattern, ``?`` a hint, ``-`` an exception."""
    return [
        f"{name}{sign}" for name, patterns in groups.items() for sign in _standing(patterns, terms)
    ]


def _standing(patterns: Patterns, terms: Sequence[str]) -> Iterator[str]:
    left = list(terms)
    held = set(terms)

    def possible(some: list[Pattern]) -> Iterator[Pattern]:
        return (each for each in some if not any(held.isdisjoint(place) for place in each))

    for pattern in possible(patterns.exempt):
        # One may begin at a word where another ended, so all are found before any is taken out.
        for places in list(_places(left, pattern, BETWEEN_EXEMPT)):
            for place in places:
                left[place] = ""
    if left != list(terms):
        yield "-"
    for sign, some in (("!", patterns.match), ("?", patterns.hint)):
        if any(True for each in possible(some) for _ in _places(left, each, BETWEEN)):
            yield sign


def _places(terms: Sequence[str], pattern: Pattern, others: int) -> Iterator[list[int]]:
    """Where a pattern's words stand: for each beginning the nearest."""

    def rest(at: int, start: int) -> list[int] | None:
        if at == len(pattern):
            return []
        for i in range(start, min(len(terms), start + others + 1)):
            if terms[i] in pattern[at] and (after := rest(at + 1, i + 1)) is not None:
                return [i, *after]
        return None

    for i, term in enumerate(terms):
        if term in pattern[0] and (after := rest(1, i + 1)) is not None:
            yield [i, *after]
