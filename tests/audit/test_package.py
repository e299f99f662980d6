"""The package, installed elsewhere from its wheel, makes a handbook without the checkout."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from handbook import __version__
from handbook.build.run import STRICT

ROOT = Path(__file__).parents[2]
SITE = ROOT / "tests" / "roots" / "test-two-articles"
BUILDERS = {"html": "index.html", "epub": "*.epub", "typst": "*.pdf", "single": "*.html"}
WANTED_BY_EPUB = """
copyright = "2026, us"
version = "1"
epub_theme = "handbook-epub"
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    goal = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", goal]
    subprocess.run([*command, ROOT], check=True)
    (path,) = goal.iterdir()
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the package and what it asks for, in the releases that are pinned."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    lock = runpy.run_path(str(ROOT / "tools" / "lock.py"))
    pins = folder / "pins.txt"
    pins.write_text("\n".join(lock["pins"]((ROOT / "requirements.txt").read_text("utf-8"))))
    path = folder / "venv" / "bin" / "python"
    subprocess.run([path, "-m", "pip", "install", "--quiet", "-c", pins, wheel], check=True)
    return path


def test_it_holds_every_file_of_the_handbook(wheel: Path) -> None:
    files = (path for path in (ROOT / "handbook").rglob("*") if path.is_file())
    ours = {path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".pyc"}
    packed = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == ours


def test_its_version_is_the_handbook_s(wheel: Path) -> None:
    assert wheel.name.split("-")[1] == __version__


def test_the_handbook_is_not_the_checkout_s(python: Path, tmp_path: Path) -> None:
    code = "import handbook; print(handbook.__file__)"
    place = subprocess.check_output([python, "-I", "-c", code], cwd=tmp_path, text=True)
    assert Path(place).is_relative_to(python.parents[1])


@pytest.mark.parametrize("builder", BUILDERS)
def test_it_makes_a_handbook(python: Path, tmp_path: Path, builder: str) -> None:
    shutil.copytree(SITE, tmp_path / "site")
    with (tmp_path / "site" / "conf.py").open("a", encoding="utf-8") as settings:
        settings.write(WANTED_BY_EPUB)
    command = [python, "-I", "-m", "sphinx", *STRICT, "-q", "-b", builder, "-c", "site"]
    places = ["-d", "doctrees", "site/docs", "out"]
    subprocess.run([*command, *places], cwd=tmp_path, check=True)
    assert list((tmp_path / "out").glob(BUILDERS[builder]))
