"""Every point that an article must carry stands in its section, as a reader sees it.

``points.tsv`` in the article's folder has them (``handbook.carried.points``). ``make check`` reads
the source by it; here the built pages are read.
"""

from pathlib import Path

import pytest
from articles import ARTICLES, table
from bs4 import BeautifulSoup, Tag


def texts(site: Path, article: str) -> dict[str, str]:
    """The text of each page of an article, and of each section as ``page#anchor``."""
    found = {}
    for path in (site / article).glob("*.html"):
        body = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find("article")
        assert isinstance(body, Tag), path
        found[path.stem] = folded(body)
        for section in body.select("section section[id]"):
            found[f"{path.stem}#{section['id']}"] = folded(section)
    return found


def folded(tag: Tag) -> str:
    """Return the text in small letters with single spaces; what the build adds does not count."""
    for generated in tag.select(".linked-from"):
        generated.decompose()
    plain = tag.get_text().translate({0x2018: "'", 0x2019: "'"})  # as the table is typed
    return " ".join(plain.split()).casefold()


@pytest.mark.parametrize("article", ARTICLES)
def test_a_point_is_carried_where_it_belongs(site: Path, article: str) -> None:
    text = texts(site, article)
    points = table(article, "points")
    assert points
    lost = [
        (point["id"], stem)
        for point in points
        for stem in point["stems"].split(";")
        if not any(word in text[point["section"]] for word in stem.split("|"))
    ]
    assert lost == []


def test_the_first_article_carries_all_points_of_its_column() -> None:
    """The inventory of the column has 98 that must be carried, or carried with a limit."""
    assert len(table("love-me-again", "points")) == 98
