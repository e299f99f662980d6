"""What a first visit costs an old phone: bytes, what the first paint waits for, and stillness.

Measured on what a real Chromium asks a server for, with nothing kept from a visit before. Files
count as gzip sends them; this server sends them plain.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

LIMIT = 60_000  # bytes
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
# Layout shifts as https://web.dev/articles/cls defines them, summed since the page began.
WATCH = """
window.shifted = 0;
const add = (entries) => { for (const { value } of entries) shifted += value; };
const observer = new PerformanceObserver((list) => add(list.getEntries()));
observer.observe({ type: "layout-shift", buffered: true });
window.settled = async () => {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  add(observer.takeRecords());
  return shifted;
};
"""
BLOCKING = """performance.getEntriesByType("resource")
  .filter((entry) => entry.renderBlockingStatus === "blocking")
  .map((entry) => new URL(entry.name).pathname)"""


@dataclass(frozen=True)
class Visit:
    """Bytes by path of what was asked for, what the first paint waited for, layout shift."""

    weights: dict[str, int]
    blocking: list[str]
    shift: float


@contextmanager
def first_visit(browser: Browser, size: dict[str, int]) -> Iterator[Page]:
    """A page in a profile that has kept nothing."""
    context = browser.new_context(viewport=size)
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=SIZES.values(), ids=SIZES)
def visits(
    request: pytest.FixtureRequest, site: Path, address: str, browser: Browser
) -> dict[str, Visit]:
    """A first visit to every page."""
    made = {}
    for name in sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html")):
        answers: list[Response] = []
        with first_visit(browser, request.param) as page:
            page.on("response", lambda answer, answers=answers: answers.append(answer))
            page.goto(address + name, wait_until="networkidle")
            weights = {
                urlsplit(answer.url).path: len(gzip.compress(answer.body()))
                for answer in answers
                if answer.request.resource_type != "font"
            }
            made[name] = Visit(weights, page.evaluate(BLOCKING), page.evaluate("settled()"))
    return made


def test_every_page_is_light(visits: dict[str, Visit]) -> None:
    for name, visit in visits.items():
        assert visit.weights[f"/{name}"]
        assert sum(visit.weights.values()) <= LIMIT, (name, visit.weights)


def test_the_first_paint_waits_for_one_style_sheet(visits: dict[str, Visit]) -> None:
    for name, visit in visits.items():
        assert visit.blocking == ["/_static/handbook.css"], name


def test_nothing_shifts(visits: dict[str, Visit]) -> None:
    assert {name: visit.shift for name, visit in visits.items() if visit.shift} == {}


def test_a_shift_would_be_seen(address: str, browser: Browser) -> None:
    with first_visit(browser, SIZES["phone"]) as page:
        page.goto(address + "glossary.html")
        assert page.evaluate("settled()") == 0
        page.evaluate("document.querySelector('main').before(document.createElement('hr'))")
        assert page.evaluate("settled()") > 0
