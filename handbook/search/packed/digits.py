"""Numbers as printable digits; ``digits.js`` reads them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache

# The digits are printable, and none needs an escape in JSON or in HTML.
DIGITS = "".join(chr(code) for code in range(35, 127) if chr(code) not in "<\\")
TOP = len(DIGITS) - 1
# Whole numbers are written to the base HALF, lowest digit first, all but the last HALF higher.
HALF = len(DIGITS) // 2
WORTH = {ord(digit): value for value, digit in enumerate(DIGITS)}

# `Index.halves` are kept in tenths.
TENTHS = 10
# Impacts are so many steps of their root: fine enough for small ones, and they pack well.
IMPACTS = 64
# Strengths of passages are steps on a logarithmic scale between these.
WEAKEST, STRONGEST = 0.01, 4.0


@cache
def number(value: int) -> str:
    """A whole number, 0 or more, in digits: one below 45, two below 2,025."""
    packed = ""
    while value >= HALF:
        value, low = divmod(value, HALF)
        packed += DIGITS[low + HALF]
    return packed + DIGITS[value]


def numbers(packed: Iterable[int]) -> Iterator[int]:
    """The whole numbers in a text of digits, given as its bytes."""
    value, place = 0, 1
    for byte in packed:
        digit = WORTH[byte]
        value += digit % HALF * place
        place *= HALF
        if digit < HALF:
            yield value
            value, place = 0, 1


def share(value: float) -> str:
    """A number between 0 and 1 as one digit."""
    return DIGITS[round(min(1.0, max(0.0, value)) * TOP)]


def root(impact: float) -> str:
    """An impact, between 0 and 1, as one digit."""
    return DIGITS[round(IMPACTS * math.sqrt(impact))]


def scaled(strength: float) -> str:
    """The strength of a passage as one digit."""
    return share(math.log(max(strength, WEAKEST) / WEAKEST) / math.log(STRONGEST / WEAKEST))


def level(count: int) -> int:
    """How common a term is, from the number of sections that hold it: half steps of log2."""
    return round(2 * math.log2(1 + count))
