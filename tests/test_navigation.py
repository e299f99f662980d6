"""The ways from a page: a menu that is bounded, and never stale."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from handbook.outline import MANY
from handbook.theme.navigation import BESIDE as BESIDES

Build = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parent / "roots" / "test-two-articles" / "docs"
BESIDE = """---
title: {title}
summary: A page that stands beside the articles.
part: {part}
reviewed: 2026-11-23
review-by: 2027-11-23
---

A page beside the articles.
"""


@pytest.fixture
def ways(sphinx: Build, tmp_path: Path) -> Callable[..., list[str]]:
    """Build with these edits; return the texts of the links in a page's sidebar."""

    def build(page: str, edit: dict[str, str] | None = None) -> list[str]:
        done = sphinx("test-two-articles", edit=edit)
        assert done.returncode == 0, done.stderr
        html = (tmp_path / "out" / f"{page}.html").read_text("utf-8")
        return [a.get_text() for a in BeautifulSoup(html, "html.parser").select(".sidebar li a")]

    return build


def test_a_sidebar_names_no_other_article(ways: Callable[..., list[str]]) -> None:
    assert ways("rain/takeaways") == [
        "Can I walk with rain?", "Question", "Answer", "Tips", "Takeaways", "The point about rain",
    ]  # fmt: skip


def test_a_page_of_no_article_names_help_the_articles_and_the_others(
    ways: Callable[..., list[str]],
) -> None:
    edit = {
        "docs/about.md": BESIDE.format(title="About", part="reference"),
        "docs/help.md": BESIDE.format(title="Help", part="help"),
    }
    menu = ["Help", "Can I walk with dogs?", "Can I walk with rain?", "About"]
    for page in ("index", "about", "help"):
        assert ways(page, edit) == menu


def test_more_articles_than_a_menu_has_room_for_are_a_link_to_the_questions(
    ways: Callable[..., list[str]],
) -> None:
    rain = {path.name: path.read_text("utf-8") for path in (ROOT / "rain").glob("*.md")}
    edit = {"docs/about.md": BESIDE.format(title="About", part="reference")}
    many = edit | {
        f"docs/walk-{number}/{name}": text.replace("rain", f"wind {number}")
        for number in range(MANY - 2)
        for name, text in rain.items()
    }
    assert len(ways("about", many)) == MANY + 1
    one_more = {f"docs/snow/{name}": text.replace("rain", "snow") for name, text in rain.items()}
    assert ways("about", one_more) == ["All questions", "About"]


def test_more_pages_beside_the_articles_than_a_menu_has_room_for_are_in_the_list(
    ways: Callable[..., list[str]], tmp_path: Path
) -> None:
    edit = {
        f"docs/note-{number:02}.md": BESIDE.format(title=f"Note {number:02}", part="reference")
        for number in range(BESIDES + 1)
    }
    menu = ways("rain/tips", edit)
    assert menu[-1] == f"Note {BESIDES - 1:02}"
    assert menu.count("All pages") == 1
    html = (tmp_path / "out" / "search.html").read_text("utf-8")
    assert f"note-{BESIDES:02}.html" in html


def test_a_new_title_reaches_the_pages_that_were_not_touched(
    ways: Callable[..., list[str]],
) -> None:
    title = ways("dogs/tips")[0]
    index = (ROOT / "dogs" / "index.md").read_text("utf-8")
    assert title in index
    edit = {"docs/dogs/index.md": index.replace(title, "May dogs swim?")}
    assert ways("dogs/tips", edit)[0] == "May dogs swim?"


def test_a_new_page_beside_reaches_every_page(ways: Callable[..., list[str]]) -> None:
    assert "About" not in ways("dogs/tips")
    edit = {"docs/about.md": BESIDE.format(title="About", part="reference")}
    assert ways("dogs/tips", edit)[-1] == "About"
