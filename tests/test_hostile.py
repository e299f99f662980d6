"""Markup in a page's text or front matter ends up as text, and nothing inline is nameless."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from handbook.csp import policy
from handbook.theme import FIRST_SCRIPT

EVIL = "<script>evil()</script>"
PAGE = f"""---
title: Dogs {EVIL}
summary: 'This says "><script>evil()</script> of a dog.'
part: article
topic: Pets {EVIL}
reviewed: 2026-11-23
review-by: 2027-11-23
---

:::{{short-answer}}
You can walk, {EVIL}, with a dog.
:::

{EVIL}

A dog <img src=x onerror="evil()"> walks.

:::{{article-map}}
:::
"""


@pytest.fixture
def out(sphinx: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> Path:
    done = sphinx("test-two-articles", edit={"docs/dogs/index.md": PAGE})
    assert done.returncode == 0, done.stderr
    return tmp_path / "out"


def test_markup_is_text_on_every_page(out: Path) -> None:
    for file in sorted(out.rglob("*.html")):
        page = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        inline = [script.get_text() for script in page.select("script:not([src])")]
        assert inline == [FIRST_SCRIPT], file
        assert page.select("[onerror], img") == [], file


def test_it_is_read_as_it_was_written(out: Path) -> None:
    page = BeautifulSoup((out / "dogs" / "index.html").read_text("utf-8"), "html.parser")
    assert page.title.get_text() == f"Dogs {EVIL} – Small"
    assert page.select_one("h1").contents[0] == f"Dogs {EVIL}"
    assert page.select_one(".sidebar a").get_text() == f"Dogs {EVIL}"
    description = page.select_one("meta[name=description]")["content"]
    assert description == 'This says "><script>evil()</script> of a dog.'


def test_a_policy_names_each_inline_text_by_its_hash() -> None:
    """The digest of the empty text is well known."""
    empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    rules = dict(rule.split(" ", 1) for rule in policy([""], [""]).split("; "))
    assert rules["script-src"] == rules["style-src"] == f"'self' {empty}"
    assert rules["default-src"] == "'none'"
