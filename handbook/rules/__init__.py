"""What is refused before a build, with file, line and fix.

All is pure but for ``gate``, which stands between the rules and Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the rules with Sphinx."""
    from . import gate

    app.connect("config-inited", gate.set_up_myst)
    app.connect("builder-inited", gate.read_pages_alone)
    app.connect(
        "env-get-outdated", gate.check_pages, priority=100
    )  # before anything is made of them
    app.connect("env-updated", gate.check_files, priority=100)
    app.add_transform(gate.RefuseAddresses)
    app.add_post_transform(gate.RefuseResolved)

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
