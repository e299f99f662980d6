"""What a target that is written on a page stands for: a place in the handbook, or a way out."""

import posixpath
import re
from urllib.parse import unquote

_OUTSIDE = re.compile(r"([a-z][a-z0-9+.-]*):|//", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20]")  # browsers skip these before and inside a scheme


def way_out(address: str) -> re.Match[str] | None:
    """Return the scheme or the ``//`` that an address leads out by, as a browser reads it."""
    return _OUTSIDE.match(_UNSEEN.sub("", address).replace("\\", "/"))


def is_outside(address: str) -> bool:
    """Whether an address leads out of the handbook, by whatever scheme."""
    return way_out(address) is not None


def split(docname: str, target: str) -> tuple[str, str] | None:
    """Say which page and section a target on a page stands for.

    :param target: as written: relative to the page, with ``/`` at its start to the root of all.
    :returns: docname and anchor, either of which may be unknown; None for what is no page: an
        address, another kind of file.
    """
    if is_outside(target):
        return None
    path, _, anchor = unquote(target).partition("#")
    if not path:
        return docname, anchor
    if not path.endswith(".md"):
        return None
    joined = posixpath.join("/", posixpath.dirname(docname), path)
    return posixpath.normpath(joined).lstrip("/").removesuffix(".md"), anchor
