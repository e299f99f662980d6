"""The tables beside an article's pages: what it must carry, where it is linked, where it stops.

A table is a file of lines, its cells parted by tabs; the first line names the columns. An editor
writes it while the article is planned, and ``handbook.carried`` examines the pages by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

from handbook.kept import digest

from . import source
from .front_matter import ARTICLE_PARTS
from .packed import Packed, pack
from .problem import Problem

#: The tables of an article, and their columns.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "points.tsv": ("id", "section", "stems"),
    "threads.tsv": ("thread", *ARTICLE_PARTS),
    "limits.tsv": ("section", "limit", "why"),
}


class Row(NamedTuple):
    """One line of a table: its number in the file, from 1, and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table(Packed):
    """A table."""

    @property
    def rows(self) -> tuple[Row, ...]:
        return cast(tuple[Row, ...], self.inside)


def read_file(file: Path, name: str, path: str) -> tuple[Table | None, list[Problem]]:
    """Read the file of a table.

    :param name: its path below the folder of the pages, which ends in one of `COLUMNS`.
    :param path: the file as problems name it.
    """
    try:
        text = source.read(file)
    except source.SourceError as fault:
        return None, [Problem(path, fault.line, fault.rule, fault.sentence)]
    return read(text, path, COLUMNS[name.rpartition("/")[2]])


def read(text: str, path: str, columns: tuple[str, ...]) -> tuple[Table, list[Problem]]:
    """Read a table.

    :param text: the whole file with Unix line ends.
    :param path: the file as problems name it.
    :returns: the table, of the rows that have a cell for each column; a problem for each other.
    """
    rows, problems = _rows(text, path, columns)
    return Table(path, digest(path, text), pack(tuple(rows))), problems


def _rows(text: str, path: str, columns: tuple[str, ...]) -> tuple[list[Row], list[Problem]]:
    first, *others = text.split("\n")
    head = [cell.strip() for cell in first.split("\t")]
    if tuple(head) != columns:
        what = f"the first line names the columns, with tabs between: {' '.join(columns)}"
        return [], [Problem(path, 1, "table", what)]
    rows, problems = [], []
    for number, line in enumerate(others, start=2):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        cells += [""] * (len(columns) - len(cells))  # an editor may take tabs from a line's end
        if len(cells) > len(columns):
            what = f"{len(cells)} cells, but {len(columns)} columns; take a tab out"
            problems.append(Problem(path, number, "table", what))
        elif not cells[0]:
            problems.append(Problem(path, number, "table", f"no {columns[0]}; write one"))
        else:
            rows.append(Row(number, dict(zip(columns, cells, strict=True))))
    return rows, problems
