"""A quick build equals one from nothing, byte by byte, after each kind of edit.

Here several edits are made at once; ``audit/test_every_edit.py`` makes each of them alone, and
builds all editions.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOTS, Once
from edits import EDITS, TOGETHER, apply, lay_out
from forked import run_forked
from jinja2 import DictLoader, Environment
from pages import page
from test_bytes import files

from handbook.build import run as build
from handbook.kept import Shelf
from handbook.theme.compiled import Compiled

Build = Callable[..., subprocess.CompletedProcess[str]]
NAME = "small.zip"


@pytest.fixture
def start(once: Once, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small handbook, as its first build has left it."""
    monkeypatch.setattr(build, "_run", run_forked)

    def fill(folder: Path) -> None:
        lay_out(folder / "root")
        build.run("html", folder / "root", "-q")

    return Path(shutil.copytree(once("quick", fill) / "root", tmp_path / "root"))


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
def test_after_edits(start: Path, names: list[str], jobs: str) -> None:
    for name in names:
        apply(start, EDITS[name])
    assert unlike(build.run("html", start, "-q", jobs), from_nothing(start, "html")) == []


@pytest.mark.parametrize("name", ["a page renamed", "an article added", "a setting"])
def test_after_a_great_edit(start: Path, name: str) -> None:
    apply(start, EDITS[name])
    assert unlike(build.run("html", start, "-q"), from_nothing(start, "html")) == []


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


def test_pages_show_what_an_edition_has_read_first(start: Path) -> None:
    apply(start, EDITS["a title"])
    build.run("single", start, "-q")  # Sphinx tells this run which pages show it, and no other
    assert unlike(build.run("html", start, "-q"), from_nothing(start, "html")) == []


def test_an_edition_reads_no_page_again(start: Path) -> None:
    def times(builder: str) -> list[int]:
        build.run(builder, start, "-q")
        return [file.stat().st_mtime_ns for file in sorted(start.glob("build/work/**/*.doctree"))]

    before = times("html")
    assert before
    assert times("single") == before


def test_a_template_is_compiled_once(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert b"page.html" in next(start.glob("build/**/templates-html")).read_bytes()
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
