"""Titles from A to Z: each under the words in it that say what it is about. Pure.

Titles are questions, and half of them begin with "How do I": by its first word nobody would find
one. So a title stands under every word that carries meaning, as in the index of a book, with that
word marked in it. A word that many titles have tells them apart no better, and is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from handbook.paging import OTHER, letter
from handbook.search.text import tokens

# A word in more titles than this, and in more than one of twenty, is no way to find one of them.
FEW = 12
_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ´][^\W_]+)*")


@dataclass(frozen=True)
class Keyword:
    """A word in a title, by which the title is found.

    :ivar word: folded, as it is sorted.
    :ivar parts: the title in three: before the word, the word, after it.
    """

    word: str
    parts: tuple[str, str, str]

    @property
    def letter(self) -> str:
        """The letter that it stands under, as in an address."""
        return letter(self.word)


def keywords(titles: Iterable[str], stop: Set[str]) -> Mapping[str, tuple[Keyword, ...]]:
    """The words of each title, in its order: at least one, however common.

    :param stop: folded words that carry no meaning, without apostrophes.
    """
    found = {title: tuple(_meaning(title, stop)) for title in titles}
    times = Counter(each.word for those in found.values() for each in those)
    most = max(FEW, len(found) // 20)
    return {
        title: tuple(each for each in those if times[each.word] <= most) or those[:1]
        for title, those in found.items()
    }


def _meaning(title: str, stop: Set[str]) -> Iterator[Keyword]:
    """The words of a title that are no stop words, each once; where all are, the first."""
    known: set[str] = set()
    found = [(match, word) for match in _WORD.finditer(title) for word in tokens(match[0])[:1]]
    for match, word in [each for each in found if each[1] not in stop] or found[:1]:
        if word not in known:
            known.add(word)
            yield Keyword(word, (title[: match.start()], match[0], title[match.end() :]))
    if not found:  # a title of signs alone
        yield Keyword(OTHER, ("", title, ""))
