"""Tables, code and long words of small books: bold heads, and nothing beside the paper."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import page as validator
import pytest
from pdf_book import Book

Run = Callable[..., "subprocess.CompletedProcess[str]"]

TABLE = "| Head | Other |\n|---|---|\n| Cell | Last |\n"
PAGE = f"# A page\n\n{TABLE}"


@pytest.fixture(params=["a4", "letter", "large-print"])
def book(sphinx: Run, tmp_path: Path, request: pytest.FixtureRequest) -> Book:
    done = sphinx("test-pdf-bare", "typst", {"docs/page.md": PAGE})
    assert done.returncode == 0, done.stderr
    return Book(tmp_path / "out" / f"bare-{request.param}.pdf")


def test_the_head_of_a_table_is_bold(book: Book) -> None:
    fonts: dict[str, str] = {}

    def visit(text: str, _: Any, __: Any, font: dict[str, Any] | None, size: float) -> None:
        if font and text.strip():
            fonts[text.strip()] = str(font["/BaseFont"])

    for sheet in book.reader.pages:
        sheet.extract_text(visitor_text=visit)
    assert "Semibold" in fonts["Head"]
    assert "Semibold" not in fonts["Cell"]


def test_the_cells_of_a_head_are_tagged_as_its_columns(book: Book) -> None:
    cells = {kind: [] for kind in ("/TH", "/TD")}
    for number in range(1, len(book.reader.xref[0])):
        each = book.reader.get_object(number)
        if isinstance(each, dict) and each.get("/S") in cells:
            cells[each["/S"]].append(each["/A"])
    scopes = [attributes[0].get("/Scope") for attributes in cells["/TH"]]
    assert scopes == ["/Column", "/Column"]
    assert [len(attributes[0]["/Headers"]) for attributes in cells["/TD"]] == [1, 1]


def test_no_rule_of_the_standard_fails(book: Book) -> None:
    assert validator.validate_pdf(book.path, profile="ua1").failures == []


# What is too wide for a line


WORD = "Q" + "x" * 298 + "q"


@pytest.fixture(params=["a4", "letter", "large-print"])
def wide(built: Callable[[str, str], Path], request: pytest.FixtureRequest) -> Book:
    return Book(built("test-wide", "typst") / f"wide-{request.param}.pdf")


def test_nothing_stands_beside_the_paper(wide: Book) -> None:
    for page in wide.pages():
        box = wide.reader.pages[page - 1].mediabox
        for span in wide.spans(page):
            assert box.left + 36 <= span.left <= span.right <= box.right - 36, (page, span)


def test_no_word_stands_on_another(wide: Book) -> None:
    """Not even in a table of ten columns."""
    for page in wide.pages():
        spans = sorted(wide.spans(page), key=lambda span: (round(span.y), span.left))
        for _, line in groupby(spans, key=lambda span: round(span.y)):
            for one, next_one in pairwise(line):
                assert one.right <= next_one.left + 0.5, (page, one, next_one)


def test_words_of_a_table_of_ten_columns_are_whole(wide: Book) -> None:
    text = " ".join(wide.text(page) for page in wide.pages())
    assert "first second third fourth fifth sixth seventh eighth ninth tenth" in text


def test_a_broken_word_is_copied_as_it_was_written(wide: Book) -> None:
    """Code, text, a link and its address, an item, a quotation, a heading, a term, two cells."""
    text = "".join(wide.text(page) for page in wide.pages()).replace(" ", "")
    assert text.count(WORD) >= 10


def test_a_line_of_code_that_goes_on_is_set_in(wide: Book) -> None:
    at = {
        run.text.strip(): run.x
        for page in wide.pages()
        for run in wide.runs(page)
        if run.text.strip()
    }
    first = next(x for text, x in at.items() if text.startswith("short"))
    assert next(x for text, x in at.items() if text.startswith("end")) == first
    assert next(x for text, x in at.items() if text.startswith("second_argument")) > first + 10


def test_no_rule_of_the_standard_fails_for_what_is_wide(wide: Book) -> None:
    assert validator.validate_pdf(wide.path, profile="ua1").failures == []
