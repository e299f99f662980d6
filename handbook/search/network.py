"""A small network over words in a row: each word a few whole numbers, and filters over them.

A filter weighs so many words in a row; of a stretch of a question its best place counts, and
nothing where no place is above nothing (Kim 2014, "Convolutional Neural Networks for Sentence
Classification"). Words that are used alike have vectors that are alike, so that a row that nobody
has seen is heard like one that somebody has: "bolted the gate" like "locked the door".

A vector is made of parts, and of each part there are few: what a word has are the numbers of its
parts (product quantization: Jégou and others 2011).

The table (``network.txt``) is written by ``tools/listener.py``, and all in it is whole numbers, so
that Python and the browser (``listener.js``) say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul
from typing import NamedTuple

from handbook.model.lists import lines

from .buckets import bucket, gaps
from .packed.digits import DIGITS

# The parts of a vector, the numbers of a part, and how many parts there are to choose from.
PARTS, PART, CODES = 4, 4, 64
# How many words a filter weighs in a row.
FILTER = 5
# No number that goes to the browser is less: it is the digit for nothing there.
LEAST = -15
Numbers = tuple[int, ...]


class Filter(NamedTuple):
    """What looks for a row of words.

    :ivar worths: what it counts, for danger and for each group but the first.
    :ivar least: what its sum begins with.
    :ivar row: the weights of the words in a row, word after word.
    """

    worths: Numbers
    least: int
    row: Numbers


@dataclass(frozen=True)
class Network:
    """Words as vectors, and filters.

    :ivar words: of each word the numbers of its parts, by its bucket.
    :ivar codes: the parts that there are, for each place in a vector.
    :ivar filters: what looks for rows of words.
    :ivar bias: what the sums of all begin with, for danger and for each group but the first.
    :ivar share: what the sum for danger is divided by.
    """

    words: Mapping[int, Numbers]
    codes: Sequence[Sequence[Numbers]]
    filters: Sequence[Filter]
    bias: Numbers
    share: int

    @cached_property
    def replies(self) -> list[list[list[Numbers]]]:
        """For each part what each filter says of it, at each place in a row."""
        wide = PARTS * PART

        def said(part: int, code: Numbers, place: int) -> Numbers:
            at = place * wide + part * PART
            return tuple(sum(map(mul, code, each.row[at : at + PART])) for each in self.filters)

        return [
            [[said(part, code, place) for place in range(FILTER)] for code in codes]
            for part, codes in enumerate(self.codes)
        ]

    def reply(self, term: str) -> list[Numbers] | None:
        """What each filter says of a word, at each place in a row; nothing where none knows it."""
        codes = self.words.get(bucket(term))
        if codes is None:
            return None
        parts = [self.replies[part][code] for part, code in enumerate(codes)]
        return [tuple(map(sum, zip(*some, strict=True))) for some in zip(*parts, strict=True)]


def best_rows(terms: Sequence[str], network: Network) -> list[tuple[str, int]]:
    """For each filter the row of words that fits it best, and how well."""
    replies = [network.reply(term) for term in terms]
    least = tuple(each.least for each in network.filters)
    best = [("", 0)] * len(least)
    for end in range(1, len(terms) + FILTER):
        start = end - FILTER
        places = range(max(0, start), min(end, len(terms)))
        said = [reply[at - start] for at in places if (reply := replies[at])]
        row = " ".join(terms[at] for at in places)
        for place, fit in enumerate(map(sum, zip(least, *said, strict=True))):
            if fit > best[place][1]:
                best[place] = (row, fit)
    return best


def read(text: str) -> Network:
    """Read ``network.txt``."""
    words: dict[int, Numbers] = {}
    codes: list[list[Numbers]] = [[] for _ in range(PARTS)]
    filters: list[Filter] = []
    bias: Numbers = ()
    share = 1
    for _number, name, line in lines(text):
        key, _sign, written = line.rpartition("=")
        numbers = tuple(map(int, written.split()))
        if name == "words":
            words[bucket(key.strip())] = numbers
        elif name == "codes":
            codes[int(key)].append(numbers)
        elif name == "filters":
            filters.append(Filter(tuple(map(int, key.split()))[:-1], int(key.split()[-1]), numbers))
        elif key.strip() == "bias":
            bias = numbers
        else:
            share = numbers[0]
    return Network(words, codes, filters, bias, share)


def packed(network: Network) -> dict[str, object]:
    """A network for the browser; the same parts of all words stand together."""
    words, filters = network.words, network.filters
    codes = [each for some in network.codes for code in some for each in code]
    wide = PARTS * PART
    # As each filter answers one word after the other: by their places in a row.
    rows = [
        number
        for at in range(0, FILTER * wide, wide)
        for each in filters
        for number in each.row[at : at + wide]
    ]
    coded = [[words[each][part] for each in sorted(words)] for part in range(PARTS)]
    return {
        "words": gaps(words),
        "digits": [*map(digits, (codes, rows, *coded))],
        "filters": [[each.least, *each.worths] for each in filters],
        "bias": network.bias,
        "share": network.share,
    }


def digits(numbers: Iterable[int]) -> str:
    """Small whole numbers, each as one digit."""
    return "".join(DIGITS[each - LEAST] for each in numbers)
