"""The e-book's contents: every page and every section, for new reading systems and old ones."""

from __future__ import annotations

import runpy
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest
from articles import HANDBOOK
from conftest import ROOT

from handbook.epub.contents import Heading, contents
from handbook.model.page import Page

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
EPUB = "{http://www.idpf.org/2007/ops}"
Build = Callable[..., subprocess.CompletedProcess[str]]
HELP = "{handbook_search_help}.xhtml".format(**runpy.run_path(str(ROOT / "conf.py")))
PAGES = [page for docname, page in HANDBOOK.pages.items() if docname != "404"]


class Line(NamedTuple):
    """A line of the contents: where it leads, and where the line above it does ("" is none)."""

    href: str
    above: str


@pytest.fixture(scope="module")
def book(e_book: Path) -> ZipFile:
    return ZipFile(e_book)


def tree(book: ZipFile, name: str) -> Element:
    return fromstring(book.read(name))


def nav(book: ZipFile, name: str) -> Element:
    found = tree(book, "nav.xhtml").find(f".//{{*}}nav[@id='{name}']")
    assert found is not None
    return found


def texts(elements: Iterable[Element]) -> list[str]:
    return ["".join(element.itertext()) for element in elements]


def lines(point: Element, points: str, link: str, key: str, above: str = "") -> Iterator[Line]:
    """The lines below a point of the contents; the paths lead from one to the next and its link."""
    for inner in point.iterfind(points):
        href = inner.find(link).get(key)
        yield Line(href, above)
        yield from lines(inner, points, link, key, href)


def nav_lines(book: ZipFile) -> list[Line]:
    return list(lines(nav(book, "toc"), "{*}ol/{*}li", "{*}a", "href"))


def ncx_lines(book: ZipFile) -> list[Line]:
    points = tree(book, "toc.ncx").find("{*}navMap")
    return list(lines(points, "{*}navPoint", "{*}content", "src"))


def guide(book: ZipFile) -> dict[str, str]:
    """Where the guide of old reading systems leads, each with its title."""
    found = tree(book, "content.opf").iterfind("{*}guide/{*}reference")
    return {each.get("href"): each.get("title") for each in found}


def expected(page: Page) -> list[Line]:
    """A page's own lines: itself below the page that holds it, then its sections."""
    index = f"{PurePosixPath(page.docname).parent}/index"
    holder = index if index in HANDBOOK.pages and index != page.docname else ""
    lines = [Line(f"{page.docname}.xhtml", f"{holder}.xhtml" if holder else "")]
    path = [lines[0].href]
    for section in page.sections:
        path[section.level - 1 :] = [f"{page.docname}.xhtml#{section.anchor}"]
        lines.append(Line(path[-1], path[-2]))
    return lines


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.docname)
def test_they_name_a_page_and_its_sections_in_a_row(book: ZipFile, page: Page) -> None:
    wanted = expected(page)
    lines = nav_lines(book)
    first = lines.index(wanted[0])
    assert lines[first : first + len(wanted)] == wanted


def test_they_name_nothing_else_and_nothing_twice(book: ZipFile) -> None:
    assert sorted(nav_lines(book)) == sorted(line for page in PAGES for line in expected(page))


def test_an_old_reading_system_has_the_same(book: ZipFile) -> None:
    assert ncx_lines(book) == nav_lines(book)
    labels = tree(book, "toc.ncx").iterfind(".//{*}navLabel/{*}text")
    assert texts(labels) == texts(nav(book, "toc").iter(f"{XHTML}a"))


def test_the_book_is_read_in_their_order(book: ZipFile) -> None:
    package = tree(book, "content.opf")
    files = {item.get("id"): unquote(item.get("href")) for item in package.iter(f"{OPF}item")}
    read = [files[place.get("idref")] for place in package.iter(f"{OPF}itemref")]
    pages = [line.href for line in nav_lines(book) if "#" not in line.href]
    assert read == ["nav.xhtml", *pages]


def test_help_is_a_landmark(book: ZipFile) -> None:
    assert HELP in {link.get("href") for link in nav(book, "landmarks").iter(f"{XHTML}a")}
    assert HELP in guide(book)


def test_landmarks_lead_to_pages(book: ZipFile) -> None:
    links = nav(book, "landmarks").iter(f"{XHTML}a")
    hrefs = {link.get(f"{EPUB}type"): link.get("href") for link in links}
    assert {"toc", "bodymatter", "glossary", "bibliography"} <= hrefs.keys()
    assert {href for href in hrefs.values() if not href.startswith("#")} <= {*book.namelist()}


def test_reading_starts_with_the_article_or_the_list_of_several(book: ZipFile) -> None:
    articles = [article.index.docname for article in HANDBOOK.articles]
    start = articles[0] if len(articles) == 1 else "index"
    links = nav(book, "landmarks").iter(f"{XHTML}a")
    (href,) = (link.get("href") for link in links if link.get(f"{EPUB}type") == "bodymatter")
    assert href == f"{start}.xhtml"


def test_the_guide_has_the_landmarks(book: ZipFile) -> None:
    links = list(nav(book, "landmarks").iter(f"{XHTML}a"))
    hrefs = [link.get("href").replace("#toc", "nav.xhtml") for link in links]
    assert guide(book) == dict(zip(hrefs, texts(links), strict=True))


def test_the_first_page_begins_with_a_link_to_help(book: ZipFile) -> None:
    assert next(tree(book, "nav.xhtml").iter(f"{XHTML}a")).get("href") == HELP


def test_any_site_has_its_pages_and_sections_in_them(sphinx: Build, tmp_path: Path) -> None:
    """Also where a toctree is hidden in a section, and a section is not for this book."""
    root = "Kettles\n=======\n\nA kettle boils water.\n\nWhistling\n---------\n\nLoud.\n"
    root += "\n.. only:: latex\n\n   Steel\n   -----\n\n   Strong.\n"
    root += "\n.. only:: epub\n\n   Tin\n   ---\n\n   Light.\n"
    root += "\nMore\n----\n\n.. toctree::\n   :hidden:\n\n   tea\n"
    tea = "Tea *&* milk\n============\n\nBrewed.\n\nHow long\n--------\n\nStewed.\n"
    done = sphinx("test-epub", builder="epub", edit={"index.rst": root, "tea.rst": tea})
    assert done.returncode == 0, done.stderr
    book = ZipFile(tmp_path / "out" / "kettles.epub")
    assert texts(nav(book, "toc").iter(f"{XHTML}a")) == [
        "Kettles", "Whistling", "Tin", "More", "Tea & milk", "How long"
    ]  # fmt: skip
    assert nav_lines(book) == ncx_lines(book)
    assert [line.above for line in nav_lines(book)][-2:] == ["", "tea.xhtml"]
    for line in nav_lines(book):
        file, _, anchor = line.href.partition("#")
        assert not anchor or tree(book, file).find(f".//*[@id='{anchor}']") is not None, line


def test_a_page_stands_where_it_is_named_first() -> None:
    headings = {name: [Heading(1, "", name)] for name in ("root", "a", "b")}
    below = {"root": ["a", "b"], "a": ["b", "root"]}
    found = [(entry.docname, entry.level) for entry in contents("root", headings, below)]
    assert found == [("root", 1), ("a", 1), ("b", 2)]


def test_pages_follow_the_sections_of_the_page_that_names_them() -> None:
    headings = {
        "root": [Heading(1, "", "Root")],
        "a": [Heading(1, "", "A"), Heading(2, "#one", "One"), Heading(3, "#in", "In")],
        "b": [Heading(1, "", "B"), Heading(2, "#two", "Two")],
    }
    found = list(contents("root", headings, {"root": ["a"], "a": ["b"]}))
    assert [(entry.heading.title, entry.level) for entry in found] == [
        ("Root", 1), ("A", 1), ("One", 2), ("In", 3), ("B", 2), ("Two", 3)
    ]  # fmt: skip
