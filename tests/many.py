"""A handbook of many articles for a test, made of the small site's article about rain."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

from pages import page

RAIN = Path(__file__).parent / "roots" / "test-two-articles" / "docs" / "rain"
ANIMALS = """
ants apes bees birds cats cows crabs deer drakes doves ducks eagles eels élans fish foxes
frogs geese goats hares hens horses kites lambs lice mice moths mules newts owls oxen pigs
rats seals sheep slugs snails toads trout
"""
WORDS = (*ANIMALS.split(), "24")
# How many of ten articles have a topic. One has signs that HTML and addresses have a meaning for.
TOPICS = ["Walks"] * 6 + ["Rivers & <b>lakes</b>"] * 3 + ["Élan"]
HUB = f"{WORDS[0]}/answer"
# Smaller pages, so that forty articles are enough to see lists cut.
CUT = "\nfrom handbook.search.listing import lists\nlists.ARTICLES, lists.TITLES = 10, 4\n"


def many(number: int, *, topics: list[str] = TOPICS) -> dict[str, str | bytes | None]:
    """The pages of so many articles by path, each with a link to one section, and one of help."""
    helping = page("Call somebody.", title="Help", part="help")
    return {"docs/help/index.md": helping} | {
        f"docs/{_folder(word)}/{file.name}": _page(file, word, topic)
        for word, topic in zip(WORDS[:number], islice(cycle(topics), number), strict=True)
        for file in RAIN.iterdir()
    }


def _folder(word: str) -> str:
    return word.replace("é", "e")


def _page(file: Path, word: str, topic: str) -> str:
    text = file.read_text("utf-8").replace("rain", word)
    text = text.replace("topic: Weather", f"topic: '{topic}'")
    if file.name == "tips.md" and word != WORDS[0]:
        text += f"Then read the [plan](../{HUB}.md#plan).\n"
    return text
