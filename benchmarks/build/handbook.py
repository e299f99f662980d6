"""A generated handbook of any size: what stands beside the articles, one article, and others.

    python -m benchmarks.build.handbook FOLDER 100

The same command writes the same bytes, and the first ten articles of a hundred are those of ten,
so that sizes compare. Each topic has ten to thirty articles.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from handbook.model.handbook import load
from handbook.sources import files_in

from .article import Article, Writer
from .words import Vocabulary

ROOT = Path(__file__).parents[2]
SEED = 2026
DAY = 1795824000  # 2026-11-28, on which every copy was made
TITLES = (
    "How do we {} about the {} {}?",
    "What can I do when the {} is {} {}?",
    "Why does every {} {} in a {}?",
    "Can a {} {} be {} again?",
)


def write(goal: Path, count: int) -> None:
    """Write a handbook into a new folder.

    :param count: how many articles it has, with those of this handbook.
    """
    goal.mkdir(parents=True)
    shutil.copy(ROOT / "conf.py", goal)
    (goal / ".source-date").write_text(f"{DAY}\n", encoding="utf-8")
    shutil.copytree(ROOT / "docs", goal / "docs")
    own, _ = load(goal / "docs", files_in(goal / "docs", {}))
    for article in articles(own.terms, count - len(own.articles)):
        for name, text in article.files.items():
            file = goal / "docs" / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")


def articles(terms: tuple[str, ...], count: int) -> Iterator[Article]:
    """Write so many articles.

    :param terms: what the glossary explains.
    """
    chance = Random(SEED)
    words = Vocabulary({word for term in terms for word in term.split()})
    writer = Writer(words, terms)
    done: list[Article] = []
    folders: set[str] = set()
    topic, left = "", 0
    while len(done) < count:
        if not left:
            topic, left = " and ".join(words.matter(chance, 2)).capitalize(), chance.randint(10, 30)
        pattern = chance.choice(TITLES)
        own = words.matter(chance, pattern.count("{}"))
        folder = "-".join(own[:2])
        if folder in folders:
            continue
        folders.add(folder)
        left -= 1
        done.append(writer.write(folder, pattern.format(*own), topic, done))
        yield done[-1]


def main() -> None:
    """Write the handbook that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("articles", type=int)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.articles)


if __name__ == "__main__":
    main()
