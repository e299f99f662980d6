"""The order of the book: from a tree of pages and three lists to one row of pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .settings import Book

Tree = Mapping[str, Sequence[tuple[str | None, Sequence[str]]]]
"""For each page that has toctrees: (caption or None, docnames) for each of them, in order."""


@dataclass(frozen=True)
class BookPage:
    """A page in its place.

    :ivar level: the heading level of its title, from 1.
    """

    docname: str
    level: int
    chapter: bool = True  # not the child of another page of the book's body
    part: str | None = None  # the caption of the part that begins with this page


@dataclass(frozen=True)
class ReadingOrder:
    """All pages in a row: before the contents, the body, the end."""

    front: tuple[BookPage, ...]
    body: tuple[BookPage, ...]
    back: tuple[BookPage, ...]

    def pages(self) -> tuple[BookPage, ...]:
        """All pages in reading order."""
        return self.front + self.body + self.back

    def only(self, docnames: Collection[str]) -> ReadingOrder:
        """The same with no other pages in the body, and no part of the book around them."""
        body = [page for page in self.body if page.docname in docnames]
        above = min((page.level for page in body), default=1) - 1
        return replace(
            self, body=tuple(replace(page, level=page.level - above, part=None) for page in body)
        )


def reading_order(root: str, tree: Tree, book: Book) -> ReadingOrder:
    """Put the pages below `root` in order.

    A toctree's caption at the root is a part of the book and takes level 1. A page that `book`
    lists elsewhere hands its place, and its level, to its children.

    :raises ValueError: when `book` lists a page that no toctree holds.
    """
    elsewhere = {*book.front, *book.back, *book.omit}
    walked: set[str] = set()

    def walk(docname: str, level: int, top: int, part: str | None) -> Iterator[BookPage]:
        if docname in walked:  # a page stands where it is named first
            return
        walked.add(docname)
        inner = level
        if docname not in elsewhere:
            yield BookPage(docname, level, level == top, part)
            part = None
            inner = level if docname == root else level + 1
        for caption, children in tree.get(docname, ()):
            begins = caption if docname == root else part
            deeper = inner + 1 if caption and docname == root else inner
            highest = deeper if docname == root else top
            for child in children:
                for page in walk(child, deeper, highest, begins):
                    yield page
                    begins = part = None

    body = tuple(walk(root, 1, 1, None))
    for name in ("front", "back", "omit"):
        for docname in getattr(book, name):
            if docname not in walked:
                raise ValueError(
                    f'conf.py: typst_book["{name}"] lists "{docname}", which no toctree holds; '
                    "correct the name or add the page to one"
                )
    return ReadingOrder(
        tuple(BookPage(docname, 1) for docname in book.front),
        body,
        tuple(BookPage(docname, 1) for docname in book.back),
    )
