"""An extension that gives a page questions, and a node of its own."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class asked(nodes.Invisible, nodes.Element):  # noqa: N801 (docutils names nodes so)
    """What readers ask."""


class card(nodes.General, nodes.Element):  # noqa: N801
    """A node of some other extension."""


class Asked(SphinxDirective):
    has_content = True

    def run(self):
        return [asked(phrasings=list(self.content))]


class Card(SphinxDirective):
    has_content = True

    def run(self):
        return [card("", *self.parse_content_to_nodes())]


def visit_card(translator, node):
    translator.open("notice", "note")
    translator.put('"From another extension"')
    translator.next_argument()


def depart_card(translator, node):
    translator.close()


def setup(app: Sphinx) -> None:
    app.add_node(card, typst=(visit_card, depart_card))
    app.add_directive("asked", Asked)
    app.add_directive("card", Card)
