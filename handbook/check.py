"""Everything that can be said about the pages without building them, in one list."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from handbook import links, markup
from handbook.article import Handbook, load
from handbook.lint import Setting, lint
from handbook.lint.helplines import checked_numbers
from handbook.problem import Problem


def check(docs: Path, today: date, exclude: Sequence[str] = ()) -> list[Problem]:
    """Read the pages under ``docs`` and return what is wrong, by file and line.

    ``exclude`` is as for ``handbook.article.load``.
    """
    handbook, problems = load(docs, exclude)
    return problems or review(handbook, docs, today)


def review(handbook: Handbook, docs: Path, today: date) -> list[Problem]:
    """Return what is wrong in a handbook that is whole; ``today`` decides what is overdue."""
    pages = handbook.pages.values()
    phrased = any(block.kind == "asked" for page in pages for block in page.blocks)
    setting = Setting(tuple(links.terms(handbook)), today, checked_numbers(pages), phrased)
    found = [problem for page in pages for problem in lint(page, setting)]
    foreign = [problem for page in pages for problem in markup.check(page)]
    return sorted([*links.check(handbook, docs), *foreign, *found])
