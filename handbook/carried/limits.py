"""A piece of advice says, where it stands, when it does not apply, with a link to what to do.

``limits.tsv``: the section with the advice; the section that says when not to follow it, as
``help/limits#space-and-safety``, or ``none``; why. A section has a row for each of its limits.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from handbook.model.article import Article
from handbook.model.handbook import Handbook
from handbook.model.problem import Problem, nearest
from handbook.model.tables import Row, Table

from .place import place_of

NONE = "none"
#: The part whose sections are advice: each has a row.
ADVICE = "tips"


def unsaid(article: Article, table: Table, handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each limit that is not linked where its advice stands."""
    named = set()
    for row in table.rows:
        section, limit, why = row.cells["section"], row.cells["limit"], row.cells["why"]
        named.add(section)
        if not why:
            what = "no reason; say why the advice stops there, or why it has no limit"
            yield Problem(table.path, row.line, "table", what)
        place, fault = place_of(section, article, row, table)
        if fault:
            yield fault
        elif place and limit != NONE:
            docname, _, anchor = limit.partition("#")
            if unknown := _unknown(docname, anchor, row, table, handbook):
                yield unknown
            elif not place.leads_to(docname, anchor, handbook):
                path = posixpath.relpath(f"{docname}.md", article.folder)
                what = f"the advice does not say when not to follow it; link to {path}#{anchor}"
                yield Problem(place.page.path, place.line, "limit", f"{what} ({why})")
    advice = article.parts[ADVICE]
    for heading in advice.sections:
        if heading.level == 2 and f"{ADVICE}#{heading.anchor}" not in named:
            what = f'nobody has said where "{heading.title}" stops; add {ADVICE}#{heading.anchor}'
            what = f'{what} to limits.tsv, with its limit or with "{NONE}" and why'
            yield Problem(advice.path, heading.line, "limit", what, fatal=False)


def _unknown(
    docname: str, anchor: str, row: Row, table: Table, handbook: Handbook
) -> Problem | None:
    page = handbook.pages.get(docname)
    if page and anchor in page.anchors:
        return None
    known = [
        f"{other.docname}#{name}" for other in handbook.pages.values() for name in other.anchors
    ]
    near = nearest(f"{docname}#{anchor}", known)
    hint = f"did you mean {near}?" if near else f"write a page and a section, or {NONE}"
    what = f'there is no section "{row.cells["limit"]}"; {hint}'
    return Problem(table.path, row.line, "table", what)
