"""The lists beside the pages: how their lines are read, and which of them are refused."""

from datetime import date
from pathlib import Path

import pytest
from pages import check, load, page, write

from handbook.model import lists, source
from handbook.model.problem import Problem

GLOSSARY = page("::::{glossary}\nmixed signals\n  :::{asked}\n  is it hot\n  :::\n\n  Words.\n::::")
RAIN = page("(wet)=\n## Rain is wet\n\n:::{asked}\nis it wet\n:::\n\nIt falls.")


def said(tmp_path: Path, **texts: str | bytes) -> list[Problem]:
    """Check pages about rain and snow, and a glossary, with these lists beside them."""
    docs = write(tmp_path / "docs", {"rain.md": RAIN, "snow.md": page("Text.")})
    write(docs, {"glossary.md": GLOSSARY})
    for name, text in texts.items():
        data = text.encode() if isinstance(text, str) else text
        (docs / f"{name}.asked.txt").write_bytes(data)
    return check(docs, date(2026, 12, 1))


def refused(tmp_path: Path, **texts: str | bytes) -> str:
    (problem,) = [problem for problem in said(tmp_path, **texts) if problem.fatal]
    return str(problem)


# How a list is read.


def test_a_comment_begins_with_the_line() -> None:
    text = "# a comment\n  # another\nhe is #1 to me\n#3 is one too\n"
    assert [line.text for line in lists.lines(text)] == ["he is #1 to me"]


def test_a_line_has_its_number_the_name_above_it_and_single_spaces() -> None:
    text = "is  it\twet\n\n[ cold ]\r\n does it freeze \n"
    assert list(lists.lines(text)) == [(1, "", "is it wet"), (4, "cold", "does it freeze")]


def test_the_list_of_a_page_is_named_after_it() -> None:
    assert lists.beside(Path("docs/rain.md")) == Path("docs/rain.asked.txt")


def test_lines_above_the_first_anchor_belong_to_the_page(tmp_path: Path) -> None:
    texts = {"rain.md": RAIN, "rain.asked.txt": "rain again\n[wet]\nhow wet\n"}
    handbook, problems = load(write(tmp_path / "docs", texts))
    assert problems == []
    assert [(p.anchor, p.text, p.path, p.line, p.beside) for p in handbook.phrasings] == [
        ("wet", "is it wet", "docs/rain.md", 13, False),
        ("", "rain again", "docs/rain.asked.txt", 1, True),
        ("wet", "how wet", "docs/rain.asked.txt", 3, True),
    ]


def test_the_question_of_a_term_is_a_phrasing_of_the_term(tmp_path: Path) -> None:
    (phrasing,) = load(write(tmp_path / "docs", {"glossary.md": GLOSSARY}))[0].phrasings
    assert (phrasing.anchor, phrasing.text) == ("term-mixed-signals", "is it hot")


# What it may hold.


@pytest.mark.parametrize(
    "text",
    ["[wet]\nhow wet is it\n", "\ufeff[wet]\nhow wet is it\n", "[wet]\r\nhow wet is it\r\n"],
    ids=["Unix", "byte order mark", "Windows"],
)
def test_a_list_may_come_from_any_editor(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, rain=text) == []


def test_a_list_names_the_terms_of_a_glossary(tmp_path: Path) -> None:
    assert said(tmp_path, glossary="[term-mixed-signals]\nhot and cold\n") == []


def test_a_byte_order_mark_is_no_letter(tmp_path: Path) -> None:
    file = tmp_path / "rain.asked.txt"
    file.write_bytes(b"\xef\xbb\xbf[wet]\r\nis it\r\n")
    assert source.read(file) == "[wet]\nis it\n"


# What is refused.


def test_a_list_in_latin_1_is_named_with_line_and_fix(tmp_path: Path) -> None:
    text = "[wet]\nhow wet\nin a café\n".encode("latin-1")
    assert refused(tmp_path, rain=text) == (
        "docs/rain.asked.txt:3: byte 0xe9 is not UTF-8; save the file as UTF-8 [encoding]"
    )


def test_a_character_that_nothing_can_print_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, rain="[wet]\nhow\x00wet\n") == (
        "docs/rain.asked.txt:2: the character U+0000 cannot be printed; take it out [encoding]"
    )


def test_a_section_that_the_page_has_not_is_told_once_with_the_nearest(tmp_path: Path) -> None:
    assert refused(tmp_path, rain="[wett]\nhow wet\nhow cold\n") == (
        'docs/rain.asked.txt:2: the page has no section "wett"; did you mean wet? [list]'
    )


def test_a_section_like_no_other_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    assert refused(tmp_path, rain="[zzz]\nhow wet\n").endswith(
        'the page has no section "zzz"; it has wet [list]'
    )
    assert refused(tmp_path, rain="", snow="[zzz]\nso cold\n").endswith("it has none [list]")


def test_the_same_question_twice_is_told_with_both_places(tmp_path: Path) -> None:
    """However it is written; the page's own comes first."""
    assert refused(tmp_path, rain="[wet]\nhow wet\nIs it WET?\n") == (
        'docs/rain.asked.txt:3: "Is it WET?" already stands in docs/rain.md:13;'
        " keep it where it belongs [list]"
    )


def test_the_same_question_for_two_pages_is_told_with_both_places(tmp_path: Path) -> None:
    assert refused(tmp_path, rain="[wet]\nso cold\n", snow="so cold\n") == (
        'docs/snow.asked.txt:1: "so cold" already stands in docs/rain.asked.txt:2;'
        " keep it where it belongs [list]"
    )


def test_the_first_place_is_told_however_often_a_question_comes(tmp_path: Path) -> None:
    problems = said(tmp_path, rain="so cold\nso cold\nso cold\n")
    assert [p.line for p in problems] == [2, 3]
    assert all("docs/rain.asked.txt:1;" in p.message for p in problems)


def test_a_list_whose_page_is_gone_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, snwo="so cold\n") == (
        "docs/snwo.asked.txt:1: there is no page snwo.md beside this list;"
        " did you mean to name it snow.asked.txt? [list]"
    )
