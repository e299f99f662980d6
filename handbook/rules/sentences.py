"""Sentences and words of plain text, and how hard they are to read."""

import re
from dataclasses import dataclass
from functools import lru_cache

from handbook.model.page import Block

#: An end mark, closing quotes and brackets, then space before what may begin a sentence.
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9]|\s*$)")
#: What ends in a full stop and ends no sentence; a capital before it is an initial.
_ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|St|vs|al|e\.g|i\.e)|\b[A-Z])\.$")
#: Nine rules split the same page, one after the other: so many texts are remembered.
RECENT = 2000
#: Where the dictionary knows two ways to say a word, the one that is heard.
_AS_SPOKEN = {"several": 2}


@dataclass(frozen=True)
class Sentence:
    """A sentence, the line it starts on, and where it starts in its block's text."""

    text: str
    line: int
    start: int


def sentences(block: Block) -> tuple[Sentence, ...]:
    """Split a block into sentences; one without an end mark (a bullet) is one as well."""
    return _sentences(block.text, block.line)


@lru_cache(maxsize=RECENT)
def _sentences(text: str, line: int) -> tuple[Sentence, ...]:
    start, found = 0, []
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        piece = text[start:end]
        if piece.strip() and (end == len(text) or not _ABBREVIATION.search(piece)):
            start += len(piece) - len(piece.lstrip())
            at = line + text.count("\n", 0, start)
            found.append(Sentence(" ".join(piece.split()), at, start))
            start = end
    return tuple(found)


@lru_cache(maxsize=RECENT)
def words(text: str) -> tuple[str, ...]:
    """Return the words: what stands between spaces and has a letter or a figure in it."""
    return tuple(word for word in text.split() if any(map(str.isalnum, word)))


def grade(texts: list[str]) -> float:
    """Return the Flesch-Kincaid grade (years of US school) of sentences.

    The formula is Kincaid and others, 1975. A sentence of one or two words ("Yes.") counts with
    its words and not as a sentence: it would hide how long the others are.
    """
    split = [words(text) for text in texts]
    count = sum(map(len, split))
    long = max(1, sum(len(sentence) > 2 for sentence in split))
    spoken = sum(SPOKEN[word] for sentence in split for word in sentence)
    return 0.39 * count / long + 11.8 * spoken / count - 15.59


class _Spoken(dict[str, int]):
    """How many syllables words have: as a dictionary says, else as they are hyphenated."""

    def __missing__(self, word: str) -> int:
        bare = re.sub(r"[^\w']", "", word.lower())
        if bare.isdigit():  # figures are in neither list
            return 1
        # Imported here, for both read a word list, which takes as long as to judge ten pages.
        import pyphen
        import pysyllables

        known = _AS_SPOKEN.get(bare) or pysyllables.get_syllable_count(bare)
        self[word] = int(known or len(pyphen.Pyphen(lang="en_US").positions(bare)) + 1)
        return self[word]


#: Of the words that were asked for so far; kept from one check to the next.
SPOKEN = _Spoken()
