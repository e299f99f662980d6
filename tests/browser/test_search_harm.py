"""What speaks of fear and harm brings help first, however it is typed and however long the story
is; the same words in ordinary trouble do not. Where it is not sure, the answer says "perhaps"."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

SEARCH = Path(__file__).parents[1] / "search"
CASES = yaml.safe_load(SEARCH.joinpath("harm.yaml").read_text(encoding="utf-8"))
EVERYDAY = yaml.safe_load(SEARCH.joinpath("everyday.yaml").read_text(encoding="utf-8"))
# A life around a question: 38 words that speak of nothing grave.
ORDINARY = (
    "we have been married for eleven years and have two children and a dog, he works in a bank and"
    " I work in a school, on sundays we go for a walk by the lake and then we have lunch"
)
FIGURES = str.maketrans("oieast", "013457")
SIGNS = str.maketrans("ais", "@!$")


def held(word: str) -> str:
    """A word with its last letter held down."""
    return re.sub(r"[^\W\d_]$", lambda letter: letter[0] * 3, word)


def hold_last(text: str) -> str:
    return held(text)


def hold_longest(text: str) -> str:
    words = text.split()
    longest = max(words, key=len)
    return " ".join(held(word) if word == longest else word for word in words)


def run_together(text: str) -> str:
    """The two words in the middle as one."""
    words = text.split()
    at = len(words) // 2
    return " ".join([*words[: at - 1], "".join(words[at - 1 : at + 1]), *words[at + 1 :]])


def with_figures(text: str) -> str:
    return re.sub(r"(?<=[a-z])[oieast](?=[a-z])", lambda sign: sign[0].translate(FIGURES), text)


def with_signs(text: str) -> str:
    return re.sub(r"(?<=[a-z])[ais](?=[a-z])", lambda sign: sign[0].translate(SIGNS), text)


def as_it_is(text: str) -> str:
    return text


def at_the_end_of_a_story(text: str) -> str:
    return f"{ORDINARY}. {text}"


def at_its_beginning(text: str) -> str:
    return f"{text}. {ORDINARY}"


# How a sentence may be typed, and how many in a hundred of those of danger bring help at least, and
# are heard at all. A change may raise these floors, never lower them.
WAYS: dict[Callable[[str], str], tuple[int, int]] = {
    as_it_is: (97, 100),
    at_the_end_of_a_story: (95, 100),
    at_its_beginning: (92, 100),
    hold_last: (97, 100),
    hold_longest: (96, 99),
    run_together: (93, 97),
    with_figures: (96, 99),
    with_signs: (97, 98),
}


def alarms(browser: Browser, file: Path, questions: list[str]) -> list[str | None]:
    """For each question the alarm, asked in a file; where it is sure, help stands first."""
    page = browser.new_page()
    page.goto(file.as_uri())
    answers: list[tuple[str | None, bool]] = page.evaluate(
        """async (questions) => {
            const answers = [];
            for (const text of questions) {
                const results = await handbook.search(text);
                const [first] = results;
                answers.push([results.alarm, Boolean(first?.part === "help" && first.urgent)]);
            }
            return answers;
        }""",
        questions,
    )
    page.close()
    for text, (alarm, first) in zip(questions, answers, strict=True):
        assert first == (alarm == "sure"), text
    return [alarm for alarm, _first in answers]


def shares(answers: list[str | None]) -> tuple[float, float]:
    """How many in a hundred are sure, and how many are heard at all."""
    return (
        100 * sum(each == "sure" for each in answers) / len(answers),
        100 * sum(each is not None for each in answers) / len(answers),
    )


@pytest.fixture(scope="module")
def front(site: Path) -> Path:
    return site / "index.html"


@pytest.fixture(params=["the pages", "the one file"])
def either(request: pytest.FixtureRequest, front: Path, single: Path) -> Path:
    return front if request.param == "the pages" else single


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_who_may_be_in_danger_finds_help_first(
    browser: Browser, either: Path, way: Callable[[str], str]
) -> None:
    answers = alarms(browser, either, list(map(way, CASES["danger"])))
    missed = [text for text, each in zip(CASES["danger"], answers, strict=True) if each != "sure"]
    sure, heard = shares(answers)
    assert sure >= WAYS[way][0], missed
    assert heard >= WAYS[way][1], missed


@pytest.mark.parametrize("way", [as_it_is, at_the_end_of_a_story], ids=lambda way: way.__name__)
def test_who_is_not_is_left_in_peace(
    browser: Browser, either: Path, way: Callable[[str], str]
) -> None:
    sure, heard = shares(alarms(browser, either, list(map(way, CASES["harmless"]))))
    assert (sure, heard <= 2) == (0, True)


def test_an_ordinary_day_is_left_in_peace(browser: Browser, either: Path) -> None:
    sure, heard = shares(alarms(browser, either, EVERYDAY))
    assert (sure, heard <= 3) == (0, True)


def test_every_group_has_its_section(browser: Browser, front: Path) -> None:
    first = {
        "he hits me and I'm scared of him": "limits.html#signs-of-abuse",
        "I want to kill myself": "index.html#thinking-of-suicide",
        "How can I beat up my spouse?": "index.html#if-you-hurt-someone",
        "I slapped my wife and she is afraid of me": "index.html#if-you-hurt-someone",
    }
    page = browser.new_page()
    page.goto(front.as_uri())
    for text, address in first.items():
        results = page.evaluate("text => handbook.search(text)", text)
        urgent = [each["url"] for each in results if each["urgent"]]
        assert any(url.endswith(address) for url in urgent), (text, urgent)
    page.close()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # A section of help that was asked for stays first; the one for everybody comes next.
        (
            "is couples therapy safe if my husband frightens me",
            ["limits.html#joint-counselling", "limits.html#signs-of-abuse"],
        ),
        (
            "who do i ring in england if he hurts me",
            ["contacts.html#united-kingdom", "limits.html#signs-of-abuse"],
        ),
        # One that leads by little was not.
        ("I'm afraid of him", ["limits.html#signs-of-abuse"]),
        # Who hurts and who is hurt do not get each other's.
        ("How can I beat up my spouse?", ["index.html#if-you-hurt-someone"]),
        ("he gave me a black eye", ["limits.html#signs-of-abuse"]),
    ],
)
def test_help_that_was_asked_for_comes_before_help_for_everybody(
    browser: Browser, front: Path, text: str, first: list[str]
) -> None:
    page = browser.new_page()
    page.goto(front.as_uri())
    results = page.evaluate("text => handbook.search(text)", text)
    found = [each["url"].rpartition("/help/")[2] for each in results if each["urgent"]]
    assert found == first
    assert all(each["urgent"] for each in results[: len(first)])
    # The dialog keeps what is of one page together, but never between two that are urgent.
    page.keyboard.press("/")
    page.locator("dialog[open] [role=combobox]").fill(text)
    for place, address in enumerate(first):
        shown = page.locator("dialog[open] [role=option]").nth(place)
        expect(shown).to_have_attribute("href", re.compile(re.escape(f"/help/{address}")))
    page.close()


@pytest.mark.parametrize(
    ("text", "corrected", "alarm"),
    [
        ("kil myself", "kill myself", "sure"),
        ("he hti me", "he hit me", "sure"),
        ("coersive control", "coercive control", None),  # a long word, and nothing else is near
        ("how do I begin kilning clay", None, None),  # "killing" is nearest
    ],
)
def test_a_slip_becomes_a_word_of_danger_only_where_danger_is_meant(
    browser: Browser, front: Path, text: str, corrected: str | None, alarm: str | None
) -> None:
    page = browser.new_page()
    page.goto(front.as_uri())
    asked = """async (text) => {
        const results = await handbook.search(text);
        return [results[0].corrected, results.alarm];
    }"""
    assert page.evaluate(asked, text) == [corrected, alarm]
    page.close()
