"""The ``asked`` directive: how readers ask for a section, in their own words.

::

    :::{asked}
    How much space should I give my husband?
    :::

One phrasing a line, and ``%`` begins a comment. The first of a section is its question, which
stands in the search page's list and in the index of the book. What more is known of how people
ask stands beside ``tips.md`` in ``tips.asked.txt``, as phrasings under the ``[anchors]`` of its
sections (the format is that of ``model/lists.py``). It teaches the search and is shown nowhere.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective


class asked(nodes.Invisible, nodes.Element):  # noqa: N801 (docutils names nodes in lower case)
    """Phrasings under ``phrasings``. The collector takes it out of the doctree as it is read."""


class Asked(SphinxDirective):
    """Make the node; the collector judges its place, which only the whole doctree shows."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        said = (" ".join(line.split()) for line in self.content)
        phrasings = [phrasing for phrasing in said if phrasing and not phrasing.startswith("%")]
        if not phrasings:
            raise self.error("asked: no phrasing; write how readers ask for this section")
        node = asked(phrasings=phrasings)
        self.set_source_info(node)
        return [node]


def well_placed(node: asked) -> bool:
    """Whether the node stands in a glossary's definition, or before all that a section shows."""
    parent = node.parent
    if isinstance(parent, nodes.definition):
        return isinstance(parent.parent.parent.parent, addnodes.glossary)
    # A heading of the same name as its anchor leaves a message in the section, which no page shows.
    unseen = (nodes.title, nodes.Invisible, nodes.system_message)
    before = parent.children[: parent.index(node)]
    return isinstance(parent, nodes.section) and all(isinstance(each, unseen) for each in before)
