"""The contract at the head of a page: what is refused, on which line, with which fix."""

from datetime import date

import pytest
from pages import page

from handbook.model.front_matter import Example, parse


def test_a_page_that_keeps_the_contract() -> None:
    front, problems = parse(page(), "docs/rain.md")
    assert problems == []
    assert front is not None
    assert (front.title, front.part, front.topic) == ("A page about rain", "reference", None)
    assert (front.reviewed, front.review_by) == (date(2026, 11, 23), date(2027, 11, 23))
    assert (front.read_by, front.read_as, front.read_on) == (None, None, None)
    assert front.lines["review-by"] == 6


def test_a_page_may_say_who_has_read_it() -> None:
    front, problems = parse(READ, "docs/rain.md")
    assert problems == []
    assert front is not None
    read = (front.read_by, front.read_as, front.read_on)
    assert read == ("Ann Example", "family therapist", date(2026, 11, 24))


GOOD = page()
READ = page(read_by="Ann Example", read_as="family therapist", read_on="2026-11-24")
INDEX = GOOD.replace("part: reference", "part: article\ntopic: Weather")
FULL = INDEX.replace(
    "Weather", "Weather\npartner: she\nexamples:\n  tips.md#a: An umbrella\n  tips.md#b: A coat?"
)


def test_an_article_may_say_whom_it_is_about_and_what_to_show_of_it() -> None:
    front, problems = parse(FULL, "docs/rain/index.md")
    assert problems == []
    assert front is not None
    assert front.partner == "she"
    assert front.examples == (
        Example("tips.md#a", "An umbrella", 8), Example("tips.md#b", "A coat?", 9),
    )  # fmt: skip
    assert [example.line for example in front.examples] == [8, 9]


def test_an_article_may_say_neither() -> None:
    front, problems = parse(INDEX, "docs/rain/index.md")
    assert problems == []
    assert front is not None
    assert (front.partner, front.examples) == (None, None)


def changed(old: str, new: str, text: str = GOOD) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Just text.\n", 1, "the page starts with front matter between two lines ---"),
        ("---\ntitle: Rain\n", 1, "the front matter is not closed; add a line ---"),
        ("---\n- title\n---\n", 1, "front matter is lines of key: value, first title:"),
        (changed("A page", "Rain: a page"), 2, "put text that holds a colon in quotes"),
        (changed("summary:", "sumary:"), 3, "unknown key sumary; did you mean summary?"),
        (changed("part:", "zzz: 1\npart:"), 4, "unknown key zzz; the keys are, in this order"),
        (
            changed("part: reference\n", ""),
            1,
            "the front matter lacks part; the keys are, in this order",
        ),
        (changed("part:", "title: Twice\npart:"), 4, "title stands twice, first on line 2"),
        (changed("A page about rain", "2026"), 2, "title must be text; put it in quotes"),
        (changed("A page about rain", '""'), 2, "title must be text"),
        (changed("part: reference", "part: tip"), 4, "reference; did you mean tips?"),
        (changed("part: reference", "part: 7"), 4, "part must be one of article, question"),
        (changed("2026-11-23", "November"), 5, "reviewed must be a date such as 2026-11-23"),
        (changed("2026-11-23", "2026-02-30"), 5, "reviewed must be a date such as 2026-11-23"),
        (changed("2026-11-23", "2026-11-23 10:00:00"), 5, "reviewed must be a date such as"),
        (changed("2027", "2025"), 6, "review-by 2025-11-23 is before reviewed 2026-11-23"),
        ("---\n---\n", 1, "front matter is lines of key: value"),
        (changed("rain", "\x07"), 1, "not YAML (special characters are not allowed)"),
        (changed("topic: Weather\n", "", INDEX), 1, "the front matter lacks topic;"),
        (
            changed("part:", "reviewed: 2026-11-23\npart:", changed("reviewed: 2026-11-23\n", "")),
            5,
            "part stands before reviewed; the keys are, in this order: title, summary, part",
        ),
        (
            changed("part: article", "part: help", INDEX),
            5,
            "topic stands only on a page with part: article; take it out",
        ),
        (
            changed("read-as: family therapist\n", "", READ),
            1,
            "the front matter lacks read-as; read-by, read-as, read-on say together who has read",
        ),
        (
            changed("part: reference", "part: reference\npartner: he"),
            5,
            "partner stands only on a page with part: article; take it out",
        ),
        (
            changed("part: reference", "part: reference\nexamples:\n  a.md#b: C"),
            5,
            "examples stands only on a page with part: article; take it out",
        ),
        (changed("she", "her", FULL), 6, "partner must be one of he, she, they; did you mean he"),
        (changed("An umbrella", "7", FULL), 7, "examples must be text; put it in quotes"),
        (changed("tips.md#b", "tips.md#a", FULL), 7, "examples names tips.md#a twice; take one"),
        (
            changed("\n  tips.md#a: An umbrella\n  tips.md#b: A coat?", "", FULL),
            7,
            "examples has lines below it, indented, such as tips.md#its-anchor: A few words",
        ),
        (
            changed(
                "partner: she\n",
                "examples: [tips.md#a]\n",
                INDEX.replace("Weather", "Weather\npartner: she"),
            ),
            6,
            "examples has lines below it, indented",
        ),
        (changed("read-on: 2026-11-24", "read-on: 2026", READ), 9, "read-on must be a date such"),
        (changed("Ann Example", "7", READ), 7, "read-by must be text; put it in quotes"),
        (
            page(read_as="family therapist", read_by="Ann Example", read_on="2026-11-24"),
            8,
            "read-by stands before read-as; the keys are, in this order",
        ),
    ],
)
def test_a_broken_contract(text: str, line: int, message: str) -> None:
    front, problems = parse(text, "docs/rain.md")
    assert front is None
    assert [(p.path, p.line, p.rule) for p in problems] == [("docs/rain.md", line, "front-matter")]
    assert message in problems[0].message


def test_every_breach_is_told_at_once() -> None:
    _, problems = parse(changed("2026-11-23", "soon").replace("summary", "sumary"), "a.md")
    assert [p.line for p in problems] == [3, 5]
