"""The address of a section is the name that was written above it, in every edition."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, ROOTS
from pages import BODY_LINE, check, page, write

from handbook.model.names import MADE, fit, is_frames

Build = Callable[..., subprocess.CompletedProcess[str]]
TODAY = date(2026, 11, 24)
# Among them the slugs of the page's own title and of another heading, and the ids
# that docutils gives a note and its mark.
NAMES = ("24-hours", "988", "give_him_space", "Two.Words", "2am", "Give-Him", "über", "id1",
         "a-page-about-rain", "heading-number-5", "no-te")  # fmt: skip
SECTIONS = "\n\n".join(f"({name})=\n## Heading number {n}\n\nText." for n, name in enumerate(NAMES))
LINKS = ", ".join(f"[to {name}](#{name})" for name in NAMES)
ANCHORS = page(f"{LINKS}.[^no.te]\n\n{SECTIONS}\n\n[^no.te]: A note.")
LINKING = page(
    ", ".join(f"[to {name}](anchors.md#{name})" for name in NAMES), title="A page with links"
)
BOOK = """
copyright = "2026, nobody"
version = "1"
epub_theme = "handbook-epub"
epub_exclude_files = ["_static/favicon.svg"]
"""


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def ids(path: Path) -> list[str]:
    return [str(tag["id"]) for tag in soup(path).select("[id]")]


def targets(path: Path) -> list[str]:
    """Where the links that say "to ..." lead."""
    return [str(a["href"]) for a in soup(path).select("a") if a.get_text().startswith("to ")]


@pytest.fixture
def build(sphinx: Build, tmp_path: Path) -> Callable[[str], Path]:
    def build(builder: str) -> Path:
        conf = (ROOTS / "test-two-articles" / "conf.py").read_text(encoding="utf-8")
        edit = {"docs/anchors.md": ANCHORS, "docs/links.md": LINKING, "conf.py": conf + BOOK}
        done = sphinx("test-two-articles", builder, edit=edit)
        assert done.returncode == 0, done.stderr
        return tmp_path / "out"

    return build


def test_on_a_page_each_name_is_the_id(build: Callable[[str], Path]) -> None:
    out = build("html")
    sections = soup(out / "anchors.html").select("article section section")
    assert [section["id"] for section in sections] == [*NAMES]
    found = ids(out / "anchors.html")
    assert sorted(found) == sorted(set(found))
    assert targets(out / "anchors.html") == [f"#{name}" for name in NAMES]
    assert targets(out / "links.html") == [f"anchors.html#{name}" for name in NAMES]
    (mark,) = soup(out / "anchors.html").select("a.footnote-reference")
    assert str(mark["href"])[1:] in found  # the note gave way, and its mark follows


def test_in_the_one_file_each_name_stands_after_its_page(build: Callable[[str], Path]) -> None:
    (file,) = build("single").glob("*.html")
    names = [f"anchors/{name}" for name in NAMES]
    found = ids(file)
    assert [found.count(name) for name in names] == [1] * len(names)
    assert targets(file) == [f"#{name}" for name in names] * 2


def test_in_the_e_book_links_and_contents_lead_to_ids_that_xml_allows(
    build: Callable[[str], Path],
) -> None:
    out = build("epub")
    found = ids(out / "anchors.xhtml")
    assert [each for each in found if re.match(r"[^\W\d]", each) is None] == []
    contents = [str(a["href"]) for a in soup(out / "nav.xhtml").select("a")]
    listed = [href for href in contents if href.startswith("anchors.xhtml#")]
    for led in (targets(out / "anchors.xhtml"), targets(out / "links.xhtml"), listed):
        assert len(led) == len(NAMES)
        assert {href.partition("#")[2] for href in led} <= set(found)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("his way", 'anchor "his way" is no address; letters, digits and hyphens are: (his-way)='),
        ("c++", 'anchor "c++" is no address; letters, digits and hyphens are: (c)='),
        ("a/b", 'anchor "a/b" is no address; letters, digits and hyphens are: (a-b)='),
        ("text", "anchor text is a place in the frame of every page; choose another"),
        ("search-7", "anchor search-7 is a place in the frame of every page; choose another"),
    ],
)
def test_a_name_that_is_no_address_is_refused_with_one_that_is(
    tmp_path: Path, name: str, said: str
) -> None:
    docs = write(tmp_path / "docs", {"a.md": page(f"({name})=\n## Rain\n\nIt falls.")})
    (problem,) = check(docs, TODAY)
    assert str(problem) == f"docs/a.md:{BODY_LINE + 1}: {said} [anchor]"


def test_a_former_name_is_an_address_too(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a.md": page("(text)=\n(rain)=\n## Rain\n\nIt falls.")})
    assert "anchor text is a place in the frame" in str(*check(docs, TODAY))


def test_a_name_that_differs_in_capitals_alone_is_taken(tmp_path: Path) -> None:
    body = "(rain)=\n## Rain\n\nIt falls.\n\n(Rain)=\n## More rain\n\nIt falls."
    docs = write(tmp_path / "docs", {"a.md": page(body)})
    assert "anchor Rain is taken by docs/a.md" in str(*check(docs, TODAY))


def test_a_section_does_not_stand_where_the_one_file_has_a_page(tmp_path: Path) -> None:
    files = {"a.md": page("(b)=\n## Rain\n\nIt falls."), "a/b.md": page("It falls.")}
    (problem,) = check(write(tmp_path / "docs", files), TODAY)
    assert "anchor b is where the one file has docs/a/b.md" in str(problem)


def test_a_section_is_not_called_like_a_term_beside_it(tmp_path: Path) -> None:
    body = "(term-rain)=\n## Rain\n\n:::{glossary}\nrain\n  It falls.\n:::"
    problems = check(write(tmp_path / "docs", {"a.md": page(body)}), TODAY)
    assert "anchor term-rain is the address of a term on this page" in str(problems[0])


@pytest.mark.parametrize(
    ("name", "better"), [("ﬁne", "fine"), ("-a-", "a"), ("a  b", "a-b"), ("愛", "愛"), ("?", "")]
)
def test_the_nearest_name_that_is_an_address(name: str, better: str) -> None:
    assert fit(name) == better


def test_every_place_in_the_frame_is_known(built: Callable[..., Path]) -> None:
    """A new id in a template or a script is told to the rule, or a section could have it."""
    files = [*built("test-two-articles").rglob("*.html")]
    files += built("test-two-articles", "single").glob("*.html")
    pages = [soup(file) for file in files if file.name != "genindex.html"]
    text = {id(tag) for page in pages for tag in page.select("article section[id] [id]")}
    frame = {str(tag["id"]) for page in pages for tag in page.select("[id]") if id(tag) not in text}
    titles = {str(tag["id"]) for page in pages for tag in page.select("article > section[id]")}
    scripts = (ROOT / "handbook" / "search" / "static" / "search" / "dialog.js").read_text("utf-8")
    made = re.findall(r"\bid(?:: | = )[\"`]([^\"`]+)[\"`]", scripts)
    named = {re.sub(r"\$\{\w+\}", "1", each.replace("${id}", "search-1")) for each in made}
    assert len(named) >= 3
    assert {each for each in (frame - titles) | named if not is_frames(each)} == set()


@pytest.mark.parametrize("name", ["genindex", "Search", "nav"])
def test_a_page_that_an_edition_would_write_over_is_refused(tmp_path: Path, name: str) -> None:
    docs = write(tmp_path / "docs", {f"{name}.md": page("It falls.")})
    (problem,) = check(docs, TODAY)
    said = f'docs/{name}.md:1: the name "{name}" is that of a page which an edition writes'
    assert str(problem) == f"{said} of its own; choose another [page-name]"
    docs = write(tmp_path / "below", {f"rain/{name}.md": page("It falls.")})
    assert check(docs, TODAY) == []


@pytest.mark.parametrize(("builder", "ending"), [("html", ".html"), ("epub", ".xhtml")])
def test_every_page_that_an_edition_writes_is_known(
    build: Callable[[str], Path], builder: str, ending: str
) -> None:
    out = build(builder)
    docs = out.parent / "root" / "docs"
    own = {file.stem for file in out.glob(f"*{ending}") if not (docs / f"{file.stem}.md").exists()}
    assert own
    assert own <= MADE
