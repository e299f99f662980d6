"""Every edition of a small book and of this handbook, opened and read again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import page as validator
import pytest
from conftest import Once
from pdf_book import Book

from handbook.build import STRICT

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "roots" / "test-pdf"
EDITIONS = ("a4", "letter", "large-print")
PAPERS = {"a4": (595, 842), "letter": (612, 792), "large-print": (595, 842)}


def print_book(root: Path, goal: Path) -> Path:
    """Build the PDFs of the project in ``root`` into ``goal``."""
    command = [sys.executable, "-m", "sphinx", *STRICT, "-q", "-b", "typst", "-c", str(root)]
    places = ["-d", str(goal / "doctrees"), str(root / "docs"), str(goal / "out")]
    dated = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    subprocess.run([*command, *places], cwd=ROOT, env=dated, check=True)
    return goal / "out"


@pytest.fixture(scope="session")
def small(once: Once) -> Path:
    return once("small-book", partial(print_book, SMALL)) / "out"


@pytest.fixture(scope="session")
def handbook(once: Once) -> Path:
    return once("handbook-book", partial(print_book, ROOT)) / "out"


@pytest.fixture(
    scope="session",
    params=[(name, edition) for name in ("small", "handbook") for edition in EDITIONS],
    ids="-".join,
)
def book(request: pytest.FixtureRequest) -> Book:
    name, edition = request.param
    stem = {"small": "calm", "handbook": "steady"}[name]
    return Book(request.getfixturevalue(name) / f"{stem}-{edition}.pdf")


@pytest.fixture(scope="session")
def calm(small: Path) -> Book:
    return Book(small / "calm-a4.pdf")


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_no_rule_of_the_standards_fails(book: Book, profile: str) -> None:
    report = validator.validate_pdf(book.path, profile=profile)
    assert [(each.rule_id, each.message) for each in report.failures] == []
    assert report.rules.total > 100
    assert report.is_compliant


def test_title_and_language(book: Book) -> None:
    assert book.reader.metadata is not None
    assert book.reader.metadata.title in ("Calm", "Steady")
    assert book.reader.root_object["/Lang"] == "en-GB"


def test_the_title_page_names_the_licence(book: Book) -> None:
    licence = {"calm": "Free to copy", "steady": "https://creativecommons.org/licenses/by/4.0/"}
    assert book.text(1).endswith(licence[book.path.stem.partition("-")[0]])


def test_paper(book: Book) -> None:
    edition = book.path.stem.partition("-")[2]
    for sheet in book.reader.pages:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == PAPERS[edition]


def test_a_page_bears_its_number(book: Book) -> None:
    feet = {number: book.text(number).split()[-1:] for number in book.pages()[1:]}
    bearing = {number: int(foot[0]) for number, foot in feet.items() if foot and foot[0].isdigit()}
    assert bearing == {number: number for number in bearing}
    assert len(bearing) >= len(feet) - 3  # a part's page, the back of the leaf to tear out


def test_each_bookmark_leads_to_the_page_with_its_heading(book: Book) -> None:
    outline = book.outline()
    assert len(outline) > 10
    for heading, number in outline:
        assert heading.replace(" ", "") in book.text(number).replace(" ", "")


def test_each_link_leads_to_the_page_that_it_names(book: Book) -> None:
    links = book.links()
    named = [link for link in links if book.printed_number(link) is not None]
    assert len(named) > 20
    assert [link for link in named if book.printed_number(link) != link.target] == []


def test_contents_name_the_page_of_each_heading(book: Book) -> None:
    outline = dict(book.outline())
    start = outline["Contents"]
    entries = [link for link in book.links() if start <= link.page < start + 4]
    listed = {
        link.text.rstrip("0123456789 "): link.target for link in entries if link.text[-1:].isdigit()
    }
    shared = outline.keys() & listed.keys()
    assert len(shared) > 6
    assert {each: listed[each] for each in shared} == {each: outline[each] for each in shared}


def test_no_heading_stands_alone_at_the_foot_of_a_page(book: Book) -> None:
    alone = ("Steady", "Calm", "Love that has gone quiet")  # title and part pages
    for heading, number in book.outline():
        words = book.text(number).removesuffix(str(number)).strip()
        assert heading in alone or not words.endswith(heading), (heading, number)


def test_no_page_ends_with_a_line_that_announces_a_list(book: Book) -> None:
    ends = {n: book.text(n).removesuffix(str(n)).strip()[-60:] for n in book.pages()}
    assert {n: end for n, end in ends.items() if end.endswith(":")} == {}


def test_no_page_begins_with_the_links_back(book: Book) -> None:
    heads = {each for pair in book.outline() for each in pair if isinstance(each, str)}
    for number in book.pages():
        before, found, _ = book.text(number).partition("Linked from")
        words = before.strip()
        assert not found or words not in ("", "Steady", "Calm", *heads), number


def test_large_print_has_nothing_small(book: Book) -> None:
    if "large" in book.path.name:
        runs = [each for number in book.pages() for each in book.runs(number)]
        # A picture's text comes letter by letter; its words are printed below it, large.
        words = [each for each in runs if len(each.text) > len("fi")]
        assert [each for each in words if each.size < 15.99] == []


def test_the_first_pages_are_title_answer_and_help(calm: Book) -> None:
    assert calm.text(1).startswith("Calm A very small book")
    assert calm.text(2).startswith("The short answer Is it too late? (page 6) Nobody knows.")
    assert calm.text(3).startswith("Help Help Help In danger, call 911 or write to a friend")


def test_a_link_alone_has_a_comma_and_one_in_a_sentence_brackets(calm: Book) -> None:
    texts = [link.text for link in calm.links()]
    assert "Give him space, page 9" in texts
    assert "give him space (page 9)" in texts


def test_web_addresses_are_printed_in_the_line_or_as_a_note(calm: Book) -> None:
    text = calm.text(3)
    assert "The helpline (www.example.org) has" in text
    assert "1www.example.org/a/very/long/address/of/a/list.html" in text
    assert "call 911 or" in text


def test_footnotes_stand_once_at_the_foot_of_their_page(calm: Book) -> None:
    text = calm.text(6)
    assert text.count("The first note.") == 1
    assert text.index("Another term") < text.index("The first note.")
    assert "two notes" not in text


def test_text_that_looks_like_markup_is_text(calm: Book) -> None:
    text = calm.text(6)
    assert "a back\\slash, a #hash, a $dollar, a @sign and an <angle>" in text


def test_a_node_of_another_extension_prints(calm: Book) -> None:
    assert "From another extension A node that this extension does not know." in calm.text(7)


def test_descriptions_of_programs(calm: Book) -> None:
    text = " ".join(calm.text(number) for number in calm.pages())
    assert "breathe(times: int) -> None In and out." in text
    assert "-o, --out where to" in text


def test_the_page_to_tear_out_faces_the_notes(calm: Book) -> None:
    (sheet,) = [n for n in calm.pages() if calm.text(n).startswith(("Tips Points", "Points"))]
    assert sheet % 2 == 0, "left-hand page"
    assert calm.text(sheet - 1).startswith("The other side of this leaf")
    assert calm.text(sheet + 1).startswith("My own notes")


def test_questions_have_an_index(calm: Book) -> None:
    last = calm.text(len(calm.pages()))
    assert last.startswith("Index of questions Am I safe at home")
    assert "How much space should I give him" in last
    assert "leave him alone" not in last  # not the best form


def test_pictures_have_their_words(calm: Book) -> None:
    described = b"The letter, the answer and the tips, joined by two arrows."
    figures = [
        each.get_object()
        for each in (calm.reader.get_object(n) for n in range(1, len(calm.reader.xref[0])))
        if isinstance(each, dict) and each.get("/S") == "/Figure"
    ]
    assert described.decode() in [str(each.get("/Alt")) for each in figures]


def test_same_source_same_bytes_in_another_folder(small: Path, tmp_path: Path) -> None:
    copy = tmp_path / "with" / "another" / "name"
    shutil.copytree(SMALL, copy)
    again = print_book(copy, tmp_path / "again")
    for edition in EDITIONS:
        name = f"calm-{edition}.pdf"
        assert (again / name).read_bytes() == (small / name).read_bytes()
