"""It says when nothing here answers a question, and when it is in another language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

SEARCH = Path(__file__).parents[1] / "search"
FOREIGN = yaml.safe_load(SEARCH.joinpath("foreign.yaml").read_text(encoding="utf-8"))
# In per cent: foreign questions that are told so; for each set of sentences danger that is heard at
# either level, danger for which help comes first, harmless ones of which the alarm is sure at most.
# They may get better, never worse.
TOLD = 85
LISTEN = {
    "listen.yaml": (83, 55, 2),
    "listen-2.yaml": (81, 57, 6),
    "listen-3.yaml": (77, 44, 9),
    "listen-4.yaml": (75, 42, 7),
    "listen-5.yaml": (68, 37, 8),
    "listen-6.yaml": (72, 42, 8),
    "listen-7.yaml": (66, 35, 9),
    "listen-8.yaml": (71, 40, 10),
}
INPUT = "dialog[open] [role=combobox]"
OPTION = "dialog[open] [role=option]"
DOUBT = "dialog[open] .search-doubt"
PERHAPS = "i sleep with my shoes on "


@pytest.fixture
def page(used_page: Page, site: Path) -> Page:
    used_page.goto((site / "index.html").as_uri())
    return used_page


def fits(page: Page, question: str) -> Any:
    return page.evaluate("text => handbook.search(text).then(({ fits }) => fits)", question)


def ask(page: Page, question: str) -> None:
    page.keyboard.press("/")
    page.locator(INPUT).fill(question)


def test_what_no_page_answers_is_told_with_the_nearest_and_where_to_look(page: Page) -> None:
    ask(page, "best engine oil for a diesel tractor ")
    expect(page.locator(DOUBT)).to_contain_text("This handbook does not seem to answer that.")
    expect(page.locator(f"{DOUBT} a")).to_have_attribute("href", re.compile("not-answered"))
    assert 1 <= page.locator(OPTION).count() <= 3
    ask(page, "is it too late for us ")
    expect(page.locator(DOUBT)).to_be_empty()
    expect(page.locator(OPTION)).to_have_count(10)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("best engine oil for a diesel tractor", False),
        ("zzzzqq", False),
        ("how do I change a flat tyre on the motorway", False),
        ("is it too late for us", True),
        ("stonewalling", True),
        ("is my wife cheating", True),  # a topic that the page of open questions names
        ("he hits me with a diesel tractor engine", True),  # the alarm leaves no doubt
        ("", True),
    ],
)
def test_what_resolves_says_whether_it_fits(page: Page, question: str, answered: bool) -> None:
    assert fits(page, question) is answered


@pytest.mark.parametrize(
    "question",
    [
        "mon mari ne me parle plus depuis des mois",
        "meine frau will nicht mehr mit mir reden",
        "mąż mnie już nie kocha",
        "मेरे पति मुझसे बात नहीं करते",
        "夫が私を愛していない",
    ],
)
def test_another_language_is_told_and_brings_the_helplines(page: Page, question: str) -> None:
    ask(page, f"{question} ")
    expect(page.locator(DOUBT)).to_have_text(
        "This looks like another language. The handbook is in English."
    )
    first = page.locator(OPTION).first
    assert first.get_attribute("href").endswith("help/contacts.html")
    expect(page.locator("dialog[open] .search-note")).to_be_empty()  # no word is corrected
    assert fits(page, question) is False


def test_a_doubt_about_danger_is_one_line_that_leads_to_help(page: Page) -> None:
    line = page.locator("dialog[open] .search-perhaps")
    ask(page, PERHAPS)
    expect(line).to_have_text("Is this about fear, force or not wanting to live? Help is here.")
    expect(line.locator("a")).to_have_attribute("href", re.compile(r"help/index\.html$"))
    alarm = page.evaluate("text => handbook.search(text).then(({ alarm }) => alarm)", PERHAPS)
    assert alarm == "perhaps"
    ask(page, "is it too late for us ")
    expect(page.locator(OPTION).first).to_be_visible()
    expect(line).to_be_empty()


@pytest.mark.parametrize("question", ["hes nt tlkng 2 me any more", "marrige counciling", "2026"])
def test_a_hasty_hand_is_no_other_language(page: Page, question: str) -> None:
    ask(page, f"{question} ")
    expect(page.locator(OPTION).first).to_be_visible()
    expect(page.locator(DOUBT)).not_to_contain_text("another language")


def asked(page: Page, questions: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(
        """(questions) => Promise.all(questions.map(async (text) => {
          const { fits, alarm } = await handbook.search(text);
          return { fits, alarm };
        }))""",
        questions,
    )
    return found


def test_most_foreign_questions_are_told_so(page: Page) -> None:
    answers = asked(page, [each["ask"] for each in FOREIGN])
    missed = [each["ask"] for each, answer in zip(FOREIGN, answers, strict=True) if answer["fits"]]
    assert 100 * (1 - len(missed) / len(FOREIGN)) >= TOLD, missed


def sentences(name: str, kind: str) -> list[str]:
    themes = yaml.safe_load(SEARCH.joinpath(name).read_text(encoding="utf-8"))[kind]
    return [str(each) for some in themes.values() for each in some]


@pytest.mark.parametrize("name", LISTEN)
def test_danger_is_heard_in_words_that_do_not_say_so(page: Page, name: str) -> None:
    danger = sentences(name, "danger")
    answers = asked(page, danger)
    missed = [each for each, answer in zip(danger, answers, strict=True) if not answer["alarm"]]
    sure = sum(answer["alarm"] == "sure" for answer in answers)
    assert 100 * (1 - len(missed) / len(danger)) >= LISTEN[name][0], missed
    assert 100 * sure / len(danger) >= LISTEN[name][1]


@pytest.mark.parametrize("name", LISTEN)
def test_the_alarm_is_seldom_sure_of_what_is_harmless(page: Page, name: str) -> None:
    harmless = sentences(name, "harmless")
    answers = asked(page, harmless)
    sure = [
        each for each, answer in zip(harmless, answers, strict=True) if answer["alarm"] == "sure"
    ]
    assert 100 * len(sure) / len(harmless) <= LISTEN[name][2], sure


def test_ordinary_questions_are_left_in_peace(page: Page) -> None:
    ordinary = [*sentences("listen-3.yaml", "ordinary"), *sentences("listen-4.yaml", "ordinary")]
    answers = asked(page, ordinary)
    heard = [each for each, answer in zip(ordinary, answers, strict=True) if answer["alarm"]]
    assert 100 * len(heard) / len(ordinary) <= 2, heard
