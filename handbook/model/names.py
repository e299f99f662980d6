"""Which names a section and a page may have: an address that holds in every edition.

A name is the address as it was written, in a browser, in the one file, in an e-book and on paper.
Letters of any script are fit for that, and digits, hyphens, low lines and full stops between
them; all else means something in an address, or is written in more ways than one.
"""

import re
import unicodedata

#: The ids of the frame round a page and of the search, which no section may have.
FRAME = frozenset({"search", "search-index", "search-input", "search-results", "text"})
_RESULT = re.compile(r"search-(page-)?[0-9]+")  # each result of the search, and each group
_JOINTS = "-_."


def is_frames(name: str) -> bool:
    """Whether a page has a place of this name round its text."""
    return name in FRAME or _RESULT.fullmatch(name) is not None


def fit(name: str) -> str:
    """Return the name nearest to ``name`` that may be one; ``name`` itself where it may.

    >>> fit("two words"), fit("24-hours"), fit("über")
    ('two-words', '24-hours', 'über')
    """
    letters = unicodedata.normalize("NFKC", name)
    plain = "".join(letter if _is_plain(letter) else "-" for letter in letters)
    if plain != name:
        plain = re.sub("-{2,}", "-", plain)
    return plain.strip(_JOINTS).lstrip("".join(filter(_is_mark, plain)))


def _is_plain(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind[0] in "LM" or kind == "Nd" or letter in _JOINTS


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"
