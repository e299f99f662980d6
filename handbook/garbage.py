"""When Python looks for garbage: seldom, and never in what is needed to the end.

A page is thousands of nodes that refer to each other, so that it goes only when the collector finds
it: of an e-book of a thousand articles that was a third of all time, and half of all memory was
pages that waited for it. So it is asked seldom. It passes over what a build needs to its end, as a
worker's does over all that was there before the fork, which it would copy by looking. And a page
that is written is taken apart at once, so that there is nothing to be found.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

#: Python looks for garbage whenever it has so many objects more. Every seven hundred, as it would
#: by itself, is a fifth of a build. So many are some 70 MB.
MANY = 500_000


def seldom() -> None:
    """In this program, and in the workers that it forks, look for garbage seldom."""
    gc.set_threshold(MANY)
    os.register_at_fork(after_in_child=settle)


def settle() -> None:
    """Look for no garbage in what there is now: all of it is needed to the end."""
    gc.freeze()


@contextmanager
def growing() -> Iterator[None]:
    """Look for no garbage while there is none: it would cost as much as all the rest."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def take_apart(tree: Any) -> None:
    """Let go of a tree that nobody needs any longer, node by node.

    :param tree: a node, as docutils has them: it refers to its ``children``, and they to it.
    """
    todo: list[Any] = [tree]
    while todo:
        node = todo.pop()
        children: Sequence[Any] = node.children
        todo += children
        vars(node).clear()
