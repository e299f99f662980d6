"""What every reader must have, in real engines: from a disk, from a server, in the one file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from .conftest import ROOT
from .engines import ENGINES, ENTER, ESCAPE, Engine

OPTION = "dialog[open] [role=option]"


Window = Callable[[bool], Engine]


@pytest.fixture(scope="module", params=ENGINES, ids=lambda kind: kind.__name__)
def window(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """Give a window, with or without scripts, and one at a time: WebKit may hang beside another."""
    now: dict[bool, Engine] = {}
    with ExitStack() as kept:

        def window_with(scripts: bool) -> Engine:
            if scripts not in now:
                kept.close()
                now.clear()
                folder = tmp_path_factory.mktemp(request.param.__name__)
                now[scripts] = kept.enter_context(request.param(folder, scripts))
            return now[scripts]

        yield window_with


@pytest.fixture(params=("disk", "server", "one file"))
def place(request: pytest.FixtureRequest, site: Path, address: str) -> str:
    """The address where the handbook begins."""
    return {
        "disk": (site / "index.html").as_uri(),
        "server": f"{address}/index.html",
        "one file": (ROOT / "build" / "editions" / "steady.html").as_uri(),
    }[request.param]


@pytest.fixture
def page(window: Window, place: str, record_property: Callable[[str, object], None]) -> Engine:
    """The front page."""
    engine = window(True)
    record_property("engine", engine.version)
    engine.open(place)
    return engine


@pytest.fixture
def plain(window: Window, place: str, record_property: Callable[[str, object], None]) -> Engine:
    """The front page where scripts are off."""
    engine = window(False)
    record_property("engine", engine.version)
    engine.open(place)
    return engine


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
    width = "document.querySelector({}).getBoundingClientRect().width"
    assert page.ask(width.format("'.search-field input'")) > 200
    search(page)
    assert page.ask(width.format("'[role=combobox]'")) > 150


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
    page.until("location.hash.endsWith('appearance-and-confidence')")
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
    page.reach(".sidebar a")
    page.reach("body > .bar .exit")


def test_the_colours_can_be_made_dark(page: Engine) -> None:
    page.click(".menu > summary")
    while page.ask("document.body.dataset.theme") != "dark":
        page.click("button.theme")
    paper = page.ask("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(paper[:3]) < 80
    page.ask("localStorage.clear()")


# Without


def test_without_scripts_the_text_and_the_menu_are_there(plain: Engine) -> None:
    assert plain.ask("document.documentElement.className") == "no-js"
    assert plain.ask("document.querySelector('main h1').offsetHeight > 0")
    opens_the_menu(plain)


def test_without_scripts_the_exit_leaves(plain: Engine) -> None:
    plain.outside.asked.clear()
    plain.click("body > .bar .exit")
    leaves(plain)


def test_without_scripts_the_questions_are_a_press_away(plain: Engine) -> None:
    if plain.ask("document.querySelector('.search-field input')?.offsetHeight > 0"):
        plain.click(".search-field input")
        plain.press("he left me" + ENTER)
    else:
        plain.click("a[href='#search']")
    plain.until("/search/.test(location.href) && document.readyState === 'complete'")
    assert "left" not in plain.ask("location.href")
    plain.click(".search-list a")
    plain.until("/love-me-again/.test(location.href)")
