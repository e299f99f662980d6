"""A handbook of many articles in a browser: help in sight on every page, no fault in its lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from a11y import DESK, PHONE, violations
from playwright.sync_api import Page, expect

Tab = Callable[..., Page]
SMALL = {"width": 320, "height": 568}
KINDS = (
    "index",
    "search",
    "topics/walks",
    "topics/walks/2",
    "a-z/c",
    "linked-from/ants/answer/to-plan",
    "foxes/index",
    "foxes/tips",
)


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_axe_finds_nothing(forty: Path, tab: Tab, size: dict[str, int], scheme: str) -> None:
    page = tab(viewport=size, color_scheme=scheme)
    found = []
    for kind in KINDS:
        page.goto((forty / f"{kind}.html").as_uri())
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("size", [SMALL, PHONE, DESK], ids=["small", "phone", "desk"])
def test_the_way_to_help_is_on_the_first_screen(
    forty: Path, tab: Tab, size: dict[str, int]
) -> None:
    """Without scripts, of every page, wherever one has scrolled to."""
    page = tab(viewport=size, java_script_enabled=False)
    for kind in KINDS:
        page.goto((forty / f"{kind}.html").as_uri())
        expect(page.locator(".bar .to-help")).to_be_in_viewport(ratio=1)
        page.keyboard.press("End")
        expect(page.locator(".bar .to-help")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("text", ["112.5%", "225%"])
def test_on_a_small_phone_the_bar_leads_out_to_help_and_home(
    forty: Path, tab: Tab, text: str
) -> None:
    """With large text too; nothing in the bar lies on something else, or beyond the edge."""
    page = tab(viewport=SMALL)
    page.goto((forty / "foxes" / "tips.html").as_uri())
    page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", text)
    shown = page.locator(".bar > :is(.menu, .to-help, .exit)")
    expect(shown).to_have_count(3)
    places = [each.bounding_box() for each in shown.all()]
    for place in places:
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= SMALL["width"]
        for other in places:
            apart = (
                place == other
                or other is None
                or any(
                    one[edge] + one[size] <= two[edge]
                    for one, two in ((place, other), (other, place))
                    for edge, size in (("x", "width"), ("y", "height"))
                )
            )
            assert apart
    page.get_by_text("Menu", exact=True).click()
    page.locator(".sidebar").get_by_role("link").first.click()
    page.wait_for_url((forty / "index.html").as_uri())


def test_from_the_front_page_an_article_is_two_presses_away(forty: Path, tab: Tab) -> None:
    """By its topic, on a phone without scripts; or three, by a word in its title."""
    page = tab(viewport=PHONE, java_script_enabled=False)
    front = (forty / "index.html").as_uri()
    page.goto(front)
    page.get_by_role("link", name="Élan").click()
    page.get_by_role("link", name="doves").click()
    expect(page.locator("h1")).to_contain_text("doves")
    page.goto(front)
    page.get_by_role("link", name="from A to Z").click()
    page.get_by_role("link", name="D", exact=True).click()
    page.get_by_role("link", name="doves").click()
    expect(page.locator("h1")).to_contain_text("doves")


def test_lists_do_not_scroll_sideways_on_a_small_phone(forty: Path, tab: Tab) -> None:
    page = tab(viewport={"width": 320, "height": 256})
    for kind in KINDS:
        page.goto((forty / f"{kind}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind


def test_a_search_without_results_names_topics_and_not_every_article(forty: Path, tab: Tab) -> None:
    page = tab(viewport=PHONE)
    page.goto((forty / "index.html").as_uri())
    page.fill("#search-input", "qqqqzzzz")
    page.keyboard.press("Enter")
    links = page.locator(".search-nothing li a")
    expect(links.first).to_be_visible()
    assert links.all_inner_texts() == [
        "Animals", "Rivers & <b>lakes</b>", "Walks", "Weather", "Élan",
    ]  # fmt: skip
