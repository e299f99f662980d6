"""The directives that pages use: ``short-answer`` and ``questions``."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

from .structure import LISTS_QUESTIONS, outline


class ShortAnswer(SphinxDirective):
    """``:::{short-answer}``: the whole answer in at most 60 words, set apart."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        answer = nodes.container(classes=["short-answer"])
        self.set_source_info(answer)
        answer += self.parse_content_to_nodes()
        return [answer]


class Questions(SphinxDirective):
    """``:::{questions}``: every article, by topic, as a link with its summary."""

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][LISTS_QUESTIONS] = True
        topics = nodes.container(classes=["question-list"])
        for topic, entries in groupby(outline(self.env).entries, key=attrgetter("topic")):
            topics += nodes.paragraph("", topic, classes=["topic"])
            questions = nodes.bullet_list(bullet="*")
            for entry in entries:
                link = pending_xref(
                    reftype="myst", refdomain="doc", reftarget=entry.docname, reftargetid=None,
                    refdoc=self.env.docname, refexplicit=True,
                )  # fmt: skip
                link += nodes.inline("", entry.title)
                self.set_source_info(link)
                line = nodes.paragraph("", "", link, classes=["question"])
                questions += nodes.list_item(
                    "", line, nodes.paragraph("", entry.summary, classes=["summary"])
                )
            topics += questions
        return [topics]
