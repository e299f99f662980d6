"""A picture of growth: lines over the number of articles, both axes by powers of ten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 420, 60, 50, 20, 190
COLOURS = ("#b3452c", "#2f5d50", "#5a4a8a", "#8a6d1f")
STYLE = "font-family:sans-serif;font-size:13px;fill:#333"


def growth(lines: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """Draw each line under its name; points are (articles, seconds)."""
    points = [point for line in lines.values() for point in line]
    right = max(ceil(log10(max(size for size, _ in points))), 1)
    low = floor(log10(min(seconds for _, seconds in points)))
    high = ceil(log10(max(seconds for _, seconds in points)))

    def x(size: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * log10(size) / right

    def y(seconds: float) -> float:
        room = HEIGHT - TOP - BOTTOM
        return HEIGHT - BOTTOM - room * (log10(seconds) - low) / max(high - low, 1)

    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for power in range(right + 1):
        at = x(10**power)
        parts.append(_line(at, TOP, at, HEIGHT - BOTTOM))
        parts.append(_text(at, HEIGHT - BOTTOM + 20, f"{10**power:,}", "middle"))
    for power in range(low, high + 1):
        at = y(10.0**power)
        parts.append(_line(LEFT, at, WIDTH - RIGHT, at))
        parts.append(_text(LEFT - 8, at + 4, f"{10.0**power:,g} s", "end"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "articles", "middle"))
    for (name, line), colour in zip(lines.items(), COLOURS, strict=False):
        if not line:
            continue
        path = " ".join(f"{x(size):.1f},{y(seconds):.1f}" for size, seconds in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for size, seconds in line:
            parts.append(
                f'<circle cx="{x(size):.1f}" cy="{y(seconds):.1f}" r="3" fill="{colour}"/>'
            )
        size, seconds = line[-1]
        parts.append(_text(x(size) + 8, y(seconds) + 4, name, "start", colour))
    inside = "\n".join(parts)
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>\n{inside}\n</svg>\n'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#ddd"/>'


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#333") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    style = STYLE.replace("#333", colour)
    return f'<text {place} style="{style}">{escape(words)}</text>'
