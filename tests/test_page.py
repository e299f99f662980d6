"""Markdown to a page: what the rules see of it, on which line."""

import re
from pathlib import Path
from unittest.mock import Mock

import pytest
from articles import DOCS, HANDBOOK
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from pages import BODY_LINE, page
from sphinx.config import Config
from sphinx.util.nodes import _make_id, make_id

from handbook.model import markdown
from handbook.model.page import Page, term_anchor
from handbook.rules.gate import set_up_myst


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
    assert down.section == parsed.sections[0]


def test_a_link_says_what_the_picture_in_it_says() -> None:
    first, second = read("[![A map](m.svg)](a.md) and [go ![on](m.svg)](b.md).").links
    assert (first.text, second.text) == ("A map", "go on")


def test_the_rows_of_a_list_table_are_cells_and_no_lists() -> None:
    table = "* - Name\n  - Value\n* - one\n  - Two:\n\n    - a list"
    parsed = read(f":::{{list-table}}\n{table}\n:::")
    assert [block.text for block in parsed.blocks if block.kind == "cell"] == [
        "Name", "Value", "one", "Two:",
    ]  # fmt: skip
    assert [listing.line for listing in parsed.lists] == [BODY_LINE + 6]


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


def test_a_term_is_known_by_its_words() -> None:
    (term,) = read(":::{glossary}\n*Rain* in `drops`\n  Water.\n:::").terms
    assert term.text == "Rain in drops"


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


def test_options_of_a_picture_may_be_yaml() -> None:
    body = "```{image} b.svg\n---\nalt: A wall\n---\n```"
    assert [(i.source, i.alt) for i in read(body).images] == [("b.svg", "A wall")]


def test_the_text_below_yaml_options_keeps_its_line() -> None:
    body = ":::{figure} c.svg\n---\nalt: A path\n---\nA caption.\n:::"
    assert [(b.text, b.line - BODY_LINE) for b in read(body).blocks] == [("A caption.", 4)]


def test_a_footnote_is_text_and_its_mark_is_none() -> None:
    blocks = read("It falls.[^1]\n\n[^1]: See [snow](snow.md).").blocks
    assert [(b.text, b.line - BODY_LINE) for b in blocks] == [("It falls.", 0), ("See snow.", 2)]


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


@pytest.mark.parametrize(
    "term",
    [
        *("mixed signals", "In love", "naïve", "straße", "2 steps", "the 5:1 ratio", "(in) love?"),
        *("O’Neil’s list", "a.b_c", "x -- y", "nai\u0308ve"),
    ],
)
def test_a_term_has_the_anchor_that_sphinx_gives_it(term: str) -> None:
    assert term_anchor(term) == make_id(Mock(), Mock(ids={}), "term", term)


def test_each_letter_of_an_anchor_is_written_as_sphinx_writes_it() -> None:
    letters = [chr(code) for code in range(0xA1, 0x250)]
    theirs = {letter: _make_id(f"term-a{letter}b") for letter in letters}
    assert {letter: term_anchor(f"a{letter}b") for letter in letters} == theirs


# MyST reads the pages in a build: what the rules saw must be what it sees.


@pytest.fixture(scope="module")
def mysts() -> MarkdownIt:
    """MyST's own parser with the settings that a build gives it, but for what that refuses."""
    config = Config({}, {})
    config.add("myst_disable_syntax", [], "env", (list,))
    config.add("myst_enable_extensions", [], "env", (list, set))
    set_up_myst(None, config)  # type: ignore[arg-type]
    refused = ["html_block", "html_inline"]  # the rules read it to name its line
    assert config.myst_disable_syntax == refused
    return create_md_parser(
        MdParserConfig(enable_extensions=config.myst_enable_extensions), RendererHTML
    )


def test_our_parser_has_the_rules_of_mysts(mysts: MarkdownIt) -> None:
    theirs = mysts.get_active_rules()
    theirs["core"].remove("wordcount")  # it counts the words and changes none
    assert markdown.parser().get_active_rules() == theirs


# Rules have settings as well, which their names do not show.
BOX = ":::{note}\nIt is wet.\n:::\n"
SYNTAX = {
    "a note": "It falls.[^1]\n\n[^1]: It is wet.\n",
    "a note that nobody wrote": "It falls.[^1]\n",
    "a note in the text": "It falls.^[It is wet.]\n",
    "a box below a line": f"It falls.\n{BOX}",
    "a box below an item": f"- It falls.\n{BOX}",
    "a box below a quotation": f"> It falls.\n{BOX}",
    "a box below a note": f"[^1]: It falls.\n{BOX}",
    "a class": "A [word]{.calm} and `code`{.calm} and [link](a.md){.calm}.\n",
}


@pytest.mark.parametrize("text", SYNTAX.values(), ids=list(SYNTAX))
def test_our_parser_reads_as_mysts_does(mysts: MarkdownIt, text: str) -> None:
    ours, theirs = markdown.parser().parse(text), mysts.parse(text)
    assert [token.as_dict() for token in ours] == [token.as_dict() for token in theirs]


def test_our_parser_reads_the_handbook_as_mysts_does(mysts: MarkdownIt) -> None:
    for file in sorted(DOCS.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        ours, theirs = markdown.parser().parse(text), mysts.parse(text)
        assert [t.as_dict() for t in ours] == [t.as_dict() for t in theirs], file


def test_sphinx_sees_the_same_sections(site: Path) -> None:
    for docname, ours in HANDBOOK.pages.items():
        html = (site / f"{docname}.html").read_text(encoding="utf-8")
        sections = BeautifulSoup(html, "html.parser").select("article section section[id]")
        seen = [(tag["id"], tag.find(re.compile("^h[2-6]$")).name) for tag in sections]
        assert [(s.anchor, f"h{s.level}") for s in ours.sections] == seen, docname
