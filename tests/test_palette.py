"""The colour tokens: enough contrast, in light and in dark, and one home for each colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook import palette

ROOT = Path(__file__).parents[1]

LIGHT, DARK = palette.LIGHT, palette.DARK
TEXT = [
    "ink",
    "ink-soft",
    "link",
    "exit",
    *(f"part-{part}" for part in palette.PART_COLOURS),
]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("token", TEXT)
def test_text_is_at_least_7_to_1(theme: dict[str, str], ground: str, token: str) -> None:
    assert contrast(theme[token], theme[ground]) >= 7


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("token", ["edge", "focus"])
def test_edges_and_focus_rings_are_at_least_3_to_1(
    theme: dict[str, str], ground: str, token: str
) -> None:
    assert contrast(theme[token], theme[ground]) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_exit_control_is_at_least_7_to_1(theme: dict[str, str]) -> None:
    assert contrast(theme["exit"], theme["exit-ink"]) >= 7


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_marked_text_is_at_least_7_to_1(theme: dict[str, str]) -> None:
    assert contrast(theme["mark"], theme["ink"]) >= 7


def test_dark_has_what_light_has() -> None:
    assert DARK.keys() == LIGHT.keys()


def test_the_sheet_has_every_colour_dark_by_choice_and_by_device() -> None:
    blocks = [
        dict(re.findall(r"--([\w-]+): (#\w{6});", block))
        for block in re.findall(r"\{([^{}]*--paper:[^{}]*)\}", palette.css())
    ]
    assert blocks == [LIGHT, DARK, DARK]


# White and black that no theme changes: the blank page that hides what was read.
ELSEWHERE = {"handbook/palette.py": None, "handbook/theme/styles/frame.css": {"#FFFFFF", "#26231F"}}


def test_no_other_file_has_a_colour_of_its_own() -> None:
    kinds = (".css", ".jinja", ".py", ".svg", ".typ", ".html", ".js")
    files = [file for file in (ROOT / "handbook").rglob("*") if file.suffix in kinds]
    for file in [*files, ROOT / "conf.py"]:
        allowed = ELSEWHERE.get(file.relative_to(ROOT).as_posix(), set())
        if allowed is not None:
            colours = re.findall(r"(?<![&\w/])#[0-9A-Fa-f]{6}\b", file.read_text("utf-8"))
            assert set(colours) <= allowed, file
