"""One file for each topic, where one for all would be too large. Pure.

Each has the pages beside the articles too, help first: whoever is given one has all they need. What
stands in another file is led to by that file's name, and is found where both lie in one folder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from handbook.files import edition_name, slug

#: Bytes of one file. A mail takes ten million, a third of them lost to its own wrapping; a phone
#: takes seconds to read five.
LARGEST = 5_000_000

_LINK = re.compile(r"""(?<=\shref=)(["']?)#([^"'\s>]+)""")


class Listed(Protocol):
    """An article in the list of questions."""

    @property
    def topic(self) -> str: ...
    @property
    def docname(self) -> str: ...


class Outline(Protocol):
    """What is known of the handbook as a whole."""

    @property
    def listed(self) -> Sequence[Listed]: ...
    def article_pages(self, docname: str) -> Sequence[str]: ...


def topics(outline: Outline) -> dict[str, list[str]]:
    """The pages of the articles by topic, in the order of reading."""
    found: dict[str, list[str]] = {}
    for one in outline.listed:
        found.setdefault(one.topic, []).extend(outline.article_pages(one.docname))
    return found


def names(project: str, topics: Mapping[str, object]) -> dict[str, str]:
    """The name of each topic's file.

    >>> names("Steady", {"Rain & snow": (), "Rain, snow": ()})
    {'Rain & snow': 'steady-rain-snow.html', 'Rain, snow': 'steady-rain-snow-2.html'}
    """
    found: dict[str, str] = {}
    for topic in topics:
        file, number = edition_name(project, f"{slug(topic)}.html"), 1
        while file in found.values():
            number += 1
            file = edition_name(project, f"{slug(topic)}-{number}.html")
        found[topic] = file
    return found


def led_out(body: str, elsewhere: Mapping[str, str]) -> str:
    """Put the name of the file before each address that is in another.

    :param elsewhere: the file of each page that is.

    >>> led_out('<a href=#rain/tips/run>', {"rain/tips": "rain.html"})
    '<a href=rain.html#rain/tips/run>'
    """

    def led(match: re.Match[str]) -> str:
        page = match[2] if match[2] in elsewhere else match[2].rpartition("/")[0]
        return f"{match[1]}{elsewhere.get(page, '')}#{match[2]}"

    return _LINK.sub(led, body)
