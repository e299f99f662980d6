"""Editions that work without a network: the book as PDF (``-b typst``) and the e-book.

Usable alone on any Sphinx project: ``extensions = ["handbook.editions"]``. The one HTML file
(``-b single``) wears the handbook's own frame, so ``handbook`` itself registers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builders and their settings."""
    from . import offer
    from .epub.builder import THEME, EpubBuilder
    from .pdf import questions
    from .pdf.builder import DEFAULT_EDITIONS, TypstBuilder

    # The book.
    app.add_builder(TypstBuilder)
    app.add_config_value("typst_book", {}, "", dict)
    app.add_config_value("typst_editions", DEFAULT_EDITIONS, "", dict)
    app.connect("doctree-read", questions.collect, priority=100)  # before nodes are taken out

    # The e-book, in place of Sphinx's.
    app.setup_extension("sphinx.builders.epub3")
    app.add_builder(EpubBuilder, override=True)
    app.add_html_theme(THEME.name, str(THEME.folder))
    app.add_config_value("epub_accessibility_summary", "", "epub", str)
    app.add_config_value("epub_landmarks", {}, "epub", dict)

    # What readers are offered: the folder of the files that were made, file name -> what it is.
    app.add_config_value("handbook_editions", "", "env", str)
    app.add_config_value("handbook_offer", {}, "env", dict)
    app.add_directive("editions", offer.Editions)
    app.connect("build-finished", offer.put_beside_pages)

    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
