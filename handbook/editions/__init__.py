"""Editions that work without a network: the book as PDF (``sphinx -b typst``).

Usable alone on any Sphinx project: ``extensions = ["handbook.editions"]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its settings."""
    from .pdf import questions
    from .pdf.builder import DEFAULT_EDITIONS, TypstBuilder

    # The book.
    app.add_builder(TypstBuilder)
    app.add_config_value("typst_book", {}, "", dict)
    app.add_config_value("typst_editions", DEFAULT_EDITIONS, "", dict)
    app.connect("doctree-read", questions.collect, priority=100)  # before nodes are taken out

    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
