"""Between the rules and Sphinx: a build begins with the rules, and MyST is told what they allow.

A build ends here when a rule is broken: no page is read, nothing is written, the last good output
stays. MyST and docutils allow a page more than a handbook needs; ``markup`` and ``targets``
refuse most of it, with a sentence about the line, and what they do not read (options of
directives, nested markup) is held by the settings and the transform below.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import ConfigError
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from handbook.build.made import REPORTS
from handbook.kept import write
from handbook.model.markdown import EXTENSIONS
from handbook.model.problem import Problem
from handbook.sources import found_before, handbook_of, kept_folder, page_files

from .addresses import DOCUMENTS, PICTURES, SCHEMES, refusal, unfit_file
from .check import check

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


def check_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Run the rules over the pages before any is read.

    :returns: no page; none is stale for having passed.
    :raises SystemExit: when a page breaks a rule, with a line for each breach. Not an exception
        of Sphinx: those come with a traceback and the advice to report a bug in Sphinx.
    """
    docs, today = Path(app.srcdir), datetime.date.today()
    read = (found_before(app), *handbook_of(app))
    problems = check(docs, page_files(app), today, kept_folder(app), read)
    fatal = [problem for problem in problems if problem.fatal]
    reports = [str(problem) for problem in problems if not problem.fatal]
    for report in reports:
        logger.info("%s", report)
    if fatal:
        raise SystemExit(
            "\n".join([*map(str, fatal), f"{len(fatal)} to mend; nothing is written."])
        )
    write(Path(app.doctreedir, REPORTS), ["".join(f"{each}\n" for each in reports).encode()])
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


# What speaks to a browser in its head, or has it load a program from another site to be shown.
NOT_FOR_PAGES = (nodes.meta, nodes.math, nodes.math_block)


class RefuseAddresses(SphinxTransform):
    """Take out what leads or reaches outside, whatever wrote it, and fail a strict build."""

    # After docutils has given references their addresses (640), before Sphinx looks whether there
    # is mathematics (850) and collects files (880).
    default_priority = 845

    def apply(self, **kwargs: object) -> None:
        for node in list(self.document.findall(nodes.reference)):
            _refuse(node, refusal(node.get("refuri", "")), node.children)
        for picture in list(self.document.findall(nodes.image)):
            picture["uri"] = unquote(picture["uri"])  # a name, which Sphinx reads as it stands
            why = refusal(picture["uri"], schemes=()) or self._unfit(picture["uri"], PICTURES)
            _refuse(picture, why, [nodes.Text(picture.get("alt", ""))])
        for file in list(self.document.findall(addnodes.download_reference)):
            why = self._unfit(file.get("reftarget", ""), (*PICTURES, *DOCUMENTS))
            _refuse(file, why, file.children)
        for stray in [each for kind in NOT_FOR_PAGES for each in self.document.findall(kind)]:
            what = f"{stray.tagname} is not for pages; write it as Markdown"
            _refuse(stray, what, [nodes.Text(stray.astext())])
        for tree in list(self.document.findall(addnodes.toctree)):
            pages = self.env.found_docs | {"self"}
            foreign = [entry for _, entry in tree["entries"] if entry not in pages]
            _refuse(tree, f"{foreign[0]} is no page of the handbook" if foreign else None, [])

    def _unfit(self, path: str, kinds: Collection[str]) -> str | None:
        page = Path(self.env.doc2path(self.env.docname)).relative_to(self.env.srcdir).as_posix()
        return unfit_file(Path(self.env.srcdir), page, path, kinds)


class RefuseResolved(SphinxPostTransform):
    """Do the same in the page as a builder writes it, with what was resolved or made since."""

    default_priority = 999  # after every other

    def run(self, **kwargs: object) -> None:
        for node in list(self.document.findall(nodes.reference)):
            _refuse(node, refusal(node.get("refuri", "")), node.children)
        for raw in list(self.document.findall(nodes.raw)):
            if raw.astext().strip() not in PLAIN_MARKUP:
                _refuse(raw, "raw markup is not for pages; write it as Markdown", [])


def check_files(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Look at the files that a builder is about to copy, whatever put them on its list.

    Sphinx, for one, takes ``map.en.png`` where a page names ``map.png``.

    :returns: no page; none has to be written again.
    :raises SystemExit: when one of them may not be published; nothing is written.
    """
    docs = Path(env.srcdir)
    faults = [
        Problem(f"{docs.name}/{env.doc2path(min(pages), base=False)}", 1, "link-target", why)
        for files, kinds in ((env.images, PICTURES), (env.dlfiles, (*PICTURES, *DOCUMENTS)))
        for file, (pages, _) in sorted(files.items())
        if (why := unfit_file(docs, "index", str(file), kinds))
    ]
    if faults:
        raise SystemExit(
            "\n".join([*map(str, faults), f"{len(faults)} to mend; nothing is written."])
        )
    return []


# What MyST itself writes as raw markup: a hard line break, text that is struck through.
PLAIN_MARKUP = frozenset({"<br />", "\\\\", "<s>", "</s>"})


def _refuse(node: nodes.Element, why: str | None, instead: Sequence[nodes.Node]) -> None:
    """Put ``instead`` in the place of a node that is refused, and say why."""
    if why is not None:
        logger.warning(why, location=node, type="handbook", subtype="address")
        node.parent[:] = [
            each for child in node.parent for each in (instead if child is node else [child])
        ]
