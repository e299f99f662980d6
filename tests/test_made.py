"""Nothing is built where nothing has changed, and whatever a build depends on is seen."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook import kept
from handbook.build import made
from handbook.build import run as build
from handbook.editions import make

Built = Callable[[], bool]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "rain").mkdir(parents=True)
    (tmp_path / "docs" / "index.md").write_text("One")
    (tmp_path / "docs" / "rain" / "dot.svg").write_text("<svg/>")
    (tmp_path / "docs" / "rain" / "tips.asked.txt").write_text("may I run")
    (tmp_path / "conf.py").write_text("project = 'Rain'")
    (tmp_path / "own.html").write_text("A template")
    return tmp_path


@pytest.fixture
def built(root: Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    """Ask for the pages in the place of Sphinx, and say whether they had to be built."""
    monkeypatch.setattr("handbook.kept.TICK", -(10**12))  # also what was written this moment
    runs = []

    def sphinx(command: list[str], _root: Path) -> None:
        *_, doctrees, docs, out = map(Path, command)
        runs.append(command)
        for folder in (doctrees, out):
            folder.mkdir(parents=True, exist_ok=True)
        for page in docs.rglob("*.*"):
            (out / f"{page.stem}.html").write_text(page.read_text())
        own = root / "own.html"
        (doctrees / made.READ).write_text(json.dumps({str(own): kept.content(own)}))
        (doctrees / made.REPORTS).write_text("docs/a.md:1: it is late\n")

    monkeypatch.setattr(build, "_run", sphinx)

    def ask() -> bool:
        kept.tools.cache_clear()
        before = len(runs)
        assert make.html(root) == root / "build" / "html"
        assert {file.name for file in (root / "build" / "html").iterdir()} == {
            f"{page.stem}.html" for page in (root / "docs").rglob("*.*")
        }
        assert (root / "build/html/index.html").read_text() == (root / "docs/index.md").read_text()
        return len(runs) > before

    return ask


def test_nothing_is_built_where_nothing_changed(
    built: Built, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert built()
    capsys.readouterr()
    assert not built()
    assert capsys.readouterr().out == (
        "docs/a.md:1: it is late\nNothing has changed since the last build.\n"
    )
    for file in root.rglob("*.*"):
        file.touch()  # as in a fresh clone
    assert not built()


def edit(path: Path) -> None:
    path.write_text(path.read_text() + "!")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a page": lambda root: edit(root / "docs/index.md"),
    "a picture": lambda root: edit(root / "docs/rain/dot.svg"),
    "a list": lambda root: edit(root / "docs/rain/tips.asked.txt"),
    "a new page": lambda root: (root / "docs/new.md").write_text("New"),
    "a page that went": lambda root: (root / "docs/rain/dot.svg").unlink(),
    "a page that moved": lambda root: (root / "docs/rain").rename(root / "docs/snow"),
    "a setting": lambda root: (root / "conf.py").write_text("project = 'Snow'"),
    "a file beside": lambda root: edit(root / "own.html"),
    "a file beside that went": lambda root: (root / "own.html").unlink(),
    "the day of the source": lambda root: (root / ".source-date").write_text("1795392000"),
    "a page of the output": lambda root: edit(root / "build/work/html/out/index.html"),
    "the record": lambda root: (root / "build/work/html/made-of.json").write_text("{"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_built(built: Built, root: Path, change: Callable[[Path], object]) -> None:
    assert built()
    change(root)
    shutil.rmtree(root / "build" / "html")  # or what readers have is as it was
    assert built()
    assert not built()


def test_a_change_elsewhere_is_built(
    built: Built, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert built()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert built()
    monkeypatch.setenv("LANGUAGE", "cy")
    assert built()
    packages = root / "packages"
    packages.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])
    assert not built()
    (packages / "sphinx-9.dist-info").mkdir()
    assert built()
    (packages / "sphinx-9.dist-info").rename(packages / "sphinx-9.1.dist-info")
    assert built()
    code = root / "code"
    code.mkdir()
    monkeypatch.setattr("handbook.kept.HERE", code)
    assert built()
    (code / "rule.txt").touch()
    assert built()
    monkeypatch.setattr(sys, "version", "4.0")
    assert built()
    assert not built()


def test_another_day_is_another_build(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(made.date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2099, 1, 1)

    assert built()
    monkeypatch.setattr(made, "date", Tomorrow)
    assert built()
    assert not built()


@pytest.mark.parametrize(
    "damage",
    [
        lambda html: (html / "index.html").write_text("Another"),
        lambda html: (html / "index.html").unlink(),
        lambda html: (html / "more.html").touch(),
        shutil.rmtree,
    ],
)
def test_what_readers_have_is_made_whole_again(
    built: Built, root: Path, damage: Callable[[Path], object]
) -> None:
    assert built()
    damage(root / "build" / "html")
    assert not built()  # it stood ready; `built` looks at what is published


def test_an_edit_during_a_build_is_built_next(
    built: Built, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.kept.TICK", 20_000_000)
    run = subprocess.run

    def and_edit(command: list[str], **given: object) -> object:
        done = run(command, **given)  # type: ignore[call-overload]
        if "sphinx" in command:
            page = root / "docs" / "index.md"
            page.write_text("Two")
            page.write_text("One")
        return done

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", and_edit)
        assert built()
    assert built()


def test_each_output_knows_what_it_was_made_with(built: Built, root: Path) -> None:
    assert built()
    build.run("html", root, "-D", "html_baseurl=https://example.org/", name="site")
    assert not built()
    record = made.Made.recorded(root / "build/work/site/made-of.json")
    assert not record.is_of(made.Ingredients(root, "html", "-D", "html_baseurl=https://else/"))


def test_a_zip_is_packed_once(built: Built, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = []
    pack = make.zip_bytes

    def count(*given: object) -> bytes:
        packed.append(given)
        return pack(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(make, "zip_bytes", count)
    (root / "docs" / "READ-ME-FIRST.txt").write_text("Open index.html")
    (goal,) = make.folder(root)
    first = goal.read_bytes()
    make.folder(root)
    assert len(packed) == 1
    goal.write_bytes(first[:-1])
    make.folder(root)
    assert (len(packed), goal.read_bytes()) == (2, first)
    (root / "docs" / "READ-ME-FIRST.txt").write_text("Open the first page")
    make.folder(root)
    assert len(packed) == 3


def test_the_text_to_read_first_is_no_link_to_a_file_of_the_machine(
    built: Built, root: Path
) -> None:
    (root / "secret.txt").write_text("Secret.")
    first = root / "docs" / "READ-ME-FIRST.txt"
    first.symlink_to("../secret.txt")
    with pytest.raises(build.BuildError, match=r"docs/READ-ME-FIRST\.txt:1: .* copy it here"):
        make.folder(root)
    assert not list((root / "build").rglob("*.zip"))


def test_what_the_code_reads_of_the_environment_is_part_of_what_is_made() -> None:
    """Or a variable could change the pages, and nobody would build them anew."""
    asked = re.compile(r"""environ(?:\.\w+\(|\[)\s*["'](\w+)["']""")
    names = {
        name
        for file in kept.HERE.rglob("*.py")
        for name in asked.findall(file.read_text(encoding="utf-8"))
    }
    assert "SOURCE_DATE_EPOCH" in names
    assert {name for name in names if not name.startswith(kept.READ)} == set()
