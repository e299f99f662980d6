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

A small network (``network.py``) weighs words in a row, in longer stretches. The weights know what
they have seen; it hears what nobody has said in these words. The two are added up.

A long story is heard stretch by stretch and counts as its gravest: one clause in it is enough.

The table (``listener.txt``) is written by ``tools/listener.py`` and committed: whole numbers, the
same in Python and in the browser (``listener.js``), untouched by what the handbook's pages say.

Of each feature only its `bucket` goes to the browser, so that all of them weigh no more than a
picture. Two features may share a bucket, and one of thirteen that no sentence had finds a weight
there that is not meant for it; the training has the same buckets, and learns to bear it.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.model.lists import lines

from . import network as networks
from .buckets import bucket, gaps
from .network import Network, counted, total
from .packed.digits import number
from .text import tokens

# A clause, and one with what stands round it: the words of a stretch, and from one to the next.
STRETCHES = ((10, 4), (25, 8))
# What the network hears at once: most of the sentences that it learned from are no longer.
WINDOWS = ((40, 20),)
# Words that a stretch counts more than it has, lest one word be everything.
SHORT = 5
# How many of the levels' steps a weight of the table counts: coarse ones pack well, and of many the
# sum is as good.
STEP = 10
# Of many stretches one sounds grave by chance: what each doubling beyond the longest of them has to
# weigh more where no pattern stands.
DOUBLED = 10
# The kind of a word from its term.
Kinds = dict[str, str]
# The weight of a bucket for danger, then for each of GROUPS but the first, as against the others.
Weights = tuple[int, ...]
# The groups that the model tells apart, by their names in ``harm.txt``.
GROUPS = ("abuse", "despair", "hurting")
LEVELS = ("sure", "perhaps", "hinted", "harmless")
# The kinds of words that no slip may be corrected into, unless the question then speaks of danger.
GRAVE = ("abuse", "die", "fear", "harm", "hit", "kill", "selfharm", "threat", "weapon", "wound")


@dataclass(frozen=True)
class Table:
    """What has been learned.

    :ivar sure: the weight of a stretch from which help comes first.
    :ivar perhaps: the weight from which help is offered in a line.
    :ivar hinted: the weight from which help comes first where a hint stands.
    :ivar harmless: the weight below which a pattern only offers it in a line, and a hint nothing.
    :ivar bias: what every stretch weighs, in the levels' steps.
    :ivar weights: by bucket.
    :ivar network: what weighs words in a row.
    """

    sure: int
    perhaps: int
    hinted: int
    harmless: int
    bias: Weights
    weights: Mapping[int, Weights]
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


def stretches(
    terms: Sequence[str], lengths: Iterable[tuple[int, int]] = STRETCHES
) -> Iterator[Sequence[str]]:
    """The stretches of a question that are heard each for itself."""
    shortest = -1
    for length, step in lengths:
        if len(terms) > shortest:
            for start in range(0, max(1, len(terms) - length + step), step):
                yield terms[start : start + length]
        shortest = length


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
    patience = DOUBLED * math.log2(max(1, len(terms) / STRETCHES[-1][0]))

    def weigh(stretch: Sequence[str]) -> Heard:
        found = sorted(features(stretch, kinds, signs_of(stretch)))  # one name, of two in a bucket
        names = {bucket(each): each for each in found}
        held = {names[each]: table.weights[each] for each in names.keys() & table.weights.keys()}
        share = scale(stretch) * STEP
        sums = [
            bias + share * sum(weights[place] for weights in held.values())
            for place, bias in enumerate(table.bias)
        ]
        most = max(range(1, len(GROUPS)), key=lambda place: sums[place])
        reasons = {each: share * weights[0] for each, weights in held.items()}
        return Heard(sums[0], sums[0], GROUPS[most if sums[most] > 0 else 0], reasons)

    gravest = max(map(weigh, stretches(terms)), key=lambda one: one.weight)
    rows = max((counted(each, table.network) for each in stretches(terms, WINDOWS)), key=total)
    weight = gravest.weight + total(rows) / table.network.share
    reasons = dict(gravest.reasons)
    for row, count in rows:
        reasons[row] = reasons.get(row, 0) + count / table.network.share
    return Heard(weight, weight - patience, gravest.group, reasons)


def level(heard: Heard, signs: Sequence[str], table: Table) -> str | None:
    """How sure the alarm is, from what the model heard and the signs that stand in it.

    Of a long story the gravest stretch holds much else, so a pattern needs less there, by half
    of what more is needed without one; and so does a hint.
    """
    lenient = (3 * heard.weight - heard.patient) / 2
    pattern, hint = (any(sign.endswith(mark) for sign in signs) for mark in "!?")
    least = table.harmless if pattern else table.hinted
    if heard.patient >= table.sure or ((pattern or hint) and lenient >= least):
        return "sure"
    doubt = pattern or heard.patient >= table.perhaps or (hint and lenient >= table.harmless)
    return "perhaps" if doubt else None


def read(text: str, network: Network) -> Table:
    """Read ``listener.txt``.

    :param network: what ``network.txt`` has; its bias goes to that of the table.
    """
    head: dict[str, Weights] = {}
    weights: dict[int, Weights] = {}
    for _number, name, line in lines(text):
        key, _sign, written = line.rpartition("=")
        numbers = tuple(map(int, written.split()))
        if name == "weights":
            weights[bucket(key.strip())] = numbers
        else:
            head[key.strip()] = numbers
    levels = {name: head[name][0] for name in LEVELS}
    danger, *groups = head["bias"]
    return Table(**levels, bias=(danger + network.bias, *groups), weights=weights, network=network)


def packed(table: Table, kinds: Kinds) -> dict[str, object]:
    """A table for the browser: how far each bucket is from the one before, and its weights.

    These are few, and most buckets have one of the commonest: each is a digit.
    """
    seen = Counter(table.weights.values())
    common = sorted(seen, key=lambda each: (-seen[each], each))
    numbers = {each: place for place, each in enumerate(common)}
    of_kind: dict[str, list[str]] = {}
    for term, kind in kinds.items():
        of_kind.setdefault(kind, []).append(term)
    return {
        **{name: getattr(table, name) for name in LEVELS},
        "kinds": {kind: " ".join(sorted(terms)) for kind, terms in of_kind.items()},
        "grave": [kind.upper() for kind in GRAVE],
        "bias": table.bias,
        "gaps": gaps(table.weights),
        "common": common,
        "weights": "".join(number(numbers[table.weights[each]]) for each in sorted(table.weights)),
        "network": networks.packed(table.network),
    }
