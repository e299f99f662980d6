"""What a run has left for the next one is used where it is as it was left, and nowhere else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from io import FileIO
from pathlib import Path

import pytest
from conftest import Once
from edits import lay_out
from forked import run_forked
from test_bytes import files
from test_quick_build import unlike

from handbook import kept
from handbook.build import run as build
from handbook.build.seal import SEAL, is_intact, noted_hash, seal
from handbook.kept import contents

DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "truncated": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "other bytes": lambda file: file.write_bytes(bytes(255 - each for each in file.read_bytes())),
    "longer": lambda file: file.write_bytes(file.read_bytes() + b"\n"),
    "gone": Path.unlink,
}


#: What a build leaves: the output, and what has been read for all outputs; a file of each.
LEFT = {"html": "out/index.html", "shared.reading": "environment.pickle"}


@pytest.fixture(params=LEFT)
def work(
    request: pytest.FixtureRequest, once: Once, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A folder that the build of a small handbook has left."""
    monkeypatch.setattr(build, "_run", run_forked)

    def fill(folder: Path) -> None:
        lay_out(folder / "root")
        build.run("html", folder / "root", "-q")

    root = once("sealed", fill) / "root"
    return Path(shutil.copytree(root, tmp_path / "root")) / "build" / "work" / request.param


def test_a_copy_is_as_good(work: Path) -> None:
    """With other times: somebody has carried it to another machine."""
    for file in work.rglob("*"):
        os.utime(file, (0, 0))
    assert is_intact(work)


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_no_damaged_file_is_used(work: Path, damage: Callable[[Path], object]) -> None:
    """Whichever of all that is kept it is, and though its times are those of before."""
    seal(work)
    left = [file for file in work.rglob("*") if file.is_file() and file.stat().st_size]
    assert {work / "made-of.json", work / LEFT[work.name]} <= {*left}
    for file in left:
        if file.name == SEAL:
            continue
        before, times = file.read_bytes(), (file.stat().st_atime_ns, file.stat().st_mtime_ns)
        damage(file)
        if file.exists():
            os.utime(file, ns=times)
        assert not is_intact(work), file
        file.write_bytes(before)
    assert is_intact(work)


def test_what_was_hashed_for_the_seal_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "work" / "out"
    out.mkdir(parents=True)
    for name in ("same", "changed"):
        (out / name).write_text(name, encoding="utf-8")
    seal(out.parent)
    (out / "changed").write_text("another", encoding="utf-8")
    (out / "new").write_text("new", encoding="utf-8")
    (out / "linked").symlink_to("same")
    wanted, read = contents(out), []
    hashed = noted_hash(out.parent, "out")
    monkeypatch.setattr(kept, "FileIO", lambda path: read.append(Path(path).name) or FileIO(path))
    assert contents(out, hashed) == wanted
    assert sorted(read) == ["changed", "linked", "new"]


def test_nothing_is_put_in(work: Path) -> None:
    (work / "more.html").write_text("More.", encoding="utf-8")
    assert not is_intact(work)


@pytest.mark.parametrize("damage", ["empty", "truncated", "other bytes", "gone"])
def test_a_damaged_list_of_what_is_kept_vouches_for_nothing(work: Path, damage: str) -> None:
    DAMAGE[damage](work / SEAL)
    assert not is_intact(work)


@pytest.mark.parametrize("said", ["[]", "1", "{}", '{"a": 1}', '{"a": [1]}', "[" * 9999])
def test_nor_does_one_that_says_something_else(work: Path, said: str) -> None:
    (work / SEAL).write_text(said, encoding="utf-8")
    assert not is_intact(work)


def test_what_is_damaged_is_built_anew(work: Path, tmp_path: Path) -> None:
    out = tmp_path / "root" / "build" / "work" / "html" / "out"
    before = shutil.copytree(out, tmp_path / "before")
    (work / LEFT[work.name]).write_bytes(b"damaged")
    page = tmp_path / "root" / "docs" / "index.md"
    was = page.read_bytes()
    page.write_bytes(was + b"\nAnd more.\n")  # or nothing would be read
    build.run("html", tmp_path / "root", "-q")
    page.write_bytes(was)
    assert unlike(build.run("html", tmp_path / "root", "-q"), before) == []
    assert "index.html" in files(before)
