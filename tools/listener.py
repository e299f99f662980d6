"""Teach the listener anew, from the sentences in tools/listener, and write its table.

    make listener

One sentence a line, under the ``[theme]`` it was written for; the file names the group. They were
written for this purpose, or for the lists of phrasings; none is a real person's.

The weights of words and pairs: same sentences, same weights, for the training only adds and
multiplies, in a fixed order. The words and the filters of the network (``network.py``) say of which
sentences they were made, by `digest`.

The weights are those of a linear support vector machine (squared hinge), trained by dual coordinate
descent (Hsieh and others 2008, "A dual coordinate descent method for large-scale linear SVM"). Of a
long story only the gravest stretch counts as danger, found by the model of the round before; of a
harmless one every stretch is harmless. Then the strongest buckets are kept, and the model is
trained on them again.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from handbook.model.lists import lines  # noqa: E402
from handbook.search import alert, listener  # noqa: E402
from handbook.search.english import english  # noqa: E402
from handbook.search.listener import Weights  # noqa: E402
from handbook.search.network import FILTER, VECTOR  # noqa: E402
from handbook.search.text import tokens  # noqa: E402

if TYPE_CHECKING:
    from network import Learned

HERE = ROOT / "tools" / "listener"
SEARCH = ROOT / "handbook" / "search"
TABLE = SEARCH / "listener.txt"
NETWORK_TABLE = SEARCH / "network.txt"
ORIGIN = "Of the sentences with the digest "

COST = 0.3  # of a mistake, as against large weights
EPOCHS = 12
ROUNDS = 2  # of looking for the gravest stretches
SEEN = 2  # a bucket of fewer texts says nothing
KEPT = 12_000  # buckets
CALM = 2  # what a harmless text counts where no pattern stands: far more people ask such questions
SCALE = 24  # steps of the levels a weight for danger has
GROUP_SCALE = 8  # and for a group: whose section comes first is seldom close
NETWORK = 6  # steps of the levels that one step of the logarithm of its odds has
# The levels, in whole steps: chosen where questions that were not written for this
# (benchmarks/README.md) are heard most at the shares of false alarms that a reader can bear.
LEVELS = {"sure": 22, "perhaps": -3, "hinted": 12, "harmless": -26}


class Stretch(NamedTuple):
    """A stretch of a text: its buckets, or their numbers in a model, and what each counts."""

    held: Sequence[int]
    scale: float


class Text(NamedTuple):
    """A sentence or a story: what it is, what it was written for, its stretches."""

    text: str
    group: str
    theme: str
    terms: list[str]
    stretches: list[Stretch]
    calm: bool


term = english().stemmer()
KINDS = listener.kinds((SEARCH / "kinds.txt").read_text(encoding="utf-8"), term)
PATTERNS = alert.parse((SEARCH / "harm.txt").read_text(encoding="utf-8"), term)


def terms_of(text: str) -> list[str]:
    """A text as its terms."""
    return [term(word) for word in tokens(text)]


def features(terms: Sequence[str]) -> list[tuple[set[str], float]]:
    """The features of each stretch of a text, and what each of them counts."""
    return [
        (listener.features(each, KINDS, alert.signs(PATTERNS, each)), listener.scale(each))
        for each in listener.stretches(terms)
    ]


def stretches(terms: Sequence[str]) -> list[Stretch]:
    """The stretches of a text by their buckets."""
    return [
        Stretch(sorted({*map(listener.bucket, held)}), scale) for held, scale in features(terms)
    ]


def names(some: Sequence[Text]) -> dict[int, str]:
    """For each bucket the feature that most texts have there: its name in the table."""
    seen = Counter(
        feature
        for each in some
        for feature in {f for held, _ in features(each.terms) for f in held}
    )
    return {listener.bucket(f): f for f in sorted(seen, key=lambda f: (seen[f], f))}


def is_calm(terms: Sequence[str]) -> bool:
    """Whether neither a pattern of danger nor a hint stands in a text."""
    return all(sign.endswith("-") for sign in alert.signs(PATTERNS, terms))


def texts() -> list[Text]:
    """Everything to learn from, in a fixed order."""
    found = []
    for path in sorted(HERE.glob("*.txt")):
        for _number, name, line in lines(path.read_text(encoding="utf-8")):
            terms = terms_of(line)
            found.append(Text(line, path.stem, name, terms, stretches(terms), is_calm(terms)))
    return found


def examples(some: Sequence[Text]) -> list[tuple[list[str], bool, int]]:
    """What the network learns from: terms, whether they speak of danger, what that counts."""
    found = []
    for each in some:
        danger = each.group != "harmless"
        found.append((each.terms, danger, CALM if each.calm and not danger else 1))
    return found


def digest(some: Sequence[Text]) -> str:
    """What tells sentences, and how they are learned from, from others."""
    whole = hashlib.sha256(repr([examples(some), NETWORK, VECTOR, FILTER]).encode())
    whole.update((ROOT / "tools" / "network.py").read_bytes())
    return whole.hexdigest()[:16]


def fit(
    rows: Sequence[Stretch], wanted: Sequence[bool], size: int, counts: Sequence[int] | None = None
) -> list[float]:
    """The weights that part rows of numbers of features; the last is the bias.

    :param counts: how many times each row counts; nothing for once.
    """
    weights = [0.0] * (size + 1)
    signs = [1.0 if want else -1.0 for want in wanted]
    alphas = [0.0] * len(rows)
    damps = [1 / (2 * COST * each) for each in counts or [1] * len(rows)]
    count = len(rows)
    step = next(s for s in range(int(count * 0.618), 2 * count) if math.gcd(s, count) == 1)
    for _epoch in range(EPOCHS):
        for turn in range(count):
            i = turn * step % count
            (held, scale), sign, alpha, damp = rows[i], signs[i], alphas[i], damps[i]
            weight = weights[size] + scale * sum([weights[each] for each in held])
            slope = sign * weight - 1 + damp * alpha
            fresh = max(0.0, alpha - slope / (1 + len(held) * scale * scale + damp))
            if fresh != alpha:
                change = (fresh - alpha) * sign
                alphas[i] = fresh
                weights[size] += change
                change *= scale
                for each in held:
                    weights[each] += change
    return weights


class Model:
    """Weights by bucket."""

    def __init__(self, buckets: Sequence[int]) -> None:
        self.numbers = {bucket: number for number, bucket in enumerate(buckets)}
        self.buckets = list(buckets)
        self.weights = [0.0] * (len(buckets) + 1)

    def row(self, stretch: Stretch) -> Stretch:
        """A stretch by the numbers of its buckets."""
        numbers = self.numbers
        return Stretch([numbers[each] for each in stretch.held if each in numbers], stretch.scale)

    def weigh(self, row: Stretch) -> float:
        """The weight of a stretch."""
        return self.weights[-1] + row.scale * sum([self.weights[each] for each in row.held])


def alarm(some: Sequence[Text], buckets: Sequence[int]) -> tuple[Model, list[Stretch]]:
    """A model of danger, and the gravest stretch of each text of danger."""
    model = Model(buckets)
    harmless = [each for each in some if each.group == "harmless"]
    calm = [model.row(one) for each in harmless for one in each.stretches]
    counts = [CALM if each.calm else 1 for each in harmless for _ in each.stretches]
    grave = [
        [(model.row(one), one) for one in each.stretches]
        for each in some
        if each.group != "harmless"
    ]
    worst = [stretch for each in grave for stretch in each]
    for _round in range(ROUNDS):
        danger = [row for row, _ in worst]
        wanted = [True] * len(danger) + [False] * len(calm)
        model.weights = fit(danger + calm, wanted, len(buckets), [1] * len(danger) + counts)
        worst = [max(each, key=lambda pair: model.weigh(pair[0])) for each in grave]
    return model, [stretch for _row, stretch in worst]


def train(some: Sequence[Text]) -> tuple[Model, list[Model]]:
    """The model of danger, and one for each group but the first against the others."""
    seen = Counter(
        bucket for each in some for bucket in {b for one in each.stretches for b in one.held}
    )
    buckets = sorted(bucket for bucket, count in seen.items() if count >= SEEN)
    model, _ = alarm(some, buckets)
    strong = sorted(buckets, key=lambda each: (-abs(model.weights[model.numbers[each]]), each))
    model, worst = alarm(some, sorted(strong[:KEPT]))
    groups = [each.group for each in some if each.group != "harmless"]
    parted = []
    for group in listener.GROUPS[1:]:
        other = Model(model.buckets)
        rows = [other.row(stretch) for stretch in worst]
        other.weights = fit(rows, [each == group for each in groups], len(model.buckets))
        parted.append(other)
    return model, parted


def learned(some: Sequence[Text]) -> Learned:
    """The words and the filters of the network."""
    from network import Example, train  # needs numpy, which the tests of all else do without

    return train([Example(*each) for each in examples(some)], NETWORK)


def table(model: Model, parted: Sequence[Model]) -> tuple[Weights, dict[int, Weights]]:
    """The bias and the buckets in whole numbers; what rounds to nothing for danger is left out."""

    def whole(number: int, step: int) -> Weights:
        groups = (round(GROUP_SCALE * each.weights[number] / step) for each in parted)
        return round(SCALE * model.weights[number] / step), *groups

    found = {bucket: whole(number, listener.STEP) for bucket, number in model.numbers.items()}
    kept = {bucket: numbers for bucket, numbers in found.items() if numbers[0]}
    return whole(len(model.buckets), 1), kept


def line(name: str, *numbers: int) -> str:
    """A line of a table."""
    return f"{name} = {' '.join(map(str, numbers))}"


def written(bias: Weights, weights: Mapping[int, Weights], names: Mapping[int, str]) -> str:
    """The text of ``listener.txt``."""
    named = {names[bucket]: numbers for bucket, numbers in weights.items()}
    return "\n".join(
        [
            "# Written by `make listener` from tools/listener; listener.py says what it is.",
            "",
            "[levels]",
            *(line(name, LEVELS[name]) for name in listener.LEVELS),
            line("bias", *bias),
            "",
            f"# For danger, and for {' and '.join(listener.GROUPS[1:])} against the other groups.",
            "[weights]",
            *(line(name, *numbers) for name, numbers in sorted(named.items())),
            "",
        ]
    )


def written_network(found: Learned, origin: str) -> str:
    """The text of ``network.txt``."""
    return "\n".join(
        [
            "# Written by `make listener` from tools/listener; network.py says what it is.",
            f"# {ORIGIN}{origin}",
            "",
            line("share", found.share),
            line("bias", found.bias),
            "",
            "[words]",
            *(line(word, *numbers) for word, numbers in sorted(found.vectors.items())),
            "",
            "# What a filter counts, what its sum begins with, and the weights of words in a row.",
            "[filters]",
            *(line("", *numbers).strip() for numbers in found.filters),
            "",
        ]
    )


def main() -> None:
    """Write the tables."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    some = texts()
    TABLE.write_text(written(*table(*train(some)), names(some)), encoding="utf-8")
    NETWORK_TABLE.write_text(written_network(learned(some), digest(some)), encoding="utf-8")


if __name__ == "__main__":
    main()
