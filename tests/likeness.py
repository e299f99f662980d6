"""How like a question is to a phrasing: by the words that say something, not by the letters.

The phrasings teach the search and the questions of ``search/`` examine it: a question that only
puts a phrasing into another order, number or politeness measures nothing. The content words of a
text are its words without stop words, stemmed; two texts are too like where three quarters of the
content words of the larger set are in both. The larger set, so that neither a short phrasing
within a long question counts, nor a short question within a long phrasing; up to two words share
that much only where they are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from handbook.model.handbook import Phrasing
from handbook.search.english import english
from handbook.search.text import tokens

#: The share of the content words of the larger set from which a question is too like a phrasing.
TOO_LIKE = Fraction(3, 4)
_LANGUAGE = english()
_STEM = _LANGUAGE.stemmer()


def content_words(text: str) -> frozenset[str]:
    """The stems of what a text says; of one that has stop words only, the stems of these."""
    said = tokens(text)
    return frozenset(map(_STEM, [word for word in said if word not in _LANGUAGE.stop] or said))


def likeness(one: frozenset[str], other: frozenset[str]) -> Fraction:
    """The share of the larger of two sets of words, one of them not empty, that is in both."""
    return Fraction(len(one & other), max(len(one), len(other)))


def too_like(questions: Iterable[str], phrasings: Iterable[Phrasing]) -> list[tuple[str, Phrasing]]:
    """The questions that are too like a phrasing, each with the phrasing that is most like it."""
    by_words = {content_words(phrasing.text): phrasing for phrasing in phrasings}
    having = defaultdict(set)
    for known in by_words:
        for word in known:
            having[word].add(known)
    found = []
    for question in questions:
        asked = content_words(question)
        # Who shares three quarters of the words has one of any few more than a quarter: to look
        # at the rarest of them is enough, and quick.
        few = len(asked) - ceil(TOO_LIKE * len(asked)) + 1
        rarest = sorted(asked, key=lambda word: (len(having.get(word, ())), word))[:few]
        near = {known for word in rarest for known in having.get(word, ())}
        like = [(likeness(asked, known), by_words[known]) for known in near]
        like = [pair for pair in like if pair[0] >= TOO_LIKE]
        if like:
            found.append(
                (question, max(like, key=lambda pair: (pair[0], pair[1].path, pair[1].line))[1])
            )
    return found
