"""The marks of a heading are read as what they mean, and are seen in no edition."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS
from pdf_book import Book

Build = Callable[..., subprocess.CompletedProcess[str]]

QUESTION = "docs/rain/question.md"
HEADING = "Some *storms* **pass** by `night` &amp; [day](answer.md#plan) \\[yes\\]"
WORDS = "Some storms pass by night & day [yes]"
E_BOOK = 'version = "1"\ncopyright = "2026"\n'
MARKS = re.compile(r"\*|`|\]\(|&amp;|\\|</?(?:em|strong|code|span|a)\b")


@pytest.fixture
def made(sphinx: Build, tmp_path: Path) -> Callable[[str], Path]:
    """Build the small handbook, one heading full of marks; return the output."""

    def build(builder: str) -> Path:
        text = (ROOTS / "test-two-articles" / QUESTION).read_text("utf-8")
        marked, times = re.subn(r"^## .*", lambda _: f"## {HEADING}", text, count=1, flags=re.M)
        assert times == 1
        conf = (ROOTS / "test-two-articles" / "conf.py").read_text("utf-8")
        edit = {QUESTION: marked, "conf.py": conf + E_BOOK}
        done = sphinx("test-two-articles", builder, edit)
        assert done.returncode == 0, done.stderr
        return tmp_path / "out"

    return build


def read(text: bytes) -> str:
    """What is read of a page: its words, and what it says of itself."""
    soup = BeautifulSoup(text, "html.parser")
    for code in soup(["script", "style"]):
        code.decompose()
    said = [soup.get_text(), *(str(tag["content"]) for tag in soup.select("meta[content]"))]
    return " ".join(" ".join(said).replace("\xa0", " ").split())


def test_no_page_shows_them(made: Callable[[str], Path]) -> None:
    out = made("html")
    pages = {
        file.relative_to(out).as_posix(): read(file.read_bytes()) for file in out.rglob("*.html")
    }
    assert {name: text for name, text in pages.items() if MARKS.search(text)} == {}
    # Its own menu, the map of its article, and the line "Linked from".
    assert pages["rain/question.html"].count(WORDS) == 2
    assert WORDS in pages["rain/index.html"]
    assert f"Linked from 2 sections{WORDS}" in pages["rain/answer.html"]


def test_the_search_shows_none(made: Callable[[str], Path]) -> None:
    scripts = sorted(made("html").glob("_static/search/*/*.js"))
    index = "".join(script.read_text("utf-8") for script in scripts)
    assert f'"{WORDS}"' in index
    assert [sign for sign in ("*storms", "`night", "[day](", "&amp;") if sign in index] == []


def test_the_one_file_shows_none(made: Callable[[str], Path]) -> None:
    text = read((made("single") / "small.html").read_bytes())
    assert MARKS.search(text) is None
    assert WORDS in text


def test_the_e_book_shows_none(made: Callable[[str], Path]) -> None:
    with ZipFile(made("epub") / "small.epub") as book:
        names = [name for name in book.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        texts = {name: "".join(fromstring(book.read(name)).itertext()) for name in names}
    assert {name: text for name, text in texts.items() if MARKS.search(text)} == {}
    assert WORDS in texts["toc.ncx"]
    assert WORDS in texts["nav.xhtml"]


def test_the_pdf_shows_none(made: Callable[[str], Path]) -> None:
    book = Book(made("typst") / "small-a4.pdf")
    text = " ".join(map(book.text, book.pages()))
    assert MARKS.search(text) is None

    assert WORDS in [title for title, _ in book.outline()]
