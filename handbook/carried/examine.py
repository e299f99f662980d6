"""The tables of articles, examined."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.article import Article
from handbook.model.handbook import Handbook
from handbook.model.problem import Problem
from handbook.model.tables import COLUMNS

from . import limits, points, threads

_EXAMINE = {"points.tsv": points.lost, "threads.tsv": threads.broken, "limits.tsv": limits.unsaid}


def strays(handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each table that lies beside no article."""
    known = {article.folder for article in handbook.articles}
    for (folder, _name), table in handbook.carried.items():
        if folder not in known:
            what = "there is no article beside this table; put it into an article's folder"
            yield Problem(table.path, 1, "table", what)


def examine(article: Article, handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each point, link or limit that an article's tables name and it lacks.

    A table that an article has not is reported where another article has it: a handbook that has
    none does without. Beside the article's own pages and tables it looks at the anchors of all.
    """
    for name, examine_table in _EXAMINE.items():
        if own := handbook.carried.get((article.folder, name)):
            yield from examine_table(article, own, handbook)
        elif name in handbook.kinds_of_tables:
            yield _unexamined(article, name)


def _unexamined(article: Article, name: str) -> Problem:
    what = f"nobody examines the {name.removesuffix('.tsv')} of this article; write {name} beside"
    columns = " ".join(COLUMNS[name])
    line = article.index.front.lines["part"]
    return Problem(article.index.path, line, "table", f"{what} it: {columns}", fatal=False)
