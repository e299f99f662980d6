"""From the front page to what a reader came for: two taps and one swipe of a phone at most.

A row names the links to press, by where they lead, and what must be in sight then: the words of
links and headings may be mended.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from a11y import PHONE
from articles import ARTICLES
from playwright.sync_api import Locator, Page

from handbook.model.front_matter import ARTICLE_PARTS

TAPS = 2
SWIPE = 600  # pixels
# All of it lies on the screen, and nothing over it.
IN_SIGHT = """(node) => {
  const { top, bottom, left, width, height } = node.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  const bar = node.closest(".bar") ? 0 : document.querySelector(".bar").offsetHeight;
  return bar <= top && bottom <= innerHeight && (node.contains(over) || over?.contains(node));
}"""


@dataclass(frozen=True)
class Way:
    """Where the links lead that are pressed, from the front page on, and what is looked for."""

    taps: tuple[str, ...]
    goal: str


WAYS = {
    "helplines of Ireland": Way(("help/contacts.html", "#ireland"), "#ireland a[href^='tel:']"),
    "helplines of Ireland, by the bar": Way(
        ("help/index.html", "contacts.html#ireland"), "#ireland a[href^='tel:']"
    ),
} | {
    f"{part} of {article}": Way((f"{article}/index.html", f"{part}.html"), "section section > h2")
    for article in ARTICLES
    for part in ARTICLE_PARTS
}


@pytest.fixture
def page(used_page: Page) -> Page:
    used_page.set_viewport_size(PHONE)
    return used_page


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_it_is_two_taps_and_a_swipe_away(site: Path, page: Page, way: Way) -> None:
    page.goto((site / "index.html").as_uri())
    assert swipes(page, way) <= 1


@pytest.mark.parametrize("what", ["h2", "p >> nth=0", "p >> nth=1"])
def test_an_example_is_one_tap_and_a_swipe_away(site: Path, page: Page, what: str) -> None:
    """Its heading, and each of the two paragraphs that hold the short of it."""
    for address in examples(site, page):
        page.goto((site / "index.html").as_uri())
        anchor = address.partition("#")[2]
        assert swipes(page, Way((address,), f"#{anchor} > {what}")) <= 1, address


def test_a_part_of_an_example_is_another_tap_away(site: Path, page: Page) -> None:
    ways = []
    for address in examples(site, page):
        page.goto((site / address.partition("#")[0]).as_uri() + f"#{address.partition('#')[2]}")
        parts = page.locator("section:target > section")
        anchors = parts.evaluate_all("all => all.map((each) => each.id)")
        ways += [Way((address, f"#{each}"), f"#{each} > h3") for each in anchors]
    assert ways
    for way in ways:
        page.goto((site / "index.html").as_uri())
        assert swipes(page, way) <= 1, way


def examples(site: Path, page: Page) -> list[str]:
    """Where the examples of the front page lead."""
    page.goto((site / "index.html").as_uri())
    found: list[str] = page.locator("main .examples a").evaluate_all(
        "all => all.map((each) => each.getAttribute('href'))"
    )
    assert len(found) == 3
    return found


def swipes(page: Page, way: Way) -> int:
    """Go a way from the front page, and count."""
    assert len(way.taps) <= TAPS
    count = 0
    for address in way.taps:
        link = page.locator(f":is(main, .bar) a[href='{address}']:visible").first
        count += brought_into_sight(page, link)
        link.click()
    return count + brought_into_sight(page, page.locator(way.goal).first)


def brought_into_sight(page: Page, place: Locator) -> int:
    """The swipes that it takes to see a place: none, one, or two for what one does not reach."""
    if place.evaluate(IN_SIGHT):
        return 0
    page.evaluate("(far) => scrollBy(0, far)", SWIPE)
    return 1 if place.evaluate(IN_SIGHT) else 2
