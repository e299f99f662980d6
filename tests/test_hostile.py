"""Markup smuggled into a page ends up as text in every output.

Here nothing stands behind that: the browser is told to ignore the pages' policies, so a script
that came through would run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from browsers import listen
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

EVIL = "\"'><script>evil()</script>]]>"
COUNT = "window.ran = 0; window.evil = () => { ran += 1; };"
QUOTES = str.maketrans("“”‘’", "\"\"''")  # the e-book's contents have curly ones

Built = Callable[[str], Path]

# What a whole handbook shows, whatever it is made into.
WORDS = ["Front", "Topic", "Storm", "Letter", "Heading", "Text", "Code", "Block", "Cell", "Term"]


@pytest.fixture(scope="module")
def hostile(built: Callable[[str, str], Path]) -> Built:
    """Build the hostile handbook with a builder; return the folder."""
    return partial(built, "test-hostile")


@pytest.fixture(scope="module")
def unguarded(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page without a policy, and what it says in its console."""
    context = browser.new_context(offline=True, bypass_csp=True)
    context.add_init_script(COUNT)
    page = context.new_page()
    yield page, listen(page)
    context.close()


@pytest.fixture
def tab(unguarded: tuple[Page, list[str]]) -> Iterator[Page]:
    """A page without a policy, in which nothing evil may run and nothing may go wrong."""
    page, said = unguarded
    said.clear()
    yield page
    assert page.evaluate("ran") == 0
    assert said == []


def shown(page: Page) -> str:
    """All text of the page, seen or not, with what stands in for pictures."""
    text = page.evaluate(
        """() => document.title + document.documentElement.textContent
          + [...document.querySelectorAll("[alt]")].map((each) => each.alt).join()"""
    )
    return str(text).translate(QUOTES)


def test_the_browser_would_run_what_came_through(browser: Browser, tmp_path: Path) -> None:
    """Or the tests below would prove nothing."""
    (tmp_path / "a.html").write_text(f"<p title='{EVIL}'>", encoding="utf-8")
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(COUNT)
    page = context.new_page()
    page.goto((tmp_path / "a.html").as_uri())
    assert page.evaluate("ran") == 1
    context.close()


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("index", ["Front", "storm", "Topic", "Storm", "A storm"]),
        ("storm/index", ["Storm", "Some storms", "Heading"]),
        ("storm/question", ["Letter", "Heading", "Text", "link", "quotation", "Credit"]),
        ("storm/answer", ["Answer", "Code", "Block", "Cell"]),
        ("storm/tips", ["Tip", "Picture"]),
        ("storm/takeaways", ["Point"]),
        ("glossary", ["Glossary", "Term", "A definition"]),
        ("search", ["Storm"]),
        ("genindex", ["Term"]),
    ],
)
def test_a_page_shows_it(hostile: Built, tab: Page, page: str, words: list[str]) -> None:
    tab.goto((hostile("html") / f"{page}.html").as_uri())
    assert [word for word in words if f"{word} {EVIL}" not in shown(tab)] == []


def test_what_others_are_shown_of_a_page_has_it(hostile: Built, tab: Page) -> None:
    """Search engines and previews: descriptions, and data that says the title."""
    tab.goto((hostile("html") / "storm" / "index.html").as_uri())
    for name in ("[name=description]", "[property='og:description']"):
        meta = tab.locator(f"meta{name}")
        assert meta.get_attribute("content") == f"A storm {EVIL} can pass."
    data = tab.evaluate(
        "JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent)"
    )
    assert data["headline"] == f"Storm {EVIL}"
    assert data["abstract"] == f"Some storms {EVIL} pass."


def test_the_search_shows_it(hostile: Built, tab: Page) -> None:
    tab.goto((hostile("html") / "storm" / "tips.html").as_uri())
    tab.get_by_role("searchbox", name="Search").click()
    box = tab.get_by_role("combobox")
    for question, words in {
        "phrasing": "phrasing",
        "heading": "Heading",
        "term": "Term",
        "some storms": "Some storms",
        EVIL: "Front",
    }.items():
        box.fill(question)
        expect(tab.get_by_role("listbox")).to_contain_text(f"{words} {EVIL}")


def test_the_one_file_shows_it(hostile: Built, tab: Page) -> None:
    tab.goto((hostile("single") / "hostile.html").as_uri())
    assert [word for word in WORDS if f"{word} {EVIL}" not in shown(tab)] == []


def test_the_search_of_the_one_file_shows_it(hostile: Built, tab: Page) -> None:
    tab.goto((hostile("single") / "hostile.html").as_uri())
    tab.get_by_role("searchbox", name="Search").click()
    tab.get_by_role("combobox").fill("heading")
    expect(tab.get_by_role("listbox")).to_contain_text(f"Heading {EVIL}")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("nav", ["Front", "Storm", "Letter", "Heading"]),
        ("index", ["Front", "Topic", "Storm", "A storm"]),
        ("storm/index", ["Storm", "Some storms", "Heading"]),
        ("storm/question", ["Letter", "Heading", "Text", "link", "quotation", "Credit"]),
        ("storm/answer", ["Answer", "Code", "Block", "Cell"]),
        ("storm/tips", ["Tip", "Picture"]),
        ("glossary", ["Glossary", "Term", "A definition"]),
    ],
)
def test_the_e_book_shows_it(
    hostile: Built, tab: Page, tmp_path: Path, page: str, words: list[str]
) -> None:
    """Its pages are XML: one stray sign, and a reading system shows none of it."""
    ZipFile(hostile("epub") / "hostile.epub").extractall(tmp_path)
    tab.goto((tmp_path / f"{page}.xhtml").as_uri())
    assert [word for word in words if f"{word} {EVIL}" not in shown(tab)] == []


def test_the_pdf_shows_it(hostile: Built) -> None:
    book = PdfReader(hostile("typst") / "hostile-a4.pdf")
    text = " ".join(" ".join(page.extract_text().split()) for page in book.pages)
    assert [word for word in WORDS if f"{word} {EVIL}" not in text] == []
