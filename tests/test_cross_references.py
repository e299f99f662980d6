"""The real handbook: every section of an article leads somewhere and is led to."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import ARTICLES
from bs4 import BeautifulSoup, Tag

from handbook.model.front_matter import ARTICLE_PARTS


@pytest.fixture(scope="module", params=ARTICLES)
def sections(site: Path, request: pytest.FixtureRequest) -> dict[str, Tag]:
    """Each section of an article by ``page.html#anchor``."""
    found: dict[str, Tag] = {}
    for part in ARTICLE_PARTS:
        text = (site / request.param / f"{part}.html").read_text(encoding="utf-8")
        for section in BeautifulSoup(text, "html.parser").select("article section section[id]"):
            found[f"{part}.html#{section['id']}"] = section
    return found


def links(section: Tag, where: str) -> set[str]:
    """The links of a section's own text, not of those below it, as ``page.html#anchor``."""
    page = where.partition("#")[0]
    written = [a for a in section.select("p a, li a, dd a") if not in_linked_from(a)]
    hrefs = [str(a["href"]) for a in written if a.find_parent("section") is section]
    return {page + href if href.startswith("#") else href for href in hrefs} - {where}


def in_linked_from(tag: Tag) -> bool:
    return tag.find_parent(class_="linked-from") is not None


def test_every_section_of_an_article_has_a_link_out(sections: dict[str, Tag]) -> None:
    lonely = [name for name, tag in sections.items() if not links(tag, name) & sections.keys()]
    assert lonely == []


def test_every_section_of_an_article_has_a_link_in(sections: dict[str, Tag]) -> None:
    linked = set().union(*(links(tag, name) for name, tag in sections.items()))
    assert sorted(sections.keys() - linked) == []


def test_every_section_shows_what_links_to_it(sections: dict[str, Tag]) -> None:
    """Below its text, or in it: what its last lines name is not said again."""
    for name, tag in sections.items():
        page = name.partition("#")[0]
        shown = {str(a["href"]) for a in tag.select(".linked-from a")}
        shown = {page + href if href.startswith("#") else href for href in shown}
        linking = {other for other, tag in sections.items() if name in links(tag, other)}
        assert linking <= shown | links(tag, name), name


def test_every_link_inside_the_handbook_lands(site: Path) -> None:
    ids: dict[Path, set[str]] = {}
    for path in site.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        ids[path] = {str(tag["id"]) for tag in page.select("[id]")}
    dead: list[str] = []
    for path in ids:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for a in page.select("a[href]"):
            target, _, anchor = str(a["href"]).partition("#")
            if ":" in target:
                continue
            folder = site if target.startswith("/") else path.parent  # "/": the page 404
            goal = (folder / target.lstrip("/")).resolve() if target else path
            if not goal.exists() or (anchor and goal in ids and anchor not in ids[goal]):
                dead.append(f"{path.relative_to(site)}: {a['href']}")
    assert dead == []
