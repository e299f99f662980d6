"""A page is made ready for a worker when one is free to write it, not long before.

Sphinx resolves pages faster than its workers write them, and holds all that wait: of a thousand
articles more than half of all its memory. To go when Sphinx waits for its workers.
"""

from __future__ import annotations

import time
from typing import Any

from sphinx.util.parallel import ParallelTasks

#: How often to look whether a worker has ended, in seconds; Sphinx does as often.
SOON = 0.02

_add_task = ParallelTasks.add_task


def add_task(self: ParallelTasks, *given: Any, **more: Any) -> None:
    """Add a task, and come back when it has begun.

    :raises Exception: where another has failed; none goes on.
    """
    _add_task(self, *given, **more)
    try:
        while self._precvs_waiting:
            if not self._join_one():
                time.sleep(SOON)
    except BaseException:
        self.terminate()
        raise


def bound() -> None:
    """Have all that Sphinx gives to workers begin before more is made ready."""
    ParallelTasks.add_task = add_task  # type: ignore[method-assign]
