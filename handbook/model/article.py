"""What an article is: one question and its answer, a folder of five pages.

A folder with ``index.md`` (``part: article``) and one file for each of ``ARTICLE_PARTS``. Nothing
lists the articles: a second article is a second folder.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .front_matter import ARTICLE_PARTS, PARTNERS, Example
from .page import Page

#: The ``part`` of each page of an article, the index first.
IN_ARTICLE = ("article", *ARTICLE_PARTS)


@dataclass(frozen=True)
class Article:
    """One question with its answer.

    :ivar folder: where its pages are, below the folder of all pages.
    :ivar parts: the pages by part, in the order of reading.
    """

    folder: str
    index: Page
    parts: Mapping[str, Page]

    @property
    def title(self) -> str:
        return self.index.front.title

    @property
    def topic(self) -> str:
        return self.index.front.topic or ""

    @property
    def about(self) -> str:
        """Whom the reader asks about, where it is not just anybody: ``about a wife``."""
        return PARTNERS[self.index.front.partner or "they"]

    @property
    def examples(self) -> tuple[Example, ...]:
        return self.index.front.examples or ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The index, then the parts."""
        return (self.index, *self.parts.values())


def articles(pages: Mapping[str, Page]) -> tuple[Article, ...]:
    """Return the articles among the pages, in the order of reading: by topic, then by title.

    :param pages: all pages by docname.
    """
    found = []
    for docname, page in pages.items():
        folder, _, name = docname.rpartition("/")
        if name == "index" and page.front.part == "article" and folder:
            beside = {part: pages.get(f"{folder}/{part}") for part in ARTICLE_PARTS}
            found.append(Article(folder, page, {part: p for part, p in beside.items() if p}))
    return tuple(sorted(found, key=_reading_order))


def _reading_order(article: Article) -> tuple[str, str, str]:
    return article.topic.casefold(), article.title.casefold(), article.folder


def examples(those: Sequence[Article], most: int) -> Iterator[tuple[Article, Example]]:
    """Choose what the front page shows of these articles, in their order.

    Each shows its first example before any shows a second; of more articles than there is room
    for show those that lie evenly among them, and so among the topics.
    """
    having = [article for article in those if article.examples]
    if len(having) > most:
        having = [having[place * len(having) // most] for place in range(most)]
    room = sorted(
        (rank, place) for place, one in enumerate(having) for rank in range(len(one.examples))
    )
    for rank, place in sorted(room[:most], key=lambda each: each[::-1]):
        yield having[place], having[place].examples[rank]
