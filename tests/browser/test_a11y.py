"""For everyone: axe, keyboard, zoom, spacing, motion, contrast modes, no scripts.

Of each kind of page one is asked; `make audit` asks every page in every setting.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from a11y import (
    DESK,
    KINDS,
    PHONE,
    READ,
    SIZES,
    addresses,
    open_menu,
    open_search,
    violations,
    walk,
)
from playwright.sync_api import Page, expect

Tab = Callable[..., Page]

ZOOMED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 % (WCAG 2.2, 1.4.10)


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_axe_finds_nothing(site: Path, tab: Tab, size: dict[str, int], scheme: str) -> None:
    page = tab(viewport=size, color_scheme=scheme)
    found = []
    for kind in KINDS:
        page.goto((site / f"{kind}.html").as_uri())
        found += violations(page)
    assert found == []


def test_axe_finds_nothing_in_an_open_menu(site: Path, tab: Tab) -> None:
    page = tab(viewport=PHONE, color_scheme="dark")
    open_menu(page, site)
    assert violations(page) == []


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_axe_finds_nothing_in_an_open_search(
    site: Path, tab: Tab, size: dict[str, int], scheme: str
) -> None:
    page = tab(viewport=size, color_scheme=scheme)
    open_search(page, site)
    assert violations(page) == []


@pytest.mark.parametrize(("kind", "size"), list(zip(KINDS, cycle(SIZES), strict=False)))
def test_the_keyboard_reaches_everything_and_one_sees_where(
    site: Path, tab: Tab, kind: str, size: str
) -> None:
    page = tab(viewport=SIZES[size])
    page.goto((site / f"{kind}.html").as_uri())
    walk(page)


@pytest.mark.parametrize("spaced", [False, True], ids=["", "text-spacing"])
def test_nothing_scrolls_sideways_at_400_percent(site: Path, tab: Tab, spaced: bool) -> None:
    wide = []
    page = tab(viewport=ZOOMED, bypass_csp=True)
    for address in addresses(site):
        page.goto(address)
        if spaced:
            page.add_style_tag(content=SPACING)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    assert wide == []


# WCAG 2.2, 1.4.12
SPACING = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }"""


def test_text_spacing_cuts_nothing_off(site: Path, tab: Tab) -> None:
    page = tab(viewport=PHONE, bypass_csp=True)
    for kind in KINDS:
        page.goto((site / f"{kind}.html").as_uri())
        page.add_style_tag(content=SPACING)
        assert page.evaluate(CUT_OFF) == [], kind


CUT_OFF = """() => [...document.querySelectorAll("body *")]
  .filter((node) => getComputedStyle(node).overflow !== "visible" && node.clientWidth > 1)
  .filter((node) => node.scrollWidth > node.clientWidth + 1
    || node.scrollHeight > node.clientHeight + 1)
  .filter((node) => !["auto", "scroll"].includes(getComputedStyle(node).overflowY))
  .map((node) => node.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("kind", KINDS)
def test_controls_are_big_enough_for_a_thumb(site: Path, tab: Tab, kind: str) -> None:
    """Links inside sentences excepted (WCAG 2.2, 2.5.5)."""
    page = tab(viewport=PHONE)
    page.goto((site / f"{kind}.html").as_uri())
    page.get_by_text("Menu", exact=True).click()
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            "header a:not(.skip), summary, button, input, .steps a, .turn a, .map-box,"
            + ".on-this-page a")]
          .filter((node) => node.checkVisibility())
          .filter((node) => Math.round(node.getBoundingClientRect().height) < 44)
          .map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_nothing_moves_for_those_who_asked_for_stillness(site: Path, tab: Tab) -> None:
    page = tab(reduced_motion="reduce")
    page.goto((site / READ).as_uri())
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((node) => {
          const style = getComputedStyle(node);
          return style.scrollBehavior === "smooth" || style.animationName !== "none"
            || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
        }).map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_forced_colours_keep_the_marks_that_were_colours(site: Path, tab: Tab) -> None:
    page = tab(forced_colors="active")
    page.goto((site / READ).as_uri())
    here = page.locator(".steps [aria-current]")
    expect(here).to_have_css("text-decoration-line", "underline")
    expect(page.locator(".exit")).to_have_css("border-top-width", "2px")


def test_the_menu_works_without_scripts(site: Path, tab: Tab) -> None:
    page = tab(viewport=PHONE, java_script_enabled=False)
    page.goto((site / READ).as_uri())
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents).to_be_hidden()
    page.get_by_text("Menu", exact=True).press("Enter")
    contents.get_by_role("link", name="Glossary").click()
    expect(page).to_have_url((site / "glossary.html").as_uri())


def test_escape_closes_the_menu_and_gives_the_focus_back(site: Path, tab: Tab) -> None:
    page = tab(viewport=PHONE)
    page.goto((site / "glossary.html").as_uri())
    page.get_by_text("Menu", exact=True).press("Enter")
    page.get_by_role("navigation", name="Contents").get_by_role("link").first.focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Contents")).to_be_hidden()
    expect(page.get_by_text("Menu", exact=True)).to_be_focused()


def test_the_step_line_names_the_present_part(site: Path, tab: Tab) -> None:
    page = tab(viewport=PHONE)
    page.goto((site / READ).as_uri())
    steps = page.get_by_role("navigation", name="Parts of this article")
    assert steps.get_by_role("listitem").all_inner_texts() == [
        "Question", "Answer", "Tips", "Takeaways",
    ]  # fmt: skip
    assert steps.locator("[aria-current=page]").all_inner_texts() == ["Tips"]
    tops = steps.locator("li").evaluate_all("nodes => nodes.map((node) => node.offsetTop)")
    assert len(set(tops)) == 1, "one line"
