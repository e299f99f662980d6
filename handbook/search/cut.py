"""A section cut into terms: all that its words alone tell, before it is set among others.

To cut and stem the words is most of what an index costs, and the same as long as the section is:
it is kept by the section's own text, so that a build with one changed page stems one page. Where
the terms stand is wanted only where something of that has changed, and read only then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handbook.kept import Shelf, digest

from .text import tokens

FIELDS = 3  # of a section itself: title, phrasings, body
AT_HAND = 500  # sections that are read once
#: In the place of a term's number: the passage has it already. The last of a list, from its end.
AGAIN = -1
#: The passages of each.
Fields = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Cut:
    """A section as its terms.

    :ivar lengths: how many words each field has.
    :ivar passages: how many passages each field has: the title, each phrasing, each sentence.
    :ivar terms: the terms, in the order of their first places.
    :ivar mixes: how often fields have a term: each way that occurs.
    :ivar mixed: the number of each term's mix.
    :ivar kept_words: `words` as JSON.
    :ivar kept_said: `said` as JSON.
    """

    lengths: list[int]
    passages: list[int]
    terms: list[str]
    mixes: list[list[int]]
    mixed: list[int]
    kept_words: bytes
    kept_said: bytes

    @property
    def words(self) -> dict[str, str]:
        """Each word as people write it, with its term."""
        words: dict[str, str] = json.loads(self.kept_words)
        return words

    @property
    def said(self) -> list[list[int]]:
        """The words of each passage, as the numbers of their terms, or `AGAIN`."""
        said: list[list[int]] = json.loads(self.kept_said)
        return said

    @property
    def places(self) -> list[list[int]]:
        """For each term, for each passage that has it: the passage's number, and how many words
        stand before its first place there.
        """
        found: list[list[int]] = [[] for _ in self.terms]
        for passage, said in enumerate(self.said):
            for before, term in enumerate(said):
                if term != AGAIN:
                    found[term] += (passage, before)
        return found


class Cuts:
    """Sections as their terms, each read or cut when it is wanted: not all are held at once.

    :ivar keys: what tells the text of each section from every other.
    """

    def __init__(
        self, sections: Iterable[Fields], term_of: Callable[[str], str], kept: Shelf
    ) -> None:
        """Cut none yet.

        :param kept: those that were cut before, of one language and one code.
        """
        found = list(sections)
        self.keys = keys = [digest(_json(fields)) for fields in found]
        for key in keys:
            kept.retain(key)

        # It knows no `Cuts`, which would refer to themselves and never go by themselves, and with
        # them all that is kept: the files of many topics have an index each.
        @lru_cache(maxsize=AT_HAND)
        def read(section: int) -> Cut:
            key = keys[section]
            known = kept.get(key)
            if known is None:
                known = _cut(found[section], term_of)
                kept.put(key, known)
            counted, words, said = known.split(b"\n")
            lengths, passages, terms, mixes, mixed = json.loads(counted)
            return Cut(lengths, passages, terms, mixes, mixed, words, said)

        self._read = read

    def __getitem__(self, section: int) -> Cut:
        """A section by its number."""
        return self._read(section)


def _cut(fields: Fields, term_of: Callable[[str], str]) -> bytes:
    """What is kept of a section: three lines of JSON, of which most readers want the first."""
    lengths, passages = [0] * FIELDS, [0] * FIELDS
    counts: dict[str, list[int]] = {}
    numbers: dict[str, int] = {}
    words: dict[str, str] = {}
    said: list[list[int]] = []
    for field, texts in enumerate(fields):
        for text in texts:
            passage: list[int] = []
            had: set[int] = set()
            for word in tokens(text):
                term = words.get(word)
                if term is None:
                    term = words[word] = term_of(word)
                counts.setdefault(term, [0] * FIELDS)[field] += 1
                number = numbers.setdefault(term, len(numbers))
                passage.append(AGAIN if number in had else number)
                had.add(number)
            lengths[field] += len(passage)
            passages[field] += 1
            said.append(passage)
    mixes = {mix: number for number, mix in enumerate(dict.fromkeys(map(tuple, counts.values())))}
    mixed = [mixes[tuple(count)] for count in counts.values()]
    counted = [lengths, passages, [*counts], [*mixes], mixed]
    return b"\n".join(map(_json, (counted, words, said)))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
