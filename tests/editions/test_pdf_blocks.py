"""A table of a small book: its head is bold."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
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


def test_no_rule_of_the_standard_fails(book: Book) -> None:
    assert validator.validate_pdf(book.path, profile="ua1").failures == []
