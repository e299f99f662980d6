"""What Typst sets has the letters of the wheel alone, whatever fonts a machine has installed."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
import typst

from handbook.epub.builder import COVER, EpubBuilder
from handbook.sharing import card
from handbook.typst.compiler import compile_book

#: "One Letter" has a black box for this one, and nothing else.
LETTER = "\N{CJK UNIFIED IDEOGRAPH-6F22}"
FONT = Path(__file__).parents[1] / "fixtures" / "fonts" / "one-letter.ttf"


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install the font for this user, where systems with and without fontconfig look."""
    for folder in (".fonts", ".local/share/fonts"):
        (tmp_path / "home" / folder).mkdir(parents=True)
        shutil.copy(FONT, tmp_path / "home" / folder)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert "One Letter" in typst.Fonts().families()


def test_the_book(tmp_path: Path) -> None:
    book = tmp_path / "book.typ"
    book.write_text(f'#set document(title: "A book")\n{LETTER}\n', "utf-8")
    faults = compile_book(book, {}, 0, tmp_path)
    assert isinstance(faults, list)
    assert [str(fault) for fault in faults if "no font has" in str(fault)]


def test_a_card() -> None:
    with pytest.raises(ValueError, match=LETTER):
        card.draw(f"What is {LETTER}?", "", "Name")


def test_the_cover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture cannot say that a letter is missing: it is the same without the font."""

    def drawn(name: str) -> bytes:
        settings = SimpleNamespace(epub_title=LETTER, epub_description="")
        builder = SimpleNamespace(config=settings, outdir=tmp_path / name)
        EpubBuilder._draw_cover(builder)  # type: ignore[arg-type]
        return (tmp_path / name / COVER).read_bytes()

    with_it = drawn("with")
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    assert drawn("without") == with_it
