"""Where a table says something stands: a page of its article, or a section of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from handbook.model.article import Article
from handbook.model.handbook import Handbook
from handbook.model.page import Page, Section
from handbook.model.problem import Problem, nearest
from handbook.model.tables import Row, Table
from handbook.model.target import split


@dataclass(frozen=True)
class Place:
    """A page, or a section of it with all that stands below its heading.

    :ivar section: None for the whole page.
    """

    page: Page
    section: Section | None = None

    @property
    def line(self) -> int:
        """The line of its heading or title."""
        return self.section.line if self.section else self.page.front.lines["title"]

    @property
    def text(self) -> str:
        """Its words as a reader has them, in small letters with single spaces."""
        title = () if self.section else (self.page.front.title,)
        shown = (
            block.text
            for block in self.page.blocks
            if block.kind not in ("asked", "html") and self._holds(block.section)
        )
        return " ".join(" ".join((*title, *shown)).split()).casefold()

    def leads_to(self, docname: str, anchor: str, handbook: Handbook) -> bool:
        """Whether a link in it leads to a section, by whichever of its anchors."""
        goal = handbook.pages[docname]
        names = {name for name, section in goal.anchors.items() if section == goal.anchors[anchor]}
        links = (link for link in self.page.links if self._holds(link.section))
        places = {split(self.page.docname, link.target) for link in links}
        return not places.isdisjoint((docname, name) for name in names)

    @cached_property
    def _below(self) -> frozenset[Section]:
        return frozenset(self.page.below(self.section)) if self.section else frozenset()

    def _holds(self, section: Section | None) -> bool:
        return self.section is None or section in self._below


def place_of(
    name: str, article: Article, row: Row, table: Table
) -> tuple[Place, None] | tuple[None, Problem]:
    """Find ``tips`` or ``tips#give-him-space`` in an article.

    :returns: the place, or what is wrong with the row that names it.
    """
    part, _, anchor = name.partition("#")
    pages = {"index": article.index, **article.parts}
    if part not in pages:
        what = f'the article has no page "{part}"; its pages are {", ".join(pages)}'
        return None, Problem(table.path, row.line, "table", what)
    page = pages[part]
    if not anchor:
        return Place(page), None
    if anchor in page.anchors:
        return Place(page, page.anchors[anchor]), None
    near = nearest(anchor, page.anchors)
    hint = f"did you mean {part}#{near}?" if near else f"it has {', '.join(page.anchors)}"
    what = f'{page.path} has no section "{anchor}"; {hint}'
    return None, Problem(table.path, row.line, "table", what)
