"""How the handbook is found and shared: its address, a sitemap, link previews, structured data.

All of that needs to know where the handbook stands: ``html_baseurl``. Without it (on a disk, in
the zip) a page carries a description and nothing else of this, and the build is content.

Help pages can be found like all others, because somebody in need may ask a search engine and not
a front page. What others see of them stays neutral: the title is, the description is made of it,
a preview has no picture, and there is no structured data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what a page says of itself to others with Sphinx."""
    from . import site

    app.connect("config-inited", site.check_address)
    app.connect("html-page-context", site.describe)
    app.connect("build-finished", site.write)

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
