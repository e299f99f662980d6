"""Which builders write for a browser: an e-book is HTML to Sphinx too, but has another reader.

And how short what they write can be.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.builders import Builder


def is_served(builder: Builder) -> bool:
    """Whether it writes pages that a server can show."""
    return builder.name in ("html", "dirhtml")


def is_e_book(builder: Builder) -> bool:
    """Whether it writes an e-book, which shows pages of a device's own size."""
    return builder.name == "epub"


def is_web(builder: Builder) -> bool:
    """Whether it writes for a browser: pages, or all of them in one file."""
    return is_served(builder) or builder.name == "single"


def shortened(text: str, kind: str = "application/javascript") -> str:
    """A script, or something else for a browser, without what only people need."""
    return str(_minify().string(kind, text))


@cache
def _minify() -> Any:
    """What shortens; loaded where it is wanted, for its runtime survives no fork (watch.py)."""
    import minify

    # Nothing newer in the scripts than the sources have; the text stays well-formed.
    minify.config({"js-version": 2020, "html-keep-end-tags": True, "html-keep-quotes": True})
    return minify
