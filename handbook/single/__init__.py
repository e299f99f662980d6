"""The whole handbook as one HTML file, to send or to keep: nothing lies beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder with Sphinx."""
    from .anchors import OneFile
    from .builder import SingleFileBuilder

    app.add_builder(SingleFileBuilder)
    app.add_post_transform(OneFile)

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
