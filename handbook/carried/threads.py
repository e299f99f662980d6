"""A thought that runs through an article is linked at each of its stations, both ways.

``threads.tsv``: the thought, and in the column of a part the anchors of the sections it passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations, product
from typing import NamedTuple

from handbook.model.article import Article
from handbook.model.front_matter import ARTICLE_PARTS
from handbook.model.handbook import Handbook
from handbook.model.problem import Problem
from handbook.model.tables import Row, Table

from .place import Place, place_of


class _Station(NamedTuple):
    name: str
    place: Place


def broken(article: Article, table: Table, handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each link that a thread lacks, at the section that it should stand in."""
    for row in table.rows:
        columns: list[list[_Station]] = []
        faults: list[Problem] = []
        for part in ARTICLE_PARTS:
            stations = []
            for anchor in row.cells[part].split():
                place, fault = place_of(f"{part}#{anchor}", article, row, table)
                if fault:
                    faults.append(fault)
                elif place:
                    stations.append(_Station(anchor, place))
            if stations:
                columns.append(stations)
        yield from faults
        if not faults:
            yield from _unlinked(row, table, columns, handbook)


def _unlinked(
    row: Row, table: Table, columns: list[list[_Station]], handbook: Handbook
) -> Iterator[Problem]:
    thread = row.cells["thread"]
    if len(columns) < 2:
        what = f'the thread "{thread}" has one station; name a second, or take the row out'
        yield Problem(table.path, row.line, "table", what)
    for left, right in pairwise(columns):
        for pair in product(left, right):
            for start, goal in permutations(pair):
                page = goal.place.page
                if not start.place.leads_to(page.docname, goal.name, handbook):
                    file = page.file.rpartition("/")[2]
                    what = f'the thread "{thread}" goes on in {file}#{goal.name}; link to it here'
                    yield Problem(start.place.page.path, start.place.line, "thread", what)
