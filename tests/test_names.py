"""Names that are not ASCII, and spaces, hold in every edition, or are refused with a fix."""

from __future__ import annotations

import io
import subprocess
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS
from pages import BODY_LINE, DOT, FOREIGN, PICTURES, check, foreign_site, page, write

from handbook.files import zip_bytes
from handbook.model.names import fit_file
from handbook.model.page import term_anchor

Build = Callable[..., subprocess.CompletedProcess[str]]
TODAY = date(2026, 11, 24)
OPF = "{http://www.idpf.org/2007/opf}"
BOOK = """
copyright = "2026, nobody"
version = "1"
html_baseurl = "https://example.org/"
epub_theme = "handbook-epub"
epub_use_index = False
epub_exclude_files = ["_static/favicon.svg"]
"""


def apart(name: str) -> str:
    """The name as a Mac may write it."""
    return unicodedata.normalize("NFD", name)


@pytest.fixture
def build(sphinx: Build, tmp_path: Path) -> Callable[[str], Path]:
    def build(builder: str) -> Path:
        conf = (ROOTS / "test-two-articles" / "conf.py").read_text(encoding="utf-8")
        edit = {f"docs/{name}": text for name, text in foreign_site().items()}
        done = sphinx("test-two-articles", builder, edit={**edit, "conf.py": conf + BOOK})
        assert done.returncode == 0, done.stderr
        return tmp_path / "out"

    return build


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def led_to(path: Path) -> list[Path]:
    """The files that a page shows or leads to, of those that lie beside it."""
    tags = soup(path).select("body [href], body [src]")
    addresses = {str(tag.get("href") or tag.get("src")) for tag in tags}
    paths = {urlsplit(each).path for each in addresses if "://" not in each} - {""}
    return [path.parent / unquote(each) for each in paths]


def test_pages_lead_to_each_other_and_show_what_they_name(build: Callable[[str], Path]) -> None:
    out = build("html")
    found = led_to(out / "links.html")
    assert [path for path in found if not path.is_file()] == []
    assert {path.name for path in found} >= {*PICTURES, "a plän.txt"}
    assert {path.relative_to(out).as_posix() for path in found} >= {f"{n}.html" for n in FOREIGN}
    for name in FOREIGN:
        assert soup(out / f"{name}.html").select_one("section[id=über]")
    addresses = (out / "sitemap.xml").read_text(encoding="utf-8")
    assert addresses.isascii()
    assert "https://example.org/caf%C3%A9.html" in addresses


def test_a_term_has_its_letters_for_an_address(build: Callable[[str], Path]) -> None:
    out = build("html")
    led = [str(a["href"]) for a in soup(out / "links.html").select("a:has(.std-term)")]
    assert led == ["glossary.html#term-забота", "glossary.html#term-любовь"]
    assert [dt["id"] for dt in soup(out / "glossary.html").select("dt")] == [
        "term-любовь",
        "term-забота",
    ]


def test_in_the_e_book_every_file_is_listed_and_read_once(build: Callable[[str], Path]) -> None:
    out = build("epub")
    package = ElementTree.parse(out / "content.opf").getroot()
    files = {item.get("id"): unquote(item.get("href", "")) for item in package.iter(f"{OPF}item")}
    assert [name for name in files.values() if not (out / name).is_file()] == []
    assert [name for name in files.values() if " " in name] == []
    places = [*package.iter(f"{OPF}itemref")]
    read = [files[place.get("idref")] for place in places]
    assert sorted(read) == sorted({*read})
    assert {f"{name}.xhtml" for name in FOREIGN} <= {*read}
    assert [place for place in places if place.get("linear") == "no"] == []
    found = led_to(out / "links.xhtml")
    assert len(found) >= len(FOREIGN) + len(PICTURES)
    assert [path for path in found if not path.is_file()] == []


def test_in_the_one_file_every_link_leads_to_an_id(build: Callable[[str], Path]) -> None:
    (file,) = build("single").glob("*.html")
    document = soup(file)
    ids = {str(tag["id"]) for tag in document.select("[id]")}
    led = {unquote(str(a["href"])[1:]) for a in document.select("a[href^='#']")} - {""}
    assert led <= ids
    assert {f"{name}/über" for name in FOREIGN} <= led
    assert document.select("a[href*='_downloads']") == []  # no file lies beside it
    assert len(document.select("img[src^='data:image/svg+xml']")) == len(PICTURES)


def test_in_the_pdf_every_link_leads_to_a_place(build: Callable[[str], Path]) -> None:
    book = pypdf.PdfReader(next(build("typst").glob("*a4.pdf")))
    links = [a.get_object() for p in book.pages for a in p.get("/Annots", [])]
    led = [str(link["/Dest"]) for link in links if isinstance(link.get("/Dest"), str)]
    assert len({*led} & {*book.named_destinations}) == len({*led}) > len(FOREIGN)


def test_a_zip_says_that_its_names_are_utf_8() -> None:
    archive = ZipFile(io.BytesIO(zip_bytes([("愛/café.html", b"")], None)))
    (member,) = archive.infolist()
    assert member.filename == "愛/café.html"
    assert member.flag_bits & 0x800


def said(docs: Path, files: dict[str, str]) -> list[str]:
    return [str(problem) for problem in check(write(docs, files), TODAY)]


@pytest.mark.parametrize("name", [*FOREIGN, "v1.2", "24", "a_b", "rain/text"])
def test_a_page_may_have_the_name(tmp_path: Path, name: str) -> None:
    assert said(tmp_path / "docs", {f"{name}.md": page("It falls.")}) == []


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("two words", 'the name "two words" is no address; letters, digits and hyphens are: two-w'),
        ("100% sure", 'the name "100% sure" is no address; letters, digits and hyphens are: 100-s'),
        ("a b/c", 'the name "a b" is no address; letters, digits and hyphens are: a-b'),
        ("q?", 'the name "q?" is no address; letters, digits and hyphens are: q'),
        ("a#b", 'the name "a#b" is no address; letters, digits and hyphens are: a-b'),
        ("end.", 'the name "end." is no address; letters, digits and hyphens are: end'),
        ("🙂", 'the name "🙂" is no address; letters, digits and hyphens are [page-name]'),
        ("CON", 'the name "CON" is that of a device on Windows; choose another'),
        ("nul/rain", 'the name "nul" is that of a device on Windows; choose another'),
        ("text", 'the name "text" is that of a place in the frame of every page; choose another'),
        ("search", 'the name "search" is that of a place in the frame of every page; choose'),
        ("search-1", 'the name "search-1" is that of a place in the frame of every page; choose'),
    ],
)
def test_a_page_may_not_have_the_name(tmp_path: Path, name: str, what: str) -> None:
    (problem,) = said(tmp_path / "docs", {f"{name}.md": page("It falls.")})
    assert problem.startswith(f"docs/{name}.md:1: {what}")


def test_a_page_with_accents_apart_is_named_anew(tmp_path: Path) -> None:
    (problem,) = said(tmp_path / "docs", {f"{apart('café')}.md": page("It falls.")})
    assert problem.startswith("docs/café.md:1: a file of this name has its accents apart")


def test_a_page_is_not_left_out_for_its_twin_with_accents_apart(tmp_path: Path) -> None:
    files = dict.fromkeys(("café.md", apart("café.md")), page("It falls."))
    (problem,) = said(tmp_path / "docs", files)
    assert problem.startswith("docs/café.md:1: a file of this name has its accents apart")


def test_pages_do_not_differ_in_capitals_alone(tmp_path: Path) -> None:
    (problem,) = said(tmp_path / "docs", dict.fromkeys(("Rain.md", "rain.md"), page("It falls.")))
    assert "its name differs from docs/Rain.md in capitals alone; choose another" in problem


@pytest.mark.parametrize("ending", ["svg", "txt"])
@pytest.mark.parametrize(
    ("written", "file", "what"),
    [
        ("a%23b", "a#b", 'the name "a#b.{}" does not hold in every edition; rename it to "a-b.{}"'),
        ("a%3Fb", "a?b", 'the name "a?b.{}" does not hold in every edition; rename it to "a-b.{}"'),
        ("5%25", "5%", 'the name "5%.{}" does not hold in every edition; rename it to "5-.{}"'),
        ("%20a", " a", 'the name " a.{}" does not hold in every edition; rename it to "a.{}"'),
        ("con", "con", 'the name "con.{}" is that of a device on Windows; choose another'),
        ("ü", apart("ü"), 'has its accents apart, as a Mac writes them; rename it to "ü.{}"'),
        (apart("ü"), apart("ü"), 'has its accents apart, as a Mac writes them; rename it to "ü'),
        (apart("ü"), "ü", "has its accents apart, as copied on a Mac; type the name anew"),
        ("a%00b", "a", "is no name that a file can have"),
        ("x" * 300, "x", "is no name that a file can have"),
    ],
)  # fmt: skip
def test_a_file_may_not_have_the_name(
    tmp_path: Path, ending: str, written: str, file: str, what: str
) -> None:
    link = f"[A dot](<{written}.{ending}>)"
    text = page(f"!{link}" if ending == "svg" else link)
    (problem,) = said(tmp_path / "docs", {"a.md": text, f"{file}.{ending}": DOT})
    assert problem.startswith(f"docs/a.md:{BODY_LINE}: ")
    assert what.format(ending, ending) in problem


def test_pictures_do_not_differ_in_capitals_or_spaces_alone(tmp_path: Path) -> None:
    names = ("a/The dot.svg", "b/the dot.svg", "c/the-dot.svg", "d/The dot.svg")
    body = " ".join(f"![A dot](<{name}>)" for name in names)
    problems = said(tmp_path / "docs", {**dict.fromkeys(names, DOT), "a.md": page(body)})
    assert len(problems) == 2
    assert '"the dot.svg" differs from "The dot.svg" (docs/a.md:9) in capitals or' in problems[0]


def test_a_space_in_a_figure_is_written_as_an_address(tmp_path: Path) -> None:
    figure = ":::{figure} two%20words.svg\n:alt: A dot\n:::"
    files = {"two words.svg": DOT, "a.md": page(figure)}
    assert said(tmp_path / "docs", files) == []
    (problem,) = said(tmp_path / "docs", {"a.md": page(figure.replace("%20", " "))})
    assert "write a space in the name of a picture as %20: two%20words.svg" in problem


def test_a_figure_with_a_space_is_shown(sphinx: Build, tmp_path: Path) -> None:
    figure = ":::{figure} two%20words.svg\n:alt: A dot\n:::"
    edit = {"docs/two words.svg": DOT, "docs/a.md": page(figure)}
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode == 0, done.stderr
    (picture,) = soup(tmp_path / "out" / "a.html").select("figure img")
    assert picture["src"] == "_images/two%20words.svg"


def test_a_link_with_accents_apart_is_typed_anew(tmp_path: Path) -> None:
    target = "café.md#über"
    files = {"café.md": page("(über)=\n## Rain\n\nIt falls.")}
    files["a.md"] = page(f"[The rain](<{apart(target)}>)")
    (problem,) = said(tmp_path / "docs", files)
    assert "has its accents apart, as copied on a Mac; type the name anew" in problem


@pytest.mark.parametrize("name", ["two words.svg", "точка.svg", "🙂.svg", "a+b & (c).svg", "a.b"])
def test_a_file_may_have_the_name(name: str) -> None:
    assert fit_file(name) == name


def test_terms_have_addresses_of_their_own(tmp_path: Path) -> None:
    terms = ("C", "C++", "rain", "🙂")
    body = ":::{glossary}\n" + "\n\n".join(f"{term}\n  A word." for term in terms) + "\n:::"
    again = page(":::{glossary}\nRain\n  A word.\n:::", title="Once more")
    problems = said(tmp_path / "docs", {"a.md": page(body), "b.md": again})
    assert problems == [
        'docs/a.md:13: "C++" has the address of "C", docs/a.md:10; word it anew [term]',
        'docs/a.md:19: the term "🙂" has no letter for its address; word it with one [term]',
        'docs/b.md:10: "Rain" has the address of "rain", docs/a.md:16; word it anew [term]',
    ]


def test_a_heading_does_not_take_the_address_of_a_term(sphinx: Build, tmp_path: Path) -> None:
    body = "(a)=\n## Term mist\n\n:::{glossary}\nmist\n  A cloud.\n:::"
    done = sphinx("test-two-articles", edit={"docs/a.md": page(body)})
    assert done.returncode == 0, done.stderr
    assert [dt["id"] for dt in soup(tmp_path / "out" / "a.html").select("dt")] == ["term-mist"]


@pytest.mark.parametrize(
    ("term", "anchor"), [("rain", "term-rain"), ("über", "term-uber"), ("愛", "term-愛")]
)
def test_the_address_of_a_term(term: str, anchor: str) -> None:
    assert term_anchor(term) == anchor


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (
            "A[^plan].\n\n(Plan)=\n## Rain\n\nIt falls.\n\n[^plan]: A note.",
            "docs/a.md:12: anchor Plan is the name of the note on line 16; rename the note",
        ),
        (
            "A[^n].\n\n[^n]: A note.\n\n[^n]: A note.",
            "docs/a.md:13: there is a note [^n] on line 11 already",
        ),
        ("A[^n].", "docs/a.md:9: there is no note; write it below: [^n]: its text"),
        (
            "A.\n\n[^n]: A note.",
            "docs/a.md:11: nothing leads to the note; put [^n] where it belongs",
        ),
    ],
)
def test_a_note_has_a_name_of_its_own_and_a_mark(tmp_path: Path, body: str, what: str) -> None:
    (problem,) = said(tmp_path / "docs", {"a.md": page(body)})
    assert problem.startswith(what)


@pytest.mark.parametrize(
    "body",
    [
        ":::{admonition} Rain[^n]\nIt falls.\n:::\n\n[^n]: A note.",
        ":::{glossary}\nrain[^n]\n  It falls.\n:::\n\n[^n]: A note.",
    ],
    ids=["a box", "a glossary"],
)
def test_a_note_may_be_marked_in_a_title(tmp_path: Path, body: str) -> None:
    assert [p for p in said(tmp_path / "docs", {"a.md": page(body)}) if "note" in p] == []
