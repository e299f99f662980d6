"""What readers may do with the words is said in one way, wherever they look."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
LICENCE = runpy.run_path(str(ROOT / "conf.py"))["handbook_licence"]


@pytest.mark.parametrize("name", ["LICENSE-DOCS", "README.md", "docs/about.md"])
def test_a_file_names_the_licence_of_the_settings(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert LICENCE["name"] in text
    assert LICENCE["address"] in text


def test_every_page_and_the_one_file_link_it_at_their_foot(site: Path, single: Path) -> None:
    for file in [*site.rglob("*.html"), single]:
        foot = BeautifulSoup(file.read_text("utf-8"), "html.parser").select("footer a[rel=license]")
        assert [(a["href"], a.get_text()) for a in foot] == [(LICENCE["address"], LICENCE["name"])]
