"""Which addresses a page may lead to, and which files beside it may be published.

A handbook leads out by four schemes and offers a few kinds of files that lie among its pages.
``javascript:`` and its like would run or carry something instead of leading somewhere; a path
with ``..`` or a symbolic link would publish a file of the machine that builds.
"""

import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from handbook.model.names import fit_file, is_device, whole_letters
from handbook.model.target import way_out

#: The ways out of the handbook.
SCHEMES = ("https", "http", "tel", "mailto")
# Without a site after its "//" a browser takes the rest for a path beside the page.
_WHOLE = re.compile(r"https?://[^/?#\s]|(?:tel|mailto):\S")

#: What a picture may be; every edition can show these.
PICTURES = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
#: What may be offered to take along, besides pictures.
DOCUMENTS = (".epub", ".pdf", ".txt", ".zip")


def refusal(address: str, schemes: Collection[str] = SCHEMES) -> str | None:
    """Say why an address is none for a page: it leads outside, and not by one of the schemes.

    :param schemes: those that are let through; of none, an address is that of a picture.
    :returns: what is wrong and what to do; None where nothing is.
    """
    found = way_out(address)
    if found is None:
        return None
    scheme = found[1] or ""
    if scheme in schemes:
        return None if _WHOLE.match(address) else f'"{address}" leads nowhere; write all of it'
    if scheme.lower() in schemes:  # MyST would look for a section of that name
        return f"write {scheme}: in small letters"
    start = f"{found[1]}:" if found[1] else "//"
    if schemes:
        return f"no link starts with {start}; link a page, or {', '.join(schemes)}"
    return f"no picture starts with {start}; put its file beside the page"


def unfit_file(docs: Path, page: str, path: str, kinds: Collection[str]) -> str | None:
    """Say why a file may not be published.

    :param docs: the folder of the pages; nothing outside it is ever published.
    :param page: the page that names the file, below ``docs``.
    :param path: the file as Sphinx will read it, nothing in it encoded: relative to the page, or
        from ``/`` to ``docs``.
    :param kinds: the endings that may be.
    :returns: what is wrong and what to do; None where nothing is.
    """
    root = docs.resolve()
    # After one "/" a second begins at the root of the disk, here as for Sphinx.
    file = root / path[1:] if path.startswith("/") else (root / page).parent / path
    try:
        real, is_there = file.resolve(), file.is_file()
    except (OSError, RuntimeError, ValueError):  # too long, links in a circle, a null byte
        return f'"{path}" is no name that a file can have; name it in letters and digits'
    if not real.is_relative_to(root):
        return f'"{path}" lies outside {root.name}; copy the file beside the page'
    beside = sorted(each.name for each in file.parent.glob("*"))
    if not is_there:
        if apart := spelled_apart(path):
            return apart
        meant = unquote(file.name)  # MyST leaves some signs encoded, and finds no such file
        for other in beside:
            alike = other != file.name and meant in (other, whole_letters(other))
            if alike and (what := unfit_name(other)):
                return what
        if kinds == PICTURES:
            return f'there is no picture "{path}" beside the page'
        return f'there is no file "{path}"; a page is linked as file.md or file.md#anchor'
    if file.suffix.lower() not in kinds:
        if file.suffix.lower() == ".md":
            page_beside = file.with_suffix(".md").name
            there = page_beside in beside
            hint = f"did you mean {page_beside}?" if there else "name it .md, in small letters"
            return f'"{path}" is no page of the handbook; {hint}'
        return f'"{path}" is not offered to readers; only {", ".join(sorted(kinds))} are'
    if what := unfit_name(file.name):
        return what
    if file.suffix.lower() == ".svg" and (what := _active(real)):
        return f'"{path}" {what}; save it again as a plain picture'
    return _unlike_its_name(real, path)


# How a file of a kind begins; what begins otherwise stops the book, or is refused by a reader's.
_BEGINNINGS = {
    ".gif": rb"GIF8[79]a",
    ".jpeg": rb"\xff\xd8\xff",
    ".jpg": rb"\xff\xd8\xff",
    ".png": rb"\x89PNG\r\n\x1a\n",
    ".webp": rb"RIFF.{4}WEBP",
}


def _unlike_its_name(real: Path, path: str) -> str | None:
    """Say that a picture is not of the kind that its name says, as after it was renamed."""
    if not (beginning := _BEGINNINGS.get(real.suffix.lower())):
        return None
    try:
        with real.open("rb") as file:
            start = file.read(12)
    except OSError:
        return f'"{path}" cannot be read; give yourself the right to'
    if re.match(beginning, start, re.DOTALL):
        return None
    return f'"{path}" is no picture of the kind that its name says; save it again as one'


def spelled_apart(target: str) -> str | None:
    """Say that a target is written as a Mac may write it, which no name of a page or file is."""
    if whole_letters(target) == target:
        return None
    return f'"{target}" has its accents apart, as copied on a Mac; type the name anew'


def unfit_name(name: str) -> str | None:
    """Say why a file that is published may not have this name; None where it may."""
    better = fit_file(name)
    if whole_letters(name) != name:
        return f'"{name}" has its accents apart, as a Mac writes them; rename it to "{better}"'
    if better != name:
        return f'the name "{name}" does not hold in every edition; rename it to "{better}"'
    if is_device(name):
        return f'the name "{name}" is that of a device on Windows; choose another'
    return None


def _active(svg: Path) -> str | None:
    """Say what a drawing does besides showing something, which it would do where it is opened."""
    try:
        text = svg.read_text(encoding="utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            return "has a document type of its own"
        if _INSTRUCTION.search(text):
            return "has an instruction for programs (<?...?>)"
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, UnicodeDecodeError, OSError):
        return "is no readable SVG"
    for element in root.iter():
        space, _, name = str(element.tag).rpartition("}")
        if space == _HTML or name.lower() in {"script", "foreignobject", "handler", "listener"}:
            return f"holds <{name}>"
        if name == "style" and _FETCHING.search("".join(element.itertext())):
            return "fetches something in its style"
        for key, value in element.attrib.items():
            if what := _active_attribute(key, value):
                return what
    return None


# Other than that the file is XML in UTF-8: a style sheet, a program that makes a page of it.
_INSTRUCTION = re.compile(r"<\?(?!xml\s)|<\?xml\s[^>]*encoding\s*=\s*.(?!utf-8.)", re.IGNORECASE)
_HTML = "{http://www.w3.org/1999/xhtml"
# A style may write any letter of these with a backslash, so one counts as if it did.
_FETCHING = re.compile(r"url\(\s*[\"']?(?!#)|image-set\(|src\(|@import|\\", re.IGNORECASE)
_PICTURE_INSIDE = re.compile(r"data:image/(?:gif|jpeg|png|webp)[;,]")


def _active_attribute(key: str, value: str) -> str | None:
    space, _, name = key.rpartition("}")
    name = name.lower()
    changed = value.rpartition(":")[2].lower() if name == "attributename" else name  # in time
    if changed.startswith("on"):
        return f"runs something ({changed})"
    if name == "attributename" and changed in {"href", "src"}:
        return f"changes where something leads ({changed})"
    leads = name in {"href", "src"} and not value.startswith("#")
    if (leads and not _PICTURE_INSIDE.match(value)) or (not space and _FETCHING.search(value)):
        return f"fetches or leads to {value}"
    return None
