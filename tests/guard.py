"""What `make` has built is its own: a test that would write there fails at that line.

Python tells a hook of every file that is about to be written and of every program that is about
to start. So a build by hand while the tests run is no fault of theirs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from handbook.editions import make

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
REPORTS = BUILD / "audit"  # what `make audit` found is written by its tests
CHANGES = {
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "shutil.rmtree",
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
COMMANDS = {"html", "site", *make.MAKERS}  # of ``python -m handbook``


def pytest_configure() -> None:
    sys.addaudithook(refuse)


def refuse(event: str, given: tuple[Any, ...]) -> None:
    """Fail where something under ``build`` is about to change."""
    if event == "open":
        path, _, flags = given
        touched = inside(path) and flags & WRITING
    elif event == "subprocess.Popen":
        _, words, folder, _ = given
        makes = Path(folder or ".").absolute() == ROOT and "handbook" in words
        touched = any(
            (inside(word, folder) and not Path(word).is_file())  # a file is given to be read
            or (makes and word in COMMANDS)
            for word in words
        )
    else:  # a name below an open folder (the last of what is given) was told of as the folder was
        touched = event in CHANGES and given[-1] in (-1, None) and any(map(inside, given))
    assert not touched, f"a test must not write into {BUILD}: {event} {given}"


def inside(path: object, folder: object = None) -> bool:
    if not isinstance(path, str | Path):
        return False
    place = Path(str(folder or ""), path).absolute()
    return place.is_relative_to(BUILD) and not place.is_relative_to(REPORTS)
