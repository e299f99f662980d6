"""Build an output beside the last good one, and put it in place only when nothing was wrong.

Sphinx writes into ``build/work`` and keeps what it needs for a quick next build there. A run
that failed or was killed leaves its mark; the next one then starts from nothing, because Sphinx
would not repeat the warnings of pages that it has already read.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

STRICT = ("-n", "-W", "--keep-going")


class BuildError(Exception):
    """Sphinx has said what is wrong; nothing was put in place."""


def run(builder: str, root: Path, *options: str, name: str = "") -> Path:
    """Run one Sphinx builder over ``root/docs``.

    :param builder: Sphinx's name of the builder, such as ``html``.
    :param root: the folder with ``conf.py`` and ``docs``.
    :param options: more options for Sphinx.
    :param name: the name of the working folder, where one builder makes several outputs.
    :returns: the folder with the output; it is the next run's to change.
    :raises BuildError: when Sphinx ended with an error or a warning.
    """
    work = root / "build" / "work" / (name or builder)
    unfinished = work.with_name(f"{work.name}.unfinished")
    if unfinished.exists():
        shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    command = [sys.executable, "-m", "sphinx", *STRICT, "-b", builder, *options]
    places = ["-c", str(root), "-d", str(work / "doctrees"), str(root / "docs"), str(work / "out")]
    if subprocess.run([*command, *places], cwd=root, check=False).returncode != 0:
        raise BuildError(f"{work.name} was not built; what stood there still stands")
    unfinished.unlink()
    return work / "out"


def publish(source: Path, goal: Path) -> None:
    """Replace the folder ``goal`` by a copy of ``source``; either is whole at any moment."""
    fresh, old = goal.with_name(f"{goal.name}.new"), goal.with_name(f"{goal.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(source, fresh, ignore=shutil.ignore_patterns(".buildinfo*"))
    if goal.exists():
        goal.rename(old)
    fresh.rename(goal)
    shutil.rmtree(old, ignore_errors=True)
