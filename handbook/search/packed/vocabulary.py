"""Words as people write them, packed by what they share with the ones before."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handbook.search.index import Index

from .digits import DIGITS, TOP, level, number
from .postings import held


def alike(one: str, other: str) -> int:
    """With how many same letters two words begin."""
    same = 0
    for letter, beside in zip(one, other, strict=False):
        if letter != beside:
            break
        same += 1
    return same


def fronts(words: Iterable[str]) -> tuple[str, str]:
    """Words, sorted: digits for the letters that each shares with the one before, and the rests."""
    shared, rests = "", []
    before = ""
    for word in sorted(words):
        common = alike(word[:TOP], before)
        shared += DIGITS[common]
        rests.append(word[common:])
        before = word
    return shared, " ".join(rests)


@dataclass(frozen=True)
class Words:
    """How the words of an index are packed: those of the head, and those that come with postings.

    Terms are words without their ends, nearly all: an ending is how many letters go, and what
    comes instead. The commonest has the smallest number; a word that no section has, but that is
    spelled right all the same, has the number after the last.
    """

    index: Index
    endings: Mapping[tuple[int, str], str]

    @classmethod
    def of(cls, index: Index) -> Words:
        """Number the endings."""
        counted = Counter(itertools.starmap(_ending, index.vocabulary.items()))
        endings = sorted(counted, key=lambda end: (-counted[end], end))
        return cls(index, {end: number(place) for place, end in enumerate(endings)})

    def pack(self, words: Iterable[str]) -> dict[str, str]:
        """Words, how each becomes its term, and the `level` of each term."""
        vocabulary = self.index.vocabulary
        ordered = sorted(words)
        shared, rests = fronts(ordered)
        none = number(len(self.endings))
        made = [
            self.endings[_ending(word, vocabulary[word])] if word in vocabulary else none
            for word in ordered
        ]
        terms = dict.fromkeys(vocabulary[word] for word in ordered if word in vocabulary)
        levels = [DIGITS[level(held(self.index, term))] for term in terms]
        return {
            "shared": shared,
            "rests": rests,
            "made": "".join(made),
            "levels": "".join(levels),
        }


def _ending(word: str, term: str) -> tuple[int, str]:
    same = len(term) if word.startswith(term) else alike(word, term)
    return len(word) - same, term[same:]


def first_terms(index: Index, terms: Iterable[str], most: int) -> set[str]:
    """The terms whose words come with the head: the commonest, those of stop words and of danger.

    :param terms: the commonest first.
    :param most: about how many words there may be.
    """
    always = {*index.known, *index.language.stop} & index.vocabulary.keys()
    found = {index.vocabulary[word] for word in always}
    words = Counter(index.vocabulary.values())
    room = most - sum(words[term] for term in found)
    for term in terms:
        if room <= 0:
            break
        if term not in found:
            found.add(term)
            room -= words[term]
    return found
