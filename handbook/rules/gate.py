"""MyST and docutils allow a page more than a handbook needs; here they are told not to.

``handbook.markup`` and ``handbook.links`` refuse most of it before, with a sentence about the
line. This holds for what they do not read: titles, options of directives, nested markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from .links import SCHEMES, refusal

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)


def take_html_as_text(app: Sphinx, config: Config) -> None:
    """Make tags in Markdown the text they are written as, and only known schemes links."""
    config.myst_disable_syntax = [*config.myst_disable_syntax, "html_block", "html_inline"]
    config.myst_url_schemes = list(SCHEMES)


def read_pages_alone(app: Sphinx) -> None:
    """Switch off docutils' raw content, and the directives that read other files or addresses."""
    app.env.settings |= {"raw_enabled": False, "file_insertion_enabled": False}


class RefuseAddresses(SphinxTransform):
    """Take out links and pictures whose address is refused, and fail a strict build."""

    default_priority = 900  # after docutils has given references their addresses (640)

    def apply(self, **kwargs: object) -> None:
        for node in list(self.document.findall(nodes.reference)):
            if why := refusal(node.get("refuri", "")):
                logger.warning(why, location=node, type="handbook", subtype="address")
                node.replace_self(node.children)
        for picture in list(self.document.findall(nodes.image)):
            if why := refusal(picture["uri"], schemes=()):
                logger.warning(why, location=picture, type="handbook", subtype="address")
                picture.replace_self(nodes.Text(picture.get("alt", "")))
