"""Teach the small network over words in a row that is a part of the listener.

What it is says ``handbook/search/network.py``. The training is Adam on the logistic loss (Kingma
and Ba 2015), with words and filters left out by chance (Srivastava and others 2014), drawn from a
fixed seed. Sums of fractions come out a little different on another processor, so that nobody can
ask for the same bytes: the table says of which sentences it was made instead (`digest`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from handbook.search.network import FILTER, VECTOR

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

COMMON = 12  # texts that have a word; a rarer one is as good as unknown
LONGEST = 80  # words of a text that are looked at
FILTERS = 40
EPOCHS, MORE = 10, 4  # with vectors that move; then with whole ones
BATCH = 128
RATE, DECAY = 4e-3, 0.8  # of learning, and what is left of it after each epoch
NO_WORD, NO_FILTER = 0.3, 0.3  # left out by chance
SEED = 1
# The largest whole number in a vector, in a filter, and what a filter counts.
VECTORS, WEIGHTS, WORTH = 3, 31, 31


class Example(NamedTuple):
    """A text as its terms, whether it speaks of danger, and what it counts."""

    terms: Sequence[str]
    danger: bool
    counts: float


class Learned(NamedTuple):
    """What `handbook.search.network.Network` has, the vectors by word."""

    vectors: dict[str, tuple[int, ...]]
    filters: list[tuple[int, ...]]
    share: int
    bias: int


class Parameters(NamedTuple):
    """What is learned: vectors by word, filters (words in a row * numbers, filters), their sums."""

    vectors: Floats
    filters: Floats
    biases: Floats
    worths: Floats
    bias: Floats


def rows(vectors: Floats, numbers: Whole) -> Floats:
    """The words in a row at each place of some texts, beginning before the first word."""
    apart = np.zeros((len(numbers), FILTER - 1), dtype=np.int64)
    padded = np.concatenate([apart, numbers, apart], axis=1)
    places = numbers.shape[1] + FILTER - 1
    window = np.stack([padded[:, i : i + places] for i in range(FILTER)], axis=2)
    return vectors[window].reshape(len(numbers), places, FILTER * VECTOR)


def slopes(
    held: Parameters, numbers: Whole, wanted: Floats, counts: Floats, kept: Floats
) -> Parameters:
    """The slope of the loss of a batch along each parameter.

    :param kept: by text and filter nothing where the filter is left out.
    """
    some = rows(held.vectors, numbers)
    sums = some @ held.filters + held.biases
    best = sums.argmax(axis=1)  # text, filter -> place
    found = np.take_along_axis(sums, best[:, None, :], axis=1)[:, 0, :]
    active = np.maximum(found, 0.0) * kept
    said = active @ held.worths + held.bias[0]
    error = (1 / (1 + np.exp(-said)) - wanted) * counts / len(numbers)
    of_filters = error[:, None] * held.worths * kept * (found > 0)
    texts = np.arange(len(numbers))[:, None]
    at_best = some[texts, best]  # text, filter, words in a row
    to_filters = np.einsum("tf,tfw->wf", of_filters, at_best)
    to_rows = of_filters[:, :, None] * held.filters.T[None]
    to_vectors = np.zeros_like(held.vectors)
    width = numbers.shape[1]
    split = to_rows.reshape(len(numbers), len(held.worths), FILTER, VECTOR)
    for i in range(FILTER):
        place = best + i - (FILTER - 1)
        inside = (place >= 0) & (place < width)
        words = np.where(inside, numbers[texts, np.clip(place, 0, width - 1)], 0)
        np.add.at(to_vectors, words.ravel(), split[:, :, i].reshape(-1, VECTOR))
    to_vectors[0] = 0.0
    return Parameters(
        to_vectors,
        to_filters,
        of_filters.sum(axis=0),
        active.T @ error,
        np.array([error.sum()]),
    )


def batches(lengths: Whole, chance: np.random.Generator) -> Iterator[Whole]:
    """Texts of about one length together, in any order."""
    order = np.argsort(lengths + chance.random(len(lengths)) * 4, kind="stable")
    cuts = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    for place in chance.permutation(len(cuts)):
        yield cuts[place]


def fit(
    held: Parameters,
    texts: Whole,
    examples: Sequence[Example],
    epochs: int,
    chance: np.random.Generator,
    *,
    move_vectors: bool,
) -> None:
    """Move the parameters down the slopes, in place."""
    lengths = (texts > 0).sum(axis=1)
    wanted = np.array([float(each.danger) for each in examples])
    counts = np.array([each.counts for each in examples])
    means = [np.zeros_like(each) for each in held]
    squares = [np.zeros_like(each) for each in held]
    step = 0
    for epoch in range(epochs):
        rate = RATE * DECAY**epoch
        for batch in batches(lengths, chance):
            step += 1
            numbers = texts[batch, : max(1, lengths[batch].max())]
            numbers = np.where(chance.random(numbers.shape) < NO_WORD, 0, numbers)
            kept = (chance.random((len(batch), FILTERS)) >= NO_FILTER) / (1 - NO_FILTER)
            found = slopes(held, numbers, wanted[batch], counts[batch], kept)
            for which, slope in enumerate(found):
                if which == 0 and not move_vectors:
                    continue
                means[which] += 0.1 * (slope - means[which])
                squares[which] += 0.001 * (slope * slope - squares[which])
                mean = means[which] / (1 - 0.9**step)
                square = squares[which] / (1 - 0.999**step)
                held[which][...] -= rate * mean / (np.sqrt(square) + 1e-8)


def train(examples: Sequence[Example], scale: float) -> Learned:
    """The filters that part danger from the rest, in whole numbers.

    :param scale: what a step of the logarithm of the odds is to count.
    """
    seen = Counter(term for each in examples for term in set(each.terms))
    words = sorted(term for term, count in seen.items() if count >= COMMON)
    number = {term: place for place, term in enumerate(words, 1)}
    texts = np.zeros((len(examples), LONGEST), dtype=np.int64)
    for row, each in zip(texts, examples, strict=True):
        known = [number.get(term, 0) for term in each.terms[:LONGEST]]
        row[: len(known)] = known
    chance = np.random.default_rng(SEED)
    held = Parameters(
        chance.normal(0, 0.3, (len(words) + 1, VECTOR)),
        chance.normal(0, (FILTER * VECTOR) ** -0.5, (FILTER * VECTOR, FILTERS)),
        np.zeros(FILTERS),
        chance.normal(0, FILTERS**-0.5, FILTERS),
        np.zeros(1),
    )
    held.vectors[0] = 0.0
    fit(held, texts, examples, EPOCHS, chance, move_vectors=True)
    # Whole vectors: what each number is divided by goes into the filters.
    steps = np.quantile(np.abs(held.vectors[1:]), 0.99, axis=0) / VECTORS
    held.vectors[...] = np.clip(np.round(held.vectors / steps), -VECTORS, VECTORS)
    held.filters[...] *= np.tile(steps, FILTER)[:, None]
    fit(held, texts, examples, MORE, chance, move_vectors=False)
    return whole(words, held, scale)


def whole(words: Sequence[str], held: Parameters, scale: float) -> Learned:
    """The parameters in whole numbers; the vectors are that already."""
    steps = np.abs(held.filters).max(axis=0) / WEIGHTS  # what a filter is divided by
    worths = held.worths * steps * scale
    step = np.abs(worths).max() / WORTH
    columns = (
        np.round(worths / step),
        np.round(held.biases / steps),
        *np.round(held.filters / steps),
    )
    return Learned(
        {
            word: tuple(map(int, vector))
            for word, vector in zip(words, held.vectors[1:], strict=True)
            if vector.any()
        },
        [tuple(map(int, row)) for row in zip(*columns, strict=True) if row[0]],
        round(1 / step),
        round(float(held.bias[0]) * scale),
    )
