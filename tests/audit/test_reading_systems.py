"""The e-book in a reading system that is made of a browser: epub.js, in each real engine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import HERE, serve
from .engines import ENGINES, Engine

PARTS = ("epubjs/dist/epub.min.js", "jszip/dist/jszip.min.js")


@pytest.fixture(scope="module")
def library(e_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a reading system with the book open."""
    folder = tmp_path_factory.mktemp("reader")
    for part in PARTS:
        path = HERE / "node_modules" / part
        assert path.exists(), "epub.js is not installed; run: tools/judges.sh"
        shutil.copy(path, folder)
    shutil.copy(HERE / "reader.html", folder)
    shutil.copy(e_book, folder / "steady.epub")
    with serve(folder) as address:
        yield f"{address}/reader.html"


@pytest.fixture(params=ENGINES, ids=lambda kind: kind.__name__)
def reader(
    request: pytest.FixtureRequest,
    library: str,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> Iterator[Engine]:
    """An engine with the book open, as wide as a phone."""
    with request.param(tmp_path) as engine:
        record_property("engine", engine.version)
        engine.open(library)
        engine.until("failed || entries !== null")
        assert engine.ask("failed") is None
        yield engine


def test_the_e_book_turns_to_each_line_of_its_contents(reader: Engine) -> None:
    """The heading stands on the page that is shown, and nothing is wider than that page."""
    lines = int(reader.ask("entries.length"))
    assert lines > 1
    faults = []
    for number in range(lines):
        reader.ask(f"show({number})")
        reader.until("failed || shown !== null")
        assert reader.ask("failed") is None
        shown = reader.ask("shown")
        if shown["heading"] != shown["label"] or not shown["seen"] or shown["wide"]:
            faults.append(shown)
    assert faults == []
