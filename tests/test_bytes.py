"""Same source, same bytes: run twice, in another folder, and after an edit taken back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from articles import ARTICLES, HANDBOOK
from conftest import ROOTS, copy_project

from handbook.build.publish import publish
from handbook.build.run import STRICT

Build = Callable[..., "subprocess.CompletedProcess[str]"]


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

    tips = elsewhere / "docs" / ARTICLES[0] / "tips.md"
    before = tips.read_text(encoding="utf-8")
    anchor = HANDBOOK.pages[f"{ARTICLES[0]}/tips"].sections[-1].anchor
    tips.write_text(before + f"\nOne more line about [it](#{anchor}).\n", encoding="utf-8")
    assert built(elsewhere, tmp_path / "there") != here
    tips.write_text(before, encoding="utf-8")
    assert built(elsewhere, tmp_path / "there") == here


PARALLEL = """
import sys
from handbook import cores
from sphinx.cmd.build import main
cores.MANY = 1
cores.cores = lambda pages: 2
sys.exit(main([*sys.argv[1:], "-j", "2"]))
"""


def test_on_several_cores(site: Path, tmp_path: Path) -> None:
    root = copy_project(tmp_path / "elsewhere")
    places = ["-c", ".", "-d", tmp_path / "doctrees", "docs", tmp_path / "html"]
    subprocess.run([sys.executable, "-c", PARALLEL, *STRICT, "-q", *places], cwd=root, check=True)
    publish(tmp_path / "html", tmp_path / "kept")
    assert files(tmp_path / "kept") == files(site)


def test_a_setting_taken_back(sphinx: Build, tmp_path: Path) -> None:
    conf = (ROOTS / "test-two-articles" / "conf.py").read_text(encoding="utf-8")

    def built_with(setting: str) -> dict[str, bytes]:
        done = sphinx("test-two-articles", edit={"conf.py": f"{conf}{setting}\n"})
        assert done.returncode == 0, done.stderr
        kept = tmp_path / "kept"
        publish(tmp_path / "out", kept)
        return files(kept)

    before = built_with("")
    assert built_with('html_baseurl = "https://example.org/"') != before
    assert built_with("") == before
