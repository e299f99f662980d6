"""The addresses inside the book: which exist, and which name one and the same place.

Typst gives an element one label. A heading with several ids therefore carries the first, and the
others lead to it. A link may point forwards, so the translator leaves a `CrossReference` in its
text, and `Labels.resolve` puts the label in when all pages are known.
"""

from __future__ import annotations

import difflib

from .errors import BookError


class CrossReference(str):
    """An address ``docname#id`` (or ``docname``), and the place that points to it."""

    place: str

    def __new__(cls, target: str, place: str) -> CrossReference:
        """Make the link to `target`; `place` is "file:line" of the text that holds it."""
        link = super().__new__(cls, target)
        link.place = place
        return link


class Labels:
    """All addresses of the book."""

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}

    def define(self, docname: str, ids: list[str]) -> str:
        """Note that all `ids` of the page name one place; return the label that it carries."""
        label = f"{docname}#{ids[0]}"
        self._labels |= {f"{docname}#{each}": label for each in ids}
        return label

    def define_page(self, docname: str, label: str) -> None:
        """Let a link to the whole page lead to `label`."""
        self._labels[docname] = label

    def resolve(self, link: CrossReference) -> str:
        """Return the label that `link` leads to.

        :raises BookError: no page has it; the sentence names the nearest address that exists.
        """
        label = self._labels.get(link)
        if label is None:
            near = difflib.get_close_matches(link, self._labels, 1)
            fix = f"; did you mean {near[0]}?" if near else ""
            raise BookError(link.place, f'nothing in the book is called "{link}"{fix}')
        return label


def web_address(uri: str) -> str:
    """Return `uri` as a reader types it: no scheme that is understood, no last slash.

    >>> web_address("https://www.example.org/")
    'www.example.org'
    >>> web_address("tel:+1-800-799-7233")
    '+1-800-799-7233'
    """
    for scheme in ("https://", "http://", "mailto:", "tel:", "sms:"):
        uri = uri.removeprefix(scheme)
    return uri.removesuffix("/")


def says_address(text: str, uri: str) -> bool:
    """Whether `text` already tells a reader on paper where `uri` leads.

    A telephone or SMS link always does: its text is the number, spaced for reading.
    """
    if uri.startswith(("tel:", "sms:")):
        return True
    shown = web_address(text.strip().lower()).removeprefix("doi:").strip()
    return "." in shown and web_address(uri.lower()).endswith(shown.removeprefix("www."))
