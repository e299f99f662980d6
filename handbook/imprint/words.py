"""The sentences that every edition says of itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

#: The words of the link to the section that says how to check a number.
HOW_TO_CHECK = "How to check a number"
#: Beside numbers, in a page that is opened a year after they were checked.
OLD = "These numbers were last checked a year or more ago."


def in_words(day: str) -> str:
    """Return an ISO date in words, ``23 November 2026``."""
    return format_date(date.fromisoformat(day), "d MMMM y", locale="en")


def days(made: str, checked: str) -> str:
    """Say when a copy was made, and its helplines were checked.

    :param made: ISO date; "" where it is not known.
    :param checked: likewise; "" where a handbook has no helplines.
    """
    said = []
    if made:
        said.append(f"This copy was made on {in_words(made)}.")
    if checked:
        said.append(f"The helplines were checked on {in_words(checked)}.")
    return " ".join(said)


def read(front: Mapping[str, str]) -> str:
    """Say which professional has read a page; "" where its front matter names none."""
    if "read-by" not in front:
        return ""
    return f"Read by {front['read-by']}, {front['read-as']}, on {in_words(front['read-on'])}."


def shown(address: str) -> str:
    """Return an ``https:`` or ``mailto:`` address as it is read out."""
    return address.removeprefix("https://").removeprefix("mailto:").rstrip("/")
