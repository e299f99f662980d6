"""What Sphinx's workers are given, and what they give back: no more than their own pages.

Sphinx resolves pages faster than its workers write them, and holds all that wait: of a thousand
articles more than half of all its memory. And a worker that has read some pages sends back all that
is known of all pages, which grows with the square of the handbook. To go when Sphinx waits for its
workers, and when they send back what they have read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import builders
from sphinx.environment import BuildEnvironment
from sphinx.util import parallel
from sphinx.util.parallel import ParallelTasks

from handbook.garbage import take_apart

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: How often to look whether a worker has ended, in seconds; Sphinx does as often.
SOON = 0.02
#: Pages that a worker is given at most. Fewer would be more forks, and after each both sides copy
#: what they touch of all that is known: with a thousand articles a fifth of a second.
AT_ONCE = 200
#: What an environment knows by page: most of it. Of all else a worker sends what it has.
BY_PAGE = (
    *("all_docs", "dependencies", "included", "metadata", "titles", "longtitles"),
    *("tocs", "toc_num_entries", "toctree_includes"),
    *("handbook_contents", "handbook_navigation", "handbook_search"),
)
#: The domains that know all by page.
DOMAINS = {"section"}


@dataclass
class Reading:
    """Who reads the pages of an environment.

    :ivar process: the one that begins the others.
    :ivar read: the pages that this one has read.
    """

    process: int
    read: set[str] = field(default_factory=set)


_readings: WeakKeyDictionary[BuildEnvironment, Reading] = WeakKeyDictionary()
_add_task, _state = ParallelTasks.add_task, BuildEnvironment.__getstate__
_join_one = ParallelTasks._join_one
_failed: WeakKeyDictionary[ParallelTasks, Exception] = WeakKeyDictionary()
_make_chunks = parallel.make_chunks


def add_task(self: ParallelTasks, task_func: Any, arg: Any = None, result_func: Any = None) -> None:
    """Add a task, and come back when it has begun.

    From then on the worker has the pages that it is given, and nobody here has a use for them.

    :raises Exception: where another has failed; none goes on.
    """
    try:
        _add_task(self, task_func, arg, result_func)
        if self in _failed:  # Sphinx would go on without what failed
            raise _failed[self]
        while self._precvs_waiting:
            if not self._join_one():
                time.sleep(SOON)
    except BaseException:
        self.terminate()
        raise
    for each in arg if isinstance(arg, list) else ():
        match each:
            case str(), nodes.document() as page:  # to be written; to read one, a name is enough
                take_apart(page)


def join_one(self: ParallelTasks) -> bool:
    """Take over what a worker has done, and note where it has failed."""
    try:
        return _join_one(self)
    except Exception as error:
        _failed[self] = error
        raise


def make_chunks(arguments: Sequence[str], nproc: int, maxbatch: int = 10) -> list[Any]:
    """Deal the pages out, a few at a time: Sphinx would deal out more the more there are."""
    dealt = _make_chunks(arguments, nproc, maxbatch)
    if all(len(chunk) <= AT_ONCE for chunk in dealt):
        return dealt
    return [arguments[start : start + AT_ONCE] for start in range(0, len(arguments), AT_ONCE)]


def begin(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Before pages are read: note which process begins the others."""
    _readings[env] = Reading(os.getpid())


def note(app: Sphinx, docname: str, content: list[str]) -> None:
    """Note that a page is read in this process."""
    if reading := _readings.get(app.env):
        reading.read.add(docname)


def state(self: BuildEnvironment) -> dict[str, Any]:
    """What is written of an environment, or sent: of a worker its own pages."""
    known = _state(self)
    reading = _readings.get(self)
    if reading is None or reading.process == os.getpid():
        return known
    others = known["all_docs"].keys() - reading.read
    known |= {name: _without(known[name], others) for name in BY_PAGE if name in known}
    known["domaindata"] = known["domaindata"] | {
        domain: {
            kind: _without(data, others) if isinstance(data, dict) else data
            for kind, data in known["domaindata"][domain].items()
        }
        for domain in known["domaindata"].keys() & DOMAINS
    }
    return known


def _without(by_page: dict[str, Any], others: Set[str]) -> dict[str, Any]:
    left = by_page.copy()  # of the same kind: some have a value for what is not there
    for name in others & by_page.keys():
        del left[name]
    return left


def bound() -> None:
    """Have Sphinx do so."""
    builders.make_chunks = make_chunks  # type: ignore[attr-defined]
    ParallelTasks.add_task = add_task  # type: ignore[method-assign]
    ParallelTasks._join_one = join_one  # type: ignore[method-assign]
    BuildEnvironment.__getstate__ = state  # type: ignore[method-assign]
