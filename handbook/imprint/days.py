"""The days of a copy, told to Sphinx: when it was made, and when its helplines were checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from handbook.files import source_date
from handbook.rules.helplines import OVERDUE, months_after
from handbook.sources import handbook_of

from . import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


@dataclass(frozen=True)
class Imprint:
    """What the foot of a page says of the copy that it stands in.

    :ivar days: a sentence for each of the two days that is known.
    :ivar due: ISO date from which the helplines are old; "" where there are none.
    :ivar how_to_check: the address of the section that says how to check a number; "" without one.
    :ivar link: the words that lead there.
    """

    days: str
    due: str
    how_to_check: str
    link: str = words.HOW_TO_CHECK


def note(app: Sphinx, config: Config) -> None:
    """Make both days settings, whose change writes every page anew.

    :raises ConfigError: where ``handbook_check_numbers`` names no section, or SOURCE_DATE_EPOCH no
        day.
    """
    try:
        seconds = source_date(Path(app.confdir))
    except ValueError as error:
        raise ConfigError(str(error)) from error
    made = None if seconds is None else datetime.fromtimestamp(seconds, UTC).date()
    handbook, problems = handbook_of(app)
    checked = handbook.last_checked
    config["handbook_made"] = made.isoformat() if made else ""
    config["handbook_checked"] = checked.isoformat() if checked else ""
    docname, anchor = place(config)
    page = handbook.pages.get(docname)
    if docname and not problems and not (page and anchor in page.places):
        raise ConfigError(
            f'conf.py: no section "{config.handbook_check_numbers}" for handbook_check_numbers'
        )


def place(config: Config) -> tuple[str, str]:
    """Docname and anchor of the section that says how to check a number; both "" without one."""
    docname, _, anchor = config.handbook_check_numbers.partition("#")
    return docname, anchor


def imprint(config: Config, address: Callable[[str, str], str]) -> Imprint:
    """What the foot of a page says.

    :param address: makes an address of a docname and an anchor.
    """
    checked, to = config.handbook_checked, place(config)
    return Imprint(
        words.days(config.handbook_made, checked),
        months_after(date.fromisoformat(checked), OVERDUE).isoformat() if checked else "",
        address(*to) if checked and to[0] else "",
    )


def fill_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Fill the context of ``partials/imprint.html`` and ``partials/reviewed.html``."""

    def address(docname: str, anchor: str) -> str:
        page = context["pathto"](docname).rstrip("#")  # "#" is the page itself
        return f"{page}#{anchor}"

    context["imprint"] = imprint(app.config, address)
    context["read_by"] = words.read(app.env.metadata.get(pagename, {}))
