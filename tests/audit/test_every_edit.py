"""A quick build equals one from nothing after every single edit, in every edition."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import ROOT
from edits import EDITS, TOGETHER, lay_out
from test_bytes import files
from test_quick_build import Start, from_nothing, unlike

from handbook.build import run as build

EDITIONS = ("epub", "single", "typst")
#: Edits that reach most of what is in an edition, for all of them would take an hour.
IN_EDITIONS = ("a title", "a second anchor", "a term", "a picture changed", "an article renamed")


@pytest.fixture(scope="module")
def first(forks: None, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """The small handbook with its pages and all editions built."""
    return Start(tmp_path_factory.mktemp("first"), "html", *EDITIONS)


@pytest.mark.parametrize("name", EDITS)
def test_the_pages_after_an_edit(name: str, first: Start) -> None:
    """By one program and by two."""
    root = first.again(name)
    whole = from_nothing(root, "html")
    assert unlike(build.run("html", root, "-q", "-j1"), whole) == []
    assert unlike(build.run("html", first.again(name), "-q", "-j2"), whole) == []


@pytest.mark.parametrize("builder", EDITIONS)
@pytest.mark.parametrize(
    "names", [*TOGETHER.values(), *([name] for name in IN_EDITIONS)], ids=lambda names: names[0]
)
def test_an_edition_after_edits(names: list[str], builder: str, first: Start) -> None:
    root = first.again(*names)
    quick = made(build.run(builder, root, "-q"))
    assert unlike(quick, made(from_nothing(root, builder))) == []


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
