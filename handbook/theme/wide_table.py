"""A table of many columns: where it is wider than the page, it scrolls in a frame of its own.

Up to :data:`NARROW` columns wrap even at 320 px (text.css) and need none. The frame of a wider one
is reached by keyboard, or nobody could move it without a mouse, and so it has a name. ``page.js``
takes the stop out of the way where all of the table is in sight.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from handbook.web import is_web

NARROW = 3


class wide_table(nodes.General, nodes.Element):  # noqa: N801 (docutils' way to name nodes)
    """The frame; ``name`` is what a screen reader says of it."""


def visit_html(self: HTML5Translator, node: wide_table) -> None:
    self.body.append(
        self.starttag(
            node, "div", CLASS="table-wrapper", role="region", tabindex="0",
            **{"aria-label": node["name"]},
        )
    )  # fmt: skip


def depart_html(self: HTML5Translator, node: wide_table) -> None:
    self.body.append("</div>\n")


class FrameWideTables(SphinxPostTransform):
    """Put the frame in the place of Furo's, which no keyboard reaches."""

    default_priority = 510  # after Furo's

    def run(self, **kwargs: object) -> None:
        if not is_web(self.app.builder):
            return
        given: dict[str, int] = {}
        for table in list(self.document.findall(nodes.table)):
            wrapper = table.parent
            if "table-wrapper" not in wrapper["classes"]:
                continue  # of a theme that is not Furo's
            wrapper["ids"] = []  # Furo gives it those of the table, which keeps them
            if len(list(table.findall(nodes.colspec))) <= NARROW:
                continue
            name = " ".join(_said(table))
            given[name] = given.get(name, 0) + 1
            number = f" {given[name]}" if given[name] > 1 else ""
            wrapper.replace_self(wide_table("", table, name=name + number))


def _said(table: nodes.table) -> Iterator[str]:
    """Its caption; without one, below which heading it stands."""
    if isinstance(table[0], nodes.title):
        yield table[0].astext()
        return
    yield "Table"
    above = table.parent
    while above is not None and not isinstance(above, nodes.section):
        above = above.parent
    if above is not None:
        yield f"below {above[0].astext()}"
