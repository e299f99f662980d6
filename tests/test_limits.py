"""Each piece of advice says, where it stands, when it does not apply, with a link to what to do."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

#: The section of the article with the advice, and the sections of the limits that it names.
LIMITS = [
    ("tips", "give-him-space", ["space-and-safety"]),
    ("tips", "go-to-counselling", ["joint-counselling"]),
    ("tips", "look-at-yourself", ["changing-out-of-fear", "who-is-responsible"]),
    ("tips", "do-not-be-desperate", ["when-the-answer-is-no", "when-you-cannot-cope"]),
    ("tips", "his-part", ["what-cannot-wait"]),
    ("answer", "draw-him-back", ["when-the-answer-is-no"]),
    ("answer", "appearance-and-confidence", ["changing-out-of-fear"]),
    ("answer", "your-own-happiness", ["when-you-cannot-cope"]),
    ("answer", "is-it-too-late", ["your-own-limit"]),
    ("takeaways", "before-you-plead", ["what-cannot-wait"]),
    ("takeaways", "points-to-remember", ["space-and-safety"]),
    ("takeaways", "start-where-you-can", ["when-you-cannot-cope"]),
]


def page(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize(("part", "section", "limits"), LIMITS, ids=lambda value: str(value))
def test_a_piece_of_advice_says_its_limits(
    site: Path, part: str, section: str, limits: list[str]
) -> None:
    links = page(site, f"love-me-again/{part}").select(f"#{section} :is(p, li) a")
    missing = {f"../help/limits.html#{limit}" for limit in limits} - {a["href"] for a in links}
    assert missing == set()


@pytest.mark.parametrize("part", ["index", "question", "answer", "tips", "takeaways"])
def test_each_page_of_the_article_begins_with_safety(site: Path, part: str) -> None:
    """Before its first section, or, on the index, before the picture."""
    body = page(site, f"love-me-again/{part}").select_one("article section")
    assert body is not None
    for later in body.select("section, .article-map"):
        later.decompose()
    assert body.select_one("a[href^='../help/limits.html#']"), part


def test_every_limit_is_named_where_its_advice_stands(site: Path) -> None:
    sections = page(site, "help/limits").select("article section section")
    named = {limit for _, _, limits in LIMITS for limit in limits}
    assert {section["id"] for section in sections} - named == {"signs-of-abuse"}
