"""Variants of sentences, as many as a model wants to be asked about.

What a large model has learned goes into a small one by its answers to far more sentences than
anybody wrote (Jiao and others 2020, "TinyBERT: Distilling BERT for Natural Language
Understanding"). They need not make sense: it is enough that their words and rows of words are
those of questions.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

SEED = 1
LONGEST = 60  # words of a sentence that is varied
# How many of each kind are made of a sentence.
OTHER_WORDS, HALVES, BOTH, PARTS = 6, 1, 1, 1
# Of words that become near ones; fewer are left out or become common ones.
SHARES = (0.1, 0.2, 0.35)
COMMON = 120  # words that stand anywhere
SEEN = 3  # a word of fewer sentences is left as it is
OFTEN = 4000  # a word of more holds a sentence together

Words = list[str]


def words_of(text: str) -> Words:
    """Words and signs of a text, each for itself."""
    return re.findall(r"[\w']+|[^\w\s]", text.lower())


def counted(sentences: Sequence[Words]) -> Counter[str]:
    """How many sentences have a word."""
    return Counter(word for each in sentences for word in sorted(set(each)))


class Variants:
    """What makes variants, the same ones each time.

    :param texts: the sentences.
    :param near: of a word some that mean about the same, or stand where it stands.
    """

    def __init__(self, texts: Sequence[str], near: Mapping[str, Sequence[str]]) -> None:
        self.sentences = [words_of(text) for text in texts]
        self.seen = counted(self.sentences)
        self.near = near
        self.common = [word for word, _ in self.seen.most_common(COMMON) if word.isalpha()]
        self.chance = random.Random(SEED)

    def other_words(self, words: Words, share: float) -> Words:
        """A sentence with some words exchanged or left out."""
        made = []
        for word in words:
            drawn = self.chance.random()
            often = self.seen[word] >= OFTEN
            if drawn < share and not often and word in self.near:
                made.append(self.chance.choice(self.near[word]))
            elif drawn < share / 5 and often and word.isalpha():
                made.append(self.chance.choice(self.common))
            elif drawn < 1 - share / 7:
                made.append(word)
        return made

    def halves(self, one: Words, other: Words) -> Words:
        """The beginning of one sentence and the end of another."""
        half = LONGEST // 3
        beginning = one[: self.chance.randint(1, len(one))][-half:]
        return beginning + other[self.chance.randrange(len(other)) :][:half]

    def part(self, words: Words) -> Words:
        """Some words in a row."""
        count = self.chance.randint(min(3, len(words)), len(words))
        start = self.chance.randint(0, len(words) - count)
        return words[start : start + count]

    def made(self) -> Iterator[Words]:
        """All variants."""
        some = [each for each in self.sentences if 0 < len(each) <= LONGEST]
        short = [each for each in some if len(each) <= LONGEST // 2]
        choice = self.chance.choice
        for words in some:
            for _ in range(OTHER_WORDS):
                yield self.other_words(words, choice(SHARES))
            for _ in range(HALVES):
                yield self.other_words(self.halves(choice(some), choice(some)), choice((0, 0.1)))
            for _ in range(BOTH):
                yield [*choice(short), ".", *choice(short)]
            for _ in range(PARTS):
                yield self.part(words)


def variants(texts: Sequence[str], near: Mapping[str, Sequence[str]]) -> list[str]:
    """Variants of texts, each once."""
    made = dict.fromkeys(" ".join(words) for words in Variants(texts, near).made())
    return [text for text in made if text]
