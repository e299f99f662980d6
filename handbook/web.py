"""Which builders write for a browser: an e-book is HTML to Sphinx too, but has another reader.

And how short what they write can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import minify

if TYPE_CHECKING:
    from sphinx.builders import Builder

# Nothing newer in the scripts than the sources have; the text stays well-formed.
minify.config({"js-version": 2020, "html-keep-end-tags": True, "html-keep-quotes": True})


def is_served(builder: Builder) -> bool:
    """Whether it writes pages that a server can show."""
    return builder.name in ("html", "dirhtml")


def is_e_book(builder: Builder) -> bool:
    """Whether it writes an e-book, which shows pages of a device's own size."""
    return builder.name == "epub"


def is_web(builder: Builder) -> bool:
    """Whether it writes for a browser: pages, or all of them in one file."""
    return is_served(builder) or builder.name == "single"


def shortened(script: str) -> str:
    """A script without what only people need."""
    return str(minify.string("application/javascript", script))
