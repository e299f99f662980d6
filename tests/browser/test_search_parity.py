"""Python and the browser make the same words and the same terms of a text."""

from __future__ import annotations

import json
from pathlib import Path

import sphinx.search
from articles import DOCS
from playwright.sync_api import Page

from handbook.search.english import english
from handbook.search.text import tokens

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "handbook" / "search" / "static" / "search" / "text.js"
CASES = json.loads((ROOT / "tests" / "search" / "words.json").read_text(encoding="utf-8"))
STEMMER = Path(sphinx.search.__file__).parent / "minified-js"


def in_browser(page: Page, texts: list[str]) -> list[list[list[str]]]:
    """Words and terms of each text, made by the browser."""
    page.add_script_tag(content="var handbook = {};")
    for script in (STEMMER / "base-stemmer.js", STEMMER / "english-stemmer.js", TEXT):
        page.add_script_tag(path=script)
    language = {"stop": [], "variants": english().variants}
    found: list[list[list[str]]] = page.evaluate(
        """([language, texts]) => {
            const stemmer = new EnglishStemmer();
            const { tokens, term } = handbook.text(language, (word) => stemmer.stemWord(word));
            return texts.map((text) => [tokens(text), tokens(text).map(term)]);
        }""",
        [language, texts],
    )
    return found


def test_the_shared_cases(page: Page) -> None:
    made = in_browser(page, [case["text"] for case in CASES])
    assert made == [[case["words"], case["terms"]] for case in CASES]


def test_every_page_of_the_handbook(page: Page) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md"))]
    term = english().stemmer()
    here = [[tokens(text), list(map(term, tokens(text)))] for text in texts]
    assert in_browser(page, texts) == here
