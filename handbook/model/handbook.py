"""The handbook: all pages, the articles among them, and the lists of phrasings beside them."""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from handbook.kept import digest

from . import lists, markdown, names, source, tables
from .article import Article, articles
from .front_matter import ARTICLE_PARTS
from .packed import Kind, Packed, Read, Unread, pack, read_all
from .page import Block, Page, Section, day_in, term_anchor
from .problem import Problem


@dataclass(frozen=True)
class Files:
    """The files that a handbook is made of, each as its path below the folder of the pages.

    Which these are is Sphinx's own answer (``handbook.sources``).

    :ivar pages: the pages, ``rain/tips.md``.
    :ivar lists: the lists of phrasings, ``rain/tips.asked.txt``.
    :ivar tables: the tables of articles, ``rain/limits.tsv``.
    """

    pages: tuple[str, ...]
    lists: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedList(Packed):
    """A page's list of phrasings.

    :ivar counts: how many it has under each name.
    """

    counts: Mapping[str, int]

    @property
    def lines(self) -> tuple[lists.Line, ...]:
        """What it says."""
        return cast(tuple[lists.Line, ...], self.inside)


def read_list(file: Path, docname: str, path: str) -> tuple[AskedList | None, list[Problem]]:
    """Read the list of phrasings of a page."""
    try:
        text = source.read(file)
    except source.SourceError as fault:
        return None, [Problem(path, fault.line, fault.rule, fault.sentence)]
    lines = tuple(lists.lines(text))
    return AskedList(path, digest(path, text), pack(lines), Counter(n for _, n, _ in lines)), []


@dataclass(frozen=True)
class Phrasing:
    """One way of readers to ask for a section.

    :ivar anchor: the section's, or a glossary term's; "" for the page itself.
    :ivar path: the file it stands in, as in `Problem`; ``line`` counts from 1.
    :ivar beside: whether it stands in the list beside the page.
    """

    docname: str
    anchor: str
    text: str
    path: str
    line: int
    beside: bool


@dataclass(frozen=True)
class Handbook:
    """All pages by docname, the articles in the order of reading, the lists beside the pages.

    :ivar asked_lists: docname to the page's own list of phrasings.
    :ivar carried: folder and name of a table to what the article must carry (``handbook.carried``).
    """

    articles: tuple[Article, ...]
    pages: Mapping[str, Page]
    asked_lists: Mapping[str, AskedList] = field(default_factory=dict)
    carried: Mapping[tuple[str, str], tables.Table] = field(default_factory=dict)

    def article_of(self, docname: str) -> Article | None:
        """Return the article that a page belongs to, or None for a page beside the articles."""
        return self._articles_by_docname.get(docname)

    @cached_property
    def _articles_by_docname(self) -> Mapping[str, Article]:
        return {page.docname: article for article in self.articles for page in article.pages}

    @cached_property
    def folders(self) -> frozenset[str]:
        """Where the articles are."""
        return frozenset(article.folder for article in self.articles)

    @cached_property
    def kinds_of_tables(self) -> frozenset[str]:
        """The names of the tables that any article has."""
        return frozenset(kind for _folder, kind in self.carried)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The terms that the glossary explains, in its order."""
        return tuple(term.text for page in self.pages.values() for term in page.terms)

    @cached_property
    def checked_numbers(self) -> frozenset[str]:
        """The telephone numbers on pages that say when theirs were last checked."""
        return frozenset(
            str(link.number)
            for page in self.pages.values()
            if page.dated_blocks
            for link in page.calls
        )

    @cached_property
    def last_checked(self) -> date | None:
        """The day since which every telephone number has been checked; None where none is."""
        blocks = (block for page in self.pages.values() for block in page.dated_blocks)
        return min(filter(None, map(day_in, blocks)), default=None)

    @cached_property
    def phrasings(self) -> tuple[Phrasing, ...]:
        """All phrasings: page by page, those of the page before those of its list."""
        return tuple(phrasing for docname in self.pages for phrasing in self._phrasings_of(docname))

    def _phrasings_of(self, docname: str) -> Iterator[Phrasing]:
        page = self.pages[docname]
        for asked in page.asked:
            yield Phrasing(docname, asked.anchor, asked.text, page.path, asked.line, beside=False)
        if own := self.asked_lists.get(docname):
            for line in own.lines:
                yield Phrasing(docname, line.name, line.text, own.path, line.number, beside=True)


def load(
    docs: Path, files: Files, read_all: Callable[..., Any] = read_all
) -> tuple[Handbook, list[Problem]]:
    """Read the pages, lists and tables under ``docs`` and say where the folder is no handbook.

    Where a file cannot be read, only that is reported: what follows from it would be noise.

    :param read_all: does what `read_all` does.
    :returns: the handbook, which is whole only where there are no problems; the problems.
    """
    problems: list[Problem] = []
    root = docs.resolve()
    shown = root.name
    real = _Real(root)
    unread: dict[str, list[Unread]] = {"page": [], "list": [], "table": []}
    for name, times in sorted(Counter(files.pages).items()):
        docname = name.removesuffix(".md")
        if docname == name:
            what = "a page is Markdown, a file that ends in .md; write it anew, or take it away"
            problems.append(Problem(f"{shown}/{name}", 1, "unreadable", what))
        elif not real[name]:
            problems.append(Problem(f"{shown}/{name}", 1, "unreadable", LINKED))
        elif times > 1 or not os.path.exists(f"{docs}/{name}"):  # noqa: PTH110 (a third of its time)
            # Sphinx names it as it would be typed.
            what = "a file of this name has its accents apart, as a Mac writes them; type it anew"
            problems.append(Problem(f"{shown}/{name}", 1, "page-name", what))
        else:
            unread["page"].append((name, docname, f"{shown}/{name}"))
    for kind, files_of in (("list", files.lists), ("table", files.tables)):
        for name in sorted(files_of):
            if real[name]:
                whose = name.removesuffix(lists.SUFFIX)
                unread[kind].append((name, whose, f"{shown}/{name}"))
            else:
                problems.append(Problem(f"{shown}/{name}", 1, "unreadable", LINKED))

    def read(function: Read[Kind], those: list[Unread]) -> dict[str, Kind]:
        found: dict[str, Kind] = {}
        for (_, name, _), (thing, faults) in zip(
            those, read_all(function, docs, those), strict=True
        ):
            problems.extend(faults)
            if thing is not None:
                found[name] = thing
        return found

    pages = read(markdown.read, unread["page"])
    asked_lists = read(read_list, unread["list"])
    carried = {
        (folder, kind): table
        for name, table in read(tables.read_file, unread["table"]).items()
        for folder, _, kind in [name.rpartition("/")]
    }
    handbook = Handbook(articles(pages), pages, asked_lists, carried)
    return handbook, sorted(problems or _faults(handbook))


# What it leads to may be any file of the machine, and would be published.
LINKED = "a text is a file of its own, no symbolic link; copy it here"


class _Real(dict[str, bool]):
    """Whether a file or a folder lies where its name says, and no link leads there."""

    def __init__(self, root: Path) -> None:
        super().__init__({"": True})
        self.root = os.fspath(root)

    def __missing__(self, name: str) -> bool:
        above = name.rpartition("/")[0]
        self[name] = self[above] and not os.path.islink(f"{self.root}/{name}")  # noqa: PTH114
        return self[name]


def _faults(handbook: Handbook) -> Iterator[Problem]:
    for article in handbook.articles:
        yield from _missing_parts(article)
    for page in handbook.pages.values():
        yield from _wrong_place(page, handbook)
        yield from _page_name(page)
        yield from _anchors(page)
    yield from _pages_of_one_name(handbook)
    yield from _articles_of_one_title(handbook)
    yield from _topics_of_one_name(handbook)
    yield from _terms_of_one_name(handbook)
    yield from _duplicate_anchors(handbook)
    yield from _pages_at_sections(handbook)


def _missing_parts(article: Article) -> Iterator[Problem]:
    for part in ARTICLE_PARTS:
        if part not in article.parts:
            what = f"the article has no {part}.md; an article is index, {', '.join(ARTICLE_PARTS)}"
            line = article.index.front.lines["part"]
            yield Problem(article.index.path, line, "article-parts", what)


def _wrong_place(page: Page, handbook: Handbook) -> Iterator[Problem]:
    """A page is one of an article's five, or it lies outside every article."""
    part, name = page.front.part, page.docname.rpartition("/")[2]
    folders = page.docname.split("/")[:-1]
    above = ("/".join(folders[:depth]) for depth in range(1, len(folders) + 1))
    around = [folder for folder in above if folder in handbook.folders]
    if handbook.article_of(page.docname):
        fitting = "article" if name == "index" else name
        what = f"the {name}.md of an article has part: {fitting}"
        wrong = part != fitting
    elif around:
        what = (
            f"{around[0]} is an article: just index, {', '.join(ARTICLE_PARTS)}; move this page out"
        )
        wrong = True
    elif part == "article":
        what = "an article is a folder, and its first page is that folder's index.md"
        wrong = True
    else:
        what = f"this {part} is in no article: beside it is no index.md with part: article"
        wrong = part in ARTICLE_PARTS
    if wrong:
        yield Problem(page.path, page.front.lines["part"], "page-place", what)


def _page_name(page: Page) -> Iterator[Problem]:
    """A page's name is in its address, and its id in the one file."""
    what = None
    for name in page.docname.split("/"):
        if (better := names.fit(name)) != name:
            what = "is no address; letters, digits and hyphens are"
            what = f"{what}: {better}" if better else what
        elif names.is_device(name):
            what = "is that of a device on Windows; choose another"
        elif names.is_frames(page.docname):
            what = "is that of a place in the frame of every page; choose another"
        elif page.docname.casefold() in names.MADE:  # capitals make no other file on many systems
            what = "is that of a page which an edition writes of its own; choose another"
        elif page.docname.partition("/")[0].casefold() in names.MADE_FOLDERS:
            what = "is in a folder of pages that the build makes; choose another folder"
        if what:
            yield Problem(page.path, 1, "page-name", f'the name "{name}" {what}')
            return


def _pages_of_one_name(handbook: Handbook) -> Iterator[Problem]:
    """Two files whose names differ in capitals alone are one file on many systems."""
    first: dict[str, Page] = {}
    for page in handbook.pages.values():
        other = first.setdefault(page.docname.casefold(), page)
        if other is not page:
            what = f"its name differs from {other.path} in capitals alone; choose another"
            yield Problem(page.path, 1, "page-name", what)


def _articles_of_one_title(handbook: Handbook) -> Iterator[Problem]:
    """Menus, contents and results have nothing but the title to tell two articles apart."""
    first: dict[str, Page] = {}
    for article in handbook.articles:
        other, page = first.setdefault(_alike(article.title), article.index), article.index
        if other is not page:
            where = f"{other.path}:{other.front.lines['title']}"
            what = f"the title is that of {where}; word one of the two anew"
            yield Problem(page.path, page.front.lines["title"], "title", what)


def _topics_of_one_name(handbook: Handbook) -> Iterator[Problem]:
    """Topics that differ in capitals or blanks alone would be two lists about one matter.

    And each has a page of its own once there are many, with an address made of its letters.
    """
    first: dict[str, Page] = {}
    at: dict[str, Page] = {}
    for article in handbook.articles:
        other, page = first.setdefault(_alike(article.topic), article.index), article.index
        if other.front.topic != page.front.topic:
            where = f"{other.path}:{other.front.lines['topic']}"
            what = f'the topic is written "{other.front.topic}" in {where}; write both alike'
            yield Problem(page.path, page.front.lines["topic"], "topic", what)
        elif not (address := names.topic_page(article.topic)):
            what = f'the topic "{article.topic}" makes no address; word it with letters'
            yield Problem(page.path, page.front.lines["topic"], "topic", what)
        elif (other := at.setdefault(address, page)).front.topic != page.front.topic:
            where = f"{other.path}:{other.front.lines['topic']}"
            what = f'the topic has the address of "{other.front.topic}", {where}; word it anew'
            yield Problem(page.path, page.front.lines["topic"], "topic", what)


def _alike(line: str) -> str:
    """What is left of a line where capitals and blanks do not count."""
    return " ".join(line.split()).casefold()


def _terms_of_one_name(handbook: Handbook) -> Iterator[Problem]:
    """A term is explained once, and its address is made of its letters."""
    places: dict[tuple[str, str], tuple[Page, Block]] = {}
    for page in handbook.pages.values():
        for term in page.terms:
            anchor = term_anchor(term.text)
            keys = (("", term.text.casefold()), (page.docname, anchor.casefold()))
            if anchor == "term-":
                what = f'the term "{term.text}" has no letter for its address; word it with one'
                yield Problem(page.path, term.line, "term", what)
            elif taken := next((places[key] for key in keys if key in places), None):
                where = f"{taken[0].path}:{taken[1].line}"
                what = f'"{term.text}" has the address of "{taken[1].text}", {where}; word it anew'
                yield Problem(page.path, term.line, "term", what)
            places |= dict.fromkeys(keys, (page, term))


def _anchors(page: Page) -> Iterator[Problem]:
    for section in page.sections:
        if not section.anchor:
            what = f'"{section.title}" has no permanent anchor; write (its-name)= on the line above'
            yield Problem(page.path, section.line, "anchor", what)
        for name in filter(None, (section.anchor, *section.old_anchors)):
            if what := _unfit_anchor(name, page):
                yield Problem(page.path, section.line, "anchor", what)
    for name, line in page.stray_anchors:
        what = f"anchor {name} names no section; put it on the line directly above a heading"
        yield Problem(page.path, line, "anchor", what)


def _unfit_anchor(name: str, page: Page) -> str:
    """Say why a name is no address for a section of this page; "" where it is one."""
    if (better := names.fit(name)) != name:
        what = f'anchor "{name}" is no address; letters, digits and hyphens are'
        return f"{what}: ({better})=" if better else what
    if names.is_frames(name):
        return f"anchor {name} is a place in the frame of every page; choose another"
    if name in {term_anchor(term.text) for term in page.terms}:
        return f"anchor {name} is the address of a term on this page; choose another"
    notes = (note for note in page.notes if note.label.casefold() == name.casefold())
    if note := next(notes, None):
        return f"anchor {name} is the name of the note on line {note.line}; rename the note"
    return ""


def _pages_at_sections(handbook: Handbook) -> Iterator[Problem]:
    """The one file has the section ``tips`` of the page ``rain`` where the page rain/tips is."""
    for page in handbook.pages.values():
        for anchor, section in page.anchors.items():
            if other := handbook.pages.get(f"{page.docname}/{anchor}"):
                what = f"anchor {anchor} is where the one file has {other.path}; choose another"
                yield Problem(page.path, section.line, "anchor", what)


def _duplicate_anchors(handbook: Handbook) -> Iterator[Problem]:
    """An anchor is given once in an article, and once in a page beside the articles.

    Two that differ in capitals alone are one name to whoever reads them out.
    """
    places: dict[tuple[str, str], list[tuple[Page, Section, str]]] = defaultdict(list)
    for page in handbook.pages.values():
        article = handbook.article_of(page.docname)
        home = article.folder if article else page.path
        for section in page.sections:
            for anchor in filter(None, (section.anchor, *section.old_anchors)):
                places[home, anchor.casefold()].append((page, section, anchor))
    for (first, section, _), *others in places.values():
        for page, again, anchor in others:
            what = f"anchor {anchor} is taken by {first.path}:{section.line}; choose another"
            yield Problem(page.path, again.line, "duplicate-anchor", what)
