"""Words of fear and harm bring help first; the same words in ordinary trouble do not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

CASES = yaml.safe_load(
    Path(__file__).parents[1].joinpath("search", "harm.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def urgent(browser: Browser, site: Path) -> dict[str, bool]:
    """For each question whether help comes first because of its words."""
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    questions = [*CASES["danger"], *CASES["harmless"]]
    answers = page.evaluate(
        """(questions) => Promise.all(questions.map(async (text) => {
            const found = await handbook.search(text);
            return found[0]?.part === "help" && found.some(({ urgent }) => urgent);
        }))""",
        questions,
    )
    page.close()
    return dict(zip(questions, answers, strict=True))


def test_who_may_be_in_danger_finds_help_first(urgent: dict[str, bool]) -> None:
    assert [question for question in CASES["danger"] if not urgent[question]] == []


def test_who_is_not_is_left_in_peace(urgent: dict[str, bool]) -> None:
    assert [question for question in CASES["harmless"] if urgent[question]] == []
