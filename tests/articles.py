"""The articles of the handbook, and what stands in their folders for the tests to read."""

import csv
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
#: The folder of each article, below the folder of all pages.
ARTICLES = sorted(
    index.parent.relative_to(DOCS).as_posix()
    for index in DOCS.rglob("index.md")
    if "\npart: article\n" in index.read_text(encoding="utf-8")
)


def table(article: str, name: str) -> list[dict[str, str]]:
    """The rows of ``points.tsv``, ``threads.tsv`` or ``limits.tsv`` of an article."""
    text = (DOCS / article / f"{name}.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))
