"""Every page, for everyone: axe, keyboard, zoom, spacing, motion, contrast modes, no scripts.

One context a setting, and the pages in a loop inside it: a browser start costs more than a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

Open = Callable[..., AbstractContextManager[Page]]

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
ZOOMED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 % (WCAG 2.2, 1.4.10)
KINDS = ["index", "love-me-again/index", "love-me-again/tips", "help/contacts", "glossary"]


@pytest.fixture
def tab(browser: Browser) -> Open:
    """A page in a context with the given settings; its policy may be bypassed to add styles."""

    @contextmanager
    def open_tab(**settings: Any) -> Iterator[Page]:
        context = browser.new_context(offline=True, **settings)
        yield context.new_page()
        context.close()

    return open_tab


def pages(site: Path) -> list[str]:
    """The address of every page. The page for addresses that are not there expects a server."""
    return [file.as_uri() for file in sorted(site.rglob("*.html")) if file.name != "404.html"]


def test_axe_finds_nothing(site: Path, tab: Open) -> None:
    """Each page is opened once; what changes is the screen."""
    found = []
    with tab() as page:
        for address in pages(site):
            page.goto(address)
            for size, scheme in product((PHONE, DESK), ("light", "dark")):
                page.set_viewport_size(size)
                page.emulate_media(color_scheme=scheme)
                found += [(size["width"], scheme, fault) for fault in _violations(page)]
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_menu(site: Path, tab: Open, scheme: str) -> None:
    with tab(viewport=PHONE, color_scheme=scheme) as page:
        page.goto((site / "love-me-again" / "tips.html").as_uri())
        page.get_by_text("Menu", exact=True).click()
        expect(page.get_by_role("navigation", name="Contents")).to_be_visible()
        assert _violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_an_open_search(
    site: Path, tab: Open, size: dict[str, int], scheme: str
) -> None:
    with tab(viewport=size, color_scheme=scheme) as page:
        page.goto((site / "love-me-again" / "tips.html").as_uri())
        page.keyboard.press("/")
        page.get_by_role("combobox").fill("how much space")
        expect(page.get_by_role("option").first).to_be_visible()
        assert _violations(page) == []


def _violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    run = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{page.url.rpartition('html/')[2]}: {violation['id']}: {node['html'][:120]}"
        for violation in run["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_keyboard_reaches_everything_and_one_sees_where(
    site: Path, tab: Open, kind: str, size: dict[str, int]
) -> None:
    with tab(viewport=size) as page:
        page.goto((site / f"{kind}.html").as_uri())
        reached = []
        while True:
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            if focus["end"]:
                break
            assert focus["ring"] >= 3, focus
            assert focus["uncovered"], focus
            reached.append(focus["html"])
        assert len(reached) == page.evaluate(REACHABLE)


FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body || at.dataset.seen) return { end: true };
  at.dataset.seen = "yes";
  const box = at.getClientRects()[0];
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    end: false,
    html: at.outerHTML.slice(0, 120),
    ring: parseFloat(getComputedStyle(at).outlineWidth),
    uncovered: at.contains(top) || Boolean(top?.contains(at)),
  };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, summary")]
  .filter((node) => node.checkVisibility({ contentVisibilityAuto: true })).length"""


@pytest.mark.parametrize("spaced", [False, True], ids=["", "text-spacing"])
def test_nothing_scrolls_sideways_at_400_percent(site: Path, tab: Open, spaced: bool) -> None:
    wide = []
    with tab(viewport=ZOOMED, bypass_csp=True) as page:
        for address in pages(site):
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


def test_text_spacing_cuts_nothing_off(site: Path, tab: Open) -> None:
    with tab(viewport=PHONE, bypass_csp=True) as page:
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
def test_controls_are_big_enough_for_a_thumb(site: Path, tab: Open, kind: str) -> None:
    """Links inside sentences excepted (WCAG 2.2, 2.5.5)."""
    with tab(viewport=PHONE) as page:
        page.goto((site / f"{kind}.html").as_uri())
        page.get_by_text("Menu", exact=True).click()
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                "header a:not(.skip), summary, button, input, .steps a, .turn a, .map-box")]
              .filter((node) => node.checkVisibility())
              .filter((node) => Math.round(node.getBoundingClientRect().height) < 44)
              .map((node) => node.outerHTML.slice(0, 120))"""
        )
        assert small == []


def test_nothing_moves_for_those_who_asked_for_stillness(site: Path, tab: Open) -> None:
    with tab(reduced_motion="reduce") as page:
        page.goto((site / "love-me-again" / "tips.html").as_uri())
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((node) => {
              const style = getComputedStyle(node);
              return style.scrollBehavior === "smooth" || style.animationName !== "none"
                || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
            }).map((node) => node.outerHTML.slice(0, 80))"""
        )
        assert moving == []


def test_forced_colours_keep_the_marks_that_were_colours(site: Path, tab: Open) -> None:
    with tab(forced_colors="active") as page:
        page.goto((site / "love-me-again" / "tips.html").as_uri())
        here = page.locator(".steps [aria-current]")
        expect(here).to_have_css("text-decoration-line", "underline")
        expect(page.locator(".exit")).to_have_css("border-top-width", "2px")


def test_the_menu_works_without_scripts(site: Path, tab: Open) -> None:
    with tab(viewport=PHONE, java_script_enabled=False) as page:
        page.goto((site / "love-me-again" / "tips.html").as_uri())
        contents = page.get_by_role("navigation", name="Contents")
        expect(contents).to_be_hidden()
        page.get_by_text("Menu", exact=True).press("Enter")
        contents.get_by_role("link", name="Glossary").click()
        expect(page).to_have_url((site / "glossary.html").as_uri())


def test_escape_closes_the_menu_and_gives_the_focus_back(site: Path, tab: Open) -> None:
    with tab(viewport=PHONE) as page:
        page.goto((site / "glossary.html").as_uri())
        page.get_by_text("Menu", exact=True).press("Enter")
        page.get_by_role("navigation", name="Contents").get_by_role("link").first.focus()
        page.keyboard.press("Escape")
        expect(page.get_by_role("navigation", name="Contents")).to_be_hidden()
        expect(page.get_by_text("Menu", exact=True)).to_be_focused()


def test_the_step_line_names_the_present_part(site: Path, tab: Open) -> None:
    with tab(viewport=PHONE) as page:
        page.goto((site / "love-me-again" / "tips.html").as_uri())
        steps = page.get_by_role("navigation", name="Parts of this article")
        assert steps.get_by_role("listitem").all_inner_texts() == [
            "Question", "Answer", "Tips", "Takeaways",
        ]  # fmt: skip
        assert steps.locator("[aria-current=page]").all_inner_texts() == ["Tips"]
        tops = steps.locator("li").evaluate_all("nodes => nodes.map((node) => node.offsetTop)")
        assert len(set(tops)) == 1, "one line"
