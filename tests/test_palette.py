"""The colour tokens: enough contrast, in light and in dark, and one home for each colour."""

from __future__ import annotations

import re

import pytest

from handbook import palette
from handbook.theme.stylesheet import STYLES

TOKENS = (STYLES / "tokens.css").read_text("utf-8")
LIGHT, DARK, DARK_BY_DEVICE = (
    dict(re.findall(r"--([\w-]+): (#\w{6});", block))
    for block in re.findall(r"\{([^{}]*--paper:[^{}]*)\}", TOKENS)
)
TEXT = [
    "ink",
    "ink-soft",
    "link",
    "exit",
    *(f"part-{part}" for part in (*palette.PART_COLOURS, "help")),
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


def test_dark_is_the_same_by_choice_and_by_device() -> None:
    assert DARK == DARK_BY_DEVICE
    assert DARK.keys() == LIGHT.keys()


def test_other_editions_take_the_same_colours() -> None:
    assert LIGHT["paper"] == palette.PAPER
    assert LIGHT["ink"] == palette.INK
    assert {part: LIGHT[f"part-{part}"] for part in palette.PART_COLOURS} == palette.PART_COLOURS


def test_no_other_sheet_has_a_colour_of_its_own() -> None:
    """Except the exit control's overlay, which is blank whatever the theme."""
    for sheet in sorted(STYLES.glob("*.css")):
        if sheet.name != "tokens.css":
            colours = re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;\s])", sheet.read_text("utf-8"))
            assert set(colours) <= {"#FFFFFF", "#26231F"}, sheet.name
