"""Every edition of a small book and of this handbook, opened and read again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import page as validator
import pytest
from articles import ARTICLES, DOCS, HANDBOOK
from conftest import Once
from pdf_book import Book

from handbook.build.run import STRICT

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "roots" / "test-pdf"
EDITIONS = ("a4", "letter", "large-print")
PAPERS = {"a4": (595, 842), "letter": (612, 792), "large-print": (595, 842)}


def print_book(root: Path, goal: Path, *settings: str) -> Path:
    """Build the PDFs of the project in ``root`` into ``goal``."""
    command = [sys.executable, "-m", "sphinx", *STRICT, "-q", "-b", "typst", "-c", str(root)]
    places = ["-d", str(goal / "doctrees"), str(root / "docs"), str(goal / "out")]
    dated = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    given = [piece for setting in settings for piece in ("-D", setting)]
    subprocess.run([*command, *given, *places], cwd=ROOT, env=dated, check=True)
    return goal / "out"


@pytest.fixture(scope="session")
def small(once: Once) -> Path:
    return once("small-book", partial(print_book, SMALL)) / "out"


@pytest.fixture(scope="session")
def handbook(once: Once, project: Path) -> Path:
    return once("handbook-book", partial(print_book, project)) / "out"


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


def test_the_back_of_the_title_page_says_what_the_copy_is(book: Book) -> None:
    licence = {"calm": "Free to copy", "steady": "https://creativecommons.org/licenses/by/4.0/"}
    said = book.text(2)
    assert licence[book.path.stem.partition("-")[0]] in said
    assert "This copy was made on 14 November 2023." in said
    assert re.search(r"numbers in it were last checked on \d+ \w+ \d{4}\.", said)


def test_paper(book: Book) -> None:
    edition = book.path.stem.partition("-")[2]
    for sheet in book.reader.pages:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == PAPERS[edition]


def test_a_page_bears_its_number(book: Book) -> None:
    filled = [number for number in book.pages()[2:] if book.text(number)]
    feet = {number: book.text(number).split()[-1] for number in filled}
    bearing = {number: int(foot) for number, foot in feet.items() if foot.isdigit()}
    assert bearing == {number: number for number in bearing}
    articles = 1 if book.path.stem.startswith("calm") else len(ARTICLES)
    # Of each article a part's page, and both sides of the leaf to tear out.
    assert len(bearing) >= len(feet) - 3 * articles


def test_an_empty_page_is_a_left_hand_one_and_carries_nothing(book: Book) -> None:
    empty = [number for number in book.pages() if not book.text(number)]
    assert [number for number in empty if number % 2] == []
    for number in empty:
        contents = book.reader.pages[number - 1].get_contents()
        drawn = {operator for _, operator in contents.operations} if contents else set()
        assert drawn & {b"f", b"S", b"B", b"Do", b"TJ", b"Tj"} == set(), number


def test_each_page_of_an_article_opens_on_a_right_hand_page(handbook: Path) -> None:
    files = [file.read_text("utf-8") for file in DOCS.rglob("[!_]*.md")]
    titles = {title[1] for text in files if (title := re.search(r"^title: (.+)$", text, re.M))}
    for edition in EDITIONS:
        outline = Book(handbook / f"steady-{edition}.pdf").outline()
        opening = {heading: page for heading, page in outline if heading in titles}
        assert len(opening) > 8
        assert {heading: page for heading, page in opening.items() if page % 2 == 0} == {}


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
    topics = {article.topic for article in HANDBOOK.articles}
    alone = {"Steady", "Calm"} | topics  # title and part pages
    for heading, number in book.outline():
        words = book.text(number).removesuffix(str(number)).strip()
        assert heading in alone or not words.endswith(heading), (heading, number)


def sections(name: str, mark: str) -> list[tuple[str, str]]:
    """Heading and text of each section of a page of the handbook."""
    text = (DOCS / name).read_text("utf-8").replace("'", "’")  # as it is printed
    found = re.split(rf"^{mark} (.+)$", text, flags=re.M)[1:]
    return list(zip(found[::2], found[1::2], strict=True))


def after(book: Book, heading: str) -> str:
    """What stands below a heading, on its page, without blanks."""
    pages = [page for words, page in book.outline() if words == heading]
    assert len(pages) == 1, heading
    return book.text(pages[0]).replace(" ", "").partition(heading.replace(" ", ""))[2]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_helplines_of_a_country_stand_on_one_page(handbook: Path, edition: str) -> None:
    book = Book(handbook / f"steady-{edition}.pdf")
    countries = [
        (heading, calls)
        for heading, text in sections("help/contacts.md", "##")
        if (calls := re.findall(r"\[([^]]+)\]\(tel:", text))
    ]
    assert len(countries) > 5
    for heading, calls in countries:
        below = after(book, heading)
        assert [each for each in calls if each.replace(" ", "") not in below] == [], heading


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_study_stands_with_its_record(handbook: Path, edition: str) -> None:
    book = Book(handbook / f"steady-{edition}.pdf")
    studies = [
        (heading, address[1])
        for heading, text in sections("sources.md", "###")
        if (address := re.search(r"https://doi\.org/([^)\s]+)\)", text))
    ]
    assert len(studies) > 20
    texts = [book.text(number).replace(" ", "") for number in book.pages()]
    for heading, address in studies:
        pages = [text for text in texts if address in text]
        assert [heading.replace(" ", "") in text for text in pages] == [True], heading


def test_a_number_to_call_is_bold(book: Book) -> None:
    fonts: dict[str, str] = {}

    def visit(text: str, _: Any, __: Any, font: dict[str, Any] | None, size: float) -> None:
        if font and text.strip():
            fonts.setdefault(text.strip().strip(".,"), str(font["/BaseFont"]))

    for sheet in book.reader.pages:
        sheet.extract_text(visitor_text=visit)
    assert "-Bold" in fonts["112"]


def test_the_short_answer_has_whole_words(handbook: Path) -> None:
    for edition in EDITIONS:
        book = Book(handbook / f"steady-{edition}.pdf")
        (page,) = [number for words, number in book.outline() if words == "The short answer"]
        said = {word.strip(".,;") for word in book.text(page).split()}  # a page stands between
        for file in DOCS.glob("[!_]*/index.md"):
            answer = re.search(r"\{short-answer\}\n(.*?)\n:::", file.read_text("utf-8"), re.S)
            words = re.sub(r"\]\([^)]*\)|\[", "", answer[1]).split() if answer else []
            assert [word for word in words if word.strip(".,;") not in said] == []


def test_no_page_ends_with_a_line_that_announces_a_list(book: Book) -> None:
    ends = {n: book.text(n).removesuffix(str(n)).strip()[-60:] for n in book.pages()}
    assert {n: end for n, end in ends.items() if end.endswith(":")} == {}


def test_no_page_holds_the_day_of_its_review_alone(book: Book) -> None:
    for number in book.pages():
        before, found, _ = book.text(number).partition("Reviewed ")
        assert not found or len(before) > 60, number


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


def test_the_first_pages_are_title_help_and_answer(calm: Book) -> None:
    assert calm.text(1).startswith("Calm A very small book")
    assert calm.text(2).startswith("Calm 1.0 This copy was made on")
    assert calm.text(3).startswith("Help Help Help In danger, call 911 or write to a friend")
    assert calm.text(4).startswith("The short answer Is it too late? p. 9 Nobody knows.")


def test_the_back_of_the_title_page_repeats_a_section(calm: Book) -> None:
    assert "Mistakes Tell us at a friend (friend@example.org), or see whom to call." in calm.text(2)


def test_the_oldest_check_of_all_pages_is_the_one_that_counts(calm: Book) -> None:
    assert "were last checked on 2 November 2023." in calm.text(2)


def test_a_link_names_its_page_in_small_raised_letters(calm: Book) -> None:
    link = next(each for each in calm.links() if each.text.startswith("give him space p. "))
    runs = calm.runs(link.page)
    number = next(each for each in runs if each.text.split() == ["p.", str(link.target)])
    assert number.size < 9
    assert not [each for each in runs if each.size > 12 and abs(each.y - number.y) < 1]


def test_web_addresses_are_printed_in_the_line_or_as_a_note(calm: Book) -> None:
    text = calm.text(3)
    assert "The helpline (www.example.org) has" in text
    assert "1www.example.org/a/very/long/address/of/a/list.html" in text
    assert "call 911 or" in text


def test_footnotes_stand_once_at_the_foot_of_their_page(calm: Book) -> None:
    text = calm.text(9)
    assert text.count("The first note.") == 1
    assert text.index("Another term") < text.index("The first note.")
    assert "two notes" not in text


def test_text_that_looks_like_markup_is_text(calm: Book) -> None:
    text = calm.text(9)
    assert "a back\\slash, a #hash, a $dollar, a @sign and an <angle>" in text


def test_a_node_of_another_extension_prints(calm: Book) -> None:
    assert "From another extension A node that this extension does not know." in calm.text(10)


def test_descriptions_of_programs(calm: Book) -> None:
    text = " ".join(calm.text(number) for number in calm.pages())
    assert "breathe(times: int) -> None In and out." in text
    assert "-o, --out where to" in text


def test_the_leaf_to_tear_out_is_one_sheet_that_sends_nowhere(book: Book) -> None:
    articles = [article.title.replace("'", "’") for article in HANDBOOK.articles]  # as printed
    titles = [] if book.path.stem.startswith("calm") else articles
    begins = re.compile(
        rf"(?:(?:{'|'.join(map(re.escape, titles))}) Six points|Points) to remember "
    )
    fronts = [n for n in book.pages() if begins.match(book.text(n))]
    assert len(fronts) >= max(1, len(titles))
    for front in fronts:
        assert front % 2 == 1, "right-hand page"
        assert not book.text(front).split()[-1].isdigit()
        back = book.text(front + 1)
        assert re.search(r"\b112\b", back)
        assert not back.split()[-1].isdigit()
        assert [link for link in book.links() if link.page in (front, front + 1)] == []


def test_what_leads_on_stands_in_its_section_and_not_on_the_leaf(calm: Book) -> None:
    (front,) = [n for n in calm.pages() if calm.text(n).startswith("Points to remember •")]
    led = [n for n in calm.pages() if "Go on with space" in calm.text(n)]
    assert led
    assert not {front, front + 1} & {*led}


def test_of_two_sections_the_leaf_has_that_of_its_page(calm: Book) -> None:
    (front,) = [n for n in calm.pages() if calm.text(n).startswith("Points to remember •")]
    said = "Whom to call Call 112 in Europe. The numbers were last checked on 2023-11-02."
    assert calm.text(front + 1).startswith(said)
    assert calm.text(front + 1).endswith("Start somewhere Drink some water, and leave it space.")


def test_questions_have_an_index(calm: Book) -> None:
    last = calm.text(len(calm.pages()))
    assert last.startswith("Index of questions Am I safe at home")
    assert "How much space should I give him" in last
    assert "leave him alone" not in last  # not the best form


def test_subjects_have_an_index(calm: Book) -> None:
    index = dict(calm.outline())["Index of subjects"]
    entries = [link for link in calm.links() if link.page == index]
    assert [int(link.text) for link in entries] == [link.target for link in entries]
    said = calm.text(index)
    assert re.search(r"Index of subjects space, 3, 13, 17 stonewalling, 11, 17 \d+$", said), said


def test_pictures_have_their_words(calm: Book) -> None:
    described = b"The letter, the answer and the tips, joined by two arrows."
    figures = [
        each.get_object()
        for each in (calm.reader.get_object(n) for n in range(1, len(calm.reader.xref[0])))
        if isinstance(each, dict) and each.get("/S") == "/Figure"
    ]
    assert described.decode() in [str(each.get("/Alt")) for each in figures]


@pytest.mark.parametrize("part", ["rain", "Weather"])
def test_an_article_or_a_topic_is_a_book_of_its_own(tmp_path: Path, part: str) -> None:
    out = print_book(ROOT / "tests" / "roots" / "test-two-articles", tmp_path, f"typst_of={part}")
    assert len([*out.glob("*.pdf")]) == 3
    book = Book(out / f"small-{part.lower()}-a4.pdf")
    text = " ".join(map(book.text, book.pages()))
    assert "rain" in text
    assert "dog" not in text


def test_same_source_same_bytes_in_another_folder(small: Path, tmp_path: Path) -> None:
    copy = tmp_path / "with" / "another" / "name"
    shutil.copytree(SMALL, copy)
    again = print_book(copy, tmp_path / "again")
    for edition in EDITIONS:
        name = f"calm-{edition}.pdf"
        assert (again / name).read_bytes() == (small / name).read_bytes()
