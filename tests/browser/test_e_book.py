"""The e-book as a reading system shows it that is made of a browser, as most are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from articles import HANDBOOK
from playwright.sync_api import Page

Tab = Callable[..., Page]


def test_a_telephone_number_is_never_parted(e_book: Path, tab: Tab, tmp_path: Path) -> None:
    ZipFile(e_book).extractall(tmp_path)
    page = tab(viewport={"width": 320, "height": 640})
    for called in (each for each in HANDBOOK.pages.values() if each.calls):
        page.goto((tmp_path / f"{called.docname}.xhtml").as_uri())
        lines = page.locator("a[href^='tel:']").evaluate_all(
            "all => all.map((each) => each.getClientRects().length)"
        )
        assert set(lines) == {1}, called.docname
        assert page.evaluate("document.documentElement.scrollWidth") == 320, called.docname


def test_who_said_it_stays_with_what_was_said(e_book: Path, tab: Tab, tmp_path: Path) -> None:
    """A page may end after a quotation of one line, but not between it and its speaker."""
    (tmp_path / "epub.css").write_bytes(ZipFile(e_book).read("_static/epub.css"))
    book = tmp_path / "book.html"
    said = '<p>Hold on</p><p class="attribution">A singer</p>'
    pages = [
        '<div style="columns: 2; column-fill: auto; height: 400px">'
        f'<p style="height: {above}px"></p><blockquote><div>{said}</div></blockquote></div>'
        for above in range(100, 400, 20)
    ]
    book.write_text(f'<!doctype html><link rel="stylesheet" href="epub.css">{"".join(pages)}')
    page = tab(viewport={"width": 800, "height": 600})
    page.goto(book.as_uri())
    apart = page.locator("blockquote div").evaluate_all(
        """all => all.map((each) => each.lastChild.getBoundingClientRect().left
          - each.firstChild.getBoundingClientRect().left)"""
    )
    assert set(apart) == {0}
