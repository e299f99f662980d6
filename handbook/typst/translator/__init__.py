"""From a page's doctree to Typst code: all visitors together, and the nodes a book leaves out.

Another extension adds a node with ``app.add_node(node, typst=(visit, depart))``. Its functions
use the first methods of `Emitter`: ``put``, ``open``, ``close``, ``next_argument``, ``picture``,
``text``,
``page_numbers`` and ``fail``.
"""

from __future__ import annotations

from docutils import nodes

from .blocks import BlockVisitors
from .emitter import nothing, skip
from .figures import FigureVisitors
from .inline import TextVisitors


class TypstTranslator(TextVisitors, BlockVisitors, FigureVisitors):
    """Visit one page; afterwards ``body`` holds its code."""

    # What a book does not print.

    visit_comment = visit_substitution_definition = visit_system_message = skip
    visit_toctree = visit_index = visit_meta = visit_pending = skip
    visit_asked = skip  # `questions` has collected them

    def visit_target(self, node: nodes.target) -> None:
        """Nothing to print; a target that encloses text has the id that the text answers to."""

    depart_target = nothing
