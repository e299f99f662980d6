"""The threads of an article: which of its sections link to each other, and which most of all.

Pure: the sections of each part and the links between them in, pairs of sections out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain

Links = Mapping[str, Sequence[str]]
Thread = tuple[str, str]  # two sections, in reading order

MOST = 12  # as many as an eye can follow


def threads(parts: Sequence[Sequence[str]], links: Links) -> dict[Thread, int]:
    """Return each two sections that are linked, in reading order, with their links both ways.

    :param parts: the keys of the sections of each part, in reading order.
    :param links: from a section's key to the keys it links to; keys of no part are left out.
    """
    order = {key: number for number, key in enumerate(chain.from_iterable(parts))}
    found: Counter[tuple[int, int]] = Counter()
    for source, target in ((key, to) for key, targets in links.items() for to in targets):
        if source in order and target in order and source != target:
            found[min(order[source], order[target]), max(order[source], order[target])] += 1
    keys = list(order)
    return {(keys[one], keys[other]): found[one, other] for one, other in sorted(found)}


def strongest(parts: Sequence[Sequence[str]], links: Links) -> list[Thread]:
    """Return the strongest thread of each section, the strongest `MOST` of them, in reading order.

    A thread to another part is stronger than one inside the part, whose sections stand together
    anyway. Then the stronger is the one that makes up more of all the links of its two sections
    (Salton's cosine): what everything links to is not the closest of all. Among equals, the
    first.
    """
    part = {key: number for number, keys in enumerate(parts) for key in keys}
    found = threads(parts, links)
    all_links: Counter[str] = Counter()
    for (one, other), number in found.items():
        all_links.update({one: number, other: number})

    def weakness(thread: Thread) -> tuple[bool, Fraction]:
        one, other = thread
        cosine = Fraction(found[thread] ** 2, all_links[one] * all_links[other])  # its square
        return part[one] == part[other], -cosine

    best: dict[str, Thread] = {}
    for thread in sorted(found, key=weakness):
        for key in thread:
            best.setdefault(key, thread)
    kept = list(dict.fromkeys(best.values()))[:MOST]  # from strong to weak, each once
    return [thread for thread in found if thread in kept]
