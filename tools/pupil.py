"""The small model that goes to readers learns from the large one, `teacher.py`.

Weights of buckets and the network over words in a row learn together, so that neither says what
the other says already: Adam on the logistic loss (Kingma and Ba 2015) of what the teacher says of
sentences and of their variants. The network also learns to do alone, for it comes first.

Before half of the steps are done the weights that say most are kept and the others are gone, and
vectors are cut into parts, of each of which a few are kept that stand for all: product quantization
(Jégou and others 2011), where Lloyd 1982 finds the few. Later all numbers are whole in what the
model says, and go on moving as fractions (Bengio and others 2013, "Estimating or Propagating
Gradients Through Stochastic Neurons": straight through).

Of a text only the gravest stretch counts. Which group a text of danger speaks of is learned beside
it, from what the filters find.
"""

from __future__ import annotations

import itertools
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from teacher import batches
from torch import Tensor, nn
from torch.nn import functional

from handbook.search.buckets import BITS
from handbook.search.listener import GROUPS, SHORT, STEP
from handbook.search.network import CODES, FILTER, PART, PARTS

ONE = 10  # steps of the levels that one step of the logarithm of the odds has
COMMON = 16  # sentences that have a word; a rarer one is as good as unknown
FILTERS = 128
KEPT = 13_000  # buckets with a weight
ENOUGH = 100  # sentences that have a bucket; more say no more of what it is worth
SURE = 1.5  # how much less sure than its teacher it learns to be
OWN = 0.3  # what a sentence was written for counts, beside what the teacher says of it
ALONE = 0.5  # what it counts how the network does alone
APART = 0.05  # and how well it tells groups
EPOCHS, CUT, WHOLE = 8, 0.45, 0.65  # the shares of all steps after which it is so
ROUNDS = 30  # of finding the codes
BATCH = 256
RATE, OF_WEIGHTS = 3e-3, 5e-3  # of learning, at first
LEFT_OUT = 0.1  # words and filters, by chance
SMALL, FEW = 4e-7, 1.2e-6  # a weight's square costs, and its size until some are kept
SEED = 1
# The largest whole number in a code, in a filter, what a filter counts, and in a weight.
CODE, ROW, WORTH, WEIGHT = 7, 15, 31, 12
SPREAD = 0.98  # of the numbers in codes are not cut


class Stretch(NamedTuple):
    """A stretch of a text: its terms, and the buckets of its features."""

    terms: Sequence[str]
    buckets: array[int]


class Example(NamedTuple):
    """A text: its stretches, the odds that it speaks of danger, and what it counts.

    :ivar group: the number of its group, nothing where it is harmless or nobody said.
    """

    stretches: Sequence[Stretch]
    odds: float
    counts: float
    group: int | None


class Learned(NamedTuple):
    """What `handbook.search.listener.Table` and its network have; the codes by word."""

    weights: dict[int, int]
    bias: tuple[int, ...]
    words: dict[str, tuple[int, ...]]
    codes: list[list[tuple[int, ...]]]
    filters: list[tuple[int, ...]]
    share: int


def straight(number: Tensor, whole: Tensor) -> Tensor:
    """What is said is whole, and slopes are as if it were not."""
    return number + (whole - number).detach()


class Held:
    """Stretches of all examples, one after the other."""

    def __init__(self, examples: Sequence[Example], numbers: dict[str, int]) -> None:
        counts = torch.tensor([len(each.stretches) for each in examples])
        self.ends = counts.cumsum(0)
        self.starts = self.ends - counts
        some = [one for each in examples for one in each.stretches]
        self.lengths = torch.tensor([len(one.terms) for one in some])
        self.words = torch.zeros(len(some), int(self.lengths.max()), dtype=torch.int32)
        for place, one in enumerate(some):
            known = [numbers.get(term, 0) for term in one.terms]
            self.words[place, : len(known)] = torch.tensor(known, dtype=torch.int32)
        sizes = torch.tensor([0, *(len(one.buckets) for one in some)])
        self.places = sizes.cumsum(0)
        whole = array("i")
        for one in some:
            whole.extend(one.buckets)
        self.buckets = torch.frombuffer(whole, dtype=torch.int32)

    def of(self, texts: Tensor) -> tuple[Tensor, Tensor]:
        """The numbers of the stretches of some texts, and for each its text."""
        pairs = zip(self.starts[texts].tolist(), self.ends[texts].tolist(), strict=True)
        ranges = [range(*pair) for pair in pairs]
        owner = [place for place, each in enumerate(ranges) for _ in each]
        return torch.tensor([*itertools.chain(*ranges)]), torch.tensor(owner)

    def bags(self, stretches: Tensor) -> tuple[Tensor, Tensor]:
        """The buckets of some stretches in a row, and where each begins."""
        bounds = zip(
            self.places[stretches].tolist(), self.places[stretches + 1].tolist(), strict=True
        )
        parts = [self.buckets[start:end] for start, end in bounds]
        sizes = torch.tensor([0, *map(len, parts[:-1])])
        return torch.cat(parts).long(), sizes.cumsum(0)


class Pupil(nn.Module):
    """Weights and network; both say the logarithm of the odds."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(1 << BITS, 1))
        self.kept = torch.ones(1 << BITS, 1)
        self.vectors = nn.Parameter(torch.randn(words + 1, PARTS, PART) * 0.3)
        self.coded: Tensor | None = None  # the numbers of the codes of each word
        self.codes = nn.Parameter(torch.zeros(PARTS, CODES, PART))
        self.rows = nn.Conv1d(PARTS * PART, FILTERS, FILTER)
        self.worths = nn.Linear(FILTERS, 1)
        self.groups = nn.Linear(FILTERS, len(GROUPS))
        self.steps: Tensor | None = None  # of the codes' numbers, once all are whole

    def cut(self, own: Tensor, often: Tensor) -> None:
        """Keep the weights and codes that say most.

        :param own: how many sentences, not variants, have each bucket.
        :param often: how many have each word.
        """
        said = self.weights.detach()[:, 0].abs() * own.clamp(max=ENOUGH).sqrt()
        self.kept = (said >= said.topk(KEPT).values[-1]).float()[:, None]
        found = [nearest(part, often.sqrt()) for part in self.vectors.detach()[1:].unbind(1)]
        self.codes.data = torch.stack([codes for codes, _ in found])
        coded = torch.stack([numbers for _, numbers in found], 1)
        self.coded = torch.cat([torch.zeros(1, PARTS, dtype=torch.long), coded])

    def round(self) -> None:
        """From now on all numbers are whole."""
        size = self.codes.detach().abs().flatten(1)
        self.steps = size.quantile(SPREAD, 1)[:, None, None] / CODE

    def whole_codes(self) -> Tensor:
        """Codes as they are said."""
        codes = self.codes
        if self.steps is not None:
            numbers = torch.clamp(torch.round(codes / self.steps), -CODE, CODE)
            codes = straight(codes, numbers * self.steps)
        return codes

    def whole_vectors(self) -> Tensor:
        """Vectors as they are said; the first is no word's."""
        vectors = self.vectors
        if self.coded is not None:
            codes = self.whole_codes()
            vectors = torch.stack([codes[at][self.coded[:, at]] for at in range(PARTS)], 1)
        return functional.pad(vectors.flatten(1)[1:], (0, 0, 1, 0))

    def scales(self) -> Tensor:
        """What each number of a vector is divided by once it is whole."""
        assert self.steps is not None
        return self.steps.expand(PARTS, 1, PART).reshape(1, -1, 1)

    def whole_rows(self) -> Tensor:
        """Filters as they are said, over vectors that are whole."""
        rows = self.rows.weight
        if self.steps is not None:
            numbers = rows * self.scales()
            step = numbers.detach().abs().amax((1, 2), keepdim=True) / ROW
            rows = straight(rows, torch.round(numbers / step) * step / self.scales())
        return rows

    def whole_weights(self) -> Tensor:
        """Weights as they are said."""
        weights = self.weights * self.kept
        if self.steps is not None:
            weights = straight(weights, torch.clamp(torch.round(weights), -WEIGHT, WEIGHT))
        return weights

    def forward(self, held: Held, stretches: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The odds of each stretch as the network says them, the whole ones, and what was found."""
        words = held.words[stretches][:, : max(1, int(held.lengths[stretches].max()))].long()
        if self.training:
            words = words * (torch.rand(words.shape) >= LEFT_OUT)
        numbers = functional.embedding(words, self.whole_vectors()).transpose(1, 2)
        numbers = functional.pad(numbers, (FILTER - 1, FILTER - 1))
        found = functional.conv1d(numbers, self.whole_rows(), self.rows.bias)
        best = functional.dropout(functional.relu(found).amax(2), LEFT_OUT, self.training)
        alone: Tensor = self.worths(best)[:, 0]
        bags, starts = held.bags(stretches)
        weighed = functional.embedding_bag(bags, self.whole_weights(), starts, mode="sum")[:, 0]
        scale = STEP / ONE / torch.sqrt(held.lengths[stretches] + SHORT)
        return alone, alone + weighed * scale, best

    def of_texts(self, held: Held, texts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The same for each text, of its gravest stretch."""
        stretches, owner = held.of(texts)
        alone, said, best = self(held, stretches)

        def gravest(some: Tensor) -> Tensor:
            lowest = torch.full((len(texts),), -torch.inf)
            return lowest.scatter_reduce(0, owner, some, "amax")

        odds = gravest(said)
        at = torch.zeros(len(texts), dtype=torch.long)
        at[owner[said == odds[owner]]] = (said == odds[owner]).nonzero()[:, 0]
        return gravest(alone), odds, best[at]


def nearest(points: Tensor, worth: Tensor) -> tuple[Tensor, Tensor]:
    """A few points that stand for many, and for each of the many the number of its one.

    :param worth: what each point counts.
    """
    few = points[torch.multinomial(worth, CODES)]
    numbers = torch.cdist(points, few).argmin(1)
    for _ in range(ROUNDS):
        sums = torch.zeros_like(few).index_add(0, numbers, points * worth[:, None])
        counts = torch.zeros(CODES).index_add(0, numbers, worth)[:, None]
        few = torch.where(counts > 0, sums / counts.clamp(min=1e-9), few)
        numbers = torch.cdist(points, few).argmin(1)
    return few, numbers


def counted(examples: Sequence[Example]) -> dict[str, int]:
    """Words that enough examples have, and how many have each."""
    seen = Counter(
        term for each in examples for term in {t for one in each.stretches for t in one.terms}
    )
    return {term: seen[term] for term in sorted(seen) if seen[term] >= COMMON}


def batched(held: Held) -> Iterator[Tensor]:
    """Texts whose first stretches are about as long."""
    return batches(held.lengths[held.starts].tolist(), BATCH)


def way_of(pupil: Pupil) -> torch.optim.Optimizer:
    """What moves the numbers that still move."""
    gone = "codes" if pupil.coded is None else "vectors"
    others = [one for name, one in pupil.named_parameters() if name not in ("weights", gone)]
    return torch.optim.Adam(
        [{"params": others, "rate": RATE}, {"params": [pupil.weights], "rate": OF_WEIGHTS}]
    )


def fit(pupil: Pupil, held: Held, examples: Sequence[Example], own: Tensor, often: Tensor) -> None:
    """Move all numbers down the slopes; ``own`` and ``often`` are those of `Pupil.cut`."""
    wanted = torch.tensor([each.odds for each in examples])
    counts = torch.tensor([each.counts for each in examples])
    groups = torch.tensor([-1 if each.group is None else each.group for each in examples])
    way = way_of(pupil)
    steps = EPOCHS * -(-len(examples) // BATCH)
    pupil.train()
    for step, batch in enumerate(b for _ in range(EPOCHS) for b in batched(held)):
        if step == int(CUT * steps):
            pupil.cut(own, often)
            way = way_of(pupil)
        if step == int(WHOLE * steps):
            pupil.round()
        for group in way.param_groups:
            group["lr"] = group["rate"] * (1 - step / steps)
        alone, said, best = pupil.of_texts(held, batch)
        loss = sum(
            share * functional.binary_cross_entropy_with_logits(odds, wanted[batch], counts[batch])
            for share, odds in ((1, said), (ALONE, alone))
        )
        told = groups[batch] >= 0
        if told.any():
            guess = pupil.groups(best[told].detach())
            loss = loss + APART * functional.cross_entropy(guess, groups[batch][told])
        weights = pupil.weights * pupil.kept
        loss = loss + SMALL * weights.square().sum()
        if step < CUT * steps:
            loss = loss + FEW * weights.abs().sum()
        way.zero_grad()
        loss.backward()
        way.step()


def learn(examples: Sequence[Example], own: int) -> Learned:
    """What the examples teach.

    :param own: how many of them, the first, are sentences that somebody wrote.
    """
    torch.manual_seed(SEED)
    seen = counted(examples[:own])
    held = Held(examples, {term: number for number, term in enumerate(seen, start=1)})
    pupil = Pupil(len(seen))
    last = int(held.places[held.ends[own - 1]])
    buckets = held.buckets[:last].long().bincount(minlength=1 << BITS)
    fit(pupil, held, examples, buckets, torch.tensor([*seen.values()], dtype=torch.float))
    return whole(pupil, [*seen])


@torch.no_grad()
def whole(pupil: Pupil, words: Sequence[str]) -> Learned:
    """All in whole numbers; a weight of nothing is left out."""

    def rows(numbers: Tensor) -> list[tuple[int, ...]]:
        return [tuple(each) for each in torch.round(numbers).long().tolist()]

    assert pupil.coded is not None and pupil.steps is not None  # as `fit` leaves it
    # What a code's numbers are divided by goes into the filters, theirs into what they count.
    filters = pupil.whole_rows() * pupil.scales()
    step = filters.abs().amax((1, 2)) / ROW
    worths = pupil.worths.weight * step * ONE
    one = worths.abs().amax() / WORTH
    apart = (pupil.groups.weight[1:] - pupil.groups.weight[:1]) * step
    other = apart.abs().amax() / WORTH  # of groups only which is highest counts
    begin = (pupil.groups.bias[1:] - pupil.groups.bias[:1]) / other
    written = torch.cat(
        [
            torch.cat([worths / one, apart / other]).T,
            (pupil.rows.bias / step)[:, None],
            (filters / step[:, None, None]).transpose(1, 2).flatten(1),
        ],
        1,
    )
    return Learned(
        {bucket: row[0] for bucket, row in enumerate(rows(pupil.whole_weights())) if row[0]},
        rows(torch.cat([pupil.worths.bias * ONE / one, begin])[None])[0],
        dict(zip(words, map(tuple, pupil.coded[1:].tolist()), strict=True)),
        [rows(each) for each in pupil.whole_codes() / pupil.steps],
        rows(written),
        round(1 / one.item()),
    )
