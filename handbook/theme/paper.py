"""Which links say on paper where they lead, so that print.css repeats no address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from handbook.typst.labels import says_address
from handbook.web import is_web

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def mark_addresses(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Mark each link whose text is its address: a style sheet cannot compare the two."""
    if not is_web(app.builder):
        return
    for link in doctree.findall(nodes.reference):
        if says_address(link.astext(), link.get("refuri", "")):
            link["classes"].append("says-address")
