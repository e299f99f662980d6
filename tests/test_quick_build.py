"""A quick build equals a clean one, byte by byte, after each kind of edit."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOTS, build_small
from pages import page
from test_bytes import files

Build = Callable[..., subprocess.CompletedProcess[str]]
Edit = dict[str, str | bytes | None]
SITE = "test-two-articles"
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="{}"/></svg>'
GLOSSARY = ":::{glossary}\ndrizzle\n  Light rain.\n\nshower\n  Short rain.\n:::"
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
    "a page added": {"docs/more.md": page("It rains.", title="More about rain")},
    "a phrasing": {"docs/rain/tips.asked.txt": "[short-way]\nis it wet today\n"},
    "a list of phrasings": {"docs/rain/answer.asked.txt": "[plan]\nwhat do I do when it pours\n"},
    "a term": {"docs/words.md": page(GLOSSARY.replace("drizzle", "mist"),
                                     title="Words for rain")},
    "a topic": changed("rain/index.md", "topic: Weather", "topic: Air"),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_after_an_edit(edit: Edit, sphinx: Build, tmp_path: Path) -> None:
    assert sphinx(SITE, edit=START).returncode == 0
    done = sphinx(SITE, edit=edit)
    assert done.returncode == 0, done.stderr
    clean = build_small(tmp_path / "root", "html", tmp_path / "clean")
    assert clean.returncode == 0, clean.stderr
    quick, whole = files(tmp_path / "out"), files(tmp_path / "clean" / "out")
    kept = {name for name in quick.keys() | whole.keys() if not name.startswith(".buildinfo")}
    assert [name for name in sorted(kept) if quick.get(name) != whole.get(name)] == []
