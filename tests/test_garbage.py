"""What a build needs no longer goes by itself, and nobody looks for it in what it does need."""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
import weakref
from collections.abc import Iterator
from multiprocessing import active_children

import pytest
from conftest import ROOT
from docutils.core import publish_doctree
from docutils.nodes import document
from sphinx.util.parallel import ParallelTasks

from handbook import garbage
from handbook.build import workers
from handbook.kept import Shelf
from handbook.search.cut import Cuts

PAGE = """
Rain
====

Take a `coat <https://example.org>`_, *now*. [#]_

- one
- two

.. [#] Or an umbrella.
"""
FORK = """
import gc, os
from handbook import garbage
garbage.seldom()
needed = [[] for _ in range(5_000)]
if os.fork():
    _, status = os.wait()
    print(os.waitstatus_to_exitcode(status), len(gc.get_objects()) > 5_000, gc.get_threshold()[0])
else:
    os._exit(len(gc.get_objects()) > 5_000)
"""


@pytest.fixture
def no_collector() -> Iterator[None]:
    """What is garbage stays, unless it goes by itself."""
    gc.collect()
    with garbage.growing():
        yield


def read() -> document:
    """A page as Sphinx has it that was read before."""
    page = publish_doctree(PAGE)
    page.reporter = page.transformer = page.settings = None
    read: document = pickle.loads(pickle.dumps(page))
    return read


@pytest.mark.usefixtures("no_collector")
def test_a_page_that_is_taken_apart_goes_by_itself() -> None:
    page = read()
    nodes = [weakref.ref(node) for node in page.findall()]
    garbage.take_apart(page)
    del page
    assert len(nodes) > 10
    assert not [node() for node in nodes if node() is not None]


def test_what_a_worker_has_from_before_its_fork_is_not_looked_through() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORK], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "True", str(garbage.MANY)]


def test_a_page_is_given_to_a_worker_whole_and_taken_apart_here() -> None:
    tasks, said, page = ParallelTasks(1), list[list[str]](), read()
    text = page.astext()
    workers.add_task(
        tasks,
        lambda pages: [each.astext() for _name, each in pages],
        [("rain", page)],
        lambda pages, result: said.append(result),
    )
    assert vars(page) == {}
    tasks.join()
    assert said == [[text]]
    assert active_children() == []


@pytest.mark.usefixtures("no_collector")
def test_an_index_goes_by_itself_with_all_that_is_kept_of_it() -> None:
    kept = Shelf()
    cuts = Cuts([(["Rain"], ["is it wet"], ["It is wet."])], str, kept)
    assert cuts[0].terms == ["rain", "is", "it", "wet"]
    gone = weakref.ref(kept), weakref.ref(cuts)
    del kept, cuts
    assert [each() for each in gone] == [None, None]
