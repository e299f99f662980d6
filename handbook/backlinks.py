"""The line "Linked from": at the end of each section, the sections that link to it.

Made from the doctrees, so it cannot go stale: a page is written again when a link to it came or
went elsewhere, even if the page itself was not touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from .references import Place, SectionDomain, anchor_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class LinkedFrom(SphinxPostTransform):
    """Append the quiet line to each section that something links to."""

    default_priority = 7

    def run(self, **kwargs: object) -> None:
        domain = cast(SectionDomain, self.env.get_domain("section"))
        inbound = domain.inbound()
        for section in list(self.document.findall(nodes.section)):
            sources = inbound.get(Place(self.env.docname, anchor_of(section)))
            if sources:
                section.insert(_end_of_own_text(section), self._line(domain, sources))

    def _line(self, domain: SectionDomain, sources: list[Place]) -> nodes.paragraph:
        line = nodes.paragraph("", "Linked from: ", classes=["linked-from"])
        for number, source in enumerate(sources):
            if number:
                line += nodes.Text(" · ")
            line += make_refnode(
                self.app.builder,
                self.env.docname,
                source.docname,
                source.anchor,
                nodes.inline("", domain.title(source) or ""),
            )
        return line


def _end_of_own_text(section: nodes.section) -> int:
    """The index in front of the first subsection."""
    for index, child in enumerate(section.children):
        if isinstance(child, nodes.section):
            return index
    return len(section.children)


def remember(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Before pages are read again: keep what each page's sections were linked from."""
    cast(SectionDomain, env.get_domain("section")).linked_from_before = _by_page(env)


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """After reading: the pages whose "Linked from" lines are not what they were."""
    before = cast(SectionDomain, env.get_domain("section")).linked_from_before
    after = _by_page(env)
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def _by_page(env: BuildEnvironment) -> dict[str, list[object]]:
    domain = cast(SectionDomain, env.get_domain("section"))
    pages: dict[str, list[object]] = {}
    for target, sources in sorted(domain.inbound().items()):
        lines = [(target.anchor, source, domain.title(source)) for source in sources]
        pages.setdefault(target.docname, []).extend(lines)
    return pages
