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
from edits import EDITS, apply, lay_out
from forked import run_forked
from test_bytes import files
from test_quick_build import from_nothing, unlike

from handbook import build

BUILDERS = ("html", "epub", "single", "typst")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small handbook as the first builds have left it."""
    root = tmp_path_factory.mktemp("first") / "root"
    lay_out(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_run", run_forked)
        for builder in BUILDERS:
            build.run(builder, root, "-q")
    return root


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit(
    name: str, first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_run", run_forked)
    root = Path(shutil.copytree(first, tmp_path / "root"))
    apply(root, EDITS[name])
    for builder in BUILDERS:
        quick = build.run(builder, root, "-q")
        whole = from_nothing(root, builder)
        assert unlike(made(quick, builder), made(whole, builder)) == [], builder
    parallel = Path(shutil.copytree(first, tmp_path / "parallel"))
    apply(parallel, EDITS[name])
    quick = build.run("html", parallel, "-q", "-j2")
    assert unlike(quick, build.run("html", root, "-q")) == []


def made(output: Path, builder: str) -> Path:
    """The part of an output that is an edition."""
    if builder == "html":
        return output
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
    "a library": ("furo-3000.dist-info/METADATA", "Name: furo\n"),
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
    changed = root / "build" / "work" / "html" / "made-of.json"
    before = changed.stat().st_mtime_ns, (root / "build/work/html/doctrees/index.doctree").stat()
    path, text = OF_THE_CODE[name]
    (root / path).parent.mkdir(exist_ok=True)
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(text)
    quick = built(root)
    assert (root / "build/work/html/doctrees/index.doctree").stat().st_ino != before[1].st_ino
    other = shutil.copytree(root, tmp_path / "other", ignore=shutil.ignore_patterns("build"))
    assert unlike(quick, built(other)) == []
