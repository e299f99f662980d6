"""Every point that the article must carry stands in its section, as a reader sees it.

``points.tsv`` has one point a row: its number in the inventory of the source column, its page
(and section) of the article, and word stems separated by ``;``, with ``|`` between alternatives.
A point that needs a limit beside it has the stems of that limit in the same row.
"""

import csv
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

ARTICLE = "love-me-again"
POINTS = list(
    csv.DictReader(
        (Path(__file__).parent / "points.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
    )
)


@pytest.fixture(scope="module")
def texts(site: Path) -> dict[str, str]:
    """The text of each page of the article, and of each section as ``page#anchor``."""
    found = {}
    for path in (site / ARTICLE).glob("*.html"):
        article = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find("article")
        assert isinstance(article, Tag), path
        found[path.stem] = folded(article)
        for section in article.select("section section[id]"):
            found[f"{path.stem}#{section['id']}"] = folded(section)
    return found


def folded(tag: Tag) -> str:
    """Return the text in small letters with single spaces; what the build adds does not count."""
    for generated in tag.select(".linked-from"):
        generated.decompose()
    return " ".join(tag.get_text().split()).casefold()


def test_there_are_98_points() -> None:
    assert len({point["id"] for point in POINTS}) == len(POINTS) == 98
    assert [p["id"] for p in POINTS if "" in p["stems"].replace("|", ";").split(";")] == []


@pytest.mark.parametrize("point", POINTS, ids=lambda point: f"{point['id']}-{point['section']}")
def test_a_point_is_carried_where_it_belongs(texts: dict[str, str], point: dict[str, str]) -> None:
    text = texts[point["section"]]
    stems = [stem.split("|") for stem in point["stems"].split(";")]
    assert [stem for stem in stems if not any(word in text for word in stem)] == []
