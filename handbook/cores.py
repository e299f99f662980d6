"""Work spread over the cores that there are.

By forks: a worker has all that this process knows, and what is worked on need not be sent. Where
the system has no fork, or nothing would be won, the work is done here.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe, get_all_start_methods, get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Pages of which a handbook has so many that a second core pays: below, a fork costs more.
MANY = 60

#: What the workers do; they have it from before the fork.
_work: Callable[[int], Any] | None = None


def processors() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cores(pages: int) -> int:
    """The same for so many pages; one where no other pays."""
    if pages < MANY or "fork" not in get_all_start_methods():
        return 1
    return processors()


def spread(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Return what the function makes of each item, in their order.

    :param function: looks only at what was known before, and changes nothing.
    """
    global _work
    workers = cores(len(items))
    if workers == 1 or not items:
        return [function(item) for item in items]
    _work = partial(_done, function, items)
    size = -(-len(items) // (4 * workers))  # several each, since some take longer
    try:
        with ProcessPoolExecutor(workers, get_context("fork")) as pool:
            return list(pool.map(_apply, range(len(items)), chunksize=size))
    except BrokenProcessPool:  # one was killed, most likely for want of memory
        return [function(item) for item in items]
    finally:
        _work = None  # or all that it knows would stay


def ahead(function: Callable[[], Iterator[Result]]) -> Callable[[], Result]:
    """Begin now with what is wanted later, on another core; return what waits for it.

    Where that fails, it is done here when it is wanted, and fails in its own words.

    :param function: yields the result, and then does what nobody waits for before this process
        ends. It looks only at what was known before; what it writes may be written twice.
    """
    if cores(MANY) == 1:
        return partial(_to_the_end, function)
    answer, reply = Pipe(duplex=False)

    def work() -> None:
        answer.close()  # or it would wait for ever for itself to take it, where nobody else is left
        # Where it is not wanted any more, it leaves no half of a file behind.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        with suppress(BaseException):
            rest = function()
            reply.send(next(rest))
            deque(rest, maxlen=0)

    worker = get_context("fork").Process(target=work, daemon=True)
    worker.start()
    reply.close()

    def result() -> Result:
        try:
            made: Result = answer.recv()
        except EOFError:
            return _to_the_end(function)
        atexit.register(worker.join)  # or multiprocessing would end it in the middle of the rest
        return made

    return result


def _to_the_end(function: Callable[[], Iterator[Result]]) -> Result:
    made, *_ = function()
    return made


def _done(function: Callable[[Item], Result], items: Sequence[Item], place: int) -> Result:
    return function(items[place])


def _apply(place: int) -> Any:
    assert _work
    return _work(place)
