"""The handbook's shape, told to Sphinx: checks before reading, and the toctrees nobody writes.

A build begins with the same rules as ``make check`` and ends there when one is broken: nothing
is read, nothing is written, the last good output stays.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging

from . import article
from .check import check
from .freshness import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

LISTS_QUESTIONS = "lists-questions"  # in the metadata of each page with a ``questions`` directive


@dataclass(frozen=True)
class Entry:
    """An article in the list of questions."""

    topic: str
    title: str
    docname: str
    summary: str


@dataclass(frozen=True)
class Outline:
    """What pages show of the handbook as a whole; kept with the environment between builds."""

    toctrees: dict[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


def check_pages(app: Sphinx) -> None:
    """Run the rules over the pages before anything is read.

    What has passed is not asked again, until a page, the rules or the day is another.

    :raises SystemExit: when a page breaks a rule, with a line for each breach. Not an exception
        of Sphinx: those come with a traceback and the advice to report a bug in Sphinx.
    """
    docs, today, exclude = Path(app.srcdir), datetime.date.today(), app.config.exclude_patterns
    state = f"{digest(docs)} {app.config.handbook_code} {exclude} {today}"
    passed = Path(app.doctreedir, "passed")
    if passed.is_file() and passed.read_text(encoding="utf-8") == state:
        return
    problems = check(docs, today, exclude)
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


def toctrees(handbook: article.Handbook, root: str) -> dict[str, str]:
    """The toctrees as Markdown, by the page that carries them.

    The root carries one a topic with its articles, then the other pages; an article's index
    carries its four parts; any other index carries the pages of its folder.
    """
    trees: dict[str, list[str]] = {root: []}
    topics: dict[str, list[str]] = {}
    for one in handbook.articles:
        topics.setdefault(one.topic, []).append(one.index.docname)
        trees[one.index.docname] = [_toctree(page.docname for page in one.parts.values())]
    trees[root] += [_toctree(docnames, topic) for topic, docnames in topics.items()]
    beside = [
        docname
        for docname, page in handbook.pages.items()
        if page.front.part in ("help", "reference")
    ]
    folders = {PurePosixPath(name).parent for name in beside if name.endswith("/index")}
    for folder in sorted(folders):
        index = str(folder / "index")
        inside = [n for n in beside if PurePosixPath(n).parent == folder and n != index]
        trees[index] = [_toctree(inside)]
    alone = [n for n in beside if PurePosixPath(n).parent not in folders or n.endswith("/index")]
    trees[root].append(_toctree(alone))
    return {docname: "\n".join(["", *blocks]) for docname, blocks in trees.items()}


def _toctree(docnames: Iterable[str], caption: str = "") -> str:
    options = [":hidden:"] + ([f":caption: {caption}"] if caption else [])
    entries = [f"/{docname}" for docname in docnames]
    return "\n".join(["```{toctree}", *options, "", *entries, "```", ""]) if entries else ""


def outline(env: BuildEnvironment) -> Outline:
    """The outline of the handbook as of this build (empty before the first)."""
    return getattr(env, "handbook_outline", Outline())


def add_toctrees(app: Sphinx, docname: str, content: list[str]) -> None:
    """Append the page's toctrees to its source; the lines above keep their numbers."""
    content[0] += outline(app.env).toctrees.get(docname, "")


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Draw up the outline; name the pages whose toctree or list of questions has changed."""
    handbook, _ = article.load(Path(app.srcdir), app.config.exclude_patterns)
    before = outline(env)
    now = Outline(
        toctrees(handbook, app.config.root_doc),
        tuple(
            Entry(one.topic, one.title, one.index.docname, one.index.front.summary)
            for one in handbook.articles
        ),
    )
    setattr(env, "handbook_outline", now)  # noqa: B010 (Sphinx pickles extensions' attributes)
    stale = {
        docname
        for docname in now.toctrees.keys() | before.toctrees.keys()
        if now.toctrees.get(docname) != before.toctrees.get(docname)
    }
    if now.entries != before.entries:
        stale |= {docname for docname, data in env.metadata.items() if LISTS_QUESTIONS in data}
    return sorted(stale & env.found_docs)


def note_orphans(app: Sphinx, doctree: nodes.document) -> None:
    """A page that stands on its own (the not-found page) belongs in no toctree, and may."""
    metadata = app.env.metadata[app.env.docname]
    if metadata.get("part") == "front" and app.env.docname != app.config.root_doc:
        metadata["orphan"] = True
