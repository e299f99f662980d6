"""Between the rules and Sphinx: a build begins with the rules, and MyST is told what they allow.

A build ends here when a rule is broken: no page is read, nothing is written, the last good output
stays. MyST and docutils allow a page more than a handbook needs; ``markup`` and ``targets``
refuse most of it, with a sentence about the line, and what they do not read (titles, options of
directives, nested markup) is held by the settings and the transform below.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from handbook.files import digest
from handbook.model.markdown import EXTENSIONS
from handbook.sources import handbook_of

from .check import review
from .targets import SCHEMES, refusal

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


def check_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Run the rules over the pages before any is read.

    What has passed is not asked again, until a page, the rules or the day is another.

    :returns: no page; none is stale for having passed.
    :raises SystemExit: when a page breaks a rule, with a line for each breach. Not an exception
        of Sphinx: those come with a traceback and the advice to report a bug in Sphinx.
    """
    docs, today = Path(app.srcdir), datetime.date.today()
    state = f"{digest(docs)} {app.config.handbook_code} {app.config.exclude_patterns} {today}"
    passed = Path(app.doctreedir, "passed")
    if passed.is_file() and passed.read_text(encoding="utf-8") == state:
        return []
    handbook, problems = handbook_of(app)
    problems = problems or review(handbook, docs, today)
    fatal = [problem for problem in problems if problem.fatal]
    for problem in problems:
        if not problem.fatal:
            logger.info("%s", problem)
    if fatal:
        raise SystemExit(
            "\n".join([*map(str, fatal), f"{len(fatal)} to mend; nothing is written."])
        )
    if not problems:
        passed.parent.mkdir(parents=True, exist_ok=True)
        passed.write_text(state, encoding="utf-8")
    return []


def set_up_myst(app: Sphinx, config: Config) -> None:
    """Give MyST the syntax that the rules read: tags are text, and only known schemes are links.

    :raises ConfigError: where ``conf.py`` asks for another syntax, which the rules would not see.
    """
    if others := {*config.myst_enable_extensions} - {*EXTENSIONS}:
        raise ConfigError(
            f"conf.py: myst_enable_extensions has {', '.join(sorted(others))}, which the rules do"
            f" not read; pages have {', '.join(EXTENSIONS)}, so take the line out"
        )
    config.myst_enable_extensions = set(EXTENSIONS)
    config.myst_title_to_header = True  # the front matter's title is the page's one first heading
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
