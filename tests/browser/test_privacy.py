"""What a reader's device and the network learn: nothing but that a page was opened.

Over HTTP, with every request noted, and from a disk. Nothing outside the handbook ever answers.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from a11y import READ
from conftest import Quiet
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

QUESTION = "he will leave when she graduates"
WORD = "graduates"  # in no address of the handbook

# Everything in which a page can leave something behind.
STORED = """async () => ({
  cookies: document.cookie,
  local: { ...localStorage },
  session: { ...sessionStorage },
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  files: await Array.fromAsync((await navigator.storage.getDirectory()).keys()),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  state: history.state,
  name: window.name,
})"""
NOTHING: dict[str, Any] = {
    "cookies": "",
    "local": {},
    "session": {},
    "databases": [],
    "caches": [],
    "files": [],
    "workers": 0,
    "state": None,
    "name": "",
}


@dataclass
class Visit:
    """A reader's visit over HTTP: the page, and what was asked of the network meanwhile."""

    page: Page
    address: str
    requests: list[Request] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)

    def foreign(self) -> list[str]:
        """The addresses asked for outside the handbook."""
        return [r.url for r in self.requests if not r.url.startswith(self.address)]

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def ask(self, question: str) -> None:
        """Type a question into the field of the page, and wait for its results."""
        self.page.get_by_role("searchbox", name="Search").click()
        box = self.page.get_by_role("combobox")
        box.press_sequentially(question)
        expect(self.page.get_by_role("option").first).to_be_visible()


def _visit(context: BrowserContext, address: str) -> Visit:
    visit = Visit(context.new_page(), address)
    context.on("request", lambda request: visit.requests.append(request))
    context.route(lambda url: not url.startswith(address), lambda route: route.abort())
    visit.page.on("console", lambda message: visit.said.append(message.text))
    visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
    return visit


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context()
    yield _visit(context, address)
    context.close()


@pytest.fixture(scope="module")
def reading(browser: Browser, address: str) -> Iterator[Visit]:
    """Somebody follows every link inside the handbook, to the end of every page."""
    context = browser.new_context()
    visit = _visit(context, address)
    coming = [address]
    while coming:
        place = coming.pop()
        if place in visit.opened:
            continue
        visit.opened.add(place)
        visit.page.goto(place)
        visit.page.evaluate(
            "document.querySelectorAll('details').forEach((each) => (each.open = true))"
        )
        visit.page.keyboard.press("End")
        links = visit.page.evaluate("[...document.links].map(({ href }) => href.split('#')[0])")
        coming += [link for link in links if link.startswith(address)]
    yield visit
    context.close()


# Reading


def test_links_lead_to_every_page(reading: Visit, site: Path) -> None:
    """So what is said of reading below is said of all pages."""
    pages = {file.relative_to(site).as_posix() for file in site.rglob("*.html")}
    opened = {place.removeprefix(reading.address) for place in reading.opened}
    assert pages - opened == {"404.html", "search.html"}


def test_reading_asks_nothing_of_anyone_else(reading: Visit) -> None:
    assert reading.foreign() == []


def test_reading_leaves_nothing_behind(reading: Visit) -> None:
    assert reading.page.evaluate(STORED) == NOTHING
    assert reading.page.context.cookies() == []


def test_reading_makes_no_noise(reading: Visit) -> None:
    """No error, no refusal by the policy, no advice in the console."""
    assert reading.said == []


def test_no_request_says_where_the_reader_came_from(visit: Visit) -> None:
    """Neither to the handbook itself nor to a site that a link leads to."""
    visit.open("help/contacts.html")
    visit.page.get_by_role("link", name="Steady").first.click()
    visit.page.wait_for_url(visit.address + "index.html")
    visit.open("help/contacts.html")
    with visit.page.expect_request("https://thehotline.org/"):
        visit.page.get_by_role("link", name="thehotline.org").click(no_wait_after=True)
    assert [r.url for r in visit.requests if "referer" in r.all_headers()] == []


def test_on_a_disk_a_page_reads_its_own_files_and_says_nothing(site: Path, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for file in sorted(site.rglob("*.html")):
        if file.name != "404.html":  # answers on a server only
            page.goto(file.as_uri())
    assert [url for url in asked if not url.startswith(site.as_uri())] == []


# Searching


@pytest.fixture(scope="module")
def asking(browser: Browser, address: str) -> Iterator[Visit]:
    """Somebody asks something on a page, and reads the results."""
    context = browser.new_context()
    visit = _visit(context, address)
    visit.open(READ)
    visit.ask(QUESTION)
    yield visit
    context.close()


def test_searching_asks_nothing_of_anyone_else(asking: Visit) -> None:
    assert asking.foreign() == []
    assert asking.said == []


def test_a_question_reaches_no_address_no_history_and_no_storage(asking: Visit) -> None:
    assert asking.page.url == f"{asking.address}{READ}"
    assert asking.page.evaluate(STORED) == NOTHING
    assert asking.page.evaluate("history.length") == 2  # the blank page, and this one
    assert [r.url for r in asking.requests if WORD in r.url or r.post_data] == []


def test_the_page_that_a_result_leads_to_is_not_told_the_question(visit: Visit) -> None:
    visit.open("help/limits.html")
    visit.ask(QUESTION)
    before = visit.page.url
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(lambda url: url != before)
    assert WORD not in visit.page.url
    assert "?" not in visit.page.url
    assert visit.page.evaluate(STORED) == NOTHING


@pytest.mark.parametrize(
    "question", ["how much space should I give him", "divorse", f"{'he left me and ' * 20}now what"]
)
def test_what_is_loaded_does_not_depend_on_the_question(
    asking: Visit, visit: Visit, question: str
) -> None:
    """Whoever sees the requests, on the way or in a cache, could else guess the words."""
    visit.open(READ)
    visit.ask(question)
    visit.page.evaluate("text => handbook.search(text)", question)  # waits for the rest
    asking.page.evaluate("text => handbook.search(text)", QUESTION)
    assert [r.url for r in visit.requests] == [r.url for r in asking.requests]


def test_the_search_page_keeps_the_question_to_itself(visit: Visit) -> None:
    visit.open("search.html")
    visit.ask(QUESTION)
    assert visit.page.url == f"{visit.address}search.html"
    assert visit.page.evaluate(STORED) == NOTHING
    assert visit.foreign() == []


@pytest.mark.parametrize("path", [READ, "search.html"])
def test_a_browser_is_asked_to_keep_and_check_nothing_that_is_typed(
    visit: Visit, path: str
) -> None:
    """What it keeps it suggests to whoever types next; some send away what they check."""
    visit.open(path)
    visit.ask(QUESTION)
    fields = visit.page.locator("input:not([type=checkbox])").all()
    assert fields
    for name, value in {"autocomplete": "off", "spellcheck": "false", "name": None}.items():
        assert {field.get_attribute(name) for field in fields} == {value}


def test_the_title_is_the_same_while_somebody_searches(visit: Visit) -> None:
    """It stands on the tab, in the list of windows and in the history."""
    visit.open(READ)
    before = visit.page.title()
    visit.ask(QUESTION)
    assert visit.page.title() == before


def test_without_scripts_the_question_does_not_reach_the_address(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    visit = _visit(context, address)
    visit.open(READ)
    visit.page.get_by_role("searchbox", name="Search").fill(QUESTION)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(address + "search.html*")
    assert [r.url for r in visit.requests if WORD in r.url or r.post_data] == []
    context.close()


# The one thing that is kept


def test_colours_are_kept_when_the_reader_chose_them_and_nothing_else_is(visit: Visit) -> None:
    visit.open("help/limits.html")
    visit.page.get_by_role("button", name="Colours").click()
    assert visit.page.evaluate(STORED) == {**NOTHING, "local": {"theme": "dark"}}


# What a device shows or sounds

# Each is answered as if all were well, and noted.
DEVICE = """
window.asked = [];
for (const [owner, name] of [
  [Notification, "requestPermission"], [Navigator.prototype, "vibrate"],
  [Navigator.prototype, "sendBeacon"],
  [Navigator.prototype, "setAppBadge"], [Geolocation.prototype, "getCurrentPosition"],
  [MediaDevices.prototype, "getUserMedia"], [HTMLMediaElement.prototype, "play"],
  [SpeechSynthesis.prototype, "speak"], [Clipboard.prototype, "writeText"],
  [StorageManager.prototype, "persist"], [ServiceWorkerContainer.prototype, "register"],
  [window, "open"], [window, "alert"], [window, "print"],
]) {
  if (typeof owner[name] !== "function") throw new Error(name);
  owner[name] = () => { asked.push(name); return Promise.resolve(); };
}
"""


def test_a_page_makes_a_device_show_and_sound_nothing(visit: Visit) -> None:
    """No notification, no badge, no sound, no question about a permission."""
    visit.page.add_init_script(DEVICE)
    visit.open("help/limits.html")
    visit.page.get_by_role("button", name="Colours").click()
    visit.ask(QUESTION)
    assert visit.said == []
    assert visit.page.evaluate("asked") == []


# The policy, put to the test


INTRUDER = """
<script>document.title = "script"</script>
<img src="https://example.org/count.png" onerror="document.title = 'handler'">
<p style="position: fixed">Style</p>
<a href="javascript:document.title = 'address'">A link</a>
<iframe src="https://example.org/"></iframe>
<form action="https://example.org/"><button name="q" value="secret">Send</button></form>
<link rel="stylesheet" href="https://example.org/style.css">
<script src="https://example.org/script.js"></script>
"""


@pytest.fixture(scope="module")
def spoiled(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the handbook in which somebody has slipped something into a page."""
    copy = tmp_path_factory.mktemp("spoiled") / "html"
    shutil.copytree(site, copy)
    page = copy / "help" / "limits.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</main>", INTRUDER + "</main>"), encoding="utf-8")
    return copy


@dataclass(frozen=True)
class Spoiled:
    """What came of a spoiled page: its title, foreign requests, directives that refused."""

    title: str
    asked: list[str]
    refused: set[str]


@pytest.fixture(scope="module", params=["http", "file"])
def outcome(request: pytest.FixtureRequest, spoiled: Path, browser: Browser) -> Iterator[Spoiled]:
    """Somebody opens the spoiled page, on a server and on a disk, and presses what is there."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(spoiled))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/"
        root = base if request.param == "http" else spoiled.as_uri() + "/"
        context = browser.new_context()
        asked: list[str] = []

        def refuse(route: Route) -> None:
            asked.append(route.request.url)
            route.abort()

        context.route(lambda url: not url.startswith(root), refuse)
        page = context.new_page()
        page.add_init_script(
            "window.refused = [];"
            "addEventListener('securitypolicyviolation',"
            " (event) => refused.push(event.effectiveDirective))"
        )
        page.goto(root + "help/limits.html")
        page.get_by_role("link", name="A link").click(no_wait_after=True)
        page.get_by_role("button", name="Send").click(no_wait_after=True)
        page.wait_for_function("refused.includes('form-action')")
        yield Spoiled(page.evaluate("document.title"), asked, set(page.evaluate("refused")))
        context.close()
        server.shutdown()


def test_an_intruder_runs_nothing(outcome: Spoiled) -> None:
    assert outcome.title == "Limits of this advice – Steady"


def test_an_intruder_fetches_and_sends_nothing(outcome: Spoiled) -> None:
    assert outcome.asked == []


def test_the_policy_refuses_each_kind_of_intrusion(outcome: Spoiled) -> None:
    assert outcome.refused == {
        "form-action",
        "frame-src",
        "img-src",
        "script-src-attr",
        "script-src-elem",
        "style-src-attr",
        "style-src-elem",
    }
