"""Every point that an article must carry stands where the plan of the article has it.

``points.tsv``: the point's number in the plan; its page, or section; stems of its words parted by
``;``, with ``|`` between those of which one is enough. A point that needs a limit beside it has
the stems of that limit in the same row.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.article import Article
from handbook.model.handbook import Handbook
from handbook.model.problem import Problem
from handbook.model.tables import Table

from .place import place_of


def lost(article: Article, table: Table, handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each point that is not in its place, at its row."""
    seen: dict[str, int] = {}
    for row in table.rows:
        number, section, stems = row.cells["id"], row.cells["section"], row.cells["stems"]
        if number in seen:
            what = f"point {number} stands in line {seen[number]} already; number it anew"
            yield Problem(table.path, row.line, "table", what)
        seen.setdefault(number, row.line)
        wanted = [stem.split("|") for stem in stems.split(";")]
        if not all(stem.strip() for choice in wanted for stem in choice):
            what = "an empty stem is in every text; write words between the signs ; and |"
            yield Problem(table.path, row.line, "table", what)
            continue
        place, fault = place_of(section, article, row, table)
        if fault:
            yield fault
        elif place:
            text = place.text
            for choice in wanted:
                if not any(stem.strip().casefold() in text for stem in choice):
                    what = f'point {number} is lost: {section} has no "{" or ".join(choice)}"'
                    what = f"{what}; carry it there, or write the row anew"
                    yield Problem(table.path, row.line, "point", what)
