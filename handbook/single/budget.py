"""How large the one file may be: a straight line over the number of articles. Pure.

It is kept, not enforced: whoever makes the file reads both numbers, and a test fails beyond.
"""

from __future__ import annotations

from handbook.files import in_words

# Bytes, as measured with two articles: 323 kB without either, 174 kB for one of five long pages,
# a picture of nineteen sections and some forty phrasings a section, 101 kB for one with fifteen.
FRAME = 325_000  # scripts, styles, what the search needs anyway, the pages beside the articles
ARTICLE = 175_000  # its pages, its picture, its part of the index
# A mail takes ten million bytes, a third of them lost to its own wrapping: some forty articles.


def budget(articles: int) -> int:
    """Return the bytes that a file of so many articles may have; none counts as one."""
    return FRAME + ARTICLE * max(articles, 1)


def account(file: str, size: int, articles: int) -> str:
    """Say how much of its budget a file takes, and what to do where it takes more.

    >>> account("steady.html", 496_536, 1)
    'steady.html has 497 kB of the 500 kB that are its budget.'
    """
    limit = budget(articles)
    said = f"{file} has {in_words(size)} of the {in_words(limit)} that are its budget"
    if size <= limit:
        return f"{said}."
    return f"{said}: shorten pages or pictures, or change handbook/single/budget.py."
