"""The two indexes at the end of the book: what stands in them, and in which order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """An entry of the index of subjects.

    :ivar text: what a reader looks up.
    :ivar places: addresses of what is said of it.
    :ivar term: the address of the term that paragraphs about it are marked with, or "".
    :ivar see: the entry to look up instead, or "".
    """

    text: str
    places: tuple[str, ...] = ()
    term: str = ""
    see: str = ""


def capital(text: str) -> str:
    """Return `text` with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def collation(text: str) -> str:
    """Return what an entry is sorted by: letters and figures alone, without case and accents."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ").strip()


def subjects(
    terms: Mapping[str, str],
    aliases: Iterable[tuple[str, str]],
    topics: Iterable[tuple[str, str]],
) -> list[Subject]:
    """Return the index of subjects, from what the pages bring anyway.

    :param terms: each term of the glossary with its address.
    :param aliases: what a page says for a term, with the address of the term.
    :param topics: a topic of an article with the article's address.
    """
    named = {address: term for term, address in terms.items()}
    entries = {collation(term): Subject(term, (to,), term=to) for term, to in terms.items()}
    for text, address in topics:
        found = entries.get(collation(text), Subject(text))
        entries[collation(text)] = Subject(found.text, (*found.places, address), term=found.term)
    for text, address in aliases:
        if address in named:
            entries.setdefault(collation(text), Subject(text, see=named[address]))
    return [entries[key] for key in sorted(entries)]
