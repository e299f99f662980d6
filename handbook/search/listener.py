"""A model that hears danger in a question: from its words, its pairs, and words in a row.

People who are in danger seldom use the words for it. The list of patterns (``alert.py``) knows
what somebody thought of; the model has learned from sentences (``tools/listener/``) which words
and neighbours speak of harm and which of a game, a recipe, an ordinary quarrel. It can say why:
`heard` names what weighed most.

What is weighed of a stretch of a question, once each:

- each term, and its kind: ``kinds.txt`` gathers words that stand for each other, "slap" and
  "kick" are both ``HIT``, so that a sentence with a rare word is heard like one with a common one
- two neighbours as they are, and two words at most one apart by their kinds: ``HE HIT``
- the first word once more as such: "he", "my wife" and "how" begin different sentences
- by their groups the patterns that stand there, ``abuse!``, hints, ``danger?``, and exceptions,
  ``abuse-``

A small network (``network.py``) weighs words in a row, and says which group they speak of. The
weights know what they have seen; it hears what nobody has said in these words. The two are added
up. The network comes with the first answer; the weights with what refines it, and until they are
there it is heard alone, by levels of its own.

A long story is heard stretch by stretch and counts as its gravest: one clause in it is enough.

The table (``listener.txt``) is written by ``tools/listener.py`` and committed: whole numbers, the
same in Python and in the browser (``listener.js``), untouched by what the handbook's pages say.

Of each feature only its `bucket` goes to the browser, so that all of them weigh no more than a
picture. Two features may share a bucket, and one of twenty that no sentence had finds a weight
there that is not meant for it; the training has the same buckets, and learns to bear it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from handbook.model.lists import lines

from . import network as networks
from .buckets import bucket, gaps
from .network import Network, best_rows
from .text import tokens

# The words of a stretch, and from one to the next: most of the sentences that it learned from are
# no longer.
STRETCH = (25, 8)
# Words that a stretch counts more than it has, lest one word be everything.
SHORT = 5
# How many of the levels' steps a weight of the table counts: coarse ones pack well, and of many the
# sum is as good.
STEP = 6
# Of many stretches one sounds grave by chance: what each doubling beyond the longest of them has to
# weigh more where no pattern stands.
DOUBLED = 10
# The kind of a word from its term.
Kinds = dict[str, str]
# The groups that the model tells apart, by their names in ``harm.txt``.
GROUPS = ("abuse", "despair", "hurting")
# The kinds of words that no slip may be corrected into, unless the question then speaks of danger.
GRAVE = ("abuse", "die", "fear", "harm", "hit", "kill", "selfharm", "threat", "weapon", "wound")


class Levels(NamedTuple):
    """From which weight what is said.

    :ivar sure: the weight of a stretch from which help comes first.
    :ivar perhaps: the weight from which help is offered in a line.
    :ivar hinted: the weight from which help comes first where a hint stands.
    :ivar harmless: the weight below which a pattern only offers it in a line, and a hint nothing.
    """

    sure: int
    perhaps: int
    hinted: int
    harmless: int


@dataclass(frozen=True)
class Table:
    """What has been learned.

    :ivar alone: the levels of the network alone.
    :ivar levels: those of both together.
    :ivar weights: by bucket.
    :ivar network: what weighs words in a row.
    """

    alone: Levels
    levels: Levels
    weights: Mapping[int, int]
    network: Network


@dataclass(frozen=True)
class Heard:
    """The gravest stretch of a question.

    :ivar weight: what it weighs.
    :ivar patient: the same, less what a story of its question's length has to weigh more.
    :ivar group: the group it speaks of.
    :ivar reasons: what each feature and each row of words weighed.
    """

    weight: float
    patient: float
    group: str
    reasons: Mapping[str, float]


def kinds(text: str, term_of: Callable[[str], str]) -> Kinds:
    """Read ``kinds.txt``: words under the ``[name]`` of their kind; a word's first one counts."""
    found: Kinds = {}
    for _number, name, line in lines(text):
        for word in tokens(line):
            found.setdefault(term_of(word), name.upper())
    return found


def scale(stretch: Sequence[str]) -> float:
    """What a weight counts in a stretch: less in a long one, which holds more of them."""
    return 1 / math.sqrt(len(stretch) + SHORT)


def stretches(terms: Sequence[str]) -> Iterator[Sequence[str]]:
    """The stretches of a question that are heard each for itself."""
    length, step = STRETCH
    for start in range(0, max(1, len(terms) - length + step), step):
        yield terms[start : start + length]


def features(terms: Sequence[str], kinds: Kinds, signs: Sequence[str]) -> set[str]:
    """What is weighed of a stretch; ``signs`` are those of patterns that stand in it."""
    some = [kinds.get(term, term) for term in terms]
    found = {*terms, *some, "^" + "".join(terms[:1]), *signs}
    for apart in (1, 2):
        found.update(f"{a} {b}" for a, b in zip(some, some[apart:], strict=False))
    found.update(f"{a} {b}" for a, b in itertools.pairwise(terms))
    return found


def heard(
    terms: Sequence[str],
    kinds: Kinds,
    signs_of: Callable[[Sequence[str]], list[str]],
    table: Table,
) -> Heard:
    """Weigh a question."""
    patience = DOUBLED * math.log2(max(1, len(terms) / STRETCH[0]))

    def weigh(stretch: Sequence[str]) -> Heard:
        said = sorted(features(stretch, kinds, signs_of(stretch)))  # one name, of two in a bucket
        names = {bucket(each): each for each in said}
        held = {names[each]: table.weights[each] for each in names.keys() & table.weights.keys()}
        share = scale(stretch) * STEP
        reasons = {each: share * weight for each, weight in held.items()}
        sums = [*table.network.bias]
        for each, (row, fit) in zip(
            table.network.filters, best_rows(stretch, table.network), strict=True
        ):
            sums = [one + fit * worth for one, worth in zip(sums, each.worths, strict=True)]
            reasons[row] = reasons.get(row, 0) + fit * each.worths[0] / table.network.share
        weight = sums[0] / table.network.share + share * sum(held.values())
        groups = [0, *sums[1:]]
        return Heard(weight, weight - patience, GROUPS[groups.index(max(groups))], reasons)

    return max(map(weigh, stretches(terms)), key=lambda one: one.weight)


def level(heard: Heard, signs: Sequence[str], levels: Levels) -> str | None:
    """How sure the alarm is, from what the model heard and the signs that stand in it.

    Of a long story the gravest stretch holds much else, so a pattern needs less there, by half
    of what more is needed without one; and so does a hint.
    """
    lenient = (3 * heard.weight - heard.patient) / 2
    pattern, hint = (any(sign.endswith(mark) for sign in signs) for mark in "!?")
    least = levels.harmless if pattern else levels.hinted
    if heard.patient >= levels.sure or ((pattern or hint) and lenient >= least):
        return "sure"
    doubt = pattern or heard.patient >= levels.perhaps or (hint and lenient >= levels.harmless)
    return "perhaps" if doubt else None


def read(text: str, network: Network) -> Table:
    """Read ``listener.txt``.

    :param network: what ``network.txt`` has.
    """
    held: dict[str, dict[str, int]] = {"alone": {}, "levels": {}, "weights": {}}
    for _number, name, line in lines(text):
        key, _sign, written = line.rpartition("=")
        held[name][key.strip()] = int(written)
    weights = {bucket(name): weight for name, weight in held["weights"].items()}
    return Table(Levels(**held["alone"]), Levels(**held["levels"]), weights, network)


def at_once(table: Table, kinds: Kinds) -> dict[str, object]:
    """What the browser has with the first answer: the network, and the words of danger."""
    return {
        "levels": table.alone._asdict(),
        "kinds": _of_kind(kinds, grave=True),
        "network": networks.packed(table.network),
    }


def later(table: Table, kinds: Kinds) -> dict[str, object]:
    """What it has after it: the other kinds, and how far each bucket is from the one before."""
    return {
        "levels": table.levels._asdict(),
        "kinds": _of_kind(kinds, grave=False),
        "gaps": gaps(table.weights),
        "weights": networks.digits(table.weights[each] for each in sorted(table.weights)),
    }


def _of_kind(kinds: Kinds, *, grave: bool) -> str:
    """The kinds that are grave, or the others: a line each, with its name before its words."""
    held: dict[str, list[str]] = {}
    for term, kind in kinds.items():
        if (kind.lower() in GRAVE) == grave:
            held.setdefault(kind, [kind]).append(term)
    return "\n".join(" ".join(some) for some in held.values())
