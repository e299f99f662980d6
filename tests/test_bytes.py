"""Same source, same bytes: run twice, in another folder, and after an edit taken back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.build import STRICT, publish

ROOT = Path(__file__).parents[1]


def built(root: Path, out: Path) -> dict[str, bytes]:
    """Build the handbook in ``root`` into ``out``; return the files as `make html` keeps them."""
    command = [
        sys.executable,
        "-m",
        "sphinx",
        *STRICT,
        "-q",
        "-c",
        ".",
        "-d",
        str(out / "doctrees"),
    ]
    subprocess.run([*command, "docs", str(out / "html")], cwd=root, check=True)
    publish(out / "html", out / "kept")
    return {
        str(path.relative_to(out / "kept")): path.read_bytes()
        for path in sorted((out / "kept").rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A copy of what the build needs, in a folder with another name and depth."""
    copy = tmp_path / "a" / "deeper" / "place"
    for name in ("docs", "handbook"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "conf.py", copy)
    return copy


def test_another_folder_and_an_edit_taken_back(elsewhere: Path, tmp_path: Path) -> None:
    here = built(ROOT, tmp_path / "here")
    assert built(elsewhere, tmp_path / "there") == here

    tips = elsewhere / "docs" / "love-me-again" / "tips.md"
    before = tips.read_text(encoding="utf-8")
    tips.write_text(before + "\nOne more line about [his part](#his-part).\n", encoding="utf-8")
    assert built(elsewhere, tmp_path / "there") != here
    tips.write_text(before, encoding="utf-8")
    assert built(elsewhere, tmp_path / "there") == here

    conf = elsewhere / "conf.py"
    settings = conf.read_text(encoding="utf-8")
    conf.write_text(settings + 'html_baseurl = "https://example.org/"\n', encoding="utf-8")
    assert built(elsewhere, tmp_path / "there") != here
    conf.write_text(settings, encoding="utf-8")
    assert built(elsewhere, tmp_path / "there") == here
