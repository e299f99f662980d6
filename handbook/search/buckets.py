"""Names as numbers, so that a table need not hold the names (feature hashing).

Weinberger and others 2009, "Feature Hashing for Large Scale Multitask Learning".
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import cache

from .packed.digits import number

# There are 2 ^ BITS buckets.
BITS = 18


@cache
def bucket(name: str) -> int:
    """The number under which a name is kept (FNV-1a, 32 bits, folded to BITS)."""
    whole = 0x811C9DC5
    for letter in name:
        whole = ((whole ^ ord(letter)) * 0x01000193) & 0xFFFFFFFF
    return (whole ^ whole >> BITS) & (1 << BITS) - 1


def gaps(buckets: Iterable[int]) -> str:
    """Buckets packed: how far each is from the one before, in digits."""
    return "".join(number(b - a) for a, b in itertools.pairwise([0, *sorted(buckets)]))
