"""A quick build equals one from nothing after every single edit, in every edition."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import ROOT
from edits import EDITS, TOGETHER, apply, lay_out
from forked import run_forked
from test_bytes import files
from test_quick_build import from_nothing, unlike

from handbook.build import run as build

EDITIONS = ("epub", "single", "typst")
#: Edits that reach most of what is in an edition, for all of them would take an hour.
IN_EDITIONS = ("a title", "a second anchor", "a term", "a picture changed", "an article renamed")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small handbook as the first builds have left it."""
    root = tmp_path_factory.mktemp("first") / "root"
    lay_out(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_run", run_forked)
        for builder in ("html", *EDITIONS):
            build.run(builder, root, "-q")
    return root


@pytest.fixture
def edited(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Make edits in a copy of it; return the copy."""
    monkeypatch.setattr(build, "_run", run_forked)

    def edit(*names: str) -> Path:
        root = Path(shutil.copytree(first, tmp_path / "_".join(["root", *names])))
        for name in names:
            apply(root, EDITS[name])
        return root

    return edit


@pytest.mark.parametrize("name", EDITS)
def test_the_pages_after_an_edit(name: str, edited: Callable[..., Path]) -> None:
    """By one program and by two."""
    quick = build.run("html", edited(name), "-q", "-j1")
    whole = from_nothing(quick.parents[3], "html")
    assert unlike(quick, whole) == []
    shutil.rmtree(quick.parents[3])
    assert unlike(build.run("html", edited(name), "-q", "-j2"), whole) == []


@pytest.mark.parametrize("builder", EDITIONS)
@pytest.mark.parametrize(
    "names", [*TOGETHER.values(), *([name] for name in IN_EDITIONS)], ids=lambda names: names[0]
)
def test_an_edition_after_edits(
    names: list[str], builder: str, edited: Callable[..., Path]
) -> None:
    quick = build.run(builder, edited(*names), "-q")
    assert unlike(made(quick), made(from_nothing(quick.parents[3], builder))) == []


def made(output: Path) -> Path:
    """The part of an output that is an edition."""
    edition = output.with_name("edition")
    shutil.rmtree(edition, ignore_errors=True)
    edition.mkdir()
    for file in [*output.glob("*.epub"), *output.glob("*.pdf"), *output.glob("small.html")]:
        shutil.copy(file, edition)
        if file.suffix == ".epub":  # so that a failure names the member
            ZipFile(file).extractall(edition / "members")
    assert files(edition)
    return edition


#: An edit of the handbook's own files, and of what is installed.
OF_THE_CODE = {
    "a template": ("handbook/theme/templates/partials/foot.html", "<p>Changed.</p>\n"),
    "a style sheet": ("handbook/theme/styles/text.css", ".changed { color: red }\n"),
    "a script": ("handbook/theme/static/exit.js", "var changed = 1;\n"),
    "code": ("handbook/crossref/backlinks.py", 'LABEL = "Named by"\n'),
    "a library": ("rain-2.0.dist-info/METADATA", "Name: rain\nVersion: 2.0\n"),
}


@pytest.mark.parametrize("name", OF_THE_CODE)
def test_after_an_edit_of_the_handbook_itself(name: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    lay_out(root)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "handbook", root / "handbook", ignore=ignored)

    def built(folder: Path) -> Path:
        command = [sys.executable, "-m", "handbook", "html"]
        environment = os.environ | {"PYTHONPATH": str(folder)}
        subprocess.run(command, cwd=folder, env=environment, check=True)
        return folder / "build" / "html"

    built(root)
    doctree = root / "build" / "work" / "shared.reading" / "index.doctree"
    before = doctree.stat().st_ctime_ns
    path, text = OF_THE_CODE[name]
    (root / path).parent.mkdir(exist_ok=True)
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(text)
    quick = built(root)
    assert doctree.stat().st_ctime_ns != before
    other = shutil.copytree(root, tmp_path / "other")
    shutil.rmtree(other / "build")
    assert unlike(quick, built(other)) == []
