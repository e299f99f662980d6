"""What the built handbook says beside its results: that nothing fits, that it hears danger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import yaml
from playwright.sync_api import Page

from .questions import QUESTIONS

ASK = """(questions) => Promise.all(questions.map(async (text) => {
  const { fits, alarm } = await handbook.search(text);
  return [fits, alarm];
}))"""


class Said(NamedTuple):
    """Shares of some questions: told that nothing fits, help first, help at least in a line."""

    unfit: float
    sure: float
    heard: float


def said(page: Page, questions: Sequence[str]) -> Said:
    """Ask in a page of the built handbook."""
    answers = page.evaluate(ASK, questions)
    return Said(
        sum(not fits for fits, _ in answers) / len(answers),
        sum(alarm == "sure" for _, alarm in answers) / len(answers),
        sum(alarm is not None for _, alarm in answers) / len(answers),
    )


def sets() -> dict[str, list[str]]:
    """The sentences that the tests keep, by what they are."""

    def read(name: str) -> object:
        return yaml.safe_load(QUESTIONS.joinpath(name).read_text(encoding="utf-8"))

    found: dict[str, list[str]] = {}
    for name in ("harm.yaml", *sorted(path.name for path in QUESTIONS.glob("listen*.yaml"))):
        for kind, some in dict(read(name)).items():  # type: ignore[call-overload]
            found[f"{name}, {kind}"] = list(map(str, _flat(some)))
    found["everyday.yaml"] = read("everyday.yaml")  # type: ignore[assignment]
    for name in ("foreign.yaml", "questions.yaml", "unseen.yaml", "fresh-2.yaml", "stories.yaml"):
        found[name] = [each["ask"] for each in read(name)]  # type: ignore[attr-defined]
    return found


def _flat(some: object) -> Iterable[object]:
    if isinstance(some, dict):
        some = some.values()
    for each in some:  # type: ignore[attr-defined]
        yield from _flat(each) if isinstance(each, dict | list) else [each]
