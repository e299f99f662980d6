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
from typing import BinaryIO
from urllib.parse import urlsplit

import pytest
from a11y import KINDS, PHONE, SIZES
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


class Forgetful(Quiet):
    """Tells the browser to keep no file, so that each visit is the first."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@contextmanager
def served(site: Path, handler: type[Quiet]) -> Iterator[str]:
    """The address of the handbook on a server, ending in a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def visitor(browser: Browser, size: dict[str, int]) -> Iterator[Page]:
    """A page that adds up what has shifted in it."""
    context = browser.new_context(viewport=size)
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=SIZES.values(), ids=SIZES)
def visits(request: pytest.FixtureRequest, site: Path, browser: Browser) -> dict[str, Visit]:
    """A first visit to every page."""
    made = {}
    with served(site, Forgetful) as address, visitor(browser, request.param) as page:
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


class Piecemeal(Forgetful):
    """Sends a page as a bad line does: each tag of its beginning alone, when it is asked for."""

    PIECES = 120
    more: Semaphore

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:
        head, body, text = source.read().partition(b"<body")
        first, *pieces = re.split(b"(?=<[a-z])", text, maxsplit=self.PIECES)
        outputfile.write(head + body + first)
        for piece in pieces:
            self.more.acquire()
            outputfile.write(piece)


@pytest.mark.parametrize("kind", [*KINDS, "help/index"])
def test_nothing_shifts_while_a_page_comes_in_pieces(
    site: Path, browser: Browser, kind: str
) -> None:
    """A slow phone does the same to a page that is all there: it paints what it has read."""
    Piecemeal.more = Semaphore(0)
    with served(site, Piecemeal) as address, visitor(browser, PHONE) as page:
        page.goto(f"{address}{kind}.html", wait_until="commit")
        for _ in range(Piecemeal.PIECES):
            page.evaluate("new Promise(requestAnimationFrame)")
            Piecemeal.more.release()
        page.wait_for_load_state()
        assert page.evaluate("settled()") == 0, page.evaluate("moved")


def test_a_shift_would_be_seen(address: str, browser: Browser) -> None:
    with visitor(browser, PHONE) as page:
        page.goto(address + "glossary.html")
        assert page.evaluate("settled()") == 0
        page.evaluate("document.querySelector('main').before(document.createElement('hr'))")
        assert page.evaluate("settled()") > 0
