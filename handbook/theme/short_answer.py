"""The ``short-answer`` directive: what an article says, in a box at its head."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class ShortAnswer(SphinxDirective):
    """``:::{short-answer}``: the whole answer in at most 60 words, set apart."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        answer = nodes.container(classes=["short-answer"])
        self.set_source_info(answer)
        answer += self.parse_content_to_nodes()
        return [answer]
