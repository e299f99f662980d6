"""A printed book as its reader, or a screen reader, gets it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import hypot
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import Destination


@dataclass(frozen=True)
class Run:
    """A piece of text with its size and the point of its baseline where it begins."""

    text: str
    size: float
    x: float
    y: float


@dataclass(frozen=True)
class Span:
    """From where to where a piece of text stands, and on which baseline; points."""

    left: float
    right: float
    y: float


@dataclass(frozen=True)
class PageLink:
    """A link inside the book: what it says, on which page it stands and to which it leads."""

    text: str
    page: int
    target: int


class Book:
    """Reads one PDF; pages count from 1, as they are printed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reader = PdfReader(path)
        self._numbers = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(self.reader.pages, 1)
            if page.indirect_reference
        }

    @cache  # noqa: B019
    def text(self, page: int) -> str:
        """The page's text in reading order, as one line."""
        return " ".join(self.reader.pages[page - 1].extract_text().split())

    def pages(self) -> range:
        return range(1, len(self.reader.pages) + 1)

    @cache  # noqa: B019 (a book lives as long as the tests)
    def runs(self, page: int) -> list[Run]:
        found: list[Run] = []

        def visit(text: str, matrix: list[float], _: Any, __: Any, size: float) -> None:
            if text.strip():
                found.append(Run(text, size * hypot(*matrix[:2]), matrix[4], matrix[5]))

        self.reader.pages[page - 1].extract_text(visitor_text=visit)
        return found

    def spans(self, page: int) -> list[Span]:
        """Every piece of text as the room that it takes."""
        sheet = self.reader.pages[page - 1]
        fonts: Any = sheet["/Resources"]
        listed = fonts.get("/Font", {})  # an empty page has none
        widths = {name: _widths(font.get_object()) for name, font in listed.items()}
        found: list[Span] = []
        font, size = "", 0.0

        def visit(operator: bytes, operands: Any, at: list[float], text: list[float]) -> None:
            nonlocal font, size
            if operator == b"Tf":
                font, size = operands[0], float(operands[1])
            elif operator in (b"Tj", b"TJ"):
                pieces = operands[0] if operator == b"TJ" else operands
                length = sum(_length(piece, widths[font]) for piece in pieces) * size / 1000
                left, right = (at[4] + at[0] * x for x in (text[4], text[4] + text[0] * length))
                found.append(Span(left, right, at[5] + at[3] * text[5]))

        sheet.extract_text(visitor_operand_before=visit)
        return found

    @cache  # noqa: B019
    def outline(self) -> list[tuple[str, int]]:
        """(heading, page) for each bookmark."""

        def flat(entries: list[Any]) -> Iterator[tuple[str, int]]:
            for entry in entries:
                if isinstance(entry, list):
                    yield from flat(entry)
                else:
                    number = self.reader.get_destination_page_number(entry)
                    assert number is not None
                    yield str(entry.title), number + 1

        return list(flat(self.reader.outline))

    @cache  # noqa: B019
    def links(self) -> list[PageLink]:
        """Every link inside the book; a broken one raises KeyError."""
        found = []
        for number, page in enumerate(self.reader.pages, 1):
            runs: list[Run] | None = None
            for reference in page.get("/Annots", ()):
                note = reference.get_object()
                mark = str(note["/Contents"]).removeprefix("Footnote ")
                if "/Dest" not in note or mark.isdigit():  # to a footnote and back
                    continue
                runs = self.runs(number) if runs is None else runs
                area = note.get("/QuadPoints") or note["/Rect"]
                corners = [float(each) for each in area]
                boxes = [corners[at : at + 8] for at in range(0, len(corners), 8)]
                text = "".join(run.text for run in runs if any(_inside(run, box) for box in boxes))
                found.append(PageLink(" ".join(text.split()), number, self._target(note["/Dest"])))
        return found

    def _target(self, destination: Any) -> int:
        if isinstance(destination, str):
            destination = self.reader.named_destinations[destination]
            return self._numbers[destination.page.idnum]
        array = destination.get_object()
        page = array.page if isinstance(array, Destination) else array[0]
        return self._numbers[page.idnum]

    def printed_number(self, link: PageLink) -> int | None:
        """The page number that the link's own text ends with; links to terms have none."""
        match = re.search(r"(\d+)\)?$", link.text)
        return int(match[1]) if match else None


def _inside(run: Run, box: list[float]) -> bool:
    xs, ys = box[0::2], box[1::2]
    return min(xs) - 1 <= run.x < max(xs) and min(ys) <= run.y <= max(ys)


def _widths(font: Any) -> dict[int, float]:
    """How wide the letters of a font are, in thousandths of its size, by their numbers."""
    listed = font["/DescendantFonts"][0].get_object()["/W"]
    widths: dict[int, float] = {}
    at = 0
    while at < len(listed):
        first, second = listed[at], listed[at + 1]
        if isinstance(second, list):
            widths |= {first + index: float(width) for index, width in enumerate(second)}
            at += 2
        else:
            widths |= dict.fromkeys(range(first, second + 1), float(listed[at + 2]))
            at += 3
    return widths


def _length(piece: Any, widths: dict[int, float]) -> float:
    """The length of a piece of a line: letters, or a move back."""
    if isinstance(piece, int | float):
        return -float(piece)
    raw = piece if isinstance(piece, bytes) else piece.original_bytes
    return sum(
        widths.get(int.from_bytes(raw[at : at + 2], "big"), 0) for at in range(0, len(raw), 2)
    )
