"""Generated articles, to see how the search grows: the words of the handbook, and ever rarer ones.

Words are drawn by Zipf's law, as in any language: the commonest are the handbook's own, the rest
are made up of syllables, so that the vocabulary grows with the pages as a real one does.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from handbook.search.index import Document
from handbook.search.text import tokens

SEED = 1897
PAGES = 5  # of an article
SECTIONS = 3  # of a page
PHRASINGS = 35  # of a section, as the guide for editors asks for
MADE_UP = 60_000
SYLLABLES = ("ba", "den", "fo", "gur", "hel", "kim", "lo", "mas", "nir", "pet", "sul", "tor")


def _made_up(number: int) -> str:
    word = ""
    while number or not word:
        number, syllable = divmod(number, len(SYLLABLES))
        word += SYLLABLES[syllable]
    return word


def sections(like: Sequence[Document], pages: int) -> list[Document]:
    """``pages`` pages whose sections have the sizes of those in ``like``."""
    chance = random.Random(SEED)
    counted = Counter(
        word
        for section in like
        for text in (section.title, *section.asked, *section.body)
        for word in tokens(text)
    )
    known = [word for word, _ in counted.most_common()]
    lexicon = known + [_made_up(number) for number in range(100, MADE_UP)]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(lexicon))))

    def text(length: int) -> str:
        return " ".join(chance.choices(lexicon, cum_weights=weights, k=length))

    found = []
    for page in range(pages):
        folder = f"article-{page // PAGES}/page-{page % PAGES}.html"
        title = text(7)
        for number in range(SECTIONS):
            model = like[chance.randrange(len(like))]
            found.append(
                Document(
                    f"{folder}#section-{number}",
                    text(5),
                    title,
                    "tips",
                    tuple(text(chance.randrange(1, 10)) for _ in range(PHRASINGS)),
                    tuple(text(len(tokens(sentence))) + "." for sentence in model.body),
                )
            )
    return found
