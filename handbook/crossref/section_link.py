"""Beside each heading a quiet link to its section, whose address can so be copied and passed on.

It stands after the heading, not in it: what a heading is called does not change. It has no text,
so nobody copies its sign along; the style sheet draws one.

A help page has none. Its address with a section says more in a history than its title does
(docs/help/reading.md), and nobody is to leave that there by a slip of the thumb. Nor have the
front page, which is no text to quote, and what is no page on a server.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from handbook.plain import words
from handbook.web import is_served

from .sections import anchor_of

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

NAME = "Link to this section"
WITHOUT = ("front", "help")  # parts


class section_link(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes so)
    """The link: ``anchor`` of its section and ``heading`` in plain words."""


class LinkSections(SphinxPostTransform):
    """Put the link after the heading of each section of a page."""

    default_priority = 900  # what looks at a section's text has done so

    def run(self, **kwargs: object) -> None:
        part = self.env.metadata[self.env.docname].get("part")
        if part in WITHOUT or not is_served(self.app.builder):
            return
        for section in list(self.document.findall(nodes.section)):
            if anchor := anchor_of(section):
                link = section_link(anchor=anchor, heading=words(section[0]))
                section.insert(1, link)


def visit_html(translator: HTML5Translator, node: section_link) -> None:
    href, name = escape(f"#{node['anchor']}"), escape(f"{NAME}: {node['heading']}")
    translator.body.append(f'<a class="section-link" href="{href}" aria-label="{name}"></a>\n')
    raise nodes.SkipNode
