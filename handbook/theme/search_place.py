"""The ``search-field`` directive: where on the front page the search field stands.

Every other page has the field above its text. In editions the directive leaves no trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook.web import is_served

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

    from handbook.typst.translator import TypstTranslator

MARK = "<!-- search field -->"  # `templates/page.html` puts the field in its place


class search_field(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes so)
    """The place of the field."""


class SearchField(SphinxDirective):
    """``:::{search-field}``, without argument or content."""

    def run(self) -> list[nodes.Node]:
        return [search_field()]


def visit_html(translator: HTML5Translator, node: search_field) -> None:
    if is_served(translator.builder):
        translator.body.append(MARK)
    raise nodes.SkipNode


def visit_typst(translator: TypstTranslator, node: search_field) -> None:
    raise nodes.SkipNode
