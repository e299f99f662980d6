"""Each rule fires, on the line it should, and only where it should."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pages import BODY_LINE, page

from handbook.model import lists, markdown
from handbook.model.page import Block
from handbook.model.problem import Problem
from handbook.rules import allow
from handbook.rules.check import RULES, breaches
from handbook.rules.rule import Rule, Setting, fill_in
from handbook.rules.sentences import SPOKEN, grade, sentences, words

ROOT = Path(__file__).parents[1]
FIXTURES = Path(__file__).parent / "fixtures" / "rules"
SETTING = Setting(
    terms=("space", "stonewalling", "mixed signals"),
    today=date(2026, 12, 1),
    topics=Counter({"Money": 2, "Mony": 1}),
)

#: Where the one breach of each ``bad.md`` is reported.
LINES = {
    "answer-first": 12,
    "boxes": 13,
    "bullets": 12,
    "empty-section": 10,
    "example": 7,
    "fences": 16,
    "heading-case": 10,
    "heading-level": 15,
    "heading-meaning": 10,
    "heading-promise": 10,
    "helplines-checked": 10,
    "helplines-due": 10,
    "helplines-overdue": 10,
    "image-alt": 11,
    "link-text": 10,
    "long-sentences": 2,
    "metaphor": 10,
    "near-topics": 5,
    "one-question": 14,
    "outcomes": 10,
    "paragraph-length": 11,
    "phrasings": 10,
    "promise-words": 10,
    "reading-grade": 2,
    "review-overdue": 6,
    "sentence-length": 10,
    "source-lines": 10,
    "summary": 3,
    "takeaways": 12,
    "term-links": 9,
    "title": 2,
}


def check(text: str, asked: str | None = None) -> list[Problem]:
    """Check a page, with the list of phrasings beside it if there is one."""
    parsed, problems = markdown.parse(text, "love/tips", "docs/love/tips.md")
    assert parsed is not None, problems
    phrasings: Counter[tuple[str, str]] = Counter()
    if asked is not None:
        phrasings.update(("love/tips", question.anchor) for question in parsed.asked)
        phrasings.update(("love/tips", line.name) for line in lists.lines(asked))
    return breaches(parsed, replace(SETTING, phrasings=phrasings))


def fixture(rule: Rule, name: str) -> tuple[str, str | None]:
    """Return the page of a rule, good or bad, and the list beside it if there is one."""
    page = FIXTURES / rule.name / f"{name}.md"
    beside = lists.beside(page)
    asked = beside.read_text(encoding="utf-8") if beside.exists() else None
    return page.read_text(encoding="utf-8"), asked


def body(text: str, **front: str) -> list[tuple[str, int]]:
    """Return rule and line, counted from 1 in the body, of what a page of ours breaks."""
    return [(p.rule, p.line - BODY_LINE + 1) for p in check(page(text, **front))]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_fires_where_it_is_broken_and_nowhere_else(rule: Rule) -> None:
    found = [(p.rule, p.line) for p in check(*fixture(rule, "bad"))]
    assert found == [(rule.name, LINES[rule.name])]
    assert check(*fixture(rule, "good")) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_can_be_allowed_for_a_line(rule: Rule) -> None:
    text, asked = fixture(rule, "bad")
    lines = text.split("\n")
    line = LINES[rule.name] - 1
    while lines[line - 1].startswith(("(", "{")):  # anchor and attributes stay where they are
        line -= 1
    mark = "#" if line < lines.index("---", 1) else "%"
    indent = "  " if lines[line].startswith("- ") else ""  # part of the item above
    lines.insert(line, f"{indent}{mark} allow {rule.name}: this page shows it")
    assert check("\n".join(lines), asked) == []


def test_only_what_is_overdue_or_not_yet_known_is_not_fatal() -> None:
    reported = ["near-topics", "phrasings", "review-overdue", "helplines-due", "helplines-overdue"]
    assert [rule.name for rule in RULES if not rule.fatal] == reported


def test_the_page_of_the_rules_lists_them_and_nothing_else() -> None:
    listing = (ROOT / "RULES.md").read_text(encoding="utf-8")
    assert fill_in(listing, RULES) == listing


def test_a_page_of_the_rules_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="the list of rules stands between"):
        fill_in("# The rules\n", RULES)


# The escape hatch.


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("% allow bullets", "say why: % allow bullets: reason"),
        ("% allow bulets: a reason", "no rule is named bulets; did you mean bullets?"),
        ("% allow title: a reason", "line 10 keeps title; take this exception out"),
    ],
)
def test_an_exception_that_is_none(comment: str, message: str) -> None:
    faults = [p.message for p in check(page(f"{comment}\n- One item.")) if p.rule == allow.RULE]
    assert faults == [message]


def test_exceptions_stack_above_one_line() -> None:
    text = "\n".join(
        [
            "% allow heading-level: shown",
            "% allow heading-meaning: shown",
            "(more)=",
            "#### Details",
            "",
            "Text.",
        ]
    )
    assert body(text) == []


def test_an_exception_covers_one_line_only() -> None:
    text = "% allow promise-words: shown\nSpace always helps.\nSpace always helps."
    assert body(text) == [("promise-words", 3)]


# Branches of the rules that their fixtures do not show.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lead in:\n\n" + "- An item.\n" * 7, [("bullets", 3)]),
        ("No colon.\n\n- An item.", [("bullets", 3)]),
        ("(a)=\n# Rain\n\nText.", [("heading-level", 2)]),
        ("> ## Rain\n>\n> It falls.", [("heading-level", 1)]),
        ("{.calm}\n(a)=\n## Rain\n\nIt falls.", []),
        ("(a)=\n## rain falls\n\nText.", [("heading-case", 2)]),
        ("(a)=\n## Rain: An umbrella helps\n\nTake an umbrella.", []),
        ("Call <https://example.org>.", [("link-text", 1)]),
        ("Call [https://example.org](https://example.org).", [("link-text", 1)]),
        ("Call [example.org](https://example.org).", []),
        ("A {term}`space` is a {term}`space`.", [("term-links", 1)]),
        ("> Stonewalling, she wrote.\n\nThat is [stonewalling](a.md).", []),
        ("> You always rekindle it.\n> He will love you again.", []),
        (
            "This is proven (see table).\nThat is no secret.",
            [("promise-words", 1), ("promise-words", 2)],
        ),
        ("Half of them said the love comes back.", [("outcomes", 1)]),
        ("(a)=\n## Saving the love that is proven\n\nText.", [("promise-words", 2)]),
    ],
)
def test_rules_in_detail(text: str, found: list[tuple[str, int]]) -> None:
    assert body(text) == found


@pytest.mark.parametrize(
    "promise",
    [
        "Do this, and your husband will come back.",
        "This wins him back.",
        "It brings back his love.",
        "That saves your marriage.",
        "With time, the love returns.",
        "The relationship improves.",
        "If you wait, she will miss you.",
        "Then he falls in love with you.",
        "This makes him listen.",
        "Clinging pushes him further away.",
        "This change improves your marriage.",
    ],
)
def test_a_promise_is_an_outcome_and_its_hedge_is_none(promise: str) -> None:
    assert body(promise) == [("outcomes", 1)]
    assert body(f"For some, this is so: {promise[0].lower()}{promise[1:]}") == []


def test_more_boxes_than_a_page_may_have() -> None:
    box = ":::{note}\nText.\n:::\n\nBetween.\n\n"
    assert body(box * 3) == [("boxes", 13)]


def test_an_article_without_a_short_answer_or_with_a_long_one() -> None:
    index = page(f":::{{short-answer}}\n{'It is so. ' * 21}\n:::", part="article\ntopic: Love")
    rules = {problem.rule for problem in check(index)}
    assert "answer-first" in rules
    assert ("answer-first", 2) in [
        (p.rule, p.line) for p in check(page("Text.", part="article\ntopic: Love"))
    ]


def test_a_summary_that_repeats_the_title_or_runs_on() -> None:
    assert [p.rule for p in check(page(title="Rain falls", summary="Rain falls."))] == ["summary"]
    assert [p.rule for p in check(page(summary="Rain falls. Snow falls."))] == ["summary"]
    assert [p.rule for p in check(page(summary=f"Rain falls{' down' * 31}."))] == ["summary"]


def test_takeaways_have_points_of_fifteen_words() -> None:
    point = "[Rain](a.md#rain) " + "and " * 14
    assert body(f"Points:\n\n- {point}", part="takeaways") == []
    assert body(f"Points:\n\n- {point} so", part="takeaways") == [("takeaways", 3)]
    assert [p.rule for p in check(page("Text.", part="takeaways"))] == ["takeaways"]


def test_a_section_of_eighty_words_has_a_grade_of_its_own() -> None:
    hard = "Counselling facilitates considerable individual development. " * 18
    easy = "You can go out.\n" * 5 + "\n"
    text = (
        "\n\n".join([easy] * 60) + "\n\n(hard)=\n## Hard\n\n" + hard.strip().replace(". ", ".\n\n")
    )
    assert [rule for rule, _ in body(text)] == ["reading-grade"]


# Text.


def split(text: str) -> list[tuple[str, int]]:
    return [(s.text, s.line) for s in sentences(Block("paragraph", 1, text, None))]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One.\nTwo!\nThree?", [("One.", 1), ("Two!", 2), ("Three?", 3)]),
        (
            "A sentence\nover two lines. And one more.",
            [("A sentence over two lines.", 1), ("And one more.", 2)],
        ),
        ("He said: “Go.” She went.", [("He said: “Go.”", 1), ("She went.", 1)]),
        ("Dr. Who, e.g. J. Smith, rang.", [("Dr. Who, e.g. J. Smith, rang.", 1)]),
        (
            "It took 2.68 years at 3.5 p.m. and more.",
            [("It took 2.68 years at 3.5 p.m. and more.", 1)],
        ),
        ("No end mark", [("No end mark", 1)]),
    ],
)
def test_sentences(text: str, pieces: list[tuple[str, int]]) -> None:
    assert split(text) == pieces


def test_words_have_a_letter_or_a_figure() -> None:
    assert words("It is – well – 5-year-old, isn’t it?") == (
        "It",
        "is",
        "well",
        "5-year-old,",
        "isn’t",
        "it?",
    )


def test_the_grade_is_kincaids() -> None:
    # 2 sentences, 12 words, 13 syllables: 0.39 * 12/2 + 11.8 * 13/12 - 15.59
    assert grade(["The cat sat on the mat.", "The dog is on a table."]) == pytest.approx(
        -0.467, abs=0.01
    )


def test_a_sentence_of_two_words_makes_no_page_easier() -> None:
    long = "The cat sat on the mat and the dog is on a table."
    assert grade([long, "Yes, please."]) > grade([long])


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("several", 2),  # the dictionary would say three
        ("“Diaries!”", 3),  # hyphenation would say two
        ("helplines", 1),  # in no dictionary, and never parted at a line's end
        ("2026", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert SPOKEN[word] == count


@pytest.mark.parametrize(
    ("topic", "meant"),
    [
        ("Mony", "Money"),
        ("Monkey", "Money"),
        ("honey", "Money"),
        ("Money", None),  # it is the one that more articles have
        ("Many", None),
        ("Moneys of two", None),
    ],
)
def test_a_topic_is_nearly_another(topic: str, meant: str | None) -> None:
    setting = replace(SETTING, topics=Counter({"Money": 2, "Honest money": 1}) | Counter([topic]))
    parsed, _ = markdown.parse(
        page("Text.", part=f"article\ntopic: {topic}"), "love/index", "docs/love/index.md"
    )
    assert parsed is not None
    found = [p.message for p in breaches(parsed, setting) if p.rule == "near-topics"]
    assert [message.rpartition("mean ")[2] for message in found] == ([f"{meant}?"] if meant else [])
