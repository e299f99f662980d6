"""The ``report`` directive: how a reader reports a mistake, as ``handbook_report`` says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.util.docutils import SphinxDirective

from . import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

ADDRESS = re.compile(r"https://[^\s/]+(/\S*)?|mailto:[^\s@?]+@[^\s@?]+")
WITHOUT = (
    "If you find a mistake or a wrong number, tell whoever gave you this copy, if that is safe. "
    "You can also tell the project: its list of mistakes, the tracker, stands beside the code, "
    "and anyone can read it. "
)
WITH = "If you find a mistake or a wrong number, report it: "
STAYS = ". What you send can stay on your device. "
WHAT = "Name the page and the sentence, and leave out your name and your own story."


def check_address(app: Sphinx, config: Config) -> None:
    """Refuse what no reader could write to.

    :raises ConfigError: where ``handbook_report`` is neither empty nor such an address.
    """
    address = config.handbook_report
    if address and not ADDRESS.fullmatch(str(address)):
        raise ConfigError(
            f"conf.py: handbook_report is {address!r}; give it an address that starts with"
            " https:// or mailto:, or leave it empty"
        )


class Report(SphinxDirective):
    """``:::{report}``: one paragraph, its address a link and in words, for paper."""

    def run(self) -> list[nodes.Node]:
        said = nodes.paragraph()
        self.set_source_info(said)
        address = self.config.handbook_report
        if address:
            link = nodes.reference("", words.shown(address), refuri=address)
            said += [nodes.Text(WITH), link, nodes.Text(STAYS + WHAT)]
        else:
            said += nodes.Text(WITHOUT + WHAT)
        return [said]
