"""The sections of a page: listed below the title of a long one, each with a link to copy."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import ROOTS
from pages import page

from handbook.crossref.on_this_page import SECTIONS, WORDS

Build = Callable[..., subprocess.CompletedProcess[str]]
SITE = "test-two-articles"
LIST = "nav.on-this-page"
LINK = "a.section-link"
CONF = (ROOTS / SITE / "conf.py").read_text(encoding="utf-8")


def long_page(sections: int = SECTIONS, words: int = WORDS, part: str = "reference") -> str:
    """A page whose sections hold so many words in all, below an opening of two paragraphs."""
    each = "\n\n".join(["The rain falls."] * (words // sections // 3 + 1))
    body = [f"(part-{n})=\n## The *part* {n}\n\n{each}\n" for n in range(sections)]
    return page("\n".join(["First of all.\n", "Then this.\n", *body]), part=part)


@pytest.fixture
def made(sphinx: Build, tmp_path: Path) -> Callable[..., Tag]:
    """Build the small site with one more page; return the text of that page."""

    def build(text: str, builder: str = "html", conf: str = "") -> Tag:
        edit = {"docs/long.md": text, "conf.py": CONF + conf}
        done = sphinx(SITE, builder, edit)
        assert done.returncode == 0, done.stderr
        name = {"html": "long.html", "single": "small.html", "epub": "long.xhtml"}[builder]
        soup = BeautifulSoup((tmp_path / "out" / name).read_text("utf-8"), "html.parser")
        found = soup.select_one("section#long, article:has(#part-0), body")
        assert found is not None
        return found

    return build


def beside(text: Tag, selector: str) -> list[str | None]:
    """What stands before and after, as names of tags."""
    (found,) = text.select(selector)
    around = (found.find_previous_sibling(), found.find_next_sibling())
    return [each.name if each else None for each in around]


# The list


def test_a_long_page_lists_its_sections_below_its_title(made: Callable[..., Tag]) -> None:
    text = made(long_page())
    assert beside(text, LIST) == ["h1", "p"]
    links = text.select(f"{LIST} li > a")
    assert [link["href"] for link in links] == [f"#part-{n}" for n in range(SECTIONS)]
    assert [link.get_text() for link in links] == [f"The part {n}" for n in range(SECTIONS)]


def test_on_a_help_page_whom_to_call_comes_first(made: Callable[..., Tag]) -> None:
    text = made(long_page(part="help"))
    (found,) = text.select(LIST)
    assert beside(text, LIST) == ["p", "p"]
    above = found.find_previous_sibling()
    assert above is not None
    assert above.get_text() == "First of all."


@pytest.mark.parametrize(
    "text",
    [long_page(sections=SECTIONS - 1), long_page(words=WORDS // 2)],
    ids=["few sections", "few words"],
)
def test_a_page_that_is_seen_as_it_is_has_no_list(made: Callable[..., Tag], text: str) -> None:
    assert made(text).select(LIST) == []


def test_in_the_one_file_the_list_leads_to_the_places_there(made: Callable[..., Tag]) -> None:
    links = made(long_page(), "single").select(f"{LIST} a")
    assert [link["href"] for link in links] == [f"#long/part-{n}" for n in range(SECTIONS)]


# The link beside a heading


def test_a_heading_has_a_link_to_its_section_after_it(made: Callable[..., Tag]) -> None:
    text = made(
        page(
            '(old)=\n(rain)=\n## Rain *and* "wind"\n\nIt falls.\n\n'
            "(snow)=\n### Snow\n\nIt falls too.\n"
        )
    )
    links = text.select(LINK)
    assert [link["href"] for link in links] == ["#rain", "#snow"]
    assert [link["aria-label"] for link in links] == [
        "Link to this section: Rain and “wind”",
        "Link to this section: Snow",
    ]
    for link in links:
        heading = link.find_previous_sibling()
        assert heading is not None
        assert re.fullmatch("h[23]", heading.name)
        assert link.get_text() == ""


@pytest.mark.parametrize("part", ["help", "front"])
def test_what_would_give_a_reader_away_has_none(sphinx: Build, tmp_path: Path, part: str) -> None:
    """A history would say which part of a help page was read; the front page is no text."""
    name = {"help": "long", "front": "index"}[part]
    text = long_page(part=part) + (":::{questions}\n:::\n" if part == "front" else "")
    done = sphinx(SITE, edit={f"docs/{name}.md": text})
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / f"{name}.html").read_text("utf-8")
    assert BeautifulSoup(html, "html.parser").select(LINK) == []
    other = (tmp_path / "out" / "rain" / "tips.html").read_text("utf-8")
    assert BeautifulSoup(other, "html.parser").select(LINK)


@pytest.mark.parametrize(("builder", "selector"), [("single", LINK), ("epub", f"{LINK}, {LIST}")])
def test_what_is_no_page_on_a_server_has_none(
    made: Callable[..., Tag], builder: str, selector: str
) -> None:
    conf = 'version = "1"\ncopyright = "2026"\nepub_theme = "handbook-epub"\n'
    conf += 'epub_exclude_files = ["_static/favicon.svg"]\n'
    text = made(long_page(), builder, conf)
    assert "The part 0" in text.get_text()
    assert text.select(selector) == []
