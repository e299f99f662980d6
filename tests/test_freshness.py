"""An edited style sheet or template reaches the pages of a quick build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from handbook.build.run import run
from handbook.kept import content

ROOT = Path(__file__).parents[1]


def test_a_hash_knows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p {}")
    before = content(tmp_path)
    assert content(tmp_path) == before
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("compiled")
    assert content(tmp_path) == before
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    assert content(tmp_path) != before


@pytest.mark.parametrize(
    "edited", ["handbook/theme/styles/text.css", "handbook/theme/templates/partials/foot.html"]
)
def test_a_quick_build_shows_an_edit_of_the_handbook_itself(tmp_path: Path, edited: str) -> None:
    copytree(ROOT / "handbook", tmp_path / "handbook", ignore=ignore_patterns("__pycache__"))
    copytree(ROOT / "tests" / "roots" / "test-two-articles", tmp_path, dirs_exist_ok=True)

    def build() -> str:
        command = [sys.executable, "-m", "sphinx", "-q", "-c", ".", "docs", "out"]
        subprocess.run(command, cwd=tmp_path, check=True)
        return (tmp_path / "out" / "dogs" / "tips.html").read_text("utf-8")

    before = build()
    file = tmp_path / edited
    file.write_text(file.read_text("utf-8") + "\n.edited { color: red }\n", "utf-8")
    assert build() != before, "the sheet's checksum, or the template's last line"


def test_a_page_or_a_setting_that_went_leaves_nothing_behind(tmp_path: Path) -> None:
    copytree(ROOT / "handbook", tmp_path / "handbook", ignore=ignore_patterns("__pycache__"))
    copytree(ROOT / "tests" / "roots" / "test-search", tmp_path / "docs")
    conf = tmp_path / "docs" / "conf.py"
    (tmp_path / "conf.py").write_text(conf.read_text("utf-8"), "utf-8")
    conf.unlink()
    page = tmp_path / "docs" / "gone.rst"
    page.write_text(":orphan:\n\nGone\n====\n", "utf-8")

    assert (run("html", tmp_path) / "gone.html").exists()
    page.unlink()
    out = run("html", tmp_path)
    assert not (out / "gone.html").exists()

    assert (out / "genindex.html").exists()
    with (tmp_path / "conf.py").open("a", encoding="utf-8") as settings:
        settings.write("html_use_index = False\n")
    assert not (run("html", tmp_path) / "genindex.html").exists()
