"""What the engine makes of a question, in indexes of a few sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from indexed import indexed
from playwright.sync_api import Page

from handbook.search import store
from handbook.search.index import Document

Ask = Callable[[Sequence[Document], str], list[dict[str, Any]]]


@pytest.fixture
def page(used_page: Page) -> Page:
    return used_page


@pytest.fixture
def ask(page: Page, tmp_path: Path) -> Ask:
    """Index some sections and ask in a page on the disk; the results in their order."""

    def results(sections: Sequence[Document], question: str) -> list[dict[str, Any]]:
        page.goto(indexed(tmp_path, sections).as_uri())
        found: list[dict[str, Any]] = page.evaluate("text => handbook.search(text)", question)
        return found

    return results


def first(results: list[dict[str, Any]]) -> str:
    return str(results[0]["url"]).rpartition("/")[2]


def asked(url: str, *phrasings: str, **more: Any) -> Document:
    return Document(url, "", "", asked=phrasings, **more)


def test_words_in_the_order_of_the_question_come_before_the_same_words(ask: Ask) -> None:
    sections = [asked("apart", "talk to him, I get it"), asked("together", "I get him to talk it")]
    assert first(ask(sections, "get him to talk ")) == "together"


def test_a_word_between_two_neighbours_hardly_parts_them(ask: Ask) -> None:
    sections = [
        asked("apart", "she said, really, he did"),
        asked("near", "did she? He really said"),
    ]
    assert first(ask(sections, "he truly said ")) == "near"


def test_one_word_is_not_about_the_shortest_heading(ask: Ask) -> None:
    sections = [
        Document("short", "No space", ""),
        Document(
            "much", "Give him his space kindly", "", asked=("space", "more space", "his space")
        ),
    ]
    assert first(ask(sections, "space ")) == "much"


def test_what_is_taught_is_found_and_not_shown(ask: Ask) -> None:
    sections = [
        asked("shown", "should I ring him"),
        Document("taught", "", "", taught=("do I leave him be",), body=("Leave him.",)),
    ]
    [result, *_] = ask(sections, "do i leave him be ")
    assert first([result]) == "taught"
    assert result["answers"] == ""


def test_a_section_says_its_own_question_where_that_is_alike_and_no_other(ask: Ask) -> None:
    section = asked("a", "should I ring him", "how much space", taught=("whom do we fear",))
    others = [section, asked("b", "other")]
    assert ask(others, "do I ring him at all ")[0]["answers"] == "should I ring him"
    assert ask(others, "how much space ")[0]["answers"] == ""
    assert ask(others, "whom do we fear ")[0]["answers"] == ""


NUMBERS = [
    Document("american", "Who to call", "", body=("Call 1-800-799-7233, or 988.",)),
    Document("british", "Who to call", "", body=("Call 0808 2000 247, or 116 123.",)),
    Document("numbers", "Of numbers", "", body=("In 1996 we were 123, in 2000 we were 247.",)),
]


@pytest.mark.parametrize("end", ["", " "])
@pytest.mark.parametrize(
    ("number", "belongs"),
    [
        ("18007997233", "american"),
        ("+1 (800) 7997233", "american"),
        ("001-800-79972-33", "american"),
        ("8007997233", "american"),
        ("1 800 799 7233", "american"),
        ("who is 1800 7997233", "american"),
        ("08082000247", "british"),
        ("0808 200 0247", "british"),
        ("+44 8082000247", "british"),
        ("00448082000247", "british"),
        ("116123", "british"),
    ],
)
def test_a_number_is_found_however_its_figures_are_grouped(
    ask: Ask, number: str, belongs: str, end: str
) -> None:
    assert first(ask(NUMBERS, number + end)) == belongs


def test_other_numbers_are_left_as_they_are(ask: Ask) -> None:
    assert ask(NUMBERS, "18007997234 ") == []
    assert {result["corrected"] for result in ask(NUMBERS, "in 2000 we 1996 ")} == {None}


def test_a_real_word_is_not_corrected(ask: Ask) -> None:
    sections = [asked("rules", "the rule of one husband"), asked("husband", "my husband, my home")]
    found = ask(sections, "rude husband ")
    assert found
    assert {result["corrected"] for result in found} == {None}


def test_a_real_word_is_corrected_where_nothing_else_was_asked(ask: Ask) -> None:
    found = ask([asked("rules", "the rule of this house")], "rude ")
    assert first(found) == "rules"
    assert found[0]["corrected"] == "rule"


def test_a_stop_word_is_not_corrected(ask: Ask) -> None:
    found = ask([asked("sees", "nobody sees me leave")], "shes to leave ")
    assert found[0]["corrected"] is None


def test_a_letter_that_should_be_doubled_is_the_likeliest_slip(ask: Ask) -> None:
    sections = [asked("nagging", "nagging"), *(asked(f"name{n}", "naming") for n in range(5))]
    assert ask(sections, "naging ")[0]["corrected"] == "nagging"


def test_an_index_in_many_files_answers_as_one_in_one_file_does(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = ("space", "counsel", "money", "letter", "sleep", "garden", "silence")
    sections = [
        asked(f"s{n}", f"how much {topics[n % 7]} does he need", body=(f"Of {topics[n % 5]}.",))
        for n in range(70)
    ]
    question = "how much counselling does my husband ned"
    small = ask(sections, question)
    for limit, much in (("WHOLE", 200), ("POSTINGS", 200), ("RUN", 3), ("WORDS", 5)):
        monkeypatch.setattr(store, limit, much)
    large = ask(sections, question)
    assert len(small) == 10
    assert large == small


def test_in_a_large_index_rare_words_come_with_their_postings(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are found, corrected to, and not corrected; nor are others that are spelled right."""
    for limit, much in (("WHOLE", 0), ("POSTINGS", 20), ("WORDS", 0)):
        monkeypatch.setattr(store, limit, much)
    sections = [asked("rules", "the rule of one husband"), asked("husband", "my husband, my home")]
    assert first(ask(sections, "rule ")) == "rules"
    assert first(ask(sections, "home ru")) == "husband"
    assert ask(sections, "rulle ")[0]["corrected"] == "rule"
    assert {result["corrected"] for result in ask(sections, "rude husband ")} == {None}


def test_a_list_that_goes_on_says_so(ask: Ask) -> None:
    items = tuple(f"number {n} is a long item of a long list;" for n in range(9))
    [result] = ask([Document("a", "", "", body=("Two cups;", *items, "sugar."))], "cups ")
    assert result["snippet"].startswith("Two cups; number 0 is")
    assert result["snippet"].endswith(" of a long list …")
    [result] = ask([Document("a", "", "", body=("Two cups;", "sugar."))], "cups ")
    assert result["snippet"] == "Two cups; sugar."


def test_what_a_colon_promises_is_shown(ask: Ask) -> None:
    promise = "Whoever wants to drink some tea at home has need of " + "many " * 9 + "things:"
    assert len(promise) > 90  # else it goes on in any case
    [result] = ask([Document("a", "", "", body=(promise, "cups;", "tea."))], "tea ")
    assert result["snippet"] == f"{promise} cups …"


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("what do", []),  # "doctor" begins so, but is not meant
        ("doct", ["doctor"]),
        ("naging him ", ["nagging"]),  # and not "naming", which is as near
        ("my doctor", ["doctor"]),
    ],
)
def test_a_snippet_marks_what_was_meant(ask: Ask, question: str, marked: list[str]) -> None:
    section = Document("a", "", "", body=("No nagging, no naming: what do I tell my doctor.",))
    [result] = ask([section], question)
    assert [result["snippet"][begin:end] for begin, end in result["marks"]] == marked


LIFE = (
    "We have been married for eleven years, and both of us work.",
    "His mother lives round the corner and comes on Sundays with a pie.",
    "Last spring we moved because the rent went up, and the dog is old.",
)
DAYS = (f"On day {day} we ate soup, cleaned the hall and watched film {day}." for day in range(32))
STORY = " ".join([*LIFE, *DAYS])  # 420 words, and nothing is told twice
WORDS = ("mother and work", "a dog and a pie", "the rent", "spring and Sundays", "years")


@pytest.mark.parametrize(
    "told", [f"{STORY} {{}}", f"{{}} {STORY}"], ids=["at the end", "at the beginning"]
)
def test_a_question_in_a_long_story_is_heard(ask: Ask, told: str) -> None:
    others = [Document(f"s{n}", "", "", body=(f"Of {word}.",)) for n, word in enumerate(WORDS)]
    sections = [*others, asked("space", "how much space does he need")]
    assert first(ask(sections, told.format("How much space?"))) == "space"


def test_of_two_topics_both_are_found(ask: Ask) -> None:
    both = Document("both", "", "", body=("Bills, rent and sleep are work.", "Of space and quiet."))
    money = asked("money", "who pays the bills and the rent in a marriage that works")
    space = asked("space", "does he need space and sleep after a quiet evening")
    question = (
        "Who pays the bills and the rent in a marriage that works well for couples? "
        "Also, does he need any space and sleep after a long and quiet winter evening at home?"
    )
    sections = [both, money, space]
    found = [result["url"].rpartition("/")[2] for result in ask(sections, question)]
    assert set(found[:2]) == {"money", "space"}


def test_stop_words_of_a_long_question_do_not_outweigh_the_others(ask: Ask) -> None:
    sections = [
        asked("stop", "what am I to do with him when he is not with me and I am here with her"),
        *(asked(f"s{n}", f"{word} and {word}") for n, word in enumerate("abcdefgh")),
        Document("letter", "", "", body=("On a letter.",)),
    ]
    rest = "green yellow purple orange silver golden copper marble velvet cotton linen wool silk"
    question = f"what am I to do with him and her when he is not here letter {rest}"
    assert first(ask(sections, question)) == "letter"
