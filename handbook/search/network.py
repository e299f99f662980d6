"""A small network over words in a row: each word a few whole numbers, and filters over them.

A filter weighs so many words in a row; of a stretch of a question its best place counts, and
nothing where no place is above nothing (Kim 2014, "Convolutional Neural Networks for Sentence
Classification"). Words that are used alike have vectors that are alike, so that a row that nobody
has seen is heard like one that somebody has: "bolted the gate" like "locked the door".

The table (``network.txt``) is written by ``tools/listener.py``, and all in it is whole numbers, so
that Python and the browser (``listener.js``) say the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from handbook.model.lists import lines

from .buckets import bucket, gaps
from .packed.digits import number

# How many numbers a word is, and how many words a filter weighs in a row.
VECTOR, FILTER = 3, 5
Numbers = tuple[int, ...]


@dataclass(frozen=True)
class Network:
    """Words as vectors, and filters.

    :ivar vectors: of each word, by its bucket.
    :ivar filters: of each filter what it counts, what its sum begins with, and the weights of the
        words in a row, word after word.
    :ivar share: what the sum of all filters is divided by.
    :ivar bias: what is added then.
    """

    vectors: Mapping[int, Numbers]
    filters: Sequence[Numbers]
    share: int
    bias: int


def counted(terms: Sequence[str], network: Network) -> list[tuple[str, int]]:
    """For each filter the row of words that fits it best, and what it counts there."""
    apart = [0] * (VECTOR * (FILTER - 1))
    held = (network.vectors.get(bucket(term), [0] * VECTOR) for term in terms)
    numbers = [*apart, *itertools.chain.from_iterable(held), *apart]
    found = []
    for worth, least, *weights in network.filters:
        sums = [
            least + sum(map(mul, weights, numbers[at : at + len(weights)]))
            for at in range(0, len(numbers) - len(weights) + 1, VECTOR)
        ]
        best = max(sums)
        end = sums.index(best) + 1
        found.append((" ".join(terms[max(0, end - FILTER) : end]), worth * max(0, best)))
    return found


def total(rows: Sequence[tuple[str, int]]) -> int:
    """What all filters count together."""
    return sum(count for _row, count in rows)


def read(text: str) -> Network:
    """Read ``network.txt``."""
    vectors: dict[int, Numbers] = {}
    filters: list[Numbers] = []
    head: dict[str, int] = {}
    for _number, name, line in lines(text):
        key, _sign, written = line.rpartition("=")
        if name == "words":
            vectors[bucket(key.strip())] = tuple(map(int, written.split()))
        elif name == "filters":
            filters.append(tuple(map(int, written.split())))
        else:
            head[key.strip()] = int(written)
    return Network(vectors, filters, head["share"], head["bias"])


def packed(network: Network) -> dict[str, object]:
    """A network for the browser; the numbers of one place in all vectors stand together."""
    vectors = network.vectors
    least = min(itertools.chain.from_iterable(vectors.values()), default=0)
    return {
        "words": gaps(vectors),
        "least": least,
        "vectors": [
            "".join(number(vectors[each][place] - least) for each in sorted(vectors))
            for place in range(VECTOR)
        ],
        "filters": network.filters,
        "share": network.share,
    }
