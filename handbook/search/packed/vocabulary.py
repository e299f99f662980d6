"""Words as people write them, packed by what they share with the ones before."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handbook.search.index import Index

from .digits import DIGITS, TOP, level
from .postings import held

# Marks are capital letters, for no word has any.
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def alike(one: str, other: str) -> int:
    """With how many same letters two words begin."""
    same = 0
    for letter, beside in zip(one, other, strict=False):
        if letter != beside:
            break
        same += 1
    return same


def mark(place: int) -> str:
    """The mark that has so many before it: one letter, then two, then more.

    >>> [mark(place) for place in (0, 25, 26, 52, 702)]
    ['A', 'Z', 'AA', 'BA', 'AAA']
    """
    before, letter = divmod(place, len(LETTERS))
    return (mark(before - 1) if before else "") + LETTERS[letter]


def fronts(words: Mapping[str, str]) -> tuple[str, str]:
    """Words, sorted: digits for the letters that each shares with the one before, and the rests.

    :param words: with the mark that ends the rest of each. Marks pack better there than in a column
        of their own, for what a word ends with tells most of what becomes of it.
    """
    shared, rests = "", ""
    before = ""
    for word in sorted(words):
        common = alike(word[:TOP], before)
        shared += DIGITS[common]
        rests += word[common:] + words[word]
        before = word
    return shared, rests


@dataclass(frozen=True)
class Words:
    """How the words of an index are packed: those of the head, and those that come with postings.

    Terms are words without their ends, nearly all: an ending is how many letters go, and what
    comes instead. A word that no section has, but that is spelled right all the same, has the first
    mark, the commonest ending the second.
    """

    index: Index
    endings: Mapping[tuple[int, str], str]

    @classmethod
    def of(cls, index: Index) -> Words:
        """Mark the endings."""
        counted = Counter(itertools.starmap(_ending, index.vocabulary.items()))
        endings = sorted(counted, key=lambda end: (-counted[end], end))
        return cls(index, {end: mark(place) for place, end in enumerate(endings, 1)})

    def pack(self, words: Iterable[str]) -> dict[str, str]:
        """Words, each with the mark of its ending, and the `level` of each term."""
        vocabulary = self.index.vocabulary
        ordered = sorted(words)
        made = {
            word: self.endings[_ending(word, vocabulary[word])] if word in vocabulary else mark(0)
            for word in ordered
        }
        shared, rests = fronts(made)
        terms = dict.fromkeys(vocabulary[word] for word in ordered if word in vocabulary)
        levels = [DIGITS[level(held(self.index, term))] for term in terms]
        return {
            "shared": shared,
            "rests": rests,
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
