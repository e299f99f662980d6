"""Draw how an article's parts connect: columns of boxes, links as curves, as one SVG text.

Pure: boxes and links in, SVG out. The same text is set into the page, where the style sheet
recolours it by class for dark mode, and written to a file for the editions that take a picture;
so every shape carries its light colours as attributes, which any rule of CSS outranks.

The unit is the CSS pixel at a 390 px wide phone, where the picture is shown at its own size;
wider screens only enlarge it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from handbook.palette import LIGHT, PART_COLOURS

PAPER, INK = LIGHT["paper"], LIGHT["ink"]
WIDTH = 360
COLUMN = 81  # four columns and three gutters for the curves
GUTTER = (WIDTH - 4 * COLUMN) / 3
HEADING = 26
TOUCH = 44  # the least height of a box: WCAG 2.2, target size (enhanced)
GAP = 12
FONT = 11
LINE = 13
CHARACTERS = 12  # a line of system-ui at FONT in COLUMN, counted with the widest letters in mind


@dataclass(frozen=True)
class Box:
    """One section.

    :ivar key: names it in the links.
    :ivar href: where it leads; "" is nowhere.
    """

    key: str
    label: str
    href: str = ""


@dataclass(frozen=True)
class Column:
    """One part of the article: its word, its key in the palette, and its sections."""

    name: str
    part: str
    boxes: tuple[Box, ...]

    @property
    def colour(self) -> str:
        return PART_COLOURS[self.part]


def draw(
    columns: Sequence[Column], links: Mapping[str, Sequence[str]], title: str, ident: str
) -> str:
    """Return the picture.

    :param columns: up to four columns, left to right, boxes top to bottom.
    :param links: from a box's key to the keys it links to; a pair is drawn once, whichever
        of the two links; keys without a box are left out.
    :param title: the accessible name of the picture.
    :param ident: a prefix that makes the picture's ids unique in its page.
    """
    picture = _Picture(columns)
    spots = picture.spots
    pairs = sorted(
        {
            tuple(sorted((source, target), key=lambda key: spots[key]))
            for source, targets in links.items()
            for target in targets
            if source in spots and target in spots and source != target
        },
        key=lambda pair: (spots[pair[0]], spots[pair[1]]),
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {picture.height}"'
            f' class="article-map-picture" role="group" aria-labelledby="{ident}-title">',
            f'<title id="{ident}-title">{escape(title)}</title>',
            f'<rect class="map-paper" width="{WIDTH}" height="{picture.height}" fill="{PAPER}"/>',
            *(picture.curve(spots[one], spots[other]) for one, other in pairs),
            *(picture.column(index) for index in range(len(columns))),
            "</svg>\n",
        ]
    )


class _Picture:
    """The measures that all shapes share: every box is as high as the longest label needs."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        labels = [_wrap(box.label) for column in columns for box in column.boxes]
        self.box = max([TOUCH, *(len(lines) * LINE + 12 for lines in labels)])
        self.rows = max((len(column.boxes) for column in columns), default=0)
        self.height = HEADING + self.rows * (self.box + GAP)
        self.spots = {
            box.key: (index, self.top(row, column))
            for index, column in enumerate(columns)
            for row, box in enumerate(column.boxes)
        }

    def top(self, row: int, column: Column) -> float:
        """The upper edge of a box; short columns stand in the middle of the tall ones."""
        step = self.box + GAP
        return HEADING + (self.rows - len(column.boxes)) * step / 2 + row * step

    def curve(self, one: tuple[int, float], other: tuple[int, float]) -> str:
        """A curve from the right edge of one box to the left edge of the other.

        Boxes of one column are joined by a bow in the gutter at their right (the last: left).
        """
        (index, top), (other_index, other_top) = one, other
        y, other_y = top + self.box / 2, other_top + self.box / 2
        start, end = _left(index) + COLUMN, _left(other_index)
        bend = (end - start) / 2
        if index == other_index:
            last = index == len(self.columns) - 1
            start = end = _left(index) + (0 if last else COLUMN)
            bend = GUTTER * (-0.9 if last else 0.9)
            other_bend = -bend
        else:
            other_bend = bend
        part = self.columns[index]
        return (
            f'<path class="map-link part-{part.part}" d="M{start:.1f} {y:.1f}'
            f"C{start + bend:.1f} {y:.1f} {end - other_bend:.1f} {other_y:.1f}"
            f' {end:.1f} {other_y:.1f}" fill="none" stroke="{part.colour}"'
            ' stroke-width="1.2" stroke-opacity="0.55"/>'
        )

    def column(self, index: int) -> str:
        column, middle = self.columns[index], _left(index) + COLUMN / 2
        heading = _text([column.name], middle, 15, column.colour, "map-heading", bold=True)
        boxes = [self._box(index, row, box) for row, box in enumerate(column.boxes)]
        return "\n".join([f'<g class="map-column part-{column.part}">', heading, *boxes, "</g>"])

    def _box(self, index: int, row: int, box: Box) -> str:
        column, x, lines = self.columns[index], _left(index), _wrap(box.label)
        top = self.top(row, column)
        first = top + self.box / 2 + FONT * 0.36 - (len(lines) - 1) * LINE / 2
        inside = (
            f'<rect class="map-frame" x="{x + 0.75:.2f}" y="{top:.1f}" width="{COLUMN - 1.5}"'
            f' height="{self.box}" rx="5" fill="{PAPER}" stroke="{column.colour}"'
            ' stroke-width="1.5"/>' + _text(lines, x + COLUMN / 2, first, INK, "map-label")
        )
        if box.href:
            inside = f'<a href="{escape(box.href)}">{inside}</a>'
        return f'<g class="map-box">{inside}</g>'


def _left(index: int) -> float:
    return index * (COLUMN + GUTTER)


def _wrap(label: str) -> list[str]:
    return textwrap.wrap(label, CHARACTERS, break_long_words=False)


def _text(
    lines: Sequence[str], x: float, y: float, colour: str, name: str, *, bold: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    spans = " ".join(
        f'<tspan x="{x:.1f}" y="{y + number * LINE:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return (
        f'<text class="{name}" font-family="system-ui, sans-serif" font-size="{FONT}"{weight}'
        f' text-anchor="middle" fill="{colour}">{spans}</text>'
    )
