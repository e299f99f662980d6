"""`make watch`: a page that is open shows what is saved."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOTS
from playwright.sync_api import Browser, expect

from benchmarks.watch import watched


def test_a_page_shows_what_is_saved(tmp_path: Path, browser: Browser) -> None:
    """Its policy allows nothing inline, so what loads it anew is a file."""
    root = shutil.copytree(ROOTS / "test-two-articles", tmp_path / "root")
    with watched(root) as address:
        page = browser.new_page()
        page.goto(f"{address}/rain/tips.html")
        source = root / "docs" / "rain" / "tips.md"
        source.write_text(f"{source.read_text('utf-8')}\nRain is wet.\n", "utf-8")
        expect(page.get_by_text("Rain is wet.")).to_be_attached(timeout=120_000)
        page.close()
