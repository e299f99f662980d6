"""The common words of a language: spelled right, whatever the handbook says of them.

Without them every word that no page has would count as misspelled, and "rude" would be answered
with results for "rule". They come from the frequency lists of pyspellchecker, which counts the
words of film subtitles: people's words.
"""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker

from .text import tokens

# As many as keep the index small: 31 kB.
MOST = 10_000
# Shorter words are never corrected (spelling.js).
SHORTEST = 3


@cache
def spelled(language: str) -> frozenset[str]:
    """The commonest words of a language ("en"), folded; none where no list is known."""
    try:
        frequency = SpellChecker(language=language).word_frequency
    except ValueError:
        return frozenset()
    by_count = sorted(frequency.items(), key=lambda entry: (-entry[1], entry[0]))
    folded = (tokens(word) for word, _count in by_count[:MOST])
    return frozenset(cut[0] for cut in folded if len(cut) == 1 and len(cut[0]) >= SHORTEST)
