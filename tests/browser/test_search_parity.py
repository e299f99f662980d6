"""Python and the browser make the same words and the same terms of a text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import sphinx.search
import yaml
from articles import DOCS
from playwright.sync_api import Page

from handbook.search import alert, listener, network
from handbook.search.english import english
from handbook.search.text import tokens

ROOT = Path(__file__).parents[2]
SEARCH = ROOT / "handbook" / "search"
SCRIPTS = SEARCH / "static" / "search"
TEXT = SCRIPTS / "text.js"
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


def test_what_the_listener_hears(page: Page) -> None:
    term = english().stemmer()
    kinds = listener.kinds((SEARCH / "kinds.txt").read_text(encoding="utf-8"), term)
    net = network.read((SEARCH / "network.txt").read_text(encoding="utf-8"))
    table = listener.read((SEARCH / "listener.txt").read_text(encoding="utf-8"), net)
    groups = alert.parse((SEARCH / "harm.txt").read_text(encoding="utf-8"), term)
    cases = yaml.safe_load((ROOT / "tests" / "search" / "harm.yaml").read_text(encoding="utf-8"))
    texts = [text for some in cases.values() for text in some]
    texts += [" ".join(texts[at : at + 40]) for at in range(0, len(texts), 40)]  # long ones
    asked = [[term(word) for word in tokens(text)] for text in texts]

    page.add_script_tag(content="var handbook = {};")
    for name in ("digits.js", "listener.js", "alert.js"):
        page.add_script_tag(path=SCRIPTS / name)
    alerts = [
        {"group": name, "section": place, **alert.packed(group)}
        for place, (name, group) in enumerate(groups.items())
    ]
    there = page.evaluate(
        """([alerts, atOnce, later, asked]) => {
            const { signs, heard, learn } = handbook.alert(alerts, atOnce);
            const all = () => asked.map((terms) => {
                const { alarm, because } = heard(terms);
                return { signs: signs(terms), alarm, ...because };
            });
            const first = all();
            learn(later);
            return [first, all()];
        }""",
        [alerts, listener.at_once(table, kinds), listener.later(table, kinds), asked],
    )
    alone = replace(table, weights={})
    for own, levels, said in zip((alone, table), (table.alone, table.levels), there, strict=True):
        for text, terms, found in zip(texts, asked, said, strict=True):
            signs = alert.signs(groups, terms)
            here = listener.heard(terms, kinds, lambda some: alert.signs(groups, some), own)
            assert found == {
                "signs": signs,
                "alarm": listener.level(here, signs, levels),
                "weight": pytest.approx(here.weight),
                "patient": pytest.approx(here.patient),
                "group": here.group,
            }, text
