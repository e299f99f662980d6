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


DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20">'
    '<circle cx="10" cy="10" r="8" fill="#345"/></svg>'
)
#: Pages by docname whose names, and those of their sections, are not ASCII.
FOREIGN = ("café", "Привет/über-uns", "愛/愛")
PICTURES = ("two words.svg", "pünkt.svg", "точка.svg", "🙂.svg", "it's (a+b) & [c].svg")


def foreign_site() -> dict[str, str]:
    """Return files of a site with names that are not ASCII or have spaces, and a page of links."""
    words = "marmalade", "honey", "butter"
    files = {
        f"{name}.md": page(f"(über)=\n## All about {word}\n\nHere is {word}.", title=f"On {word}")
        for name, word in zip(FOREIGN, words, strict=True)
    }
    links = [f"[to {word}](/{name}.md#über)" for name, word in zip(FOREIGN, words, strict=True)]
    shown = [f"![A dot](<{name}>)" for name in PICTURES]
    taken = "[to take along](<a plän.txt>), {term}`забота` and {term}`любовь`."
    glossary = ":::{glossary}\nлюбовь\n  A feeling.\n\nзабота\n  A deed.\n:::"
    return {
        **files,
        **dict.fromkeys(PICTURES, DOT),
        "a plän.txt": "A plan.",
        "glossary.md": page(glossary, title="Two words"),
        "links.md": page("\n\n".join([*links, *shown, taken]), title="A page of links"),
    }
