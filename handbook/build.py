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


def build(builder: str, root: Path, goal: Path, *options: str) -> int:
    """Run one Sphinx builder over ``root/docs`` and publish its output folder.

    :param builder: Sphinx's name of the builder, such as ``html``.
    :param root: the folder with ``conf.py`` and ``docs``.
    :param goal: the folder that the output goes to; replaced as a whole, or left as it was.
    :param options: more options for Sphinx.
    :returns: the exit status, 0 when all is well.
    """
    work = root / "build" / "work" / builder
    unfinished = work.with_name(f"{builder}.unfinished")
    if unfinished.exists():
        shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    command = [sys.executable, "-m", "sphinx", *STRICT, "-b", builder, *options]
    places = ["-c", str(root), "-d", str(work / "doctrees"), str(root / "docs"), str(work / "out")]
    status = subprocess.run([*command, *places], cwd=root, check=False).returncode
    if status == 0:
        publish(work / "out", goal)
        unfinished.unlink()
    return status


def publish(source: Path, goal: Path) -> None:
    """Replace the folder ``goal`` by a copy of ``source``; either is whole at any moment."""
    fresh, old = goal.with_name(f"{goal.name}.new"), goal.with_name(f"{goal.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(source, fresh, ignore=shutil.ignore_patterns(".buildinfo"))
    if goal.exists():
        goal.rename(old)
    fresh.rename(goal)
    shutil.rmtree(old, ignore_errors=True)
