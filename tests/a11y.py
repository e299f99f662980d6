"""How a page is judged for everyone: what axe finds, and where a keyboard comes and goes.

The tests ask it of each kind of page, `make audit` of every page in every setting.
"""

from __future__ import annotations

from pathlib import Path

from articles import ARTICLES
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
SIZES = {"phone": PHONE, "desk": DESK}
KINDS = [
    "index",
    *(f"{article}/{part}" for article in ARTICLES for part in ("index", "tips")),
    "help/contacts",
    "glossary",
]
READ = f"{ARTICLES[0]}/tips.html"  # a long page, with everything that an article's page has


def addresses(site: Path) -> list[str]:
    """The address of every page. The page for addresses that are not there expects a server."""
    return [file.as_uri() for file in sorted(site.rglob("*.html")) if file.name != "404.html"]


def open_menu(page: Page, site: Path) -> None:
    page.goto((site / READ).as_uri())
    page.get_by_text("Menu", exact=True).click()
    expect(page.get_by_role("navigation", name="Contents")).to_be_visible()


def open_search(page: Page, site: Path) -> None:
    page.goto((site / READ).as_uri())
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("how much space")
    expect(page.get_by_role("option").first).to_be_visible()


def violations(page: Page) -> list[str]:
    """The faults that axe finds in a page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    run = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{page.url.rpartition('html/')[2]}: {violation['id']}: {node['html'][:120]}"
        for violation in run["violations"]
        for node in violation["nodes"]
    ]


def walk(page: Page) -> None:
    """Press Tab from the page's start to its end: everything is reached, and one sees where."""
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
REACHABLE = """() => [
    ...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']"),
  ]
  .filter((node) => node.checkVisibility({ contentVisibilityAuto: true })).length"""
