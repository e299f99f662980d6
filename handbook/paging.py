"""Long lists: by letter, and cut into pages that each stay within a size."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

NEAR = 2  # pages named on either side of the present one


OTHER = "other"  # where a word does not begin with a letter, or with one of thousands


@dataclass(frozen=True)
class Way:
    """A link among others of its kind, one of which may be the present page."""

    text: str
    url: str
    current: bool = False


def letter(word: str) -> str:
    """The letter that a word stands under, as in an address.

    >>> letter("Élan"), letter("24 hours"), letter("愛")
    ('e', 'other', 'other')
    """
    first = unicodedata.normalize("NFKD", word.casefold())[0]
    is_one_of_thousands = unicodedata.name(first, "").startswith(("CJK", "HANGUL"))
    return first if first.isalpha() and not is_one_of_thousands else OTHER


def shown(letter: str) -> str:
    """A letter as readers see it."""
    return "Others" if letter == OTHER else letter.upper()


def cut(entries: Sequence[T], most: int) -> list[Sequence[T]]:
    """Cut into as few pages as hold `most` entries each, of one length as far as may be.

    >>> cut("abcdefg", 3)
    ['abc', 'de', 'fg']
    """
    pages = max(1, -(-len(entries) // most))
    size, longer = divmod(len(entries), pages)
    starts = [number * size + min(number, longer) for number in range(pages + 1)]
    return [entries[start:end] for start, end in pairwise(starts)]


def named(number: int, last: int) -> list[int]:
    """The pages that page `number` of `last` names: the first, the last, and those around it.

    >>> named(5, 20), named(1, 3)
    ([1, 3, 4, 5, 6, 7, 20], [1, 2, 3])
    """
    near = range(max(1, number - NEAR), min(last, number + NEAR) + 1)
    return sorted({1, *near, last})


def page_of(address: str, number: int) -> str:
    """The address of a page of a list: the first has the list's own."""
    return address if number == 1 else f"{address}/{number}"


def turn(to: Callable[[str], str], address: str, number: int, last: int) -> list[Way]:
    """The ways between the pages of one list; none where there is one page.

    :param to: from the address of a page to what a link from the present page says.
    """
    numbers = named(number, last) if last > 1 else []
    return [Way(str(each), to(page_of(address, each)), each == number) for each in numbers]
