"""The book: all pages as tagged PDFs, with Typst.

``extensions = ["handbook.typst"]`` is enough for sites like ``tests/roots/test-pdf-bare``;
``tests/roots/test-pdf`` shows what else a page may hold.

In the order in which a page passes through: ``settings`` (what ``conf.py`` may say),
``reading_order`` (which page stands where), ``volumes`` (in which book, if there are several),
``translator`` (a doctree to Typst code, by ``values`` and ``labels``), ``book`` (all pages to one
source), ``compiler`` with ``streams`` (the source to bytes). ``builder`` ties them to Sphinx,
``questions`` collects the index, ``template.typ`` is all that has to do with looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder with Sphinx."""
    from . import questions
    from .builder import DEFAULT_EDITIONS, TypstBuilder

    app.add_builder(TypstBuilder)
    app.add_config_value("typst_book", {}, "", dict)
    app.add_config_value("typst_editions", DEFAULT_EDITIONS, "", dict)
    app.add_config_value("typst_of", "", "", str)  # the one article or topic of this book
    app.connect("doctree-read", questions.collect, priority=100)  # before nodes are taken out

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
