"""The frame of a page: what it says of itself, where it leads, what it shows and prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from a11y import PHONE, READ
from articles import ARTICLES, DOCS
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, expect

SMALL_PHONE = {"width": 390, "height": 664}


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def html_files(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


# What a page says of itself


def test_the_title_ends_in_the_name_alone(site: Path) -> None:
    assert soup(site / "help" / "contacts.html").title.get_text() == "Contacts by country – Steady"
    assert soup(site / "index.html").title.get_text() == "Steady"


def test_no_link_leads_to_what_only_builders_use(site: Path) -> None:
    for file in html_files(site):
        for link in soup(file).select("[href]"):
            assert not re.search(r"genindex|_sources|sourcelink", link["href"]), file


@pytest.mark.parametrize("article", ARTICLES)
def test_a_page_is_described_by_its_summary(site: Path, article: str) -> None:
    meta = soup(site / article / "index.html").select_one("meta[name=description]")
    front = (DOCS / article / "index.md").read_text("utf-8")
    assert f"summary: {meta['content']}\n" in front


def test_the_description_of_a_help_page_gives_nothing_away(site: Path) -> None:
    for file in sorted((site / "help").glob("*.html")):
        page = soup(file)
        neutral = f"{page.h1.get_text()}: a page of the handbook Steady, to read in your own time."
        assert page.select_one("meta[name=description]")["content"] == neutral


def test_the_review_dates_stand_at_the_foot(site: Path) -> None:
    foot = soup(site / READ).select_one("main .reviewed")
    assert re.fullmatch(
        r"Last reviewed \d{1,2} \w+ \d{4}\. Next review due \d{1,2} \w+ \d{4}\.", foot.get_text()
    )
    assert [time["datetime"] for time in foot.select("time")] == _dates(READ)


def _dates(name: str) -> list[str]:
    front = (DOCS / name).with_suffix(".md").read_text("utf-8")
    return re.findall(r"^review(?:ed|-by): (\S+)$", front, re.MULTILINE)


# Ways


@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize(
    "part, before, after",
    [
        ("index", None, "question.html"),
        ("question", "index.html", "answer.html"),
        ("takeaways", "tips.html", None),
    ],
)
def test_previous_and_next_stay_inside_the_article(
    site: Path, article: str, part: str, before: str | None, after: str | None
) -> None:
    page = soup(site / article / f"{part}.html")
    assert _href(page.select_one(".turn [rel=prev]")) == before
    assert _href(page.select_one(".turn [rel=next]")) == after


def _href(link: Tag | None) -> object:
    return link and link["href"]


@pytest.mark.parametrize("folder", ARTICLES)
def test_the_sidebar_has_the_article_and_the_pages_beside_it(site: Path, folder: str) -> None:
    page = soup(site / folder / "tips.html")
    article, beside = page.select(".sidebar nav > ul")
    assert [link["href"] for link in article.select(":scope > li > a")] == [
        "index.html", "question.html", "answer.html", "#", "takeaways.html",
    ]  # fmt: skip
    sections = [section["id"] for section in page.select("article > section > section[id]")]
    assert [link["href"] for link in article.select("li > ul a")] == [
        f"#{name}" for name in sections
    ]
    assert "Help" in beside.select_one("a").get_text()


def test_the_page_for_a_wrong_address_works_at_any_depth(site: Path) -> None:
    page = soup(site / "404.html")
    addresses = [node.get("href") or node.get("src") for node in page.select("[href], [src]")]
    inside = [a for a in addresses if not re.match(r"https:|#", a)]
    assert inside
    for address in inside:
        assert address.startswith("/"), address
        assert (site / address.lstrip("/").partition("?")[0].partition("#")[0]).exists(), address


# Files


def _target(file: Path, node: Tag) -> Path:
    address = str(node.get("href") or node.get("src"))
    return file.parent / address.partition("?")[0]


def test_no_file_lies_about_that_no_page_links(site: Path) -> None:
    """Beside the search's own, which it loads when it is first opened."""
    linked = {
        _target(file, node).resolve()
        for file in html_files(site)
        if file.name != "404.html"
        for node in soup(file).select("link[href], script[src], img[src]")
    }
    files = {
        file.resolve()
        for file in (site / "_static").rglob("*")
        if file.is_file() and "search" not in file.relative_to(site).parts
    }
    assert files <= linked


# Policy and theme


def test_the_policy_allows_nothing_foreign_and_no_nameless_script(site: Path) -> None:
    for file in html_files(site):
        page = soup(file)
        policy = page.select_one("meta[http-equiv=Content-Security-Policy]")["content"]
        assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-"), file
        assert "unsafe" not in policy
        assert page.select_one("meta[name=referrer]")["content"] == "no-referrer"
        assert page.select("[style], style") == [], file


def test_the_theme_is_the_devices_until_another_is_chosen(site: Path, page: Page) -> None:
    page.goto((site / "glossary.html").as_uri())
    toggle = page.get_by_role("button", name="Colours:")
    for theme in ("as on this device", "dark", "light", "as on this device"):
        expect(toggle).to_have_text(f"Colours: {theme}", use_inner_text=True)
        toggle.click()
    page.goto((site / "sources.html").as_uri())
    expect(toggle).to_have_text("Colours: dark", use_inner_text=True)


def test_scroll_bars_and_controls_follow_the_colours_that_are_chosen(
    site: Path, page: Page
) -> None:
    scheme = "getComputedStyle(document.documentElement).colorScheme"
    toggle = page.get_by_role("button", name="Colours:")
    for theme in ("dark", "light"):  # each the other one than the device's
        page.emulate_media(color_scheme="light" if theme == "dark" else "dark")
        page.goto((site / "glossary.html").as_uri())
        while theme not in toggle.inner_text():
            toggle.click()
        assert page.evaluate(scheme) == theme
        page.goto((site / "sources.html").as_uri())
        assert page.evaluate(scheme) == theme


def test_without_storage_a_page_still_works(site: Path, page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })"
    )
    page.goto((site / "glossary.html").as_uri())
    page.get_by_role("button", name="Colours:").click()
    assert page.evaluate("document.body.dataset.theme") == "dark"


# The map of an article


def with_map(site: Path) -> list[Path]:
    found = [file for file in html_files(site) if soup(file).select(".article-map")]
    assert found
    return found


LINES = """() => [...document.querySelectorAll(".map-box")].map((box) => {
  const frame = box.querySelector("rect").getBoundingClientRect();
  const lines = [...box.querySelectorAll("tspan[x]")].map((line) => {
    const range = document.createRange();
    range.selectNodeContents(line);
    return range.getBoundingClientRect();
  });
  return lines.map((line) => ({
    words: box.textContent,
    aside: (line.left + line.right - frame.left - frame.right) / 2,
    inside: line.left > frame.left && line.right < frame.right,
    type: parseFloat(getComputedStyle(box.querySelector("text")).fontSize)
      * frame.width / box.querySelector("rect").width.baseVal.value,
  }));
}).flat()"""


@pytest.mark.parametrize("width, size", [(390, 14), (360, 13.9), (320, 12)])
def test_the_words_of_a_map_can_be_read_on_a_phone(
    site: Path, page: Page, width: int, size: float
) -> None:
    """Large enough, inside their boxes, and in the middle of them."""
    page.set_viewport_size({**PHONE, "width": width})
    for file in with_map(site):
        page.goto(file.as_uri())
        lines = page.evaluate(LINES)
        assert lines
        assert [line for line in lines if line["type"] < size] == []
        assert [line for line in lines if not line["inside"]] == []
        assert [line for line in lines if abs(line["aside"]) > 0.6] == []


def test_a_box_of_a_map_is_called_what_it_leads_to(site: Path, page: Page) -> None:
    for file in with_map(site):
        page.goto(file.as_uri())
        for box in soup(file).select(".map-box a"):
            goal = soup(file.parent / str(box["href"]).split("#")[0])
            title = goal.find(id=str(box["href"]).split("#")[1]).find(re.compile("h[2-6]"))  # type: ignore[union-attr]
            called = page.locator(f'.map-box a[href="{box["href"]}"]')
            expect(called).to_have_accessible_name(title.contents[0].get_text())  # type: ignore[union-attr]


def test_a_box_of_a_map_shows_its_threads_at_the_focus_and_the_pointer(
    site: Path, tab: Callable[..., Page]
) -> None:
    page = tab(java_script_enabled=False)
    for file in with_map(site):
        page.goto(file.as_uri())
        boxes = page.locator(".map-box").filter(has=page.locator(".map-threads"))
        first, last = boxes.first, boxes.last
        strongest = page.locator(".map-strongest")
        for box, reach in ((first, first.locator("a").focus), (last, last.locator("a").hover)):
            expect(box.locator(".map-threads")).to_have_css("visibility", "hidden")
            expect(strongest).to_have_css("opacity", "1")
            reach()
            expect(box.locator(".map-threads")).to_have_css("visibility", "visible")
            expect(strongest).to_have_css("opacity", "0.15")
            page.mouse.move(0, 0)
            first.locator("a").blur()


# Screens and paper


@pytest.mark.parametrize("what", ["h1", "article p >> nth=0", ".search-field", ".question-list li"])
def test_the_first_screen_of_a_small_phone_reaches_down_to_the_first_question(
    site: Path, page: Page, what: str
) -> None:
    page.set_viewport_size(SMALL_PHONE)
    page.goto((site / "index.html").as_uri())
    expect(page.locator("main").locator(what).first).to_be_in_viewport(ratio=1)


def test_the_link_of_a_section_is_seen_when_it_is_wanted(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((site / READ).as_uri())
    link = page.locator(".section-link").first
    heading = page.locator("h2").first
    expect(heading).to_have_accessible_name(heading.inner_text())
    expect(link).to_have_css("opacity", "0")
    heading.hover()
    expect(link).to_have_css("opacity", "1")
    page.mouse.move(0, 0)
    expect(link).to_have_css("opacity", "0")
    link.focus()
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator("section:target > h2").first).to_have_text(heading.inner_text())


def test_where_nothing_hovers_it_is_always_seen_and_wide_enough(
    site: Path, browser: Browser
) -> None:
    context = browser.new_context(
        viewport=SMALL_PHONE, has_touch=True, is_mobile=True, java_script_enabled=False
    )
    page = context.new_page()
    page.goto((site / READ).as_uri())
    link = page.locator(".section-link").first
    expect(link).to_have_css("opacity", "1")
    box, text = link.bounding_box(), page.locator("h2").first.bounding_box()
    assert box is not None
    assert text is not None
    assert box["width"] >= 24
    assert box["height"] >= 44
    assert box["x"] + box["width"] <= SMALL_PHONE["width"]
    link.tap()
    assert page.url.endswith(f"#{link.locator('xpath=..').get_attribute('id')}")
    context.close()


def test_lines_are_no_longer_than_36_em(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto((site / READ).as_uri())
    paragraph = page.locator("article p").first
    size = float(paragraph.evaluate("node => parseFloat(getComputedStyle(node).fontSize)"))
    assert size == 18
    assert paragraph.bounding_box()["width"] <= 36 * size


@pytest.mark.parametrize("place", ["p", "h2", "a[href^='tel:']"])
def test_small_letters_are_as_high_in_each_face(
    site: Path, tab: Callable[..., Page], place: str
) -> None:
    """Whatever faces the machine has: the size of the text, and how a serif goes with a sans."""
    page = tab(device_scale_factor=4)  # a hinted face is as high as whole pixels allow
    page.goto((site / "help" / "contacts.html").as_uri())
    high = page.locator(f"article {place}").first.evaluate(
        """(node) => {
          const box = document.createElement("i");
          box.className = "measure";
          node.append(box);
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(".measure { position: absolute; font-style: normal; width: 100ex; }");
          document.adoptedStyleSheets = [sheet];
          const { width } = box.getBoundingClientRect();
          return width / 100 / parseFloat(getComputedStyle(node).fontSize);
        }"""
    )
    assert high == pytest.approx(0.48, abs=0.01)


def test_paper_has_the_text_and_nothing_to_press(site: Path, page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto((site / READ).as_uri())
    shown = page.locator("a:not(main a), button, input, summary, nav").evaluate_all(
        "nodes => nodes.filter((node) => node.checkVisibility()).map((node) => node.outerHTML)"
    )
    assert shown == []
    assert page.locator(".section-link").count()
    expect(page.locator(".section-link:visible")).to_have_count(0)
    expect(page.locator("body")).to_have_css("color", "rgb(38, 35, 31)")
    expect(page.locator(".reviewed")).to_be_visible()


@pytest.mark.parametrize("article", ARTICLES)
def test_the_points_to_remember_print_on_one_page(site: Path, page: Page, article: str) -> None:
    page.emulate_media(media="print")
    page.goto((site / article / "takeaways.html").as_uri())
    top = page.locator("#points-to-remember").bounding_box()
    assert top is not None
    a4 = 297 / 25.4 * 96 - 2 * 38  # CSS pixels inside Chromium's margins
    assert top["height"] <= a4
