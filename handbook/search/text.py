"""From text to the words that are indexed: fold, cut, unify spelling, stem.

The browser does the same to a question (``text.js``). What differs between languages is data
(`Language`; ``english.py`` has one) and travels with the index, so that it is written once; that
both sides do the same with it is shown by ``tests/search/words.json``, a corpus of cases that runs
on both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

# A word is letters and digits, with apostrophes between them.
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´", "'"))
# A sentence ends at its mark and a space. "e.g. this" is cut too; a passage is none the worse.
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")

_STOPPED = re.compile(r"""[.!?…:;,]["'”’»)\]]*$""")


@dataclass(frozen=True)
class Language:
    """What a language adds to the cutting of words.

    :ivar stop: words that carry no meaning alone, folded, as `tokens` cuts them.
    :ivar variants: (pattern, replacement) pairs that make two spellings one, tried in order on a
        whole word; written so that they mean the same in Python and in JavaScript ("$1").
    :ivar stem: a word to its stem.
    :ivar spelled: common words, folded: what is typed like one of them is no misspelling.
    """

    stop: frozenset[str]
    variants: tuple[tuple[str, str], ...]
    stem: Callable[[str], str]
    spelled: frozenset[str] = frozenset()

    def stemmer(self) -> Callable[[str], str]:
        """A function from a folded word to the term it is indexed under; it remembers answers."""
        rules = [(re.compile(old), new.replace("$", "\\")) for old, new in self.variants]

        @cache
        def term(word: str) -> str:
            for old, new in rules:
                if whole := old.fullmatch(word):
                    word = whole.expand(new)
            return self.stem(word)

        return term


def fold(text: str) -> str:
    """Lower case, without accents, with one kind of apostrophe: ``Café’s`` is ``cafe's``."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
        text = "".join(c for c in text if not unicodedata.category(c).startswith("M"))
    return text.lower()


def tokens(text: str) -> list[str]:
    """The words of a text, folded; a possessive is its owner, other apostrophes vanish.

    >>> tokens("My husband’s café doesn't open in 2026")
    ['my', 'husband', 'cafe', 'doesnt', 'open', 'in', '2026']
    """
    folded = fold(text)
    words: list[str] = _WORD.findall(folded)
    if "'" in folded:
        return [word.removesuffix("'s").replace("'", "") for word in words]
    return words


def in_sentences(text: str) -> list[str]:
    """A text cut into its sentences, white space collapsed."""
    return [part for part in _SENTENCE_END.split(" ".join(text.split())) if part]


def stopped(text: str, stop: str) -> str:
    """A text that ends with a stop: its own, or this one.

    >>> stopped("a cup", ";"), stopped("(Is it hot?)", ";")
    ('a cup;', '(Is it hot?)')
    """
    return text if not text or _STOPPED.search(text) else text + stop
