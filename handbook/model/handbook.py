"""What an article is, and the handbook that articles and the pages beside them make.

An article is a folder with ``index.md`` (``part: article``) and one file for each of ``PARTS``.
Nothing lists the articles: a second article is a second folder.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path, PurePosixPath

from handbook import markdown
from handbook.page import Page, Section
from handbook.problem import Problem

#: The parts of an article in the order of reading: file name and ``part`` are one word.
PARTS = ("question", "answer", "tips", "takeaways")


@dataclass(frozen=True)
class Article:
    """One question with its answer. ``parts`` has the pages by ``PARTS``, in that order."""

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


@dataclass(frozen=True)
class Handbook:
    """All pages by docname, and the articles in the order of reading: topic, then title."""

    articles: tuple[Article, ...]
    pages: Mapping[str, Page]

    def article_of(self, docname: str) -> Article | None:
        """Return the article that a page belongs to, or None for a page beside the articles."""
        return self._articles_by_docname.get(docname)

    @cached_property
    def _articles_by_docname(self) -> Mapping[str, Article]:
        return {page.docname: article for article in self.articles for page in article.pages}


def load(docs: Path, exclude: Sequence[str] = ()) -> tuple[Handbook, list[Problem]]:
    """Read every page under ``docs`` and say where the folder is no handbook.

    Names that start with an underscore, and paths that match a pattern of ``exclude``
    (relative to ``docs``), are left out.
    Where a page cannot be read, only that is reported: what follows from it would be noise.
    Only a handbook without problems is whole.
    """
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    for file in sorted(docs.rglob("*.md")):
        name = file.relative_to(docs)
        if file.is_dir() or _is_left_out(name.as_posix(), exclude):
            continue
        docname = name.with_suffix("").as_posix()
        page, faults = markdown.read(file, docname, f"{docs.resolve().name}/{name.as_posix()}")
        problems += faults
        if page is not None:
            pages[docname] = page
    handbook = Handbook(_articles(pages), pages)
    return handbook, sorted(problems or _faults(handbook))


def _is_left_out(name: str, exclude: Sequence[str]) -> bool:
    places = [name, *(parent.as_posix() for parent in PurePosixPath(name).parents)]
    return any(part.startswith("_") for part in name.split("/")) or any(
        fnmatch(place, pattern) for place in places for pattern in exclude
    )


def _articles(pages: Mapping[str, Page]) -> tuple[Article, ...]:
    articles = []
    for docname, page in pages.items():
        folder, _, name = docname.rpartition("/")
        if name == "index" and page.front.part == "article" and folder:
            parts = {
                part: pages[f"{folder}/{part}"] for part in PARTS if f"{folder}/{part}" in pages
            }
            articles.append(Article(folder, page, parts))
    return tuple(sorted(articles, key=_reading_order))


def _reading_order(article: Article) -> tuple[str, str, str]:
    return article.topic.casefold(), article.title.casefold(), article.folder


def _faults(handbook: Handbook) -> Iterator[Problem]:
    for article in handbook.articles:
        yield from _missing_parts(article)
    for page in handbook.pages.values():
        yield from _wrong_place(page, handbook)
        yield from _anchors(page)
    yield from _duplicate_anchors(handbook)


def _missing_parts(article: Article) -> Iterator[Problem]:
    for part in PARTS:
        if part not in article.parts:
            what = f"the article has no {part}.md; an article is index, {', '.join(PARTS)}"
            line = article.index.front.lines["part"]
            yield Problem(article.index.path, line, "article-parts", what)


def _wrong_place(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A page is one of an article's five, or it lies outside every article."""
    part, name = page.front.part, page.docname.rpartition("/")[2]
    around = [a.folder for a in handbook.articles if page.docname.startswith(a.folder + "/")]
    if handbook.article_of(page.docname):
        fitting = "article" if name == "index" else name
        what = f"the {name}.md of an article has part: {fitting}"
        wrong = part != fitting
    elif around:
        what = f"{around[0]} is an article: just index, {', '.join(PARTS)}; move this page out"
        wrong = True
    elif part == "article":
        what = "an article is a folder, and its first page is that folder's index.md"
        wrong = True
    else:
        what = f"this {part} is in no article: beside it is no index.md with part: article"
        wrong = part in PARTS
    if wrong:
        yield Problem(page.path, page.front.lines["part"], "page-place", what)


def _anchors(page: Page) -> Iterator[Problem]:
    for section in page.sections:
        if not section.anchor:
            what = f'"{section.title}" has no permanent anchor; write (its-name)= on the line above'
            yield Problem(page.path, section.line, "anchor", what)
    for name, line in page.stray_anchors:
        what = f"anchor {name} names no section; put it on the line directly above a heading"
        yield Problem(page.path, line, "anchor", what)


def _duplicate_anchors(handbook: Handbook) -> Iterator[Problem]:
    """An anchor is given once in an article, and once in a page beside the articles."""
    places: dict[tuple[str, str], list[tuple[Page, Section]]] = defaultdict(list)
    for page in handbook.pages.values():
        article = handbook.article_of(page.docname)
        home = article.folder if article else page.path
        for section in page.sections:
            for anchor in filter(None, (section.anchor, *section.old_anchors)):
                places[home, anchor].append((page, section))
    for (_, anchor), ((first, section), *others) in places.items():
        for page, again in others:
            what = f"anchor {anchor} is taken by {first.path}:{section.line}; choose another"
            yield Problem(page.path, again.line, "duplicate-anchor", what)
