"""The e-book as a zip of pages; `make audit` lets EPUBCheck and Ace judge the rest."""

from __future__ import annotations

import base64
import runpy
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from articles import HANDBOOK
from bs4 import BeautifulSoup, Tag
from conftest import ROOT

from handbook.model.article import Article

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
PIXEL = (  # a PNG
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)


@pytest.fixture(scope="module")
def book(e_book: Path) -> ZipFile:
    return ZipFile(e_book)


def tree(book: ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(name))


def pages(book: ZipFile) -> list[str]:
    return [name for name in book.namelist() if name.endswith(".xhtml")]


def test_a_site_needs_no_setting_for_it(
    sphinx: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = sphinx("test-epub", builder="epub")
    assert done.returncode == 0, done.stderr
    book = ZipFile(tmp_path / "out" / "kettles.epub")
    assert "A kettle boils water." in book.read("index.xhtml").decode()
    assert "_static/epub.css" in book.namelist()


@pytest.mark.parametrize("name", ["photo.SVG", "photo.Svg"])
def test_a_picture_is_one_however_its_ending_is_written(
    sphinx: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, name: str
) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    text = f"Kettles\n=======\n\n.. image:: {name}\n   :alt: A kettle\n"
    done = sphinx("test-epub", builder="epub", edit={"index.rst": text, name: picture})
    assert done.returncode == 0, done.stderr
    listed = tree(ZipFile(tmp_path / "out" / "kettles.epub"), "content.opf").iter(f"{OPF}item")
    kinds = {item.get("href"): item.get("media-type") for item in listed}
    assert kinds[f"_images/{name}"] == "image/svg+xml"


def test_a_picture_may_be_called_cover(
    sphinx: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """The cover of the book is another file, and neither stands for the other."""
    picture = base64.b64decode(PIXEL)
    text = "Kettles\n=======\n\n.. image:: cover.png\n   :alt: A kettle\n"
    done = sphinx("test-epub", builder="epub", edit={"index.rst": text, "cover.png": picture})
    assert done.returncode == 0, done.stderr
    book = ZipFile(tmp_path / "out" / "kettles.epub")
    assert book.read("_images/cover.png") == picture
    (cover,) = (
        item.get("href")
        for item in tree(book, "content.opf").iter(f"{OPF}item")
        if item.get("properties") == "cover-image"
    )
    assert len(book.read(str(cover))) > len(picture)


def test_the_type_comes_first_and_plain(book: ZipFile) -> None:
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert book.read("mimetype") == b"application/epub+zip"


def test_every_page_says_its_language(book: ZipFile) -> None:
    assert {tree(book, name).get("lang") for name in pages(book)} == {"en"}


def test_nothing_of_the_screen_comes_along(book: ZipFile) -> None:
    kinds = {PurePosixPath(name).suffix for name in book.namelist()}
    assert kinds <= {"", ".xml", ".opf", ".ncx", ".xhtml", ".css", ".svg", ".png"}
    text = "".join(book.read(name).decode() for name in pages(book))
    assert "Exit this page" not in text.replace("“Exit this page”", "")
    assert "<script" not in text


def test_opf_and_ncx_name_one_identifier(book: ZipFile) -> None:
    identifier = tree(book, "content.opf").findtext(f".//{DC}identifier")
    metas = tree(book, "toc.ncx").iter("{http://www.daisy.org/z3986/2005/ncx/}meta")
    assert [meta.get("content") for meta in metas if meta.get("name") == "dtb:uid"] == [identifier]


def test_its_rights_name_the_licence(book: ZipFile) -> None:
    licence = runpy.run_path(str(ROOT / "conf.py"))["handbook_licence"]
    rights = tree(book, "content.opf").findtext(f".//{DC}rights", "")
    assert rights.endswith("{name}, {address}".format(**licence))


def test_it_says_how_accessible_it_is(book: ZipFile) -> None:
    metas = tree(book, "content.opf").iter(f"{OPF}meta")
    properties = {meta.get("property") for meta in metas}
    for name in ("accessMode", "accessibilityFeature", "accessibilityHazard"):
        assert f"schema:{name}" in properties
    [summary] = [
        meta.text
        for meta in tree(book, "content.opf").iter(f"{OPF}meta")
        if meta.get("property") == "schema:accessibilitySummary"
    ]
    assert summary


def test_it_claims_no_audit_that_nobody_made(book: ZipFile) -> None:
    """EPUB Accessibility 1.1: who says that a book conforms names who evaluated it."""
    properties = {meta.get("property") for meta in tree(book, "content.opf").iter(f"{OPF}meta")}
    assert ("dcterms:conformsTo" in properties) == ("a11y:certifiedBy" in properties)


def test_the_cover_is_marked_as_one(book: ZipFile) -> None:
    [cover] = [
        item.get("href")
        for item in tree(book, "content.opf").iter(f"{OPF}item")
        if item.get("properties") == "cover-image"
    ]
    assert book.read(str(cover)).startswith(b"\x89PNG")


def test_every_link_inside_it_lands(book: ZipFile) -> None:
    ids = {
        name: {tag.get("id") for tag in tree(book, name).iter() if tag.get("id")}
        for name in pages(book)
    }
    dead = []
    for name in pages(book):
        for link in tree(book, name).iter(f"{XHTML}a"):
            target, _, anchor = str(link.get("href")).partition("#")
            if ":" in target:
                continue
            goal = _join(name, target) if target else name
            if goal not in ids or (anchor and anchor not in ids[goal]):
                dead.append(f"{name}: {link.get('href')}")
    assert dead == []


@pytest.mark.parametrize("article", HANDBOOK.articles, ids=lambda article: article.folder)
def test_the_picture_leads_to_the_same_in_words_and_they_lead_back(
    book: ZipFile, article: Article
) -> None:
    page = BeautifulSoup(book.read(f"{article.index.docname}.xhtml"), "html.parser")
    (figure,) = page.select("figure.article-map")
    assert figure.select("li") == []
    words = landing(page, figure.select_one("figcaption a"))
    assert words.find_next_sibling("section") is None
    assert words.parent == page.select_one("body > section")
    assert len(words.select("li")) > 3
    assert landing(page, words.select("a")[-1]) == figure


def landing(page: BeautifulSoup, link: Tag | None) -> Tag:
    """Where a link inside the page leads."""
    assert link is not None
    place = page.find(id=str(link["href"]).removeprefix("#"))
    assert isinstance(place, Tag), link
    return place


def _join(page: str, target: str) -> str:
    parts = list(PurePosixPath(page).parent.parts)
    for part in PurePosixPath(target).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
