"""Each piece of advice says, where it stands, when it does not apply, with a link to what to do.

``limits.tsv`` in an article's folder has them (``handbook.carried.limits``). ``make check`` reads
the source by it; here the built pages are read.
"""

from pathlib import Path

import pytest
from articles import ARTICLES, table
from bs4 import BeautifulSoup


def page(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("article", ARTICLES)
def test_a_piece_of_advice_says_its_limits(site: Path, article: str) -> None:
    missing = []
    for row in table(article, "limits"):
        part, _, section = row["section"].partition("#")
        links = page(site, f"{article}/{part}").select(f"#{section} :is(p, li) a")
        goal, _, anchor = row["limit"].partition("#")
        if row["limit"] != "none" and f"../{goal}.html#{anchor}" not in {a["href"] for a in links}:
            missing.append((row["section"], row["limit"]))
    assert missing == []


@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("part", ["index", "question", "answer", "tips", "takeaways"])
def test_each_page_of_an_article_begins_with_safety(site: Path, article: str, part: str) -> None:
    """Before its first section, or, on the index, before the picture."""
    body = page(site, f"{article}/{part}").select_one("article section")
    assert body is not None
    for later in body.select("section, .article-map"):
        later.decompose()
    assert body.select_one("a[href^='../help/limits.html#']"), part


def test_every_limit_is_named_where_its_advice_stands(site: Path) -> None:
    sections = page(site, "help/limits").select("article section section")
    named = {row["limit"] for article in ARTICLES for row in table(article, "limits")}
    unnamed = {section["id"] for section in sections if f"help/limits#{section['id']}" not in named}
    assert unnamed <= {"signs-of-abuse"}
