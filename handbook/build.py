"""Build an output beside the last good one, and put it in place only when nothing was wrong.

Sphinx writes into ``build/work`` and keeps what it needs for a quick next build there. A run
that failed or was killed leaves its mark; the next one then starts from nothing, because Sphinx
would not repeat the warnings of pages that it has already read. So it does where a page is gone or
``conf.py`` is another, because Sphinx would leave the files of before in its output.

Two builds in one folder would take each other's work away: whoever builds there does so `alone`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from handbook.files import source_date

STRICT = ("-n", "-W", "--keep-going")


class BuildError(Exception):
    """Sphinx has said what is wrong; nothing was put in place."""


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Build in ``root/build`` while nobody else does; wait, and say so, where somebody is at it.

    What a run that was killed had moved aside is put back first, so that it stands there also if
    this one fails. The lock is the system's, and goes with the program that holds it.
    """
    build = root / "build"
    build.mkdir(exist_ok=True)
    lock = FileLock(build / ".lock")
    try:
        held = lock.acquire(blocking=False)
    except Timeout:
        print("Another build is at work here; this one waits until it is done.", file=sys.stderr)
        held = lock.acquire()
    with held:
        for old in build.glob("*.old"):
            _put_back(old.with_suffix(""))
        yield


def run(builder: str, root: Path, *options: str, name: str = "") -> Path:
    """Run one Sphinx builder over ``root/docs``.

    :param builder: Sphinx's name of the builder, such as ``html``.
    :param root: the folder with ``conf.py`` and ``docs``.
    :param options: more options for Sphinx.
    :param name: the name of the working folder, where one builder makes several outputs.
    :returns: the folder with the output; it is the next run's to change.
    :raises BuildError: when Sphinx ended with an error or a warning.
    """
    try:
        source_date(root)
    except ValueError as error:  # Sphinx would end with a traceback
        raise BuildError(str(error)) from error
    work = root / "build" / "work" / (name or builder)
    unfinished = work.with_name(f"{work.name}.unfinished")
    made_of = work / "made-of.json"
    conf, pages = _sources(root)
    before = json.loads(made_of.read_text("utf-8")) if made_of.exists() else {}
    gone = set(before.get("pages", ())) - set(pages)
    if unfinished.exists() or gone or before.get("conf") != conf:
        shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    command = [sys.executable, "-m", "sphinx", *STRICT, "-b", builder, *options]
    places = ["-c", str(root), "-d", str(work / "doctrees"), str(root / "docs"), str(work / "out")]
    if subprocess.run([*command, *places], cwd=root, check=False).returncode != 0:
        raise BuildError(f"{work.name} was not built; what stood there still stands")
    made_of.write_text(json.dumps({"conf": conf, "pages": pages}), encoding="utf-8")
    unfinished.unlink()
    return work / "out"


def _sources(root: Path) -> tuple[str, list[str]]:
    """What an output is made of: a hash of the settings, the names of all files under ``docs``."""
    conf = hashlib.sha256((root / "conf.py").read_bytes()).hexdigest()
    docs = root / "docs"
    files = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
    return conf, files


def publish(source: Path, goal: Path) -> None:
    """Replace the folder ``goal`` by a copy of ``source``.

    A reader finds the folder of before or the new one, and either is whole, but for the moment
    between two renames, in which there is none: systems rename a file onto another in one step,
    and no folder. A run that is killed then leaves the folder of before whole as ``goal.old``, and
    the next one puts it back before it does anything else.
    """
    fresh, old = _beside(goal, "new"), _beside(goal, "old")
    _put_back(goal)
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(source, fresh, ignore=shutil.ignore_patterns(".buildinfo*"))
    if goal.exists():
        goal.rename(old)
    fresh.rename(goal)
    shutil.rmtree(old, ignore_errors=True)


def _put_back(goal: Path) -> None:
    """Give the folder of before its name again, where a killed run left it without."""
    old = _beside(goal, "old")
    if old.exists() and not goal.exists():
        old.rename(goal)


def _beside(goal: Path, kind: str) -> Path:
    return goal.with_name(f"{goal.name}.{kind}")
