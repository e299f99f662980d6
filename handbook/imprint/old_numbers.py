"""A line below telephone numbers, for the reader of an old copy.

It stands below and not above, so that nothing comes between a reader in danger and the number.
The styles hide it until the first script of a page finds that a year has passed; where no script
can run, the day stands at the foot.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from handbook.web import is_web

from . import words
from .days import place


class SayThatTheyAreOld(SphinxPostTransform):
    """Put the line below the last telephone number of each section."""

    default_priority = 900  # before ids are renamed in the one file

    def run(self, **kwargs: object) -> None:
        if not self.config.handbook_checked or not is_web(self.app.builder):
            return
        for section in list(self.document.findall(nodes.section)):
            own = [child for child in section.children if not isinstance(child, nodes.section)]
            if having := [child for child in own if _calls(child)]:
                section.insert(section.index(having[-1]) + 1, self._line())

    def _line(self) -> nodes.paragraph:
        line = nodes.paragraph("", words.OLD, classes=["when-old"])
        docname, anchor = place(self.config)
        if docname:
            here, text = self.env.docname, nodes.Text(words.HOW_TO_CHECK)
            link = make_refnode(self.app.builder, here, docname, anchor, text)
            line += [nodes.Text(" "), link, nodes.Text(".")]
        return line


def _calls(node: nodes.Node) -> bool:
    links = node.findall(nodes.reference)
    return any(link.get("refuri", "").casefold().startswith("tel:") for link in links)
