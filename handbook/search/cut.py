"""A section cut into terms: all that its words alone tell, before it is set among others.

To cut and stem the words is most of what an index costs, and the same as long as the section is:
it is kept by the section's own text, so that a build with one changed page stems one page. Where
the terms stand is wanted only where something of that has changed, and read only then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from handbook.kept import Shelf, digest

from .text import tokens

FIELDS = 3  # of a section itself: title, phrasings, body
#: In the place of a term's number: the passage has it already. The last of a list, from its end.
AGAIN = -1
#: The passages of each.
Fields = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Cut:
    """A section as its terms.

    :ivar key: tells it from every other.
    :ivar lengths: how many words each field has.
    :ivar passages: how many passages each field has: the title, each phrasing, each sentence.
    :ivar terms: the terms, in the order of their first places.
    :ivar mixes: how often fields have a term: each way that occurs.
    :ivar mixed: the number of each term's mix.
    :ivar words: each word as people write it, with its term.
    :ivar kept_said: `said` as JSON.
    """

    key: str
    lengths: list[int]
    passages: list[int]
    terms: list[str]
    mixes: list[list[int]]
    mixed: list[int]
    words: dict[str, str]
    kept_said: bytes

    @property
    def said(self) -> list[list[int]]:
        """The words of each passage, as the numbers of their terms, or `AGAIN`.

        Read anew each time, which takes less than to hold those of a thousand articles.
        """
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


def cut_all(sections: Iterable[Fields], term_of: Callable[[str], str], kept: Shelf) -> list[Cut]:
    """Cut sections, those whose text is not what it was.

    :param kept: of one language and one code.
    """
    found = []
    for fields in sections:
        key = digest(json.dumps(fields, ensure_ascii=False))
        known = kept.get(key)
        if known is None:
            known = _cut(fields, term_of)
            kept.put(key, known)
        first, _, said = known.partition(b"\n")
        lengths, passages, terms, mixes, mixed, words = json.loads(first)
        found.append(Cut(key, lengths, passages, terms, mixes, mixed, words, said))
    return found


def _cut(fields: Fields, term_of: Callable[[str], str]) -> bytes:
    """What is kept of a section: two lines of JSON, the second with what is said alone."""
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
    first = [lengths, passages, [*counts], [*mixes], mixed, words]
    return b"\n".join(_json(part) for part in (first, said))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
