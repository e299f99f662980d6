"""Same source, same bytes: run twice, in another folder, and after an edit taken back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import copy_project

from handbook.build import STRICT, publish


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def built(root: Path, out: Path) -> dict[str, bytes]:
    """Build the handbook in ``root`` into ``out``; return the files as `make html` keeps them."""
    command = [sys.executable, "-m", "sphinx", *STRICT, "-q", "-c", "."]
    places = ["-d", str(out / "doctrees"), "docs", str(out / "html")]
    subprocess.run([*command, *places], cwd=root, check=True)
    publish(out / "html", out / "kept")
    return files(out / "kept")


def test_another_folder_and_an_edit_taken_back(site: Path, tmp_path: Path) -> None:
    here = files(site)
    elsewhere = copy_project(tmp_path / "a" / "deeper" / "place")
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
