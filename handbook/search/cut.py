"""A section cut into terms: all that its words alone tell, before it is set among others.

To cut and stem the words is most of what an index costs, and the same as long as the section is:
it is kept by the section's own text, so that a build with one changed page stems one page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from handbook.kept import Shelf, digest

from .text import tokens

FIELDS = 3  # of a section itself: title, phrasings, body
#: The passages of each.
Fields = Sequence[Sequence[str]]


class Cut(NamedTuple):
    """A section as its terms.

    :ivar lengths: how many words each field has.
    :ivar passages: how many passages each field has: the title, each phrasing, each sentence.
    :ivar terms: each term, with how often each field has it, and then, for each passage that has
        it, the passage's number and how many words stand before its first place there.
    :ivar words: each word as people write it, with its term.
    """

    lengths: list[int]
    passages: list[int]
    terms: dict[str, list[int]]
    words: dict[str, str]


def cut_all(sections: Iterable[Fields], term_of: Callable[[str], str], kept: Shelf) -> list[Cut]:
    """Cut sections, those whose text is not what it was.

    :param kept: of one language and one code.
    """
    found = []
    for fields in sections:
        key = digest(json.dumps(fields, ensure_ascii=False))
        known = kept.get(key)
        if known is None:
            one = _cut(fields, term_of)
            kept.put(key, json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode())
        else:
            one = Cut(*json.loads(known))
        found.append(one)
    return found


def _cut(fields: Fields, term_of: Callable[[str], str]) -> Cut:
    cut = Cut([0] * FIELDS, [0] * FIELDS, {}, {})
    last: dict[str, int] = {}
    passage = 0
    for field, texts in enumerate(fields):
        for text in texts:
            words = tokens(text)
            cut.lengths[field] += len(words)
            cut.passages[field] += 1
            for before, word in enumerate(words):
                term = cut.words.get(word)
                if term is None:
                    term = cut.words[word] = term_of(word)
                place = cut.terms.setdefault(term, [0] * FIELDS)
                place[field] += 1
                if last.get(term) != passage:
                    place += (passage, before)
                    last[term] = passage
            passage += 1
    return cut
