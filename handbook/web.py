"""Which builders write for a browser: an e-book is HTML to Sphinx too, but has another reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
