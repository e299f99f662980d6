"""A thought that runs through an article is linked at each of its stations, both ways.

``threads.tsv`` in the article's folder has them (``handbook.carried.threads``). ``make check``
reads the source by it; here the built pages are read.
"""

from itertools import pairwise, product
from pathlib import Path

import pytest
from articles import ARTICLES, table
from bs4 import BeautifulSoup


def links(site: Path, article: str) -> set[tuple[str, str]]:
    """The links that authors wrote in sections of an article: from and to, as ``page#anchor``."""
    found = set()
    for path in (site / article).glob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for generated in page.select(".linked-from"):
            generated.decompose()
        for section in page.select("article section section[id]"):
            for a in section.select("a[href*='#']"):
                file, _, anchor = str(a["href"]).partition("#")
                target = file.removesuffix(".html") or path.stem
                found.add((f"{path.stem}#{section['id']}", f"{target}#{anchor}"))
    return found


@pytest.mark.parametrize("article", ARTICLES)
def test_neighbouring_stations_link_to_each_other(site: Path, article: str) -> None:
    threads = table(article, "threads")
    assert threads
    needed = set()
    for thread in threads:
        columns = [
            [f"{part}#{anchor}" for anchor in anchors.split()]
            for part, anchors in thread.items()
            if part != "thread" and anchors
        ]
        assert len(columns) > 1
        for left, right in pairwise(columns):
            for one, other in product(left, right):
                needed |= {(one, other), (other, one)}
    assert sorted(needed - links(site, article)) == []
