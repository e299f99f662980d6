"""Every page in every setting, where the tests ask one page of each kind."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from a11y import (
    KINDS,
    PHONE,
    SIZES,
    addresses,
    open_menu,
    open_search,
    violations,
    walk,
)
from playwright.sync_api import Page

Tab = Callable[..., Page]
SCHEMES = ("light", "dark")


@pytest.mark.parametrize(("size", "scheme"), [*product(SIZES, SCHEMES)])
def test_axe_finds_nothing_on_any_page(site: Path, tab: Tab, size: str, scheme: str) -> None:
    page = tab(viewport=SIZES[size], color_scheme=scheme)
    found = []
    for address in addresses(site):
        page.goto(address)
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_an_open_menu(site: Path, tab: Tab, scheme: str) -> None:
    page = tab(viewport=PHONE, color_scheme=scheme)
    open_menu(page, site)
    assert violations(page) == []


@pytest.mark.parametrize(("size", "scheme"), [*product(SIZES, SCHEMES)])
def test_axe_finds_nothing_in_an_open_search(site: Path, tab: Tab, size: str, scheme: str) -> None:
    page = tab(viewport=SIZES[size], color_scheme=scheme)
    open_search(page, site)
    assert violations(page) == []


@pytest.mark.parametrize(("kind", "size"), [*product(KINDS, SIZES)])
def test_the_keyboard_reaches_everything_and_one_sees_where(
    site: Path, tab: Tab, kind: str, size: str
) -> None:
    page = tab(viewport=SIZES[size])
    page.goto((site / f"{kind}.html").as_uri())
    walk(page)
