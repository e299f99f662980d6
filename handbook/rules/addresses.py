"""Which addresses a page may lead to, and which files beside it may be published.

A handbook leads out by four schemes and offers a few kinds of files that lie among its pages.
``javascript:`` and its like would run or carry something instead of leading somewhere; a path
with ``..`` or a symbolic link would publish a file of the machine that builds.
"""

import re
from collections.abc import Collection
from pathlib import Path
from xml.etree import ElementTree

from handbook.model.problem import nearest

#: The ways out of the handbook.
SCHEMES = ("https", "http", "tel", "mailto")

#: What a picture may be; every edition can show these.
PICTURES = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
#: What may be offered to take along, besides pictures.
DOCUMENTS = (".epub", ".pdf", ".txt", ".zip")

_OUTSIDE = re.compile(r"([a-z][a-z0-9+.-]*):|//", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20]")  # browsers skip these before and inside a scheme


def _way_out(address: str) -> re.Match[str] | None:
    """Return the scheme or the ``//`` that an address leads out by, as a browser reads it."""
    return _OUTSIDE.match(_UNSEEN.sub("", address).replace("\\", "/"))


def is_outside(address: str) -> bool:
    """Whether an address leads out of the handbook, by whatever scheme."""
    return _way_out(address) is not None


def refusal(address: str, schemes: Collection[str] = SCHEMES) -> str | None:
    """Say why an address is none for a page: it leads outside, and by none of the schemes.

    :param schemes: those that are let through; of none, an address is that of a picture.
    :returns: what is wrong and what to do; None where nothing is.
    """
    found = _way_out(address)
    if found is None or (found[1] or "").lower() in schemes:
        return None
    start = f"{found[1]}:" if found[1] else "//"
    if schemes:
        return f"no link starts with {start}; link a page, or {', '.join(schemes)}"
    return f"no picture starts with {start}; put its file beside the page"


def unfit_file(docs: Path, page: str, path: str, kinds: Collection[str]) -> str | None:
    """Say why a file may not be published.

    :param docs: the folder of the pages; nothing outside it is ever published.
    :param page: the page that names the file, below ``docs``.
    :param path: the file as the page names it: relative to the page, or from ``/`` to ``docs``.
    :param kinds: the endings that may be.
    :returns: what is wrong and what to do; None where nothing is.
    """
    root = docs.resolve()
    file = root / path.lstrip("/") if path.startswith("/") else (root / page).parent / path
    real = file.resolve()
    if not real.is_relative_to(root):
        return f'"{path}" lies outside {root.name}; copy the file beside the page'
    if not real.is_file():
        if kinds == PICTURES:
            return f'there is no picture "{path}" beside the page'
        return f'there is no file "{path}"; a page is linked as file.md or file.md#anchor'
    if file.suffix.lower() not in kinds:
        if file.suffix.lower() == ".md":
            near = nearest(file.with_suffix(".md").name, [p.name for p in file.parent.glob("*.md")])
            hint = f"; did you mean {near}?" if near else "; name it .md, in small letters"
            return f'"{path}" is no page of the handbook{hint}'
        return f'"{path}" is not offered to readers; only {", ".join(sorted(kinds))} are'
    if file.suffix.lower() == ".svg" and (what := _active(real)):
        return f'"{path}" {what}; save it again as a plain picture'
    return None


def _active(svg: Path) -> str | None:
    """Say what a drawing does besides showing something, which it would do where it is opened."""
    try:
        text = svg.read_text(encoding="utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            return "has a document type of its own"
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, UnicodeDecodeError, OSError):
        return "is no readable SVG"
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        if name in {"script", "foreignobject", "iframe", "handler", "listener"}:
            return f"holds <{name}>"
        if name == "style" and re.search(r"url\(|@import", "".join(element.itertext()), re.I):
            return "fetches something in its style"
        for key, value in element.attrib.items():
            attribute = key.rpartition("}")[2].lower()
            if attribute.startswith("on"):
                return f"runs something ({attribute})"
            carries = attribute in {"href", "src"} and not value.startswith(("#", "data:image/"))
            if carries or "url(" in value.replace("url(#", ""):
                return f"fetches or leads to {value}"
    return None
