"""An edited style sheet or template reaches the pages of a quick build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from handbook.freshness import digest

ROOT = Path(__file__).parents[1]


def test_a_digest_knows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p {}")
    before = digest(tmp_path)
    assert digest(tmp_path) == before
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("compiled")
    assert digest(tmp_path) == before
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    assert digest(tmp_path) != before


@pytest.mark.parametrize(
    "edited", ["handbook/styles/text.css", "handbook/templates/partials/foot.html"]
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
    file.write_text(file.read_text("utf-8") + "\n/* edited */\n", "utf-8")
    assert build() != before, "the sheet's checksum, or the template's last line"
