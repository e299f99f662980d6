"""A thought that runs through the article is linked at each of its stations, both ways.

``threads.tsv`` has one thread a row, and in the column of a part the sections it passes there.
"""

import csv
from itertools import pairwise, product
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ARTICLE = "love-me-again"
THREADS = list(
    csv.DictReader(
        (Path(__file__).parent / "threads.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
    )
)


@pytest.fixture(scope="module")
def links(site: Path) -> set[tuple[str, str]]:
    """The links that authors wrote in sections of the article: from and to, as ``page#anchor``."""
    found = set()
    for path in (site / ARTICLE).glob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for generated in page.select(".linked-from"):
            generated.decompose()
        for section in page.select("article section section[id]"):
            for a in section.select("a[href*='#']"):
                file, _, anchor = str(a["href"]).partition("#")
                target = file.removesuffix(".html") or path.stem
                found.add((f"{path.stem}#{section['id']}", f"{target}#{anchor}"))
    return found


@pytest.mark.parametrize("thread", THREADS, ids=lambda thread: thread["thread"])
def test_neighbouring_stations_link_to_each_other(
    links: set[tuple[str, str]], thread: dict[str, str]
) -> None:
    columns = [
        [f"{part}#{anchor}" for anchor in anchors.split()]
        for part, anchors in thread.items()
        if part != "thread" and anchors
    ]
    assert len(columns) > 1
    needed = {
        link
        for left, right in pairwise(columns)
        for one, other in product(left, right)
        for link in ((one, other), (other, one))
    }
    assert sorted(needed - links) == []
