"""What an article is: one question and its answer, a folder of five pages.

A folder with ``index.md`` (``part: article``) and one file for each of ``ARTICLE_PARTS``. Nothing
lists the articles: a second article is a second folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .front_matter import ARTICLE_PARTS
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
