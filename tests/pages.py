"""Write the pages of a small handbook for a test, and read them as a build would."""

from datetime import date
from pathlib import Path

from handbook.model import handbook
from handbook.model.handbook import Handbook
from handbook.model.problem import Problem
from handbook.rules import check as rules
from handbook.sources import files_in

FRONT = {
    "title": "A page about rain",
    "summary": "Rain is water that falls.",
    "part": "reference",
    "reviewed": "2026-11-23",
    "review-by": "2027-11-23",
}
BODY_LINE = len(FRONT) + 4  # the line that a body starts on: two fences and an empty line above


def page(body: str = "", **front: str) -> str:
    """Return a page; a key of the front matter is given with ``_`` for ``-``."""
    keys = {**FRONT, **{key.replace("_", "-"): value for key, value in front.items()}}
    lines = [f"{key}: {value}" for key, value in keys.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])


def article(folder: str, title: str = "Will it rain?", topic: str = "Weather") -> dict[str, str]:
    """Return the five pages of an article by path."""
    index = page("Text.", title=title, part="article").replace(
        "part: article", f"part: article\ntopic: {topic}"
    )
    parts = ("question", "answer", "tips", "takeaways")
    return {
        f"{folder}/index.md": index,
        **{f"{folder}/{part}.md": page(f"({part})=\n## A heading", part=part) for part in parts},
    }


def write(docs: Path, files: dict[str, str]) -> Path:
    """Write files under ``docs`` and return it."""
    for name, text in files.items():
        file = docs / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return docs


def load(docs: Path) -> tuple[Handbook, list[Problem]]:
    """Read the pages under ``docs`` that Sphinx would read."""
    return handbook.load(docs, files_in(docs, {}))


def check(docs: Path, today: date) -> list[Problem]:
    """Check the pages under ``docs`` that Sphinx would read."""
    return rules.check(docs, files_in(docs, {}), today)
