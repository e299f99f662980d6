"""What can be made, and how readers are offered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the offer with Sphinx."""
    from . import offer

    # The folder of the files that were made, and file name -> what it is.
    app.add_config_value("handbook_editions", "", "env", str)
    app.add_config_value("handbook_offer", {}, "env", dict)
    app.add_directive("editions", offer.Editions)
    app.connect("build-finished", offer.put_beside_pages)

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
