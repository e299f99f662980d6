"""Segments: runs of sections, by which an index is made and kept.

The index of a thousand articles is too much to be worked out anew for one sentence, and too much to
be held as numbers all at once. So it is made segment by segment (the word is Lucene's), a segment
being the sections of one folder, which are an article's. What the words of a segment tell without
the others is its *tally*; from all tallies together the index knows what its ranking needs of the
whole, and then each segment is packed by itself.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from zlib import crc32

from handbook.kept import Shelf, digest

from .cut import Cuts

#: A folder of more sections is more than one segment.
LONG = 100
#: In such a folder one page in so many ends a segment.
SELDOM = 4
#: The words of a page's title, each with its term.
Title = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Segment:
    """Some sections that follow each other.

    :ivar sections: their numbers.
    :ivar key: tells what is counted here from all else.
    :ivar terms: their terms, those of their pages' titles among them.
    :ivar holding: how many of the sections hold each term.
    :ivar lengths: of each section, how many words each field has; the title of its page is the
        last.
    :ivar phrasings: how many each section has.
    :ivar kept_words: each word as people write it, with its term, as JSON.
    """

    sections: range
    key: str
    terms: list[str]
    holding: list[int]
    lengths: list[list[int]]
    phrasings: list[int]
    kept_words: bytes

    @property
    def words(self) -> dict[str, str]:
        """Each word as people write it, with its term."""
        words: dict[str, str] = json.loads(self.kept_words)
        return words


def runs(urls: Sequence[str]) -> Iterator[range]:
    """The numbers of the sections of each segment.

    A segment ends with its folder. Where that is long it ends with a page whose name says so,
    whatever comes before it: a page that comes or goes leaves the segments after it as they were.

    :param urls: of all sections.
    """

    def page(section: int) -> str:
        return urls[section].partition("#")[0]

    start = end = 0
    folders = groupby(range(len(urls)), key=lambda section: page(section).rpartition("/")[0])
    for _folder, sections in folders:
        for name, members in groupby(sections, key=page):
            end += len(list(members))
            if end - start > LONG and crc32(name.encode()) % SELDOM == 0:
                yield range(start, end)
                start = end
        if start != end:
            yield range(start, end)
            start = end


def tallied(sections: range, cuts: Cuts, titles: Sequence[Title], kept: Shelf) -> Segment:
    """A segment.

    :param titles: of each of its sections, the words of its page's title, each with its term.
    """
    named = json.dumps(titles)
    key = digest("segment", *(cuts.keys[number] for number in sections), named)
    known = kept.get(key)
    if known is None:
        known = _tally(sections, cuts, titles)
        kept.put(key, known)
    counted, words = known.split(b"\n")
    terms, holding, lengths, phrasings = json.loads(counted)
    # A term is in many segments; as one text it is held once.
    return Segment(sections, key, [*map(sys.intern, terms)], holding, lengths, phrasings, words)


def _tally(sections: range, cuts: Cuts, titles: Sequence[Title]) -> bytes:
    holding: Counter[str] = Counter()
    words: dict[str, str] = {}
    lengths, phrasings = [], []
    for number, title in zip(sections, titles, strict=True):
        cut = cuts[number]
        holding.update([*dict.fromkeys([*cut.terms, *(term for _word, term in title)])])
        words |= cut.words | dict(title)
        lengths.append([*cut.lengths, len(title)])
        phrasings.append(cut.passages[1])
    counted = [[*holding], [*holding.values()], lengths, phrasings]
    return b"\n".join(json.dumps(part, ensure_ascii=False).encode() for part in (counted, words))
