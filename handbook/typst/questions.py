"""The readers' own questions, for the index at the end of the book.

Any extension can give a page questions: a node whose class is named ``asked``, with a list of
``phrasings``, the best form first. They are noted as a page is read, since whoever made the node
may take it out of the doctree then.
"""

from __future__ import annotations

from typing import cast

from docutils import nodes
from sphinx.application import Sphinx

KEY = "asked"  # in the metadata of a page: (question, id of its section or term)


def collect(app: Sphinx, document: nodes.document) -> None:
    """Note the questions of a page in its metadata."""
    found = [
        (str(node["phrasings"][0]), holder)
        for node in document.findall(nodes.Element)
        if type(node).__name__ == "asked" and node.get("phrasings") and (holder := _holder(node))
    ]
    if found:
        app.env.metadata[app.env.docname][KEY] = found


def _holder(node: nodes.Element) -> str | None:
    at = node.parent
    while at is not None and not isinstance(at, nodes.section | nodes.definition_list_item):
        at = at.parent
    holder = cast(nodes.Element, at[0]) if isinstance(at, nodes.definition_list_item) else at
    return str(holder["ids"][0]) if holder is not None else None
