"""Addresses that are not ASCII, as a browser sends them: on a server, a disk, in the one file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from conftest import ROOTS, Once, Quiet, build_small
from pages import FOREIGN, PICTURES, foreign_site, write
from playwright.sync_api import Browser, Page, expect

INPUT = "dialog[open] [role=combobox]"
OPTION = "dialog[open] [role=option]"


@pytest.fixture(scope="session")
def foreign(once: Once) -> Callable[[str], Path]:
    """The output of a builder over a site with such names."""

    def build(builder: str) -> Path:
        def fill(folder: Path) -> None:
            root = shutil.copytree(ROOTS / "test-two-articles", folder / "root")
            write(root / "docs", foreign_site())
            done = build_small(root, builder, folder)
            assert done.returncode == 0, done.stderr

        return once(f"foreign-{builder}", fill) / "out"

    return build


@pytest.fixture(scope="session")
def server(foreign: Callable[[str], Path]) -> Iterator[str]:
    handler = partial(Quiet, directory=str(foreign("html")))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def follow(page: Page, name: str) -> None:
    """Press the link to a page's section, and see the section."""
    page.get_by_role("link", name=f"to {name}", exact=True).click()
    heading = page.get_by_role("heading", name=f"All about {name}")
    expect(heading).to_be_in_viewport()
    expect(page.locator("section:target > :is(h2, h3)")).to_contain_text(f"All about {name}")


def search(page: Page, name: str) -> None:
    """Ask for a page's section, and see it."""
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.type(name)
    expect(page.locator(OPTION).first).to_contain_text(f"All about {name}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"All about {name}")).to_be_in_viewport()
    expect(page.locator("section:target > :is(h2, h3)")).to_contain_text(f"All about {name}")


def look(page: Page, address: str) -> None:
    for name in ("marmalade", "honey", "butter"):
        page.goto(address)
        follow(page, name)
        page.goto(address)
        search(page, name)
    page.goto(address)
    shown = page.locator("img[alt='A dot']")
    expect(shown).to_have_count(len(PICTURES))
    widths = shown.evaluate_all("pictures => pictures.map((each) => each.naturalWidth)")
    assert min(widths) > 0
    page.get_by_role("link", name="забота", exact=True).click()
    expect(page.locator("dt:target")).to_contain_text("забота")


def test_from_a_server(browser: Browser, server: str) -> None:
    with browser.new_context() as context:
        lost: list[str] = []
        page = context.new_page()
        page.on("response", lambda got: lost.append(got.url) if got.status >= 400 else None)
        look(page, f"{server}links.html")
        for name in FOREIGN:
            page.goto(f"{server}{name}.html#über")
            expect(page.locator("section:target")).to_be_in_viewport()
        assert [url for url in lost if not url.endswith("favicon.ico")] == []


def test_from_a_disk(page: Page, foreign: Callable[[str], Path]) -> None:
    look(page, (foreign("html") / "links.html").as_uri())


def test_in_one_file(page: Page, foreign: Callable[[str], Path]) -> None:
    (file,) = foreign("single").glob("*.html")
    look(page, f"{file.as_uri()}#links")
