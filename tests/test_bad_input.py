"""Each mistake an editor can make: one sentence with file, line and fix; the output stays."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Build = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parent / "roots" / "test-two-articles"

TIPS = "docs/rain/tips.md"


def tips(old: str, new: str) -> dict[str, str | bytes | None]:
    """The small site's tips page with one passage changed."""
    text = (ROOT / TIPS).read_text(encoding="utf-8")
    assert old in text
    return {TIPS: text.replace(old, new)}


MISTAKES = {
    "a missing part": (
        {TIPS: None},
        "docs/rain/index.md:4: the article has no tips.md",
    ),
    "an unknown key": (
        tips("part: tips", "part: tips\nauthor: somebody"),
        f"{TIPS}:5: ",
    ),
    "a missing key": (
        tips("review-by: 2027-11-23\n", ""),
        f"{TIPS}:1: ",
    ),
    "keys out of order": (
        tips("part: tips\nreviewed: 2026-11-23", "reviewed: 2026-11-23\npart: tips"),
        f"{TIPS}:",
    ),
    "a date that is none": (
        tips("reviewed: 2026-11-23", "reviewed: November"),
        f"{TIPS}:5: reviewed must be a date such as 2026-11-23",
    ),
    "a review due before it was made": (
        tips("review-by: 2027-11-23", "review-by: 2025-11-23"),
        f"{TIPS}:6: ",
    ),
    "two sections with one anchor": (
        tips("(short-way)=", "(plan)=\n## A plan\n\nStay in.\n\n(short-way)="),
        "anchor plan is taken by docs/rain/answer.md:10; choose another",
    ),
    "a link to a section that is not there": (
        tips("answer.md#plan", "answer.md#plam"),
        f"{TIPS}:13: ",
    ),
    "a page in no article": (
        {"docs/loose/tips.md": (ROOT / TIPS).read_text(encoding="utf-8")},
        "docs/loose/tips.md:4: this tips is in no article",
    ),
    "an image without alt text": (
        tips("Go round", "![](../picture.svg)\n\nGo round"),
        f"{TIPS}:12: ",
    ),
    "a file that is not UTF-8": (
        {TIPS: (ROOT / TIPS).read_bytes().replace(b"the house", b"the caf\xe9")},
        f"{TIPS}:12: ",
    ),
    "a heading level skipped": (
        tips("## Take", "### Take"),
        f"{TIPS}:10: ",
    ),
    "an empty section": (
        tips("(short-way)=", "(nothing)=\n## Nothing at all\n\n(short-way)="),
        f"{TIPS}:10: ",
    ),
}


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_and_nothing_is_lost(
    mistake: str, sphinx: Build, tmp_path: Path
) -> None:
    edit, sentence = MISTAKES[mistake]
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_text("the last good one")
    before = fingerprint(tmp_path / "out")
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert fingerprint(tmp_path / "out") == before


def test_windows_line_ends_are_welcome(sphinx: Build) -> None:
    text = (ROOT / TIPS).read_bytes().replace(b"\n", b"\r\n")
    done = sphinx("test-two-articles", edit={TIPS: text})
    assert done.returncode == 0, done.stderr


def test_footnotes_and_options_in_yaml_are_welcome(sphinx: Build) -> None:
    figure = ":::{figure} ../picture.svg\n---\nalt: A wall\n---\nA wall in the rain.\n:::"
    text = f"{figure}\n\nIt rains.[^1]\n\n[^1]: It is wet.\n\nGo round"
    edit = tips("Go round", text) | {
        "docs/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"
    }
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode == 0, done.stderr
