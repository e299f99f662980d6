"""The line "Linked from": at the end of each section, the sections that link to it.

Made from the doctrees, so it cannot go stale: a page is written again when a link to it came or
went elsewhere, even if the page itself was not touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from .sections import Place, Sections, anchor_of, section_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class LinkedFrom(SphinxPostTransform):
    """Append the quiet line to each section that something links to."""

    default_priority = 7

    def run(self, **kwargs: object) -> None:
        known, inbound = section_domain(self.env).now, section_domain(self.env).inbound
        for section in list(self.document.findall(nodes.section)):
            linking = inbound.get(Place(self.env.docname, anchor_of(section)))
            if linking:
                section.insert(_end_of_own_text(section), self._line(known, linking))

    def _line(self, known: Sections, linking: list[Place]) -> nodes.paragraph:
        line = nodes.paragraph("", "Linked from: ", classes=["linked-from"])
        for number, source in enumerate(linking):
            if number:
                line += nodes.Text(" · ")
            line += make_refnode(
                self.app.builder,
                self.env.docname,
                source.docname,
                source.anchor,
                nodes.inline("", known.title(source)),
            )
        return line


def _end_of_own_text(section: nodes.section) -> int:
    """The index in front of the first subsection."""
    for index, child in enumerate(section.children):
        if isinstance(child, nodes.section):
            return index
    return len(section.children)


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """After reading: the pages whose "Linked from" lines are not what they were."""
    domain = section_domain(env)
    before = _by_page(domain.before, domain.before.inbound())
    after = _by_page(domain.now, domain.inbound)
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def _by_page(
    known: Sections, inbound: Mapping[Place, list[Place]]
) -> dict[str, list[tuple[str, Place, str]]]:
    pages: dict[str, list[tuple[str, Place, str]]] = {}
    for target, sources in sorted(inbound.items()):
        lines = [(target.anchor, source, known.title(source)) for source in sources]
        pages.setdefault(target.docname, []).extend(lines)
    return pages
