"""Nothing has one name for two things: two articles with pages, sections and pictures named alike.

The small site has ``dogs`` and ``rain``; here a third article lies in ``more``, with the folder,
the titles, the anchors and the picture of ``rain``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import ROOTS, Once, build_small
from pages import DOT, page

from handbook.pictures import names

#: By their places, the colour that tells which is shown.
PICTURES = {"rain/path.svg": "#111", "more/rain/path.svg": "#222"}
NOTES = page("(coats)=\n## What to wear\n\nA coat is warm.", title="Notes on coats")
SETTINGS = """
copyright = "2026, nobody"
version = "1"
html_baseurl = "https://example.org/"
epub_exclude_files = ["_static/favicon.svg"]
"""


@pytest.fixture(scope="module")
def alike(once: Once) -> Callable[[str], Path]:
    """Build the site by a builder; return the output."""

    def build(builder: str) -> Path:
        def fill(folder: Path) -> None:
            root = shutil.copytree(ROOTS / "test-two-articles", folder / "root")
            with (root / "conf.py").open("a", encoding="utf-8") as conf:
                conf.write(SETTINGS)
            rain, again = root / "docs/rain", root / "docs/more/rain"
            shutil.copytree(rain, again)
            for place, colour in PICTURES.items():
                (root / "docs" / place).write_text(DOT.replace("#345", colour), "utf-8")
            for tips in (rain / "tips.md", again / "tips.md"):
                with tips.open("a", encoding="utf-8") as text:
                    text.write("\n![A dot](path.svg)\n")
            (root / "docs/notes.md").write_text(NOTES, "utf-8")
            for answer in (rain / "answer.md", again / "answer.md"):
                up = "../" * (len(answer.relative_to(root / "docs").parts) - 1)
                with answer.open("a", encoding="utf-8") as text:
                    text.write(f"\nSee [the notes]({up}notes.md#coats).\n\nTake a coat.\n")
            index = (again / "index.md").read_text("utf-8")
            (again / "index.md").write_text(index.replace("title: Can I", "title: May I"), "utf-8")
            done = build_small(root, builder, folder)
            assert done.returncode == 0, done.stderr

        return once(f"alike-{builder}", fill) / "out"

    return build


def soup(text: str | bytes) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def head(page: BeautifulSoup, selector: str) -> Tag:
    (tag,) = page.select(selector)
    return tag


def test_a_page_says_its_article_where_another_has_its_title(alike: Callable[..., Path]) -> None:
    """In the title, which is what a tab and a history show, and in a preview of a link."""
    out = alike("html")
    titles = {file: soup(file.read_text("utf-8")) for file in out.rglob("*.html")}
    said = [head(page, "head title").get_text() for page in titles.values()]
    assert len(set(said)) == len(said)
    tips = titles[out / "more/rain/tips.html"]
    assert head(tips, "head title").get_text() == "Tips for rain – May I walk with rain? – Small"
    assert head(tips, "[property='og:title']")["content"] == "Tips for rain – May I walk with rain?"
    dogs = titles[out / "dogs/tips.html"]
    assert head(dogs, "head title").get_text() == "Tips for dogs – Small"


def test_in_the_e_book_too(alike: Callable[..., Path]) -> None:
    book = ZipFile(alike("epub") / "small.epub")
    pages = [soup(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")]
    titles = [head(page, "head title").get_text() for page in pages]
    assert "Tips for rain – May I walk with rain?" in titles
    assert len(set(titles)) == len(titles)


def test_an_e_book_of_several_articles_starts_with_the_list_of_them(
    alike: Callable[..., Path],
) -> None:
    nav = soup(ZipFile(alike("epub") / "small.epub").read("nav.xhtml"))
    assert head(nav, "[epub\\:type=bodymatter]")["href"] == "index.xhtml"


@pytest.mark.parametrize(("builder", "ending"), [("html", "html"), ("epub", "xhtml")])
def test_a_page_shows_its_own_picture_under_a_name_that_it_keeps(
    alike: Callable[..., Path], builder: str, ending: str
) -> None:
    """Whichever articles come before it: a browser may have a copy of what had the name."""
    out = alike(builder)
    for place, colour in PICTURES.items():
        page = out / place.replace("path.svg", f"tips.{ending}")
        source = str(head(soup(page.read_text("utf-8")), "img[alt='A dot']")["src"])
        assert source.endswith(f"_images/{place.replace('/', '-')}")
        assert colour in (page.parent / source).read_text("utf-8")


def test_no_two_pictures_get_one_name() -> None:
    files = ["a/b-c.svg", "a-b/c.svg", "a-b-c.svg", "c.svg"]
    assert len({*names(files).values()}) == len(files)


def test_sections_of_one_title_are_told_apart_where_they_are_named_together(
    alike: Callable[..., Path],
) -> None:
    notes = soup((alike("html") / "notes.html").read_text("utf-8"))
    assert [link.get_text() for link in notes.select("#coats .linked-from a")] == [
        f"A plan for rain ({each} I walk with rain?)" for each in ("May", "Can")
    ]
