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


def test_what_is_not_answered_yet_leads_on_from_every_section(site: Path) -> None:
    """Somebody with such a question leaves with a place to go: a page of help, or a body."""
    for section in page(site, "not-answered").select("article section section"):
        links = [str(a["href"]) for a in section.select(":is(p, li) a")]
        away = [to for to in links if to.startswith(("https:", "help/", "#where-else-to-ask"))]
        assert away, section["id"]


@pytest.mark.parametrize(
    ("section", "limit"),
    [
        ("an-affair", "limits.html#when-the-answer-is-no"),
        ("your-own-affair", "limits.html#who-is-responsible"),
        ("what-to-tell-the-children", "limits.html#what-cannot-wait"),
        ("sex-and-closeness", "limits.html#what-cannot-wait"),
        ("money-and-moving-out", "limits.html#your-own-limit"),
        ("if-he-has-gone", "index.html#thinking-of-suicide"),
        ("family-and-faith", "limits.html#signs-of-abuse"),
    ],
)
def test_what_touches_danger_says_so(site: Path, section: str, limit: str) -> None:
    assert page(site, "not-answered").select_one(f"#{section} a[href='help/{limit}']")


@pytest.mark.parametrize("name", ["index", "about", "help/limits"])
def test_what_is_not_answered_is_named_by(site: Path, name: str) -> None:
    body = page(site, name).select_one("article")
    assert body is not None
    assert body.select_one("a[href$='not-answered.html']")


def test_a_clear_no_is_told_from_a_sentence_said_at_home(site: Path) -> None:
    """What the letter's husband said must not stop its own advice; a request must."""
    section = page(site, "help/limits").select_one("#when-the-answer-is-no")
    assert section is not None
    text = " ".join(section.get_text().split())
    assert "Invite your partner once, and if they say no, leave it there." in text
    assert "has moved out, or has asked you to leave them alone, do not invite them" in text
    assert "can be harassment" in text


def test_nobody_is_sent_to_tell_of_violence_in_front_of_a_partner(site: Path) -> None:
    section = page(site, "help/limits").select_one("#joint-counselling")
    assert section is not None
    assert "alone, and never in front of your partner" in section.get_text()
