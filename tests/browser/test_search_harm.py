"""Words of fear and harm bring help first, however they are typed; the same words in ordinary
trouble do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

SEARCH = Path(__file__).parents[1] / "search"
CASES = yaml.safe_load(SEARCH.joinpath("harm.yaml").read_text(encoding="utf-8"))
EVERYDAY = yaml.safe_load(SEARCH.joinpath("everyday.yaml").read_text(encoding="utf-8"))
FIGURES = str.maketrans("oieast", "013457")


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


# How a sentence may be typed, and how many in a hundred of those of danger bring help at least. A
# change may raise these floors, never lower them.
WAYS: dict[Callable[[str], str], int] = {
    hold_last: 100,
    hold_longest: 99,
    run_together: 97,
    with_figures: 99,
}


def urgent(browser: Browser, file: Path, questions: list[str]) -> list[bool]:
    """For each question whether help comes first because of its words, asked in a file."""
    page = browser.new_page()
    page.goto(file.as_uri())
    answers: list[bool] = page.evaluate(
        """async (questions) => {
            const answers = [];
            for (const text of questions) {
                const [first] = await handbook.search(text);
                answers.push(first?.part === "help" && first.urgent);
            }
            return answers;
        }""",
        questions,
    )
    page.close()
    return answers


def stirred(browser: Browser, file: Path, questions: list[str]) -> list[str]:
    """The questions whose words bring help first."""
    answers = urgent(browser, file, questions)
    return [text for text, answer in zip(questions, answers, strict=True) if answer]


@pytest.fixture(scope="module")
def front(site: Path) -> Path:
    return site / "index.html"


@pytest.fixture(params=["the pages", "the one file"])
def either(request: pytest.FixtureRequest, front: Path, single: Path) -> Path:
    return front if request.param == "the pages" else single


def test_who_may_be_in_danger_finds_help_first(browser: Browser, either: Path) -> None:
    assert stirred(browser, either, CASES["danger"]) == CASES["danger"]


def test_who_is_not_is_left_in_peace(browser: Browser, either: Path) -> None:
    assert stirred(browser, either, CASES["harmless"]) == []


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_help_comes_first_however_it_is_typed(
    browser: Browser, either: Path, way: Callable[[str], str]
) -> None:
    typed = list(map(way, CASES["danger"]))
    answers = urgent(browser, either, typed)
    missed = [text for text, answer in zip(typed, answers, strict=True) if not answer]
    assert 100 * sum(answers) >= WAYS[way] * len(typed), missed


def test_an_ordinary_day_is_left_in_peace(browser: Browser, either: Path) -> None:
    # Two were taken for danger before anything but spelling was mended; a change may take one off.
    assert len(stirred(browser, either, EVERYDAY)) <= 2
