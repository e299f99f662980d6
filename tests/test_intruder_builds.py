"""With the rules switched off, what stands between Sphinx and the outputs holds alone.

A few dozen pages of `intruder` in one small handbook, as pages, e-book, one file and book; what
comes out is read by a browser's own parser, and by an oracle that knows nothing of the handbook's.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from conftest import ROOT, ROOTS, Once
from hypothesis import HealthCheck, given, settings
from intruder import MARK, SIZE, STRAIGHT, lay_out, pieces, png
from pages import page, write
from playwright.sync_api import Browser
from pypdf import PdfReader
from test_intruder import STEADY, WAYS_OUT, leads
from test_markup import UNCHECKED

from handbook.model import markdown

PAGES = 40

Built = Callable[..., Path]
Pages = dict[str, list["Element"]]


STOPPED = r"docs/(wind/p\d+\.md):\d+: ERROR: (?:the PDF|nothing)"


def drawn() -> list[str]:
    """The pieces of a page each, the same in every run."""
    found: list[str] = []

    @settings(**STEADY, max_examples=6 * PAGES, suppress_health_check=list(HealthCheck))
    @given(piece=pieces)
    def draw(piece: str) -> None:
        read, _ = markdown.parse(page(piece), "wind/page", "docs/wind/page.md")
        # A heading without an anchor is no handbook; at a null byte Sphinx itself ends.
        if read is not None and not read.sections and "%00" not in piece:
            found.append(piece)

    draw()
    return found[::6]  # neighbours are often alike


@pytest.fixture(scope="module")
def outputs(once: Once) -> Path:
    """A small handbook by the names of its builders, every other page of it an intruder's."""

    def build(folder: Path) -> None:
        root = folder / "root"
        shutil.copytree(ROOTS / "test-two-articles", root)
        lay_out(root, "wind")
        with (root / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(UNCHECKED)
        harmless = "[It rains](https://example.org/rain)."
        texts = [
            page(piece.replace("ROOT", str(root))) for piece in (harmless, *STRAIGHT, *drawn())
        ]
        write(root / "docs" / "wind", {f"p{n:02}.md": text for n, text in enumerate(texts)})
        for builder in ("html", "single", "epub"):
            done = sphinx(builder, root)
            assert done.returncode == 0, done.stderr
        # The book stops, and says so, at what it has no form for: it is made of the other pages.
        while (done := sphinx("typst", root)).returncode != 0:
            stopped = set(re.findall(STOPPED, done.stderr))
            assert stopped, done.stderr
            for name in stopped:
                (root / "docs" / name).unlink()
        (book,) = (folder / "epub").glob("*.epub")
        ZipFile(book).extractall(folder / "unpacked")

    return once("intruder", build)


def sphinx(builder: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Build without -W, so that there is an output although there were refusals."""
    places = ["-d", root.parent / "doctrees", root / "docs", root.parent / builder]
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, "-c", root, *places]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


class Element(NamedTuple):
    """An element as a browser reads it."""

    name: str
    attributes: dict[str, str]
    text: str


# A parsed document is not shown: nothing in it is fetched and nothing runs.
PARSE = """([text, type]) => [...new DOMParser().parseFromString(text, type).querySelectorAll("*")]
  .map((each) => [
    each.localName.toLowerCase(),
    Object.fromEntries([...each.attributes].map(({ name, value }) => [name.toLowerCase(), value])),
    ["script", "style"].includes(each.localName) ? each.textContent : "",
  ])"""


@pytest.fixture(scope="module")
def parsed(outputs: Path, built: Built, browser: Browser) -> tuple[Pages, Pages]:
    """The elements of every page that came out, by file; those of a handbook without intruders."""
    tab = browser.new_page()

    def read(*folders: Path) -> Pages:
        types = {".html": "text/html", ".xhtml": "application/xhtml+xml", ".svg": "image/svg+xml"}
        return {
            str(file): [
                Element(*each)
                for each in tab.evaluate(PARSE, [file.read_text("utf-8"), types[file.suffix]])
            ]
            for folder in folders
            for file in sorted(folder.rglob("*"))
            if file.suffix in types and file.is_file()
        }

    clean = read(*(built("test-two-articles", builder) for builder in ("html", "single")))
    spoiled = read(*(outputs / name for name in ("html", "single", "unpacked")))
    tab.close()
    return spoiled, clean


def test_each_output_has_the_pages(parsed: tuple[Pages, Pages], outputs: Path) -> None:
    """Or the tests below would prove nothing."""
    for name, least in {"html": PAGES, "unpacked": PAGES, "single": 1}.items():
        assert len([file for file in parsed[0] if file.startswith(f"{outputs / name}/")]) >= least
    (single,) = (outputs / "single").glob("*.html")
    assert single.read_text("utf-8").count("A page about rain") >= PAGES


def test_no_file_from_outside_is_in_an_output(outputs: Path) -> None:
    marks = (MARK.encode(), base64.b64encode(png(*SIZE, MARK)), base64.b64encode(MARK.encode()))
    found = [
        file
        for name in ("html", "single", "unpacked", "typst")
        for file in (outputs / name).rglob("*")
        if file.is_file() and any(mark in file.read_bytes() for mark in marks)
    ]
    assert found == []


def test_nothing_runs_in_a_page(parsed: tuple[Pages, Pages]) -> None:
    spoiled, clean = parsed
    own = {script.text for script in elements(clean, "script") if "src" not in script.attributes}
    files = {Path(script.attributes.get("src", "")).name for script in elements(clean, "script")}
    for file, all_ in spoiled.items():
        for each in all_:
            if each.name == "script" and "src" in each.attributes:
                assert Path(each.attributes["src"]).name in files, file
            elif each.name == "script" and not is_data(each):
                assert each.text in own, file
            assert [key for key in each.attributes if key.startswith("on")] == [], file
            assert each.name not in RUNNING, file


def test_a_page_leads_and_reaches_nowhere_else(parsed: tuple[Pages, Pages]) -> None:
    for file, all_ in parsed[0].items():
        for each in all_:
            for key, value in each.attributes.items():
                if key == "style":
                    assert "url(" not in value, (file, each)
                elif key not in ADDRESSES:
                    continue
                elif each.name in ("a", "area"):
                    assert leads(value) in {"", *WAYS_OUT}, (file, each)
                elif value.startswith("data:"):
                    assert re.match("data:image/[a-z+]+;base64,", value), (file, each)
                else:
                    assert not leads(value), (file, each)
            if each.name == "meta":
                assert each.attributes.get("http-equiv", "").lower() in KNOWN_HEAD, (file, each)
            if each.name == "style":
                assert not re.search(r"@import|url\((?![\"']?(?:data:image/|#))", each.text), file


def test_the_book_leads_nowhere_else_and_runs_nothing(outputs: Path) -> None:
    (book, *_) = sorted((outputs / "typst").glob("*.pdf"))
    reader = PdfReader(book)
    links = [
        str(mark.get_object()["/A"]["/URI"])
        for page_ in reader.pages
        for mark in page_.get("/Annots", [])
        if "/URI" in mark.get_object().get("/A", {})
    ]
    assert "https://example.org/rain" in links
    assert [link for link in links if leads(link) not in WAYS_OUT] == []
    kinds = {str(each.get("/S")) for each in objects(reader) if "/S" in each}
    assert (
        kinds & {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/Rendition"}
        == set()
    )
    sizes = {(each.get("/Width"), each.get("/Height")) for each in objects(reader)}
    assert SIZE not in sizes
    assert MARK not in "".join(page_.extract_text() for page_ in reader.pages)


# Of what a browser fetches, sends to or leads to by itself or by a press.
ADDRESSES = {
    *("href", "src", "srcset", "data", "action", "formaction", "poster", "background", "ping"),
    *(
        "xlink:href",
        "cite",
        "longdesc",
        "manifest",
        "codebase",
        "classid",
        "imagesrcset",
        "archive",
    ),
}
ACTING = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/Rendition"}
RUNNING = {"iframe", "object", "embed", "base", "applet", "frame", "portal", "fencedframe"}
KNOWN_HEAD = {"", "content-security-policy"}


def elements(pages: Pages, name: str) -> Iterator[Element]:
    return (each for all_ in pages.values() for each in all_ if each.name == name)


def is_data(script: Element) -> bool:
    return script.attributes.get("type", "") in (
        "application/json",
        "application/ld+json",
        "text/plain",
    )


def objects(reader: PdfReader) -> Iterator[dict[str, object]]:
    for number in range(1, len(reader.xref[0]) + 2):
        each = reader.get_object(number)
        if isinstance(each, dict):
            yield each
