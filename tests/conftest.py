"""What the tests share: the built handbook, a real browser without a network, small sites."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from chromium import FIX, find

from handbook.build import STRICT, publish, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytest_plugins = ["needs"]
ROOT = Path(__file__).parents[1]
ROOTS = Path(__file__).parent / "roots"
BASE = "https://example.org/steady/"  # where the shared site says that it stands


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built handbook, as `make html` leaves it."""
    goal = ROOT / "build" / "html"
    publish(run("html", ROOT), goal)
    return goal


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, *message: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where a server on this machine shows the built handbook, ending in a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def shared_site() -> Path:
    """The folder of the handbook, built as for a server whose address is known."""
    return run("html", ROOT, "-q", "-D", f"html_baseurl={BASE}", name="shared")


@pytest.fixture
def sphinx(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Build a copy of a small site under tests/roots, strictly; return the finished process.

    ``sphinx("test-name", builder="html", edit={"docs/a.md": text})`` builds into
    ``tmp_path / "out"`` from a copy in ``tmp_path / "root"``.
    """

    def build(
        name: str, builder: str = "html", edit: dict[str, str | bytes | None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        root = tmp_path / "root"
        if not root.exists():
            shutil.copytree(ROOTS / name, root)
        for path, content in (edit or {}).items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                place.unlink()
            else:
                place.write_bytes(content.encode() if isinstance(content, str) else content)
        source = root / "docs" if (root / "docs").is_dir() else root
        command = [sys.executable, "-m", "sphinx", *STRICT, "-q", "-b", builder, "-c", str(root)]
        places = ["-d", str(tmp_path / "doctrees"), str(source), str(tmp_path / "out")]
        return subprocess.run(
            [*command, *places], cwd=ROOT, capture_output=True, text=True, check=False
        )

    return build


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
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose console must stay silent: a message of any kind fails the test."""
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda error: said.append(f"error: {error}"))
    yield tab
    assert said == []
