"""The exit control: a link first, then faster, then by keyboard; heard once, never printed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from a11y import READ
from conftest import ROOTS
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

EXIT = "https://www.bbc.co.uk/weather"
OUTSIDE = re.compile("^https:")


@pytest.fixture
def asked(context: BrowserContext) -> Iterator[list[str]]:
    """Every address outside the handbook that was asked for. None answers: the page stays."""
    addresses: list[str] = []

    def note(request: Request) -> None:
        if OUTSIDE.match(request.url):
            addresses.append(request.url)

    context.on("request", note)
    context.route(OUTSIDE, lambda route: route.fulfill(status=204))
    yield addresses


@pytest.fixture
def tips(site: Path, page: Page) -> Page:
    page.goto((site / READ).as_uri())
    return page


def stays(page: Page) -> bool:
    """Whether the page is as it was: it is emptied at once, the request may take a moment."""
    return page.locator(".exit-overlay").count() == 0


# Without scripts


def test_with_scripts_off_it_is_a_plain_link(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.route(OUTSIDE, lambda route: route.fulfill(body="Weather", content_type="text/html"))
    page = context.new_page()
    page.goto((site / READ).as_uri())
    page.get_by_role("link", name="Exit this page").click()
    expect(page).to_have_url(EXIT)
    assert len(context.pages) == 1
    context.close()


def test_every_page_has_it(site: Path) -> None:
    """The front page, the search page and the page for a wrong address too."""
    link = f'<a class="exit" href="{EXIT}" rel="nofollow noreferrer">Exit this page</a>'
    files = sorted(site.rglob("*.html"))
    assert {"index.html", "search.html", "404.html"} <= {file.name for file in files}
    for file in files:
        assert file.read_text("utf-8").count(link) == 1, file


def test_it_comes_second_for_the_keyboard(tips: Page) -> None:
    """After the skip link, before everything else."""
    tips.keyboard.press("Tab")
    tips.keyboard.press("Tab")
    expect(tips.get_by_role("link", name="Exit this page")).to_be_focused()


def test_it_is_not_printed(tips: Page) -> None:
    tips.emulate_media(media="print")
    expect(tips.locator(".exit")).to_be_hidden()


def test_it_stays_in_sight_on_a_phone(tips: Page) -> None:
    tips.set_viewport_size({"width": 390, "height": 844})
    tips.mouse.wheel(0, 2000)
    tips.wait_for_function("scrollY > 1000")
    expect(tips.locator(".exit")).to_be_in_viewport(ratio=1)


# With scripts


def test_it_empties_the_page_before_it_leaves(tips: Page, asked: list[str]) -> None:
    with tips.expect_request(EXIT):
        tips.get_by_role("link", name="Exit this page").click()
    assert tips.locator("body").inner_text() == "Loading."
    assert asked == [EXIT]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_an_open_search_has_it_too(tips: Page, asked: list[str], width: int) -> None:
    """What was asked there may be the last thing that somebody else should see."""
    tips.set_viewport_size({"width": width, "height": 700})
    tips.get_by_role("searchbox", name="Search").click()
    exit_link = tips.get_by_role("dialog").get_by_role("link", name="Exit this page")
    expect(exit_link).to_be_in_viewport(ratio=1)
    with tips.expect_request(EXIT):
        exit_link.click()
    assert tips.locator("body").inner_text() == "Loading."
    assert asked == [EXIT]


def test_leaving_forgets_what_was_asked(tips: Page, asked: list[str]) -> None:
    """Back may bring the page from memory as it was left."""
    tips.get_by_role("searchbox", name="Search").click()
    box = tips.get_by_role("combobox")
    box.fill("he hits me")
    expect(tips.get_by_role("option").first).to_be_visible()
    tips.get_by_role("dialog").get_by_role("link", name="Exit this page").click()
    assert tips.locator("dialog[open]").count() == 0
    expect(tips.locator(".search-dialog input[type=text]")).to_have_value("")


def test_back_returns_to_the_page(tips: Page) -> None:
    """It does not clear the history, and the pages say so."""
    tips.context.route(OUTSIDE, lambda route: route.fulfill(body="Weather"))
    tips.get_by_role("link", name="Exit this page").click()
    tips.wait_for_url(EXIT)
    tips.go_back()
    expect(tips.get_by_role("heading", level=1)).to_be_visible()


def test_shift_three_times_leaves(tips: Page, asked: list[str]) -> None:
    with tips.expect_request(EXIT):
        for _ in range(3):
            tips.keyboard.press("Shift")
    expect(tips.get_by_role("alert")).to_have_text("Loading.")
    assert asked == [EXIT]


def test_shift_leaves_every_page_and_its_search(site: Path, address: str, page: Page) -> None:
    """From a server, which the page for a wrong address expects."""
    page.context.set_offline(False)
    page.context.route(EXIT, lambda route: route.fulfill(body="Weather"))
    for file in sorted(site.rglob("*.html")):
        page.goto(address + file.relative_to(site).as_posix())
        page.keyboard.press("/")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("link", name="Exit this page")).to_be_visible()
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url(EXIT)


def test_shift_for_a_capital_does_not_count(tips: Page, asked: list[str]) -> None:
    tips.locator("input[type=search]").focus()
    tips.keyboard.type("I AM")
    for key in ("Shift+H", "Shift+E", "Shift+Tab", "Shift+L", "Shift+P"):
        tips.keyboard.press(key)
    assert tips.get_by_role("status").first.inner_text() == ""
    assert stays(tips)
    assert asked == []


def test_a_shift_let_go_before_its_letter_does_not_count(tips: Page, asked: list[str]) -> None:
    """Quick typists do that; the letter's own release then knows of no Shift."""
    for _ in range(3):
        tips.keyboard.down("Shift")
        tips.keyboard.down("H")
        tips.keyboard.up("Shift")
        tips.keyboard.up("H")
    assert stays(tips)
    assert asked == []


def test_a_shift_held_for_a_click_does_not_count(tips: Page, asked: list[str]) -> None:
    for _ in range(3):
        tips.keyboard.down("Shift")
        tips.locator("h1").click()
        tips.keyboard.up("Shift")
    assert stays(tips)
    assert asked == []


def test_five_seconds_between_presses_start_over(site: Path, page: Page, asked: list[str]) -> None:
    page.clock.install()
    page.goto((site / READ).as_uri())
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.fast_forward(5000)
    page.keyboard.press("Shift")
    assert stays(page)
    assert asked == []
    expect(page.locator(".exit-status")).to_have_text("Shift, press 2 more times to exit.")


def test_what_a_screen_reader_hears(tips: Page, asked: list[str]) -> None:
    """Each thing once: two counts, then the overlay alone."""
    tips.evaluate(
        """() => {
          window.heard = [];
          new MutationObserver((changes) => {
            for (const { target } of changes) {
              const region = target.closest?.("[role=status], [role=alert]");
              if (region?.textContent) window.heard.push(region.textContent);
            }
          }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    for _ in range(4):
        tips.keyboard.press("Shift")
    expect(tips.get_by_role("alert")).to_be_visible()
    assert tips.evaluate("window.heard") == [
        "Shift, press 2 more times to exit.",
        "Shift, press 1 more time to exit.",
        "Loading.",
    ]


# Its one setting

SMALL = (ROOTS / "test-two-articles" / "conf.py").read_text("utf-8")
Build = Callable[..., subprocess.CompletedProcess[str]]


def test_conf_py_says_where_it_leads(sphinx: Build, tmp_path: Path) -> None:
    conf = SMALL + 'handbook_exit_url = "https://example.org/sums?a=1&b=2"\n'
    assert sphinx("test-two-articles", edit={"conf.py": conf}).returncode == 0
    page = (tmp_path / "out" / "dogs" / "index.html").read_text("utf-8")
    assert 'href="https://example.org/sums?a=1&amp;b=2"' in page


def test_an_exit_that_leads_nowhere_stops_the_build(sphinx: Build) -> None:
    conf = SMALL + 'handbook_exit_url = "weather"\n'
    done = sphinx("test-two-articles", edit={"conf.py": conf})
    assert done.returncode != 0
    assert "conf.py: handbook_exit_url is 'weather'; give it an address" in done.stderr
