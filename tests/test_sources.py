"""Which files are pages: a build and the check say the same of every file that lies about."""

from __future__ import annotations

import pickle
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOTS
from test_check import run

from handbook.sources import files_in, settings_beside

Build = Callable[..., subprocess.CompletedProcess[str]]

SITE = ROOTS / "test-two-articles"
PAGES = {path.relative_to(SITE / "docs").as_posix() for path in (SITE / "docs").rglob("*.md")}
#: What editors, systems and authors leave beside pages; none of it could be read as a page.
LEFT_LYING = (
    "_draft.md",
    "._tips.md",
    ".obsidian/x.md",
    "_drafts/y.md",
    "rain/_tips.md",
    "rain/.tips.md",
    "rain/_drafts/z.md",
    "rain/.cache/z.md",
    "rain/_tips.asked.txt",
    "rain/.tips.asked.txt",
    "notes/of-a-talk.md",  # `conf.py` says so
    "rain/tips.md.orig",
)


@pytest.fixture
def littered(tmp_path: Path) -> Path:
    """The small site where the ``sphinx`` fixture looks for it, with all of that in it."""
    root = tmp_path / "root"
    shutil.copytree(SITE, root)
    for name in LEFT_LYING:
        file = root / "docs" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"\xff")
    for folder in ("docs", "docs/rain"):  # Emacs, while somebody writes
        (root / folder / ".#tips.md").symlink_to("somebody@a-machine.1234:1700000000")
    conf = root / "conf.py"
    conf.write_text(conf.read_text() + 'exclude_patterns = ["notes"]\n')
    return root


def test_the_check_reads_the_pages_that_a_build_reads(littered: Path, sphinx: Build) -> None:
    done = sphinx("test-two-articles")
    assert done.returncode == 0, done.stderr
    environment = pickle.loads((littered.parent / "doctrees/environment.pickle").read_bytes())
    read = {f"{docname}.md" for docname in environment.found_docs}
    docs = littered / "docs"
    files = files_in(docs, settings_beside(docs))
    assert set(files.pages) == read == PAGES
    assert files.lists == ()


def test_the_command_is_content_with_what_lies_about(littered: Path) -> None:
    docs = littered / "docs"
    done = run("check", str(docs))
    assert (done.returncode, done.stdout) == (0, f"All is well in {docs}.\n")


@pytest.mark.parametrize(
    "setting", ["templates_path", "html_static_path", "html_extra_path", "exclude_patterns"]
)
def test_what_a_setting_names_holds_no_pages(tmp_path: Path, setting: str) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.md").touch()
    (tmp_path / "b.md").touch()
    assert files_in(tmp_path, {}).pages == ("b.md", "own/a.md")
    assert files_in(tmp_path, {setting: ["own"]}).pages == ("b.md",)


def test_the_settings_may_stand_in_the_folder_of_the_pages(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    assert settings_beside(docs) == {}
    (docs / "conf.py").write_text("exclude_patterns = ['inside']")
    assert settings_beside(docs)["exclude_patterns"] == ["inside"]
    (tmp_path / "conf.py").write_text("exclude_patterns = ['above']")
    assert settings_beside(docs)["exclude_patterns"] == ["above"]


RST = "docs/rain/x.rst:1: a page is Markdown, a file that ends in .md; write it anew, or take it"


def test_a_page_that_is_no_markdown_is_refused_with_the_fix(sphinx: Build, tmp_path: Path) -> None:
    done = sphinx("test-two-articles", edit={"docs/rain/x.rst": "Rain\n====\n"})
    assert done.returncode != 0
    assert RST in done.stderr
    assert RST in run("check", str(tmp_path / "root" / "docs")).stdout
