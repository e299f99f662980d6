"""What a page reads of a large index before a second question is asked, and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from conftest import Quiet
from indexed import indexed
from playwright.sync_api import Browser, Page, Route, expect

from handbook.search import store
from handbook.search.index import Document

AHEAD = re.compile(r"/a\d+\.js$")
ANY = re.compile(r"/[apqt]\d+\.js$")  # but for the scripts of the index that each question needs
FIELD = "dialog [role=combobox]"
OPTION = "dialog [role=option]"
# Each section and each word has a script of its own, and several are read ahead.
LIMITS = {"WHOLE": 0, "POSTINGS": 20, "RUN": 1, "BUNDLE": 1_000}
SAVING = "Object.defineProperty(navigator.connection, 'saveData', { value: true })"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with an index of many scripts."""
    sections = [
        Document(f"{topic}{n}", f"On {topic} {n}", "", body=(f"Some {topic} for number {n}.",))
        for topic in ("space", "money", "letter", "legal")
        for n in range(12)
    ]
    with pytest.MonkeyPatch.context() as patch:
        for limit, much in LIMITS.items():
            patch.setattr(store, limit, much)
        return indexed(tmp_path_factory.mktemp("large"), sections)


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, large: Path) -> Iterator[str]:
    """Where the page stands: on a server, or on a disk."""
    if request.param == "file":
        yield large.as_uri()
        return
    quiet = partial(Quiet, directory=str(large.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{large.name}"
        server.shutdown()


class Reader:
    """Somebody who searches.

    :ivar asked: the scripts of the index that were asked for, in their order.
    :ivar come: those that came.
    :ivar held: those that are kept back, because `holding` matches them.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.come: list[str] = []
        self.held: list[Route] = []
        self.holding: re.Pattern[str] | None = None
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfinished", lambda request: self.come.append(request.url))
        page.route(ANY, self._answer)

    def _answer(self, route: Route) -> None:
        if self.holding and self.holding.search(route.request.url):
            self.held.append(route)
        else:
            route.fallback()

    def release(self) -> None:
        """Let all come that was kept back."""
        self.holding = None
        for route in self.held:
            route.fallback()
        self.held.clear()

    def open(self, address: str) -> None:
        """Open the page and its search."""
        self.page.goto(address)
        self.page.keyboard.press("/")
        expect(self.page.locator(FIELD)).to_be_focused()

    def ask(self, topic: str) -> None:
        """Ask for a topic, and wait for the first answer."""
        self.page.locator(FIELD).fill(f"{topic} ")
        expect(self.page.locator(OPTION).first).to_contain_text(topic)

    def read(self, topic: str) -> None:
        """Ask for a topic, and wait for the refined answer: it has what the sections say."""
        self.ask(topic)
        self.wait_for_all_said(topic)

    def wait_for_all_said(self, topic: str) -> None:
        """Wait for what ten sections say."""
        expect(self.page.locator(".search-snippet mark").nth(9)).to_have_text(topic)

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        for _ in range(1500):
            if is_so():
                return
            self.page.wait_for_timeout(20)
        raise TimeoutError

    def wait_for_all_ahead(self) -> None:
        """Wait until all has come that is read ahead."""
        count = self.page.evaluate("handbook.given('entry').ahead")
        assert count > 2
        self.wait(lambda: len(list(filter(AHEAD.search, self.come))) == count)


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    context = browser.new_context()
    yield Reader(context.new_page())
    context.close()


def test_after_a_while_a_second_question_waits_for_nothing(reader: Reader, address: str) -> None:
    reader.open(address)
    reader.read("space")
    reader.wait_for_all_ahead()
    before = len(reader.asked)
    reader.holding = ANY
    reader.ask("money")
    assert not [url for url in reader.asked[before:] if "/p" in url]
    reader.release()
    reader.wait_for_all_said("money")


def test_what_the_sections_say_comes_after_their_titles(reader: Reader, address: str) -> None:
    """Also where nothing else is missing by then."""
    reader.open(address)
    reader.read("space")
    reader.wait_for_all_ahead()
    reader.holding = re.compile(r"/t\d+\.js$")
    reader.ask("money")
    reader.wait(lambda: bool(reader.held))
    reader.ask("space")
    reader.ask("money")
    reader.release()
    reader.wait_for_all_said("money")


def test_a_question_does_not_wait_for_what_is_read_ahead(reader: Reader, address: str) -> None:
    reader.open(address)
    reader.holding = AHEAD
    reader.read("space")
    reader.wait(lambda: bool(reader.held))
    reader.read("money")


def test_nothing_is_read_ahead_before_the_first_question_is_answered(
    reader: Reader, address: str
) -> None:
    reader.page.add_init_script("""
      window.shown = [];
      const note = ({ src }) => /\\/a\\d+\\.js$/.test(src) && shown.push(
        document.querySelectorAll("dialog .search-snippet mark").length);
      const watch = (records) => records.forEach(({ addedNodes }) => addedNodes.forEach(note));
      new MutationObserver(watch).observe(document, { childList: true, subtree: true });
    """)
    reader.open(address)
    reader.read("space")
    reader.wait_for_all_ahead()
    shown = reader.page.evaluate("shown")
    assert len(shown) > 2
    assert set(shown) == {10}


def test_nothing_is_read_ahead_where_the_browser_saves_data(reader: Reader, address: str) -> None:
    reader.page.add_init_script(SAVING)
    reader.open(address)
    reader.read("space")
    reader.read("money")  # by then the first script of all would have been asked for
    assert not any(map(AHEAD.search, reader.asked))


def test_while_a_question_waits_nothing_more_is_read_ahead(reader: Reader, address: str) -> None:
    def ahead() -> int:
        return len(list(filter(AHEAD.search, reader.asked)))

    reader.open(address)
    reader.holding = AHEAD
    reader.read("space")
    reader.wait(lambda: ahead() == 1)
    [first] = reader.held
    reader.holding = ANY
    reader.page.locator(FIELD).fill("money ")
    reader.wait(lambda: len(reader.held) > 1)
    reader.held.remove(first)
    first.fallback()
    reader.wait(lambda: first.request.url in reader.come)
    reader.page.evaluate("new Promise((done) => setTimeout(done))")
    assert ahead() == 1
    reader.release()
    reader.wait_for_all_ahead()


def test_nothing_more_is_read_ahead_once_the_search_is_closed(reader: Reader, address: str) -> None:
    reader.open(address)
    reader.holding = AHEAD
    reader.read("space")
    reader.wait(lambda: len(reader.held) == 1)
    reader.page.keyboard.press("Escape")
    reader.release()
    reader.wait(lambda: bool(AHEAD.search(reader.come[-1])))
    reader.page.evaluate("new Promise((done) => setTimeout(done))")
    assert len(list(filter(AHEAD.search, reader.asked))) == 1


def test_a_first_answer_waits_for_what_comes_at_once_and_the_rest_follows(
    reader: Reader, address: str
) -> None:
    """A browser asks a server for six files at the same time."""
    reader.open(address)
    reader.holding = re.compile(r"/q\d+\.js$")
    reader.ask("space")
    reader.wait(lambda: bool(reader.held))
    assert reader.page.locator(OPTION).count() == 6
    assert len([url for url in reader.asked if re.search(r"/t\d+\.js$", url)]) == 6
    reader.release()
    expect(reader.page.locator(OPTION)).to_have_count(10)


def test_a_word_and_what_it_may_begin_come_in_one_round(reader: Reader, address: str) -> None:
    reader.open(address)
    reader.holding = ANY
    reader.page.locator(FIELD).fill("money le")
    # Of "money", of "le" if that is a word, of "legal" and of "letter".
    reader.wait(lambda: len(reader.held) == 4)
    reader.release()
    expect(reader.page.locator(OPTION).first).to_be_visible()


def test_what_cannot_be_read_ahead_is_no_fault(reader: Reader, address: str) -> None:
    faults: list[str] = []
    reader.page.on("pageerror", lambda error: faults.append(str(error)))
    reader.page.route(AHEAD, lambda route: route.abort())
    reader.open(address)
    reader.read("space")
    reader.wait(lambda: any(map(AHEAD.search, reader.asked)))
    reader.read("money")
    expect(reader.page.locator("[role=alert]")).to_have_count(0)
    assert faults == []
