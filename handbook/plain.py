"""What a reader sees of a piece of a doctree, as plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment


def page_title(env: BuildEnvironment, docname: str) -> str:
    """The title of a page, for menus and lists."""
    return words(env.titles[docname])


def words(node: nodes.Node, titled: Callable[[addnodes.pending_xref], str] | None = None) -> str:
    """The text of a node as one line: between blocks a space, a footnote's number is no word.

    A picture is its text for those who cannot see it. Other than ``astext()`` this leaves out
    markup that is meant for one builder (a hard break is ``<br />`` there), and what is not shown.

    :param titled: what to say for a link that is not resolved yet and that brings no words of its
        own, for it will show the title of what it leads to.
    """
    return " ".join(_text(node, titled).split())


def _text(node: nodes.Node, titled: Callable[[addnodes.pending_xref], str] | None) -> str:
    match node:
        case addnodes.pending_xref() if titled and not node.get("refexplicit"):
            return titled(node)
        case nodes.Text():
            return node.astext()
        case nodes.raw():
            return " "
        case nodes.image():
            return str(node.get("alt", ""))
        case nodes.footnote_reference() | nodes.comment() | nodes.system_message():
            return ""
    between = "" if isinstance(node, nodes.TextElement) else " "
    return between.join(_text(child, titled) for child in node.children)
