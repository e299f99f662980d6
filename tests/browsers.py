"""A real browser for the tests that need one; the others run where no browser can be driven."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from chromium import FIX, find

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, headless; every machine that tests must have one."""
    from playwright.sync_api import sync_playwright

    path = find()
    assert path, FIX
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
            # Readers' browsers keep a page that is left, and Back shows it as it was.
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile with the network cut (file:// still opens)."""
    fresh = browser.new_context(offline=True)
    yield fresh
    fresh.close()


@pytest.fixture
def fresh_page(context: BrowserContext) -> Iterator[Page]:
    """A page whose console must stay silent: a message of any kind fails the test."""
    tab = context.new_page()
    said = listen(tab)
    yield tab
    assert said == []


@pytest.fixture
def page(fresh_page: Page) -> Page:
    """What a test takes that says nothing else; a module may name `used_page` here."""
    return fresh_page


@pytest.fixture(scope="session")
def _tab(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    tab = browser.new_context(offline=True).new_page()
    yield tab, listen(tab)
    tab.context.close()


@pytest.fixture
def used_page(_tab: tuple[Page, list[str]]) -> Iterator[Page]:
    """A page like `fresh_page` that other tests have used: to make one costs most of a test.

    For tests that open an address first and leave nothing that outlives it: no settings, routes
    or listeners, nothing stored.
    """
    tab, said = _tab
    said.clear()
    yield tab
    assert said == []


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a page with settings, ``tab(viewport=...)``: the same one for the same settings.

    One context a setting: to make one costs more than to open an address.
    """
    made: dict[str, Page] = {}

    def tab_with(**settings: Any) -> Page:
        key = repr(settings)
        if key not in made:
            made[key] = browser.new_context(offline=True, **settings).new_page()
        return made[key]

    yield tab_with
    for page in made.values():
        page.context.close()


def listen(tab: Page) -> list[str]:
    """What a page says in its console from now on."""
    said: list[str] = []
    tab.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda error: said.append(f"error: {error}"))
    return said
