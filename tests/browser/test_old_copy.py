"""A copy that is opened years later says so, and a number is a thing to press."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

LINES = "[...document.querySelectorAll('.when-old')].map((line) => line.checkVisibility())"


def due(file: Path) -> datetime:
    """When the file's helplines are old, by the reader's own clock."""
    meta = BeautifulSoup(file.read_text("utf-8"), "html.parser").select_one(
        "meta[name=helplines-due]"
    )
    return datetime.fromisoformat(str(meta["content"]))


def files(site: Path, single: Path) -> list[Path]:
    return [site / "help" / "contacts.html", site / "help" / "index.html", site / "index.html",
            single]  # fmt: skip


def test_a_year_after_the_check_each_page_says_so(site: Path, single: Path, page: Page) -> None:
    for file in files(site, single):
        page.clock.set_fixed_time(due(file))
        page.goto(file.as_uri())
        assert set(page.evaluate(LINES)) == {True}, file
        expect(page.locator("main > .imprint .when-old")).to_have_count(1)


def test_each_section_with_numbers_says_so_below_them(site: Path, page: Page) -> None:
    for name in ("contacts", "index"):
        page.goto((site / "help" / f"{name}.html").as_uri())
        without = page.evaluate("""[...document.querySelectorAll('a[href^="tel:"]')].filter(
          (link) => {
            const lines = link.closest("section").querySelectorAll(":scope > .when-old");
            const following = Node.DOCUMENT_POSITION_FOLLOWING;
            return lines.length !== 1 || !(link.compareDocumentPosition(lines[0]) & following);
          }).map((link) => link.textContent)""")
        assert without == [], name


@pytest.mark.parametrize("years", [0, -1, -60, -200], ids=lambda years: f"{years} years")
def test_before_that_and_with_a_wrong_clock_it_says_nothing(
    site: Path, single: Path, page: Page, years: int
) -> None:
    for file in files(site, single):
        page.clock.set_fixed_time(due(file) + timedelta(days=365 * years, seconds=-1))
        page.goto(file.as_uri())
        assert set(page.evaluate(LINES)) == {False}, file


def test_without_scripts_the_day_stands_there(site: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "help" / "contacts.html").as_uri())
    expect(page.locator(".imprint")).to_contain_text("The helplines were checked on")
    expect(page.locator(".when-old").first).to_be_hidden()
    context.close()


def test_nothing_moves_when_it_says_so(site: Path, page: Page) -> None:
    """The mark is there before the first paint, so no number moves under a thumb."""
    file = site / "help" / "index.html"
    page.clock.set_fixed_time(due(file))
    page.add_init_script("""new MutationObserver((_, watch) => {
        if (!document.querySelector(".bar")) return;
        watch.disconnect();
        window.marked = document.documentElement.classList.contains("helplines-old");
      }).observe(document, { childList: true, subtree: true });""")
    page.goto(file.as_uri())
    assert page.evaluate("window.marked") is True


# Numbers


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_number_in_a_list_is_a_line_to_press(site: Path, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for name in ("contacts", "index"):
        page.goto((site / "help" / f"{name}.html").as_uri())
        boxes = page.locator('a[href^="tel:"]').evaluate_all("""(links) => links.map((link) => {
          const { left, right, top, height } = link.getBoundingClientRect();
          const item = link.closest("li").getBoundingClientRect();
          const words = document.createRange();
          words.setStart(link.closest("li"), 0);
          words.setEndBefore(link);
          const above = Math.max(0, ...[...words.getClientRects()].map((box) => box.bottom));
          const border = parseFloat(getComputedStyle(link).borderTopWidth);
          return { height, inside: left >= item.left && right <= innerWidth,
                   alone: above <= top + 1, border, said: link.textContent };
        })""")
        assert boxes
        for box in boxes:
            assert box["height"] >= 44, box
            assert box["inside"] and box["alone"] and box["border"] >= 1, box


def test_no_line_of_text_is_higher_than_another(site: Path, page: Page) -> None:
    """A number in a sentence leaves the leading as it is."""
    page.goto((site / "help" / "contacts.html").as_uri())
    heights = page.evaluate("""() => {
      const line = document.querySelector("article p");
      const height = () => line.getBoundingClientRect().height;
      line.textContent = "Call 112 now.";
      const before = height();
      line.innerHTML = 'Call <a href="tel:112">112</a> now.';
      return [before, height()];
    }""")
    assert heights[0] == heights[1]


def test_on_paper_a_number_is_text(site: Path, page: Page) -> None:
    page.emulate_media(media="print")
    page.goto((site / "help" / "contacts.html").as_uri())
    number = page.locator('li a[href^="tel:"]').first
    expect(number).to_have_css("display", "inline")
    expect(number).to_have_css("border-top-width", "0px")
    expect(page.locator(".imprint")).to_be_visible()
