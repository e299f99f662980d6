"""A quick build equals a clean one, byte by byte, after each kind of edit."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOTS, build_small
from pages import page
from test_bytes import files

from handbook.build import run

Build = Callable[..., subprocess.CompletedProcess[str]]
Edit = dict[str, str | bytes | None]
SITE = "test-two-articles"
NAME = "small.zip"
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="{}"/></svg>'
GLOSSARY = ":::{glossary}\ndrizzle\n  Light rain.\n\nshower\n  Short rain.\n:::"
NUMBERS = "{{.last-checked}}\nThis list was last checked on {}.\n\nCall [999](tel:999)."
NOTES = "See a {term}`shower`.\n\n![A dot](dot.svg)"


def small(name: str) -> str:
    return (ROOTS / SITE / "docs" / name).read_text(encoding="utf-8")


def changed(name: str, old: str, new: str) -> Edit:
    text = small(name)
    assert old in text
    return {f"docs/{name}": text.replace(old, new)}


START: Edit = {
    "docs/notes.md": page(NOTES, title="Notes about rain"),
    "docs/words.md": page(GLOSSARY, title="Words for rain"),
    "docs/numbers.md": page(NUMBERS.format("2026-11-23"), title="Numbers for rain"),
    ".source-date": "1795392000\n",
    "docs/dot.svg": DOT.format(3),
    "docs/old.svg": DOT.format(2),
    "docs/rain/tips.asked.txt": "[short-way]\nmay I run when it rains\n",
}
EDITS: dict[str, Edit] = {
    "a title": changed("rain/index.md", "Can I walk with rain?", "May I walk with rain?"),
    "a part": {"docs/notes.md": page(NOTES, title="Notes about rain", part="help")},
    "an anchor": changed("rain/tips.md", "(short-way)=", "(short-way)=\n(new-way)=")
    | {"docs/rain/tips.asked.txt": "[new-way]\nmay I run when it rains\n"},
    "a link added": {
        "docs/notes.md": page(f"{NOTES}\n\nTake a [short way](rain/tips.md#short-way).",
                              title="Notes about rain")
    },
    "a link removed": changed("rain/tips.md", "[plan](answer.md#plan)", "plan"),
    "a picture added": {"docs/words.md": page(f"![A dot](old.svg)\n\n{GLOSSARY}",
                                              title="Words for rain")},
    "a picture removed": {"docs/notes.md": page("See a {term}`shower`.",
                                                title="Notes about rain")},
    "a picture changed": {"docs/dot.svg": DOT.format(4)},
    "a picture of the same name": {
        "docs/a/dot.svg": DOT.format(5),
        "docs/a.md": page("![A dot](a/dot.svg)", title="More about rain"),
    },
    "a page added": {"docs/more.md": page("It rains.", title="More about rain")},
    "a phrasing": {"docs/rain/tips.asked.txt": "[short-way]\nis it wet today\n"},
    "a list of phrasings": {"docs/rain/answer.asked.txt": "[plan]\nwhat do I do when it pours\n"},
    "a term": {"docs/words.md": page(GLOSSARY.replace("drizzle", "mist"),
                                     title="Words for rain")},
    "a check of helplines": {
        "docs/numbers.md": page(NUMBERS.format("2026-11-20"), title="Numbers for rain")
    },
    "a day of the source": {".source-date": "1795478400\n"},
    "a topic": changed("rain/index.md", "topic: Weather", "topic: Air"),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_after_an_edit(edit: Edit, sphinx: Build, tmp_path: Path) -> None:
    assert sphinx(SITE, edit=START).returncode == 0
    done = sphinx(SITE, edit=edit)
    assert done.returncode == 0, done.stderr
    clean = build_small(tmp_path / "root", "html", tmp_path / "clean")
    assert clean.returncode == 0, clean.stderr
    assert unlike(tmp_path / "out", tmp_path / "clean" / "out") == []


def unlike(one: Path, other: Path) -> list[str]:
    """The files that two folders do not share byte by byte."""
    quick, whole = files(one), files(other)
    kept = {name for name in quick.keys() | whole.keys() if not name.startswith(".buildinfo")}
    return [name for name in sorted(kept) if quick.get(name) != whole.get(name)]


def test_the_sizes_that_are_offered_are_those_of_this_run(sphinx: Build, tmp_path: Path) -> None:
    offered = tmp_path / "offered"
    offered.mkdir()
    conf = (ROOTS / SITE / "conf.py").read_text(encoding="utf-8")
    conf += f'handbook_editions = "{offered}"\nhandbook_offer = {{"zip": "A zip"}}\n'
    offer = page(":::{editions}\n:::", title="Read this without a network")
    edit: Edit = {"conf.py": conf, "docs/offline.md": offer}
    for size in (2_000, 300_000):
        (offered / NAME).write_bytes(b"0" * size)
        done = sphinx(SITE, edit=edit)
        assert done.returncode == 0, done.stderr
        shown = (tmp_path / "out" / "offline.html").read_text(encoding="utf-8")
        assert f"</a>, {size // 1000} kB</p>" in shown


@pytest.mark.parametrize("gone", ["docs/notes.md", "docs/old.svg", "docs/rain/tips.asked.txt"])
def test_after_a_file_has_gone(
    gone: str, sphinx: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOTS.parents[1]))
    assert sphinx(SITE, edit=START).returncode == 0  # lays the site out
    root, other = tmp_path / "root", tmp_path / "other"
    run("html", root, "-q")
    (root / gone).unlink()
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("build"))
    assert unlike(run("html", root, "-q"), run("html", other, "-q")) == []
