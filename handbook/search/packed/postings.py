"""Where each term stands, segment after segment: the columns of postings, places and passages.

What is packed of a segment is kept, by all that it depends on; of a large index nothing else is
held but the bytes that come of it.
"""

from __future__ import annotations

import itertools
import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import sub

from handbook.kept import Shelf, digest
from handbook.search.index import Index
from handbook.search.segments import Segment

from .digits import DIGITS, TOP, level, number, numbers, root, scaled

# A word that questions do without is searched where nothing else is left; its best will do.
STOP_SECTIONS = 500
# The columns of postings, and of where a term stands.
POSTING = ("counts", "gaps", "impacts")
PLACES = ("counts", "gaps", "strengths", "before")


def _columns() -> tuple[bytearray, ...]:
    return tuple(bytearray() for _ in PLACES)


def held(index: Index, term: str) -> int:
    """In how many sections a term is kept; none of one that no section has."""
    holding = index.holding.get(term, 0)
    return min(holding, STOP_SECTIONS) if term in index.dropped else holding


def ordered(index: Index) -> list[str]:
    """The terms, the commonest first: so gaps and numbers of terms are small together.

    Those of one `level` are in the order in which the sorted vocabulary has them.
    """
    terms = dict.fromkeys(term for _word, term in sorted(index.vocabulary.items()))
    return sorted(
        (term for term in terms if term in index.holding),
        key=lambda term: -level(held(index, term)),
    )


@dataclass
class Row:
    """What is packed of a term, of one segment after another.

    :ivar gaps: for each section that holds it, from the one before.
    :ivar impacts: for each of these sections, one digit.
    :ivar last: the last of them.
    :ivar columns: of `PLACES`: for each section in how many passages the term stands; of each of
        these the gap from the one before, its strength, and how many words stand before the term.
    """

    gaps: bytearray = field(default_factory=bytearray)
    impacts: bytearray = field(default_factory=bytearray)
    last: int = 0
    columns: tuple[bytearray, ...] = field(default_factory=_columns)

    @property
    def postings(self) -> tuple[str, str, str]:
        """The columns of `POSTING`."""
        return number(len(self.impacts)), self.gaps.decode(), self.impacts.decode()

    @property
    def places(self) -> list[str]:
        """Those of `PLACES`."""
        return [column.decode() for column in self.columns]

    @property
    def size(self) -> int:
        """The bytes of its postings."""
        return sum(map(len, self.postings))


def postings(index: Index, kept: Shelf | None = None) -> dict[str, Row]:
    """The terms with their postings, and with no places yet.

    :param kept: segments that were packed before.
    """
    kept = kept or Shelf()
    found = {term: Row() for term in index.holding}
    for segment in index.segments:
        start = segment.sections.start
        for term, first, last, gaps, impacts in zip(
            segment.terms, *_postings(index, segment, kept), strict=True
        ):
            row = found[term]
            row.gaps += _encoded(start + first - row.last) + gaps
            row.impacts += impacts
            row.last = start + last
    for term in index.dropped & found.keys():
        found[term] = _best(found[term])
    return found


@cache
def _encoded(value: int) -> bytes:
    return number(value).encode()


def _postings(
    index: Index, segment: Segment, kept: Shelf
) -> tuple[list[int], list[int], list[bytes], list[bytes]]:
    """For each term of a segment its first section and its last, counted from the segment's; the
    gaps between its sections, and its impacts.
    """
    if not segment.terms:
        return [], [], [], []
    is_lent = any(index.lent[number] for number in segment.sections)
    usual = [*map(index.usual.__getitem__, segment.terms)] if is_lent else []
    key = digest("postings", index.depends(segment), array("d", usual).tobytes())
    known = kept.get(key)
    if known is None:
        start = segment.sections.start
        sections, gaps, impacts = [], [], []
        for postings in index.postings(segment):
            numbers = [posting.section - start for posting in postings]
            sections.append((numbers[0], numbers[-1]))
            gaps.append("".join(map(number, map(sub, numbers[1:], numbers))))
            impacts.append("".join([root(posting.impact) for posting in postings]))
        ends = json.dumps([*zip(*sections, strict=True)])
        known = "\n".join([ends, " ".join(gaps), " ".join(impacts)]).encode()
        kept.put(key, known)
    places, further, worth = known.split(b"\n")
    return (*json.loads(places), further.split(b" "), worth.split(b" "))


def _best(row: Row) -> Row:
    """The sections that a term speaks for most, so many as are kept of one that is dropped."""
    room, least = STOP_SECTIONS, 0  # for those of the least impact that is kept
    for impact, many in sorted(Counter(row.impacts).items(), reverse=True):
        if many >= room:
            least = impact
            break
        room -= many
    best, before = Row(), 0
    for section, impact in zip(itertools.accumulate(numbers(row.gaps)), row.impacts, strict=True):
        if impact < least or (impact == least and not room):
            continue
        room -= impact == least
        best.gaps += _encoded(section - before)
        best.impacts.append(impact)
        before = section
    return best


def impacts_by_section(index: Index, rows: Iterable[Row]) -> list[str]:
    """For each section the impacts of its terms, in the order of the rows.

    Words that a section has as often weigh nearly alike in it, so that this packs by a fifth better
    than the impacts of one term after the other.
    """
    found = [bytearray() for _ in index.sections]
    for row in rows:
        for section, impact in zip(
            itertools.accumulate(numbers(row.gaps)), row.impacts, strict=True
        ):
            found[section].append(impact)
    return [impacts.decode() for impacts in found]


def add_places(index: Index, rows: Mapping[str, Row], kept: Shelf | None = None) -> None:
    """Add to the terms where they stand in passages; of those that are dropped that is nowhere.

    :param kept: segments that were packed before.
    """
    kept = kept or Shelf()
    found = {term: row.columns for term, row in rows.items()}
    for segment in index.segments:
        columns = zip(segment.terms, *_places(index, segment, kept), strict=True)
        for term, count, gap, strength, word in columns:  # written out: there are a million
            if term not in index.dropped:
                counts, gaps, strengths, before = found[term]
                counts += count
                gaps += gap
                strengths += strength
                before += word
    for term in index.dropped & rows.keys():
        rows[term].columns[0].extend(number(0).encode() * len(rows[term].impacts))


def _places(index: Index, segment: Segment, kept: Shelf) -> Sequence[list[bytes]]:
    """For each term of a segment the columns of `PLACES`."""
    if not segment.terms:
        return [[] for _ in PLACES]
    rare = array("d", map(index.rarities.__getitem__, segment.terms))
    weights = [index.sections[number].weight for number in segment.sections]
    key = digest("places", segment.key, repr([index.weights, weights]), rare.tobytes())
    known = kept.get(key)
    if known is None:
        found: dict[str, list[list[str]]] = {term: [[] for _ in PLACES] for term in segment.terms}
        for section in segment.sections:
            cut = index.cuts[section]
            for term, columns in zip(cut.terms, places_in(index, section), strict=True):
                for whole, column in zip(found[term], columns, strict=True):
                    whole.append(column)
            for term in index.titles[index.sections[section].page].keys() - cut.terms:
                found[term][0].append(number(0))
        lines = zip(*(map("".join, columns) for columns in found.values()), strict=True)
        known = "\n".join(map(" ".join, lines)).encode()
        kept.put(key, known)
    return [column.split(b" ") for column in known.split(b"\n")]


def places_in(index: Index, section: int) -> list[tuple[str, ...]]:
    """Where each term of a section stands in it: the columns of `PLACES`."""
    strengths = [scaled(strength) for strength in index.strengths(section)]
    found: list[tuple[str, ...]] = []
    for places in index.cuts[section].places:
        passages, before = places[::2], places[1::2]
        found.append(
            (
                number(len(passages)),
                "".join(map(number, map(sub, passages, [0, *passages]))),
                "".join([strengths[passage] for passage in passages]),
                "".join([DIGITS[min(words, TOP)] for words in before]),
            )
        )
    return found


def packed_passages(index: Index, terms: Sequence[str]) -> dict[str, str]:
    """The same of a whole index, by section: each passage as the numbers of its terms.

    That is two thirds of what the places of each term are. A word that stands in a passage a
    second time, or of which no places are kept, is the number after the last.
    """
    sections = range(len(index.sections))
    strengths = [index.strengths(section) for section in sections]
    nothing = number(len(terms))
    digits = {
        term: nothing if term in index.dropped else number(place)
        for place, term in enumerate(terms)
    }
    packed: list[str] = []
    lengths: list[str] = []
    for cut in map(index.cuts.__getitem__, sections):
        own = [*map(digits.__getitem__, cut.terms), nothing]  # the last is that of `AGAIN`
        for said in cut.said:
            length = len(said)
            while length and own[said[length - 1]] == nothing:
                length -= 1
            lengths.append(number(length))
            packed += map(own.__getitem__, said[:length])
    return {
        "passages": "".join(number(len(section)) for section in strengths),
        "lengths": "".join(lengths),
        "strengths": "".join(map(scaled, itertools.chain.from_iterable(strengths))),
        "terms": "".join(packed),
    }
