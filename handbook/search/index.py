"""From sections to postings: how well each word speaks for each section (BM25F).

A section is one document with four fields: its title, its page's title, the phrasings that
readers use for it, and its text. Whatever depends on the whole collection is worked out here, at
build time, so that the browser only adds: a posting carries one finished number, its *impact*.

Beside the impact a posting lists the *passages* of the section that hold the word: the title,
each phrasing, each sentence. Words of a question that stand together in one passage say more than
the same words apart; a question that is nearly a whole title or phrasing says most. A passage
carries one finished number too, its *strength*.

A posting also tells where in the passage the word stands, for two words that follow each other in
the question and in a section are worth more than both by themselves: "talk to" and "him" are in
every section, "get him to talk" is not. Such *pairs* are counted in the browser.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import ClassVar, NamedTuple

from handbook.kept import Shelf, digest

from .cut import Cuts
from .segments import Segment, runs, tallied
from .text import Language, tokens


@dataclass(frozen=True)
class Document:
    """One thing that a search can find: a section, or a term of a glossary.

    :ivar url: its address with its anchor, relative to the root of the site.
    :ivar title: its heading.
    :ivar page: the title of the page that it stands on.
    :ivar part: the key of the part it belongs to ("tips", "glossary"), or "".
    :ivar asked: phrasings that stand in the page; the first is the question that it answers.
    :ivar body: its sentences.
    :ivar weight: what its score is multiplied by, at most 1.
    :ivar taught: phrasings that are searched like the others and never shown.
    :ivar article: the title of the article that it belongs to, where there are several.
    :ivar about: whom that article is about.
    """

    url: str
    title: str
    page: str
    part: str = ""
    asked: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    weight: float = 1.0
    taught: tuple[str, ...] = ()
    article: str = ""
    about: str = ""


# Sections of an index that is small enough to keep stop words, and to be made anew as a whole.
SMALL = 500
# Steps in a doubling to which a larger one rounds what it takes from all sections, and what it
# takes from those with a word, which each such word that is written moves more (DESIGN.md).
OF_ALL, OF_A_WORD = 16, 8
# Fewer phrasings count as so many: they say too little.
FEW = 5


@dataclass(frozen=True)
class Weights:
    """Every constant of the ranking, here and in the browser, each with its reason."""

    # BM25F (Robertson, Zaragoza and Taylor 2004). A pair a field: what one occurrence counts, and
    # b, how far a long field dilutes it (0 to 1). Tried on the handbook's questions and on the
    # Cranfield collection together (benchmarks/search); where they differ, the middle was taken.
    # A heading is chosen to name its section.
    title: tuple[float, float] = (4.0, 0.5)
    # The page's title only parts sections that are alike.
    page: tuple[float, float] = (0.6, 0.4)
    # What counts is the share of a section's phrasings that has a word, for some sections have
    # forty and some five hundred: with 0.3 the forty are drowned. Of 100 questions about new
    # sections the right one came first for 30 so, and for 76 with 1 (benchmarks/README.md).
    asked: tuple[float, float] = (1.0, 1.0)
    body: tuple[float, float] = (1.0, 0.6)
    # A field that is shorter than this share of the average counts as so long: of few words the
    # share says little.
    shortest: float = 0.1
    # Saturation: where tf reaches it, the impact is one half.
    k1: float = 2.0
    # What the few phrasings of a section lack is lent to the words it has, from what a word is
    # worth to sections on the whole (smoothing; Zhai and Lafferty 2001), or a new section would be
    # drowned by those with five hundred. More would cost the old ones (DESIGN.md).
    lent: float = 0.5

    # What the best passage adds to the sum of the fields, by kind: somebody who types a heading
    # wants that section, one sentence of many says less. A word alone stands together with nothing:
    # "space" is not about the section with the shortest heading.
    in_title: float = 2.0
    in_asked: float = 1.0
    in_body: float = 0.5
    # How far a passage counts less for what it says beside the question (0: not at all).
    dilution: float = 0.3
    # How far a passage counts less for the words of the question that it lacks, and how far the
    # whole section does. Mild, for long questions ramble.
    recall: float = 0.5
    coverage: float = 0.2
    # What two neighbours of the question add that are neighbours in the section too, and two with
    # one word between: word pairs on top of the single words (the sequential dependence model of
    # Metzler and Croft 2005). With them the right section comes first for 96 of 100 questions of
    # the handbook (benchmarks/search), without for 94.
    neighbours: float = 0.52
    near: float = 0.2
    # How far a long section dilutes them (0 to 1): among many passages two words meet by chance.
    crowd: float = 0.4
    # A completed last word, against the word itself: most are. Less, where what is typed is a word
    # already: it may be finished.
    prefix: float = 0.95
    longer: float = 0.7
    # A corrected word, for each edit: a guess, but there is no better one.
    typo: float = 0.9

    # The share of a question that the best section must answer, or nothing here does (fit.js), and
    # what every question asks beside its words, in words that nothing here has: a short one says
    # little. Of 400 questions about other things 87 in 100 are told so, of those that are answered
    # 4 (benchmarks/README.md).
    fits: float = 0.49
    doubt: float = 0.35
    # A question with more words than this, stop words aside, is long: there stop words count where
    # they stand beside others, and no more in the sum, whose noise they would be.
    long: int = 12
    # A question of several sentences is ranked by each, and the scores are summed by this power: 1
    # counts all alike, a large one the best alone. A story tells much and asks in one sentence. Of
    # 100 questions in the midst of a story the right section came first for 28 with 1, for 53 with
    # 2, for 66 with 4; counsellors' answers to long letters are found best with 2.
    norm: float = 3.0

    # Those that the browser needs.
    IN_BROWSER: ClassVar = (
        "recall",
        "coverage",
        "neighbours",
        "near",
        "prefix",
        "longer",
        "typo",
        "fits",
        "doubt",
        "long",
        "norm",
    )


class Posting(NamedTuple):
    """One term in one section: its number, the impact (0 to 1), and which of its terms it is.

    The last is None where the section has the term in its page's title alone.
    """

    section: int
    impact: float
    term: int | None


@dataclass(frozen=True)
class Index:
    """Everything that is searched: the segments, and what ranking needs to know of the whole.

    :ivar titles: for each page's title, how often it has which terms.
    :ivar holding: how many sections hold each term.
    :ivar averages: how many words each field has, where there are any; the page's title is last.
    :ivar lent: for each section, how much of what sections hold on the whole is lent to it.
    :ivar usual: the impact of each term on the whole; none where nothing is lent.
    :ivar halves: for each section: how many passages with a pair of words say half of what any
        number of them could.
    :ivar vocabulary: folded word as people write it to its term: for prefixes and slips.
    :ivar stop: the terms of the language's stop words.
    :ivar dropped: those that a question does without, unless it has no others.
    :ivar known: words that are spelled right, though perhaps no section has them.
    """

    sections: tuple[Document, ...]
    language: Language
    weights: Weights
    cuts: Cuts
    segments: list[Segment]
    titles: Mapping[str, Mapping[str, int]]
    holding: Mapping[str, int]
    averages: list[float]
    lent: list[float]
    usual: Mapping[str, float]
    halves: list[float]
    vocabulary: dict[str, str]
    stop: frozenset[str]
    dropped: frozenset[str]
    known: frozenset[str] = frozenset()

    @cached_property
    def rarities(self) -> Mapping[str, float]:
        """How rare each term is; one that is dropped is as common as can be."""
        steady = _steady(len(self.sections), OF_A_WORD)
        count = steady(len(self.sections))
        return {
            term: 0.0 if term in self.dropped else rarity(count, min(count, steady(holding)))
            for term, holding in self.holding.items()
        }

    def strengths(self, section: int) -> list[float]:
        """For each passage of a section: what a matched word in it is worth."""
        cut, weight = self.cuts[section], self.sections[section].weight
        dilution = self.weights.dilution
        rare = [*map(self.rarities.__getitem__, cut.terms), 0.0]  # the last is that of `AGAIN`
        kinds = (self.weights.in_title, self.weights.in_asked, self.weights.in_body)
        values = [
            value * weight
            for value, many in zip(kinds, cut.passages, strict=True)
            for _ in range(many)
        ]
        return [
            float(value / max(1.0, math.fsum(map(rare.__getitem__, said))) ** dilution)
            for value, said in zip(values, cut.said, strict=True)
        ]

    def postings(self, segment: Segment) -> list[list[Posting]]:
        """Where each term of a segment stands in it, by ascending section."""
        found = self._own(segment)
        if not any(self.lent[number] for number in segment.sections):
            return found
        usual = map(self.usual.__getitem__, segment.terms)
        return [
            [
                Posting(section, min(1.0, impact + average * self.lent[section]), term)
                for section, impact, term in postings
            ]
            for average, postings in zip(usual, found, strict=True)
        ]

    def depends(self, segment: Segment) -> str:
        """All that the `postings` of a segment depend on but for `usual`, as a hash."""
        weights = [self.sections[number].weight for number in segment.sections]
        lent = [self.lent[number] for number in segment.sections]
        return digest(segment.key, repr([self.weights, self.averages, weights, lent]))

    def _own(self, segment: Segment) -> list[list[Posting]]:
        """The same before anything is lent."""
        places = {term: place for place, term in enumerate(segment.terms)}
        found: list[list[Posting]] = [[] for _ in places]
        weights = self.weights
        fields = (weights.title, weights.asked, weights.body, weights.page)
        for number, lengths in zip(segment.sections, segment.lengths, strict=True):
            section, cut = self.sections[number], self.cuts[number]
            gains = [
                weight / (1 - b + b * max(length / mean, weights.shortest))
                for (weight, b), length, mean in zip(fields, lengths, self.averages, strict=True)
            ]
            impact = partial(_impact, gains, section.weight, weights.k1)
            usual = [impact(mix, 0) for mix in cut.mixes]  # most terms occur as others do
            above = self.titles[section.page]
            for own, (term, mix) in enumerate(zip(cut.terms, cut.mixed, strict=True)):
                worth = impact(cut.mixes[mix], above[term]) if term in above else usual[mix]
                found[places[term]].append(Posting(number, worth, own))
            for term in above.keys() - cut.terms:
                posting = Posting(number, impact((0, 0, 0), above[term]), None)
                found[places[term]].append(posting)
        return found


def rarity(sections: float, holding: float) -> float:
    """Inverse document frequency of BM25, never negative; ``engine.js`` has the same."""
    return math.log(1 + (sections - holding + 0.5) / (holding + 0.5))


def _steady(sections: int, steps: int) -> Callable[[float], float]:
    """What becomes of a figure of the whole: of a large index one sentence is to move no other."""
    return partial(rounded, steps=steps) if sections > SMALL else float


def rounded(value: float, steps: int) -> float:
    """To the next of so many steps in each doubling: of eight by 4.4 per cent at most."""
    return 2 ** (round(steps * math.log2(value)) / steps) if value else 0.0


def build(
    sections: Iterable[Document],
    language: Language,
    known: Iterable[str] = (),
    weights: Weights | None = None,
    kept: Shelf | None = None,
) -> Index:
    """Index the sections, in their order.

    :param known: more words that are spelled right, though perhaps no section has them.
    :param weights: the constants of the ranking, if not those of `Weights`.
    :param kept: what was made of sections and segments before, in this language.
    """
    weights, kept = weights or Weights(), kept or Shelf()
    sections = tuple(sections)
    term_of = language.stemmer()
    written = [([each.title], [*each.asked, *each.taught], each.body) for each in sections]
    cuts = Cuts(written, term_of, kept)
    # The title of the page is shared by its sections: it is a field of each, but no passage of any.
    titles = {
        title: [(word, term_of(word)) for word in tokens(title)]
        for title in dict.fromkeys(section.page for section in sections)
    }
    segments = [
        tallied(run, cuts, [titles[sections[number].page] for number in run], kept)
        for run in runs([section.url for section in sections])
    ]
    known = frozenset(known)
    vocabulary = {word: term_of(word) for word in known}
    holding: Counter[str] = Counter()
    for segment in segments:
        vocabulary |= segment.words
        for term, count in zip(segment.terms, segment.holding, strict=True):
            holding[term] += count

    steady = _steady(len(sections), OF_ALL)
    lengths = [each for segment in segments for each in segment.lengths]
    averages = [steady(_average(column)) or 1.0 for column in zip(*lengths, strict=True)]
    phrasings = [count for segment in segments for count in segment.phrasings]
    lent = _lent(sections, phrasings, steady(_average(phrasings)), weights.lent)
    # "What am I doing wrong" and "what does he do wrong" differ in stop words alone, so a small
    # index keeps them. In a large one their postings would be most of what a question reads.
    stop = frozenset(map(term_of, language.stop))
    dropped = stop if len(sections) > SMALL else frozenset()
    # A pair is counted over a whole section, as BM25F counts a word in a field.
    sizes = [sum(fields_of[:3]) for fields_of in lengths]
    mean = steady(sum(sizes) / max(1, len(sizes))) or 1.0
    halves = [
        weights.k1 * (1 - weights.crowd + weights.crowd * size / mean) / section.weight
        for section, size in zip(sections, sizes, strict=True)
    ]
    index = Index(
        sections,
        language,
        weights,
        cuts,
        segments,
        {title: Counter(term for _word, term in words) for title, words in titles.items()},
        holding,
        averages,
        lent,
        {},
        halves,
        vocabulary,
        stop,
        dropped,
        known,
    )
    return replace(index, usual=_usual(index, kept)) if any(lent) else index


def _average(counts: Sequence[int]) -> float:
    """Of those that have any: pages without phrasings say nothing of how long a list is."""
    return sum(counts) / max(1, sum(map(bool, counts)))


def _lent(
    sections: Sequence[Document], phrasings: Sequence[int], mean: float, share: float
) -> list[float]:
    """For each section, how much of what sections hold on the whole is lent to it: nothing where it
    has no phrasings, or as many as others have.
    """
    return [
        section.weight * share * max(0.0, mean / max(count, FEW) - 1) if count else 0.0
        for section, count in zip(sections, phrasings, strict=True)
    ]


def _usual(index: Index, kept: Shelf) -> dict[str, float]:
    """The impact of each term on the whole, which is little where few sections have it."""
    sums: dict[str, float] = dict.fromkeys(index.holding, 0.0)
    for segment in index.segments:
        key = digest("sums", index.depends(segment))
        known = kept.get(key)
        if known is None:
            own = index._own(segment)
            known = json.dumps([sum([each.impact for each in found]) for found in own]).encode()
            kept.put(key, known)
        for term, total in zip(segment.terms, json.loads(known), strict=True):
            sums[term] += total
    steady = _steady(len(index.sections), OF_A_WORD)
    return {term: steady(total / len(index.sections)) for term, total in sums.items()}


def _impact(
    gains: Sequence[float], weight: float, k1: float, mix: Sequence[int], above: int
) -> float:
    """How well a term speaks for a section.

    :param mix: how often each field of its own has it; ``above``, how often its page's title has.
    """
    in_title, in_asked, in_body, in_page = gains
    titled, asked, said = mix
    amount = titled * in_title + asked * in_asked + said * in_body + above * in_page
    return weight * amount / (k1 + amount)
