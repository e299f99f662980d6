"""Markdown to a page: what the rules see of it, on which line."""

import re
from pathlib import Path

from bs4 import BeautifulSoup
from pages import BODY_LINE, load, page

from handbook.model import markdown
from handbook.model.page import Page


def read(body: str) -> Page:
    parsed, problems = markdown.parse(page(body), "love/tips", "docs/love/tips.md")
    assert problems == []
    assert parsed is not None
    return parsed


def test_a_section_has_its_anchor_and_the_ones_it_had_before() -> None:
    (section,) = read("(old-name)=\n(name)=\n## A *good* heading").sections
    assert (section.anchor, section.old_anchors) == ("name", ("old-name",))
    assert (section.title, section.level, section.line) == ("A good heading", 2, BODY_LINE + 2)


def test_an_anchor_that_is_not_directly_above_a_heading_is_not_its_anchor() -> None:
    (section,) = read("(name)=\n\n## Heading").sections
    assert section.anchor == ""


def test_an_anchor_above_a_paragraph_is_stray() -> None:
    assert read("(name)=\nText.").stray_anchors == (("name", BODY_LINE),)


def test_a_link_knows_its_line_and_its_section() -> None:
    parsed = read("[Up](a.md).\n\n(s)=\n## S\n\nLine one\nand [two\nlines](b.md#x).")
    up, down = parsed.links
    assert (up.target, up.line, up.section) == ("a.md", BODY_LINE, None)
    assert (down.target, down.text, down.line) == ("b.md#x", "two\nlines", BODY_LINE + 6)
    assert down.section is parsed.sections[0]


def test_a_role_is_text_with_a_target() -> None:
    (block,) = read("It is {term}`his anger <contempt>` here.").blocks
    assert block.text == "It is his anger here."
    assert [(s.kind, s.target, block.text[s.start : s.end]) for s in block.spans] == [
        ("term", "contempt", "his anger")
    ]


def test_text_in_a_box_in_a_box_keeps_its_line() -> None:
    body = "::::{important}\n:class: calm\n\nOuter.\n\n:::{note}\nInner.\n:::\n::::"
    parsed = read(body)
    assert [(b.text, b.line - BODY_LINE, b.within) for b in parsed.blocks] == [
        ("Outer.", 3, ("important",)),
        ("Inner.", 6, ("important", "note")),
    ]
    assert [(d.name, d.line - BODY_LINE, d.end - BODY_LINE) for d in parsed.directives] == [
        ("important", 0, 8),
        ("note", 5, 7),
    ]


def test_phrasings_of_readers_are_not_prose() -> None:
    (block,) = read(":::{asked}\nhow do I\nwhat if\n:::").blocks
    assert (block.kind, block.is_prose) == ("asked", False)


def test_a_record_is_not_prose() -> None:
    (block,) = read("{.record}\nAuthor, A. (2000). A title. A journal, 1(1), 1-2.").blocks
    assert not block.is_prose


def test_a_glossary_has_terms_and_definitions() -> None:
    body = "::::{glossary}\n:sorted:\n\nrain\n  Water.\n\n  More.\n\nsnow : s\n  Ice.\n::::"
    assert [(b.kind, b.text, b.line - BODY_LINE) for b in read(body).blocks] == [
        ("term", "rain", 3),
        ("paragraph", "Water.", 4),
        ("paragraph", "More.", 6),
        ("term", "snow", 8),
        ("paragraph", "Ice.", 9),
    ]


def test_a_definition_list_and_a_quotation() -> None:
    blocks = read("Rain\n: Water.\n\n> A line.").blocks
    assert [(b.kind, b.text, b.within) for b in blocks] == [
        ("term", "Rain", ()),
        ("paragraph", "Water.", ("definition",)),
        ("paragraph", "A line.", ("quote",)),
    ]


def test_a_list_has_items_and_a_lead_in() -> None:
    (listing,) = read("Lead in:\n\n- one\n- two\n\n  more").lists
    assert listing.lead_in is not None
    assert listing.lead_in.text == "Lead in:"
    assert [[b.text for b in item] for item in listing.items] == [["one"], ["two", "more"]]


def test_cells_of_a_table_have_the_line_of_their_row() -> None:
    blocks = read("| a | b |\n|---|---|\n| [c](d.md) | e |").blocks
    assert [(b.kind, b.text, b.line - BODY_LINE) for b in blocks] == [
        ("cell", "a", 0),
        ("cell", "b", 0),
        ("cell", "c", 2),
        ("cell", "e", 2),
    ]


def test_pictures_inline_and_as_a_directive() -> None:
    body = "Text\n![A path](a.svg).\n\n```{image} b.svg\n:alt: A wall\n```\n\n![](c.svg)"
    assert [(i.source, i.alt, i.line - BODY_LINE) for i in read(body).images] == [
        ("a.svg", "A path", 1),
        ("b.svg", "A wall", 3),
        ("c.svg", "", 7),
    ]


def test_code_and_comments_are_not_text() -> None:
    assert read("% a comment\n\n```\n(not)=\n## a heading\n```").blocks == ()


def test_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    file = tmp_path / "rain.md"
    file.write_bytes(page("(s)=\n## S").replace("\n", "\r\n").encode())
    parsed, problems = markdown.read(file, "rain", "docs/rain.md")
    assert problems == []
    assert parsed is not None
    assert parsed.sections[0].anchor == "s"


def test_a_file_that_is_not_utf_8_is_named_with_line_and_byte(tmp_path: Path) -> None:
    file = tmp_path / "rain.md"
    file.write_bytes(page("Text.\nCafé.").encode("latin-1"))
    _, problems = markdown.read(file, "rain", "docs/rain.md")
    assert [str(problem) for problem in problems] == [
        f"docs/rain.md:{BODY_LINE + 1}: byte 0xe9 is not UTF-8; save the file as UTF-8 [encoding]"
    ]


def test_sphinx_sees_the_same_sections(site: Path) -> None:
    handbook, _ = load(Path(__file__).parents[1] / "docs")
    for docname, ours in handbook.pages.items():
        html = (site / f"{docname}.html").read_text(encoding="utf-8")
        sections = BeautifulSoup(html, "html.parser").select("article section section[id]")
        seen = [(tag["id"], tag.find(re.compile("^h[2-6]$")).name) for tag in sections]
        assert [(s.anchor, f"h{s.level}") for s in ours.sections] == seen, docname
