"""The Sphinx extension that makes a folder of Markdown pages a handbook.

``setup`` is the table of contents: one room a line. A room that needs Sphinx has a ``setup`` of
its own and imports its shell there, so that the pure modules load without Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handbook with Sphinx."""
    app.setup_extension("handbook.freshness")  # what is stale, judged by content
    app.setup_extension("handbook.sources")  # which files are pages
    app.setup_extension("handbook.pictures")  # what they are called in an output
    app.setup_extension("handbook.rules")  # what is refused before a build
    app.setup_extension("handbook.outline")  # toctrees nobody writes, the list of questions
    app.setup_extension("handbook.crossref")  # sections, links both ways, the map
    app.setup_extension("handbook.imprint")  # what a copy says of its days and of reporting
    app.setup_extension("handbook.theme")  # what a page looks like
    app.setup_extension("handbook.search")  # how readers find a section
    app.setup_extension("handbook.sharing")  # how they find the handbook and pass it on
    app.setup_extension("handbook.typst")  # the book as PDF
    app.setup_extension("handbook.epub")  # the e-book
    app.setup_extension("handbook.single")  # the whole in one file
    app.setup_extension("handbook.editions")  # what readers are offered to take along
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
