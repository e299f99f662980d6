"""Addresses inside one file: every page and section under a name that no other page can take.

A page is ``#love-me-again/tips``, a section ``#love-me-again/tips/give-him-space``: page and
anchor as they are elsewhere, so articles may go on to share anchors.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


def name(docname: str, anchor: str = "") -> str:
    """The id of a page, or of a section in it."""
    return f"{docname}/{anchor}" if anchor else docname


def inside(href: str) -> str:
    """Turn an address as Sphinx puts it together, ``#page#anchor``, into the one in this file."""
    page, _, anchor = href.removeprefix("#").partition("#")
    return f"#{name(page, anchor)}"


class OneFile(SphinxPostTransform):
    """Rename ids, and the links to them, when every reference has been resolved."""

    default_priority = 990
    builders = ("single",)

    def run(self, **kwargs: object) -> None:
        here = self.env.docname
        for node in self.document.findall(nodes.Element):
            for key in ("ids", "backrefs"):
                if node.get(key):
                    node[key] = [name(here, anchor) for anchor in node[key]]
            if "refid" in node:
                node["refid"] = name(here, node["refid"])
            if isinstance(node, nodes.reference) and node.get("refuri", "").startswith("#"):
                node["refuri"] = inside(node["refuri"])
        top = self.document.next_node(nodes.section)
        if top is not None:
            top["ids"] = [name(here)]
