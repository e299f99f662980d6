"""What every reader must have, in real engines: from a disk, from a server, in the one file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from articles import ARTICLES

from .engines import ENGINES, ENTER, ESCAPE, Engine, WebKit

OPTION = "dialog[open] [role=option]"
ATTEMPTS = 8

Note = Callable[[str, object], None]
Plain = Callable[[Callable[[Engine], None]], None]


@pytest.fixture(scope="module", params=ENGINES, ids=lambda kind: kind.__name__)
def kind(request: pytest.FixtureRequest) -> type[Engine]:
    found: type[Engine] = request.param
    return found


@pytest.fixture(scope="module")
def window(kind: type[Engine], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A window that runs scripts."""
    with kind(tmp_path_factory.mktemp(kind.__name__)) as engine:
        yield engine


@pytest.fixture(params=("disk", "server", "one file"))
def place(request: pytest.FixtureRequest, site: Path, single: Path, address: str) -> str:
    """The address where the handbook begins."""
    return {
        "disk": (site / "index.html").as_uri(),
        "server": f"{address}/index.html",
        "one file": single.as_uri(),
    }[request.param]


@pytest.fixture
def page(window: Engine, place: str, record_property: Note) -> Engine:
    """The front page."""
    record_property("engine", window.version)
    window.open(place)
    return window


@pytest.fixture
def plain(kind: type[Engine], place: str, tmp_path: Path, record_property: Note) -> Plain:
    """Take steps from the front page where scripts are off, each test in windows of its own.

    WebKit without scripts now and then loses what its driver asks, or answers no more, whatever it
    shows: the steps are taken anew then, and have to lead where they should once.
    """
    attempts = ATTEMPTS if kind is WebKit else 1

    def take(steps: Callable[[Engine], None]) -> None:
        for attempt in range(attempts):
            folder = tmp_path / str(attempt)
            folder.mkdir()
            try:
                with kind(folder, scripts=False) as engine:
                    record_property("engine", engine.version)
                    engine.open(place)
                    steps(engine)
                    return
            except (AssertionError, TimeoutError):
                if attempt + 1 == attempts:
                    raise

    return take


# With scripts


def search(page: Engine) -> None:
    """Ask a misspelled question, by finger and keys."""
    page.click(".search-field input")
    page.until("document.activeElement.matches('dialog[open] [role=combobox]')")
    page.press("my looks, helth and confidense")
    page.until("document.querySelector('.search-note').textContent.endsWith('confidence')")


def test_a_misspelled_question_brings_results_into_sight(page: Engine) -> None:
    search(page)
    in_sight = page.ask(
        f"""[...document.querySelectorAll({json.dumps(OPTION)})].map((option) => {{
          const {{ left, right, top }} = option.getBoundingClientRect();
          const seen = document.elementFromPoint((left + right) / 2, top + 20);
          return option.contains(seen) && right - left > 300;
        }})"""
    )
    assert in_sight[0]
    assert len(in_sight) > 1


def test_the_fields_are_wide_enough_to_type_in(page: Engine) -> None:
    def wide(selector: str, least: int) -> None:
        width = f"document.querySelector('{selector}')?.getBoundingClientRect().width > {least}"
        page.wait(lambda: page.ask(width), f"{selector} in its width")

    wide(".search-field input", 200)
    search(page)
    wide("[role=combobox]", 150)


def test_the_last_result_can_be_scrolled_to_under_the_exit(page: Engine) -> None:
    search(page)
    last = f"[...document.querySelectorAll({json.dumps(OPTION)})].pop()"
    in_sight = f"""(() => {{
      const {{ left, right, bottom }} = {last}.getBoundingClientRect();
      return {last}.contains(document.elementFromPoint((left + right) / 2, bottom - 15));
    }})()"""
    assert not page.ask(in_sight)

    def turned() -> object:
        page.wheel(195, 500, 1000)
        return page.ask(in_sight)

    page.wait(turned, "the last result in sight")
    exit_link = "document.querySelector('dialog[open] .exit').getBoundingClientRect()"
    assert page.ask(f"{exit_link}.top >= 0 && {exit_link}.bottom <= innerHeight")


def test_what_is_marked_in_a_result_is_seen(page: Engine) -> None:
    search(page)
    assert opaque(page, "dialog[open] mark")


MARK = "getComputedStyle(document.querySelector(':target'), '::before')"
HEADING = ":target > h1, :target > h2, :target > h3"


def opaque(page: Engine, selector: str) -> bool:
    """Whether an element has a background of its own."""
    style = f"getComputedStyle(document.querySelector({json.dumps(selector)}))"
    return page.ask(f"{style}.backgroundColor") not in ("transparent", "rgba(0, 0, 0, 0)")


def test_enter_arrives_and_escape_takes_the_mark_away(page: Engine) -> None:
    search(page)
    page.press(ENTER)
    page.arrive("appearance-and-confidence$")  # whole: Escape stops a page that is still coming
    page.until("document.querySelector(':target')?.getBoundingClientRect().top < innerHeight")
    assert page.ask(f"{MARK}.content") == '""'
    assert page.ask(f"parseFloat({MARK}.height)") > 100
    assert opaque(page, HEADING)
    page.press(ESCAPE)
    page.until(f"{MARK}.content === 'none'")
    assert not opaque(page, HEADING)


def test_the_exit_empties_the_page_and_leaves(page: Engine) -> None:
    empties(page, "body > .bar .exit")


def test_the_exit_of_an_open_search_does_too(page: Engine) -> None:
    search(page)
    empties(page, "dialog[open] .exit")


def empties(page: Engine, exit_link: str) -> None:
    page.outside.asked.clear()
    page.click(exit_link)
    leaves(page)
    assert page.ask("document.body.innerText.trim()") == "Loading."


def leaves(page: Engine) -> None:
    """The engine asks for the site that the exit leads to; none answers, and the page stays."""
    page.wait(lambda: "www.bbc.co.uk:443" in page.outside.asked, "a request outside")
    page.stop()


def test_an_open_menu_leaves_the_exit_free(page: Engine) -> None:
    opens_the_menu(page)


def opens_the_menu(page: Engine) -> None:
    page.click(".menu > summary")
    assert page.until("document.querySelector('.sidebar').offsetHeight > 100")
    page.reach(".sidebar li a")
    page.reach("body > .bar .exit")


def test_the_colours_can_be_made_dark(page: Engine) -> None:
    page.click(".menu > summary")
    while page.ask("document.body.dataset.theme") != "dark":
        page.click("button.theme")
    paper = page.ask("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(paper[:3]) < 80
    page.ask("localStorage.clear()")


# Without


def test_without_scripts_the_text_and_the_menu_are_there(plain: Plain) -> None:
    @plain
    def steps(page: Engine) -> None:
        assert page.ask("document.documentElement.className") == "no-js"
        assert page.ask("document.querySelector('main h1').offsetHeight > 0")
        opens_the_menu(page)


def test_without_scripts_the_exit_leaves(plain: Plain) -> None:
    @plain
    def steps(page: Engine) -> None:
        page.outside.asked.clear()
        page.click("body > .bar .exit")
        leaves(page)


def test_without_scripts_the_questions_are_a_press_away(plain: Plain) -> None:
    @plain
    def steps(page: Engine) -> None:
        if page.ask("document.querySelector('.search-field input')?.offsetHeight > 0"):
            page.click(".search-field input")
            page.press("he left me" + ENTER)
        else:
            page.click("a[href='#search']")
        page.arrive("search")
        assert "left" not in page.where()
        page.click(".search-list a")
        page.arrive(ARTICLES[0])
