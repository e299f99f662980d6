"""The e-book: EPUB 3 as EPUBCheck and Ace want it, and as a reader's own settings like it.

``extensions = ["handbook.epub"]`` is enough for sites like ``tests/roots/test-epub``. A theme of
your own at ``epub_theme`` needs an ``epub.html``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its theme with Sphinx."""
    from .builder import THEME, EpubBuilder, set_defaults

    app.setup_extension("sphinx.builders.epub3")
    app.add_builder(EpubBuilder, override=True)  # in place of Sphinx's
    app.add_html_theme(THEME.name, str(THEME.folder))
    app.connect("config-inited", set_defaults)
    app.add_config_value("epub_accessibility_summary", "", "epub", str)
    app.add_config_value("epub_landmarks", {}, "epub", dict)

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
