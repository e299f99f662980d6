"""What is too wide for a phone, and where a link arrives: nothing is out of sight or reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from a11y import DESK, PHONE, violations, walk
from playwright.sync_api import Page, expect

Tab = Callable[..., Page]

ZOOMED = {"width": 320, "height": 640}
EDITIONS = ["pages", "one file"]
ROOM = 48  # CSS pixels: a heading stands so near below the bar, or the eye looks for it


@pytest.fixture(params=EDITIONS)
def at(request: pytest.FixtureRequest, built: Callable[[str, str], Path]) -> Callable[[str], str]:
    """The address of a section of the page of wide things, in the pages and in the one file."""
    if request.param == "pages":
        page = (built("test-wide", "html") / "wide.html").as_uri()
        return lambda anchor: f"{page}#{anchor}"
    file = (built("test-wide", "single") / "wide.html").as_uri()
    return lambda anchor: f"{file}#wide/{anchor}"


@pytest.mark.parametrize("size", [ZOOMED, PHONE, DESK], ids=["zoomed", "phone", "desk"])
def test_the_page_never_scrolls_sideways(
    at: Callable[[str], str], tab: Tab, size: dict[str, int]
) -> None:
    page = tab(viewport=size)
    page.goto(at("tables"))
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


@pytest.mark.parametrize("size", [ZOOMED, DESK], ids=["zoomed", "desk"])
def test_nothing_is_cut_off_but_in_a_frame_that_scrolls(
    at: Callable[[str], str], tab: Tab, size: dict[str, int]
) -> None:
    page = tab(viewport=size)
    page.goto(at("tables"))
    assert "\n".join(page.evaluate(OUT_OF_SIGHT)) == ""


# The link beside a heading stands in the page's margin, outside the width of its section.
OUT_OF_SIGHT = """() => {
  const beyond = (node) => node.getBoundingClientRect().right > innerWidth + 1;
  const links = [...document.querySelectorAll(".section-link")];
  const out = links.filter(beyond);
  links.forEach((link) => link.remove());
  const seen = [...document.querySelectorAll("main *")]
    .filter((node) => node.checkVisibility() && !node.closest("[role=region]"))
    .filter((node) => beyond(node)
      || (node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1));
  return [...out, ...seen].map((node) => node.outerHTML.slice(0, 120));
}"""


def test_a_table_of_many_columns_scrolls_by_keyboard_and_has_a_name(
    at: Callable[[str], str], tab: Tab
) -> None:
    page = tab(viewport=ZOOMED, bypass_csp=True)  # or the test could not wait in it
    page.goto(at("tables"))
    for name in ("Table below Tables", "Table below Tables 2", "Long words"):
        frame = page.get_by_role("region", name=name, exact=True)
        expect(frame).to_have_attribute("tabindex", "0")
        frame.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_words_of_a_table_that_scrolls_are_whole(at: Callable[[str], str], tab: Tab) -> None:
    page = tab(viewport=ZOOMED)
    page.goto(at("tables"))
    cell = page.get_by_role("cell", name="seventh", exact=True).first
    assert cell.evaluate(LINES) == 1


LINES = """node => {
  const range = document.createRange();
  range.selectNodeContents(node.querySelector("p"));
  return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
}"""


def test_a_table_that_fits_stops_no_keyboard(at: Callable[[str], str], tab: Tab) -> None:
    page = tab(viewport=DESK)
    page.goto(at("tables"))
    expect(page.get_by_role("region", name="Long words")).not_to_have_attribute("tabindex", "0")
    page.set_viewport_size(PHONE)
    expect(page.get_by_role("region", name="Long words")).to_have_attribute("tabindex", "0")
    page.set_viewport_size(DESK)
    narrow = page.locator(".table-wrapper:has-text('Responsibilities')")
    assert narrow.get_attribute("role") is None


def test_without_scripts_it_is_reached_too(at: Callable[[str], str], tab: Tab) -> None:
    page = tab(viewport=ZOOMED, java_script_enabled=False)
    page.goto(at("tables"))
    expect(page.get_by_role("region", name="Long words")).to_have_attribute("tabindex", "0")


@pytest.mark.parametrize(("size", "scheme"), [(ZOOMED, "dark"), (DESK, "light")])
def test_axe_finds_nothing(
    at: Callable[[str], str], tab: Tab, size: dict[str, int], scheme: str
) -> None:
    page = tab(viewport=size, color_scheme=scheme)
    page.goto(at("tables"))
    assert violations(page) == []


def test_the_keyboard_reaches_everything_and_one_sees_where(
    at: Callable[[str], str], tab: Tab
) -> None:
    page = tab(viewport=ZOOMED)
    page.goto(at("tables").partition("#")[0])
    walk(page)


def test_a_table_prints_whole(at: Callable[[str], str], tab: Tab) -> None:
    page = tab(viewport={"width": 640, "height": 900})  # A4 inside its margins
    page.goto(at("tables"))
    page.emulate_media(media="print")
    right = page.locator("td").evaluate_all(
        "cells => Math.max(...cells.map((cell) => cell.getBoundingClientRect().right))"
    )
    page.emulate_media(media="screen")
    assert right <= 641


# Where a link arrives


@pytest.fixture(params=[PHONE, DESK, ZOOMED], ids=["phone", "desk", "zoomed"])
def screen(request: pytest.FixtureRequest, tab: Tab) -> Page:
    return tab(viewport=request.param, bypass_csp=True)  # or no test could wait in it


def below_bar(page: Page) -> float:
    """How far below the bar the heading stands that the address names."""
    page.wait_for_function(
        "document.querySelector(':target') && document.readyState === 'complete'"
    )
    return float(page.evaluate(BELOW_BAR))


BELOW_BAR = """() => {
  const target = document.querySelector(":target");
  const heading = target.closest("section").querySelector("h1, h2, h3");
  const bar = document.querySelector(".bar").getBoundingClientRect();
  return heading.getBoundingClientRect().top - bar.bottom;
}"""


@pytest.mark.parametrize("anchor", ["narrow", "code", "old-code", "heading", "end"])
def test_a_heading_stands_just_below_the_bar(
    at: Callable[[str], str], screen: Page, anchor: str
) -> None:
    screen.goto("about:blank")
    screen.goto(at(anchor))
    assert 0 <= below_bar(screen) <= ROOM


def test_it_stands_there_below_a_bar_of_two_rows(at: Callable[[str], str], tab: Tab) -> None:
    """Letters twice as large, as a reader may set them."""
    page = tab(viewport=PHONE, bypass_csp=True)
    page.goto(at("tables"))
    page.add_style_tag(content=".bar { font-size: 2rem !important; }")
    page.wait_for_function("document.querySelector('.bar').offsetHeight > 90")
    page.wait_for_function(
        "parseFloat(document.documentElement.style.getPropertyValue('--bar-now')) > 90"
    )
    page.evaluate("location.hash = location.hash.replace('tables', 'end')")
    assert 0 <= below_bar(page) <= ROOM


def test_it_stands_there_after_a_search(at: Callable[[str], str], screen: Page) -> None:
    screen.goto(at("tables"))
    screen.keyboard.press("/")
    screen.get_by_role("combobox").fill("the end")
    screen.get_by_role("option").filter(has_text="The end").first.click()
    screen.wait_for_function("location.hash.endsWith('end')")
    assert 0 <= below_bar(screen) <= ROOM


def test_the_focus_is_never_below_the_bar(at: Callable[[str], str], tab: Tab) -> None:
    """Neither on the way back (WCAG 2.2, 2.4.11)."""
    page = tab(viewport=PHONE)
    page.goto(at("end"))
    for _ in range(8):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(
            """() => !document.activeElement.closest("header")
              && document.activeElement.getBoundingClientRect().bottom
                <= document.querySelector(".bar").getBoundingClientRect().bottom"""
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_in_the_e_book_code_and_words_go_on_below(
    built: Callable[[str, str], Path], tab: Tab, tmp_path: Path
) -> None:
    """A reading system has pages, and nothing scrolls sideways in one."""
    ZipFile(built("test-wide", "epub") / "wide.epub").extractall(tmp_path)
    page = tab(viewport=ZOOMED)
    page.goto((tmp_path / "wide.xhtml").as_uri())
    wide = page.locator("p, pre, li, h3, dd, a").evaluate_all(
        "all => all.filter((each) => each.getBoundingClientRect().right > innerWidth).length"
    )
    assert wide == 0
    assert page.locator("pre").evaluate("node => node.scrollWidth <= node.clientWidth")
