"""Draw how an article's parts connect: two columns of boxes, threads in the gutter between them.

Pure: boxes and links in, SVG out. The same text is set into the page, where the style sheet
recolours it by class for dark mode, and written to a file for the editions that take a picture;
so every shape carries its light colours as attributes, which any rule of CSS outranks.

No thread passes behind a box. Drawn are the strongest, few enough to be followed; a box that is
a link brings all of its own along, hidden until the style sheet shows them at its focus.

The unit is the CSS pixel at a 390 px wide phone, where the picture is shown at its own size;
wider screens only enlarge it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from handbook.palette import LIGHT, PART_COLOURS

from .threads import Links, Thread, strongest, threads

PAPER, INK = LIGHT["paper"], LIGHT["ink"]
WIDTH = 345  # what the margins leave of 390
MARGIN = 2  # room for the stroke of a frame
COLUMN = 142
GUTTER = WIDTH - 2 * (COLUMN + MARGIN)
HEADING = 34
ROUND = 3  # from a frame to the line round it
TOUCH = 44  # the least height of a box: WCAG 2.2, target size (enhanced)
GAP = 8
PADDING = 6
FONT = 14
LINE = 17
CHARACTERS = 17  # what COLUMN holds of DejaVu Sans, the widest face that a reader may have


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
class Part:
    """One part of the article: its name in the palette, and its sections."""

    name: str
    boxes: tuple[Box, ...]


def draw(
    parts: Sequence[Part], links: Links, title: str, ident: str, *, opaque: bool = False
) -> str:
    """Return the picture.

    :param parts: in reading order, left and right by turns.
    :param links: from a box's key to the keys it links to; keys without a box are left out.
    :param title: the accessible name of the picture.
    :param ident: a prefix that makes the picture's ids unique in its page.
    :param opaque: whether the picture has a ground of its own, for where what is behind it may
        be as dark as its ink.
    """
    picture = _Picture(parts, links)
    ground = f'<rect width="{WIDTH}" height="{picture.height}" fill="{PAPER}"/>'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {picture.height}"'
            f' class="article-map-picture" role="group" aria-labelledby="{ident}-title">',
            f'<title id="{ident}-title">{escape(title)}</title>',
            *([ground] if opaque else []),
            '<g class="map-parts">',
            *picture.drawn_parts(),
            "</g>",
            '<g class="map-strongest">',  # after the boxes: a rule of CSS looks back, not ahead
            *picture.drawn_threads(),
            "</g>",
            "</svg>\n",
        ]
    )


@dataclass(frozen=True)
class _Spot:
    """Where a box stands, or a part's name."""

    part: str
    column: int
    top: int
    height: int

    @property
    def left(self) -> int:
        return MARGIN + self.column * (COLUMN + GUTTER)

    @property
    def edge(self) -> int:
        """The side at the gutter."""
        return MARGIN + COLUMN + self.column * GUTTER

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


class _Picture:
    """The places of all shapes, worked out once, and the shapes."""

    def __init__(self, parts: Sequence[Part], links: Links) -> None:
        self.parts, self.links = parts, links
        self.keys = [[box.key for box in part.boxes] for part in parts]
        self.threads = [frozenset(pair) for pair in threads(self.keys, links)]
        self.heads: list[_Spot] = []
        self.spots: dict[str, _Spot] = {}
        ends = [0, 0]
        for number, part in enumerate(parts):
            column = number % 2
            self.heads.append(_Spot(part.name, column, ends[column], HEADING))
            ends[column] += HEADING
            for box in part.boxes:
                height = max(TOUCH, len(_wrap(box.label)) * LINE + 2 * PADDING)
                self.spots[box.key] = _Spot(part.name, column, ends[column], height)
                ends[column] += height + GAP
        self.height = max(ends)

    def drawn_parts(self) -> Iterator[str]:
        """Each part: its name above its boxes."""
        for part, head in zip(self.parts, self.heads, strict=True):
            yield f'<g class="map-part part-{part.name}">'
            colour = PART_COLOURS[part.name]
            yield _text([part.name.capitalize()], head, "map-heading", colour, 600)
            for box in part.boxes:
                spot = self.spots[box.key]
                shown = _frame(spot) + _text(_wrap(box.label), spot, "map-label")
                if box.href:
                    shown = f'<a href="{escape(box.href)}">{shown}</a>{self._all_threads(box.key)}'
                yield f'<g class="map-box">{shown}</g>'
            yield "</g>"

    def _all_threads(self, key: str) -> str:
        """All threads of a box, and round the boxes that they lead to."""
        spot = self.spots[key]
        others = [self.spots[end] for pair in self.threads if key in pair for end in pair - {key}]
        shape = "".join(
            _curve(spot, spot.middle, other, other.middle) + _outline(other) for other in others
        )
        return _thread(shape, spot, "map-threads", ' visibility="hidden"') if others else ""

    def drawn_threads(self) -> Iterator[str]:
        """The strongest threads. Where more than one meets a box, they meet it side by side."""
        drawn = strongest(self.keys, self.links)
        ends: dict[tuple[str, Thread], float] = {}
        for key, spot in self.spots.items():
            own = [thread for thread in drawn if key in thread]
            own.sort(key=lambda thread: sum(self.spots[end].top for end in thread))
            for number, thread in enumerate(own, 1):
                ends[key, thread] = spot.top + spot.height * number / (len(own) + 1)
        for thread in drawn:
            one, other = (self.spots[key] for key in thread)
            from_, to = (ends[key, thread] for key in thread)
            yield _thread(_curve(one, from_, other, to), one, "map-thread")


def _wrap(label: str) -> list[str]:
    return textwrap.wrap(label, CHARACTERS, break_long_words=False)


def _curve(one: _Spot, y: float, other: _Spot, other_y: float) -> str:
    """From the inner edge of a box to that of another, over the gutter or bent back from it.

    The farther apart two boxes of one column are, the wider the bow, so that bows nest.
    """
    bow = min(0.2 + abs(y - other_y) / 700, 0.95)
    wide = bow if one.column == other.column else 0.2
    bend, other_bend = (GUTTER * (-wide if spot.column else wide) for spot in (one, other))
    return (
        f"M{one.edge} {y:.0f}C{one.edge + bend:.0f} {y:.0f}"
        f" {other.edge + other_bend:.0f} {other_y:.0f} {other.edge} {other_y:.0f}"
    )


def _outline(spot: _Spot) -> str:
    """Round the frame, since boxes that come later are drawn over it."""
    width, height = COLUMN + 2 * ROUND, spot.height + 2 * ROUND
    return f"M{spot.left - ROUND} {spot.top - ROUND}h{width}v{height}h-{width}z"


def _thread(shape: str, spot: _Spot, name: str, more: str = "") -> str:
    return (
        f'<path class="{name} part-{spot.part}" d="{shape}" fill="none"'
        f' stroke="{PART_COLOURS[spot.part]}" stroke-width="1.5"{more}/>'
    )


def _frame(spot: _Spot) -> str:
    return (
        f'<rect class="map-frame" x="{spot.left}" y="{spot.top}" width="{COLUMN}"'
        f' height="{spot.height}" rx="4" fill="none" stroke="{PART_COLOURS[spot.part]}"'
        ' stroke-width="1.5"/>'
    )


def _text(
    lines: Sequence[str], spot: _Spot, name: str, colour: str = INK, weight: int = 400
) -> str:
    """Lines in the middle of a spot; a line that no blank could shorten is squeezed into it.

    The blanks between the lines are for those who hear, find or copy the words. They have no
    size, since a line with a blank at its end would stand half a blank beside the middle.
    """
    x, first = spot.left + COLUMN / 2, spot.middle + FONT * 0.36 - (len(lines) - 1) * LINE / 2
    squeezed = f' textLength="{COLUMN - 2 * PADDING}" lengthAdjust="spacingAndGlyphs"'
    spans = '<tspan font-size="0"> </tspan>'.join(
        f'<tspan x="{x}" y="{first + number * LINE:.1f}"'
        f"{squeezed if len(line) > CHARACTERS else ''}>{escape(line)}</tspan>"
        for number, line in enumerate(lines)
    )
    return (
        f'<text class="{name}" font-family="system-ui, sans-serif" font-size="{FONT}"'
        f' font-weight="{weight}" text-anchor="middle" fill="{colour}">{spans}</text>'
    )
