"""Words as people use them: few very often, most hardly ever, as Zipf found.

They are the words of film subtitles with their counts (pyspellchecker), which the search learns
from too. What a rule of the handbook refuses is left out, so that every page passes.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Collection
from itertools import accumulate
from random import Random

from spellchecker import SpellChecker

from handbook.rules.sentences import SPOKEN
from handbook.rules.wording import METAPHORS, PROMISES, VAGUE_HEADINGS
from handbook.search.english import english

# Of rarer ones most are names and slips.
MOST = 20_000
# The commonest are in every page, so that an article's own are chosen below them.
COMMON = 600
SYLLABLES = 2
_LETTERS = re.compile("[a-z]{3,12}")
# Words of the patterns that the rules refuse, of which two or three together make a promise.
_REFUSED = """
affection back ball battle bridges bring brings change changes click come comes day draw drive
drives end etc feelings five fix four gap get gets half he heal her here him his husband improve
improved improves link love loves make makes marriage mend miss mountains nine one page partner
push pushes recover relationship return returns road rock rocks save she six spouse storm ten them
they three two want wife win wins wound wounds you your
"""


class Vocabulary:
    """The words that articles draw from."""

    def __init__(self, without: Collection[str]) -> None:
        """Read the list.

        :param without: words that mean something of their own in a handbook, as its terms do.
        """
        counts = SpellChecker(language="en").word_frequency
        by_count = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST]
        refused = {*_REFUSED.split(), *without, *VAGUE_HEADINGS, *english().stop}
        kept = [(word, count) for word, count in by_count if _is_fit(word, refused)]
        self.words = [word for word, _ in kept]
        self._sums = list(accumulate(count for _, count in kept))

    def draw(self, chance: Random) -> str:
        """Draw one, each as often as people say it."""
        return self.words[bisect(self._sums, chance.random() * self._sums[-1])]

    def matter(self, chance: Random, size: int) -> list[str]:
        """Draw the words of one matter, none of them among the commonest."""
        return chance.sample(self.words[COMMON:], size)


def _is_fit(word: str, refused: Collection[str]) -> bool:
    return (
        _LETTERS.fullmatch(word) is not None
        and not refused & {word, word.removesuffix("s")}
        and not PROMISES.search(word)
        and not METAPHORS.search(word)
        and SPOKEN[word] <= SYLLABLES
    )
