"""What a first visit costs an old phone: bytes, what the first paint waits for, and stillness.

Measured on what a real Chromium asks a server for, with nothing kept from a visit before. Files
count as gzip sends them; this server sends them plain, and one of them in pieces.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Semaphore, Thread
from urllib.parse import urlsplit

import pytest
from a11y import KINDS, SIZES
from conftest import Quiet
from playwright.sync_api import Browser, Page, Response

LIMIT = 60_000  # bytes
# Layout shifts as https://web.dev/articles/cls defines them, summed since the page began.
WATCH = """
window.shifted = 0;
window.moved = [];
const add = (entries) => {
  for (const { value, sources } of entries) {
    shifted += value;
    for (const { node } of sources) moved.push((node?.outerHTML ?? node?.data ?? "").slice(0, 80));
  }
};
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
    moved: list[str]


@contextmanager
def visitor(browser: Browser, size: dict[str, int]) -> Iterator[Page]:
    """A page for which each visit is the first: it keeps no file."""
    context = browser.new_context(viewport=size)
    context.add_init_script(WATCH)
    page = context.new_page()
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page
    context.close()


@pytest.fixture(scope="module", params=SIZES.values(), ids=SIZES)
def visits(
    request: pytest.FixtureRequest, site: Path, address: str, browser: Browser
) -> dict[str, Visit]:
    """A first visit to every page."""
    made = {}
    with visitor(browser, request.param) as page:
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        for name in sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html")):
            page.goto("about:blank")  # else the page before is shown until this one is there
            answers.clear()
            page.goto(address + name, wait_until="networkidle")
            weights = {
                urlsplit(answer.url).path: len(gzip.compress(answer.body()))
                for answer in answers
                if answer.request.resource_type != "font"
            }
            shift = page.evaluate("settled()")
            made[name] = Visit(weights, page.evaluate(BLOCKING), shift, page.evaluate("moved"))
    return made


def test_every_page_is_light(visits: dict[str, Visit]) -> None:
    for name, visit in visits.items():
        assert visit.weights[f"/{name}"]
        assert sum(visit.weights.values()) <= LIMIT, (name, visit.weights)


def test_the_first_paint_waits_for_one_style_sheet(visits: dict[str, Visit]) -> None:
    for name, visit in visits.items():
        assert visit.blocking == ["/_static/handbook.css"], name


def test_nothing_shifts(visits: dict[str, Visit]) -> None:
    assert {name: visit.moved for name, visit in visits.items() if visit.shift} == {}


class Piecemeal(Quiet):
    """Sends a page as a bad line does: each tag of its beginning alone, when it is asked for."""

    PIECES = 120
    more = Semaphore(0)

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server calls)
        file = Path(self.translate_path(self.path))
        if file.suffix != ".html":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        head, body, text = file.read_text("utf-8").partition("<body")
        first, *pieces = re.split("(?=<[a-z])", text, maxsplit=self.PIECES)
        self.wfile.write((head + body + first).encode())
        for piece in pieces:
            self.more.acquire()
            self.wfile.write(piece.encode())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_nothing_shifts_while_a_page_comes_in_pieces(
    site: Path, browser: Browser, size: dict[str, int], kind: str
) -> None:
    """A slow phone does the same to a page that is all there: it paints what it has read."""
    handler = partial(Piecemeal, directory=str(site))
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        visitor(browser, size) as page,
    ):
        Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/{kind}.html", wait_until="commit")
        for _ in range(Piecemeal.PIECES):
            page.evaluate("new Promise(requestAnimationFrame)")
            Piecemeal.more.release()
        page.wait_for_load_state()
        shift = page.evaluate("settled()")
        assert (shift, page.evaluate("moved")) == (0, [])
        server.shutdown()


def test_a_shift_would_be_seen(address: str, browser: Browser) -> None:
    with visitor(browser, SIZES["phone"]) as page:
        page.goto(address + "glossary.html")
        assert page.evaluate("settled()") == 0
        page.evaluate("document.querySelector('main').before(document.createElement('hr'))")
        assert page.evaluate("settled()") > 0
