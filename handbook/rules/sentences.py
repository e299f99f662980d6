"""Sentences and words of plain text, and how hard they are to read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.model.page import Block

#: An end mark, closing quotes and brackets, then space before what may begin a sentence.
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9]|\s*$)")
#: What ends in a full stop and ends no sentence; a capital before it is an initial.
_ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|St|vs|al|e\.g|i\.e)|\b[A-Z])\.$")


@dataclass(frozen=True)
class Sentence:
    """A sentence, the line it starts on, and where it starts in its block's text."""

    text: str
    line: int
    start: int


def sentences(block: Block) -> Iterator[Sentence]:
    """Split a block into sentences; one without an end mark (a bullet) is one as well."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(block.text)), len(block.text)]:
        piece = block.text[start:end]
        if piece.strip() and (end == len(block.text) or not _ABBREVIATION.search(piece)):
            start += len(piece) - len(piece.lstrip())
            yield Sentence(" ".join(piece.split()), block.line_at(start), start)
            start = end


def words(text: str) -> list[str]:
    """Return the words: what stands between spaces and has a letter or a figure in it."""
    return [word for word in text.split() if any(map(str.isalnum, word))]


def grade(texts: list[str]) -> float:
    """Return the Flesch-Kincaid grade (years of US school) of sentences.

    The formula is Kincaid and others, 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59.
    The library splits at every full stop, so each sentence is handed over with one.
    """
    # Imported here, for it is slow; it comes without types.
    import textstat  # type: ignore[import-untyped]

    plain = (re.sub(r"[.!?…]+", "", text) for text in texts)
    return float(textstat.flesch_kincaid_grade("\n".join(text + "." for text in plain)))
