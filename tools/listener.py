"""Teach the listener anew, from the sentences in tools/listener, and write its table.

    make listener
    .venv/bin/python tools/listener.py --folds     how it does on themes that it has not seen

One sentence a line, under the ``[theme]`` it was written for; the file names the group. They were
written for this purpose, or for the lists of phrasings; none is a real person's. Same sentences,
same table: the training only adds and multiplies, in a fixed order, and needs nothing that is not
in Python.

The model is a linear support vector machine (squared hinge), trained by dual coordinate descent
(Hsieh and others 2008, "A dual coordinate descent method for large-scale linear SVM"). Of a long
story only the gravest stretch counts as danger, found by the model of the round before; of a
harmless one every stretch is harmless. Then the strongest buckets are kept, and the model is
trained on them again.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from handbook.model.lists import lines  # noqa: E402
from handbook.search import alert, listener  # noqa: E402
from handbook.search.english import english  # noqa: E402
from handbook.search.text import tokens  # noqa: E402

HERE = ROOT / "tools" / "listener"
SEARCH = ROOT / "handbook" / "search"
TABLE = SEARCH / "listener.txt"

COST = 0.3  # of a mistake, as against large weights
EPOCHS = 12
ROUNDS = 2  # of looking for the gravest stretches
SEEN = 2  # a bucket of fewer texts says nothing
KEPT = 14_000  # buckets
CALM = 2  # what a harmless text counts where no pattern stands: far more people ask such questions
SCALE = 24  # steps of the levels a weight for danger has
GROUP_SCALE = 8  # and for a group: whose section comes first is seldom close
FOLDS = 8
# The levels, in whole steps: chosen where `--folds` and questions that were not written for this
# (benchmarks/README.md) hear most at the shares of false alarms that a reader can bear.
LEVELS = {"sure": 20, "perhaps": -1, "hinted": 12, "harmless": -8}


class Stretch(NamedTuple):
    """A stretch of a text: its buckets, or their numbers in a model, and what each counts."""

    held: Sequence[int]
    scale: float


class Text(NamedTuple):
    """A sentence or a story: what it is, what it was written for, its stretches."""

    text: str
    group: str
    theme: str
    stretches: list[Stretch]
    calm: bool


term = english().stemmer()
KINDS = listener.kinds((SEARCH / "kinds.txt").read_text(encoding="utf-8"), term)
PATTERNS = alert.parse((SEARCH / "harm.txt").read_text(encoding="utf-8"), term)


def features(text: str) -> list[tuple[set[str], float]]:
    """The features of each stretch of a text, and what each of them counts."""
    terms = [term(word) for word in tokens(text)]
    return [
        (listener.features(each, KINDS, alert.signs(PATTERNS, each)), listener.scale(each))
        for each in listener.stretches(terms)
    ]


def stretches(text: str) -> list[Stretch]:
    """The stretches of a text by their buckets."""
    return [Stretch(sorted({*map(listener.bucket, held)}), scale) for held, scale in features(text)]


def names(some: Sequence[Text]) -> dict[int, str]:
    """For each bucket the feature that most texts have there: its name in the table."""
    seen = Counter(
        feature for each in some for feature in {f for held, _ in features(each.text) for f in held}
    )
    return {listener.bucket(f): f for f in sorted(seen, key=lambda f: (seen[f], f))}


def is_calm(text: str) -> bool:
    """Whether neither a pattern of danger nor a hint stands in a text."""
    return all(
        sign.endswith("-") for sign in alert.signs(PATTERNS, [term(word) for word in tokens(text)])
    )


def texts() -> list[Text]:
    """Everything to learn from, in a fixed order."""
    return [
        Text(line, path.stem, name, stretches(line), is_calm(line))
        for path in sorted(HERE.glob("*.txt"))
        for _number, name, line in lines(path.read_text(encoding="utf-8"))
    ]


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


def folds(some: Sequence[Text], by_theme: bool = True) -> list[float]:
    """The weight of each text by a model that has not seen its theme, or not seen it alone."""
    themes = sorted({each.theme for each in some})
    part = [themes.index(each.theme) if by_theme else place for place, each in enumerate(some)]
    weights = [0.0] * len(some)
    for fold in range(FOLDS):
        model, _ = train([each for each, at in zip(some, part, strict=True) if at % FOLDS != fold])
        for place, each in enumerate(some):
            if part[place] % FOLDS == fold:
                weights[place] = max(model.weigh(model.row(one)) for one in each.stretches)
    return weights


def table(model: Model, parted: Sequence[Model]) -> listener.Table:
    """A model in whole numbers; what rounds to nothing for danger is left out."""

    def whole(number: int, step: int) -> listener.Weights:
        groups = (round(GROUP_SCALE * each.weights[number] / step) for each in parted)
        return round(SCALE * model.weights[number] / step), *groups

    found = {bucket: whole(number, listener.STEP) for bucket, number in model.numbers.items()}
    weights = {bucket: numbers for bucket, numbers in found.items() if numbers[0]}
    return listener.Table(**LEVELS, bias=whole(len(model.buckets), 1), weights=weights)


def written(table: listener.Table, names: Mapping[int, str]) -> str:
    """A table as the text of ``listener.txt``."""
    weights = {names[bucket]: numbers for bucket, numbers in table.weights.items()}

    def line(name: str, numbers: Sequence[int]) -> str:
        return f"{name} = {' '.join(map(str, numbers))}"

    return "\n".join(
        [
            "# Written by `make listener` from tools/listener; listener.py says what it is.",
            "",
            "[levels]",
            *(line(name, [getattr(table, name)]) for name in listener.LEVELS),
            line("bias", table.bias),
            "",
            f"# For danger, and for {' and '.join(listener.GROUPS[1:])} against the other groups.",
            "[weights]",
            *(line(name, numbers) for name, numbers in sorted(weights.items())),
            "",
        ]
    )


def report(some: Sequence[Text]) -> None:
    """Print how many texts of each theme are heard by a model that has not seen the theme."""
    weights = [SCALE * weight for weight in folds(some)]
    for group, theme in sorted({(each.group, each.theme) for each in some}):
        mine = [
            weight
            for weight, each in zip(weights, some, strict=True)
            if (each.group, each.theme) == (group, theme)
        ]
        sure, heard = (
            sum(weight >= LEVELS[level] for weight in mine) / len(mine)
            for level in ("sure", "perhaps")
        )
        print(f"{group:9} {theme:45} {len(mine):5} {sure:6.0%} {heard:6.0%}")


def main() -> None:
    """Write the table, or say how good it is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folds", action="store_true", help="only say what is heard of new themes")
    if parser.parse_args().folds:
        report(texts())
    else:
        some = texts()
        TABLE.write_text(written(table(*train(some)), names(some)), encoding="utf-8")


if __name__ == "__main__":
    main()
