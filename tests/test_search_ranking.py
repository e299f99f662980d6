"""The questions of ``search/``, asked in the built handbook as a reader asks them."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from likeness import too_like
from pages import load
from playwright.sync_api import Browser

HERE = Path(__file__).with_name("search")
QUESTIONS = [
    question
    for name in ("questions.yaml", "unseen.yaml")
    for question in yaml.safe_load(HERE.joinpath(name).read_text(encoding="utf-8"))
]
DOCS = Path(__file__).parents[1] / "docs"

# In per cent: the right section first, among the first three. A change may raise these floors,
# never lower them.
FIRST, FIRST_THREE = 95, 99


def is_right(question: dict[str, Any], url: str) -> bool:
    """Whether an address is that of a section that may come first."""
    first = question["first"] if isinstance(question["first"], list) else [question["first"]]
    patterns = [re.sub(r"^([^#]*)", r"\1.html", target) for target in first]
    return any(fnmatch(place, pattern) for place in (url, f"{url}#") for pattern in patterns)


@pytest.fixture(scope="module")
def places(browser: Browser, site: Path) -> list[int]:
    """For each question the place of its section among the results, from 1; 0 if it has none."""
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    answers = page.evaluate(
        """(questions) => Promise.all(questions.map(async (text) => {
            const results = await handbook.search(text);
            return results.map(({ url }) => url.slice(handbook.root.href.length));
        }))""",
        [question["ask"] for question in QUESTIONS],
    )
    page.close()
    return [
        next((place for place, url in enumerate(urls, 1) if is_right(question, url)), 0)
        for question, urls in zip(QUESTIONS, answers, strict=True)
    ]


def missed(places: list[int], most: int) -> str:
    """The questions whose section comes later, to read in a failure."""
    return "\n".join(
        f"{place or 'none':>4}  {question['ask']}  ->  {question['first']}"
        for question, place in zip(QUESTIONS, places, strict=True)
        if not 1 <= place <= most
    )


def test_the_right_section_comes_first(places: list[int]) -> None:
    share = 100 * sum(place == 1 for place in places) / len(places)
    assert share >= FIRST, missed(places, 1)


def test_the_right_section_is_among_the_first_three(places: list[int]) -> None:
    share = 100 * sum(1 <= place <= 3 for place in places) / len(places)
    assert share >= FIRST_THREE, missed(places, 3)


def test_every_question_names_sections_that_are_there(site: Path) -> None:
    there = [
        f"{page.relative_to(site).as_posix()}#{anchor}"
        for page in site.rglob("*.html")
        for anchor in ("", *re.findall(r' id="([^"]+)"', page.read_text(encoding="utf-8")))
    ]
    lost = [
        q["ask"] for q in QUESTIONS if not any(is_right(q, url.removesuffix("#")) for url in there)
    ]
    assert lost == []


def test_no_question_is_a_phrasing() -> None:
    handbook, _ = load(DOCS)
    assert len(handbook.phrasings) > 1000
    copied = [
        f"{question}  ~  {phrasing.text} ({phrasing.path}:{phrasing.line})"
        for question, phrasing in too_like([q["ask"] for q in QUESTIONS], handbook.phrasings)
    ]
    assert not copied, "\n".join(copied)
