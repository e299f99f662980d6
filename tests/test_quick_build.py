"""A quick build equals one from nothing, byte by byte, after each kind of edit.

Here several edits are made at once; ``audit/test_every_edit.py`` makes each of them alone, and
builds all editions.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOTS
from edits import EDITS, TOGETHER, apply, lay_out
from jinja2 import DictLoader, Environment
from pages import page
from test_bytes import files

from handbook.build import run as build
from handbook.kept import Shelf
from handbook.theme.compiled import Compiled

Build = Callable[..., subprocess.CompletedProcess[str]]
NAME = "small.zip"


class Start:
    """A small handbook as its first builds have left it, always in one place.

    Sphinx remembers where the pages lie, and reads all of them where they lie elsewhere: a copy
    would be no quick build.
    """

    def __init__(self, folder: Path, *builders: str) -> None:
        self.root, self.kept = folder / "root", folder / "kept"
        lay_out(self.root)
        for builder in builders:
            build.run(builder, self.root, "-q")
        shutil.copytree(self.root, self.kept)

    def again(self, *names: str) -> Path:
        """Put it there as it was, but for some edits; return its folder."""
        shutil.rmtree(self.root)
        shutil.copytree(self.kept, self.root)
        for name in names:
            apply(self.root, EDITS[name])
        return self.root


@pytest.fixture(scope="module")
def first(forks: None, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """The small handbook with its pages built."""
    return Start(tmp_path_factory.mktemp("first"), "html")


def times(root: Path) -> dict[str, int]:
    """When each page was read."""
    doctrees = root / "build" / "work" / "shared.reading"
    return {
        file.relative_to(doctrees).with_suffix("").as_posix(): file.stat().st_mtime_ns
        for file in doctrees.rglob("*.doctree")
    }


def unlike(one: Path, other: Path) -> list[str]:
    """The files that two folders do not share byte by byte."""
    quick, whole = files(one), files(other)
    kept = {name for name in quick.keys() | whole.keys() if ".buildinfo" not in name}
    return [name for name in sorted(kept) if quick.get(name) != whole.get(name)]


def from_nothing(root: Path, builder: str, *options: str) -> Path:
    """Build what stands in a folder somewhere else."""
    other = root.with_name("other")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("build"))
    (other / "build").mkdir()
    return build.run(builder, other, "-q", *options)


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@pytest.mark.parametrize("names", TOGETHER.values(), ids=TOGETHER)
def test_after_edits(first: Start, names: list[str], jobs: str) -> None:
    root = first.again(*names)
    assert unlike(build.run("html", root, "-q", jobs), from_nothing(root, "html")) == []


@pytest.mark.parametrize("name", ["a page renamed", "an article added", "a setting"])
def test_after_a_great_edit(first: Start, name: str) -> None:
    root = first.again(name)
    assert unlike(build.run("html", root, "-q"), from_nothing(root, "html")) == []


def test_the_sizes_that_are_offered_are_those_of_this_run(sphinx: Build, tmp_path: Path) -> None:
    offered = tmp_path / "offered"
    offered.mkdir()
    conf = (ROOTS / "test-two-articles" / "conf.py").read_text(encoding="utf-8")
    conf += f'handbook_editions = "{offered}"\nhandbook_offer = {{"zip": "A zip"}}\n'
    offer = page(":::{editions}\n:::", title="Read this without a network")
    for size in (2_000, 300_000):
        (offered / NAME).write_bytes(b"0" * size)
        done = sphinx("test-two-articles", edit={"conf.py": conf, "docs/offline.md": offer})
        assert done.returncode == 0, done.stderr
        shown = (tmp_path / "out" / "offline.html").read_text(encoding="utf-8")
        assert f"</a>, {size // 1000} kB</p>" in shown


def test_pages_show_what_an_edition_has_read_first(first: Start) -> None:
    root = first.again("a title")
    build.run("single", root, "-q")  # Sphinx tells this run which pages show it, and no other
    assert unlike(build.run("html", root, "-q"), from_nothing(root, "html")) == []


def test_an_edition_reads_no_page_again(first: Start) -> None:
    root = first.again()
    before = times(root)
    assert before
    build.run("single", root, "-q")
    assert times(root) == before


def test_one_changed_page_is_read_alone(first: Start) -> None:
    """Also in a fresh clone to which another machine has handed what it kept."""
    root = first.again("a text")
    before = times(root)
    for file in [*root.glob("docs/**/*.*"), root / "conf.py"]:
        os.utime(file)
    build.run("html", root, "-q")
    after = times(root)
    edited = [f"docs/{page}.md" for page in after if after[page] != before.get(page)]
    assert edited == [*EDITS["a text"]]


def test_a_template_is_compiled_once(
    first: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert b"page.html" in next(first.again().glob("build/**/templates-html")).read_bytes()
    compiled: list[str] = []
    compile_it = Environment.compile

    def told(self: Environment, source: str, *given: Any) -> Any:
        compiled.append(source)
        return compile_it(self, source, *given)

    monkeypatch.setattr(Environment, "compile", told)

    def shown(text: str) -> str:
        kept = Shelf(tmp_path / "kept")
        templates = Environment(
            loader=DictLoader({"page.html": text}), bytecode_cache=Compiled(kept)
        )
        found = templates.get_template("page.html").render(name="rain")
        kept.save()
        return found

    assert [shown(text) for text in ("{{ name }}", "{{ name }}", "{{ name }}!")] == [
        "rain",
        "rain",
        "rain!",
    ]
    assert compiled == ["{{ name }}", "{{ name }}!"]
