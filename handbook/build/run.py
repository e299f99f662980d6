"""Build an output beside the last good one, and put it in place only when nothing was wrong.

Sphinx writes into ``build/work`` and keeps what it needs for a quick next build there. Where that
is not as a run that succeeded has left it, the next one starts from nothing: nothing damaged is
used, and Sphinx would not repeat the warnings of pages that it has already read. So it does where a
file is gone, or the settings, the handbook's code or something that is installed is another,
because Sphinx would leave files of before in its output. Where nothing has changed, nothing is run.

Whatever is made, a page is read once: pages and editions share what Sphinx has read. Sphinx tells
only the run that reads a page which others show something of it, so an output is written whole
where another run has read since.

Two builds in one folder would take each other's work away: whoever builds there does so `alone`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from handbook.build.made import REPORTS, Ingredients, Made, made, output
from handbook.build.publish import remove, tidy
from handbook.build.seal import is_intact, noted_hash, seal
from handbook.cores import cores
from handbook.kept import HERE, PLACE

STRICT = ("-n", "-W", "--keep-going")
#: What all outputs and checks of a handbook keep for the next time, below its folder.
KEPT = Path("build", "kept")
RECORD = "made-of.json"


class BuildError(Exception):
    """Sphinx has said what is wrong; nothing was put in place."""


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Build in ``root/build`` while nobody else does; wait, and say so, where somebody is at it.

    What a run that was killed had moved aside is put back first, so that it stands there also if
    this one fails; what else it left goes. The lock is the system's, and goes with the programs
    that hold it: this one, and what it has started.
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
        if handle := lock._context.lock_file_fd:  # filelock tells it nowhere else
            os.set_inheritable(handle, True)
        tidy(build)
        yield


def run(
    builder: str,
    root: Path,
    *options: str,
    name: str = "",
    reads_apart: bool = False,
    goal: Path | None = None,
) -> Path:
    """Run one Sphinx builder over ``root/docs``, where anything has changed.

    :param builder: Sphinx's name of the builder, such as ``html``.
    :param root: the folder with ``conf.py`` and ``docs``.
    :param options: more options for Sphinx.
    :param name: the name of the working folder, where one builder makes several outputs.
    :param reads_apart: whether the options show in what is read, so that no other may share it.
    :param goal: where the output is published as a whole.
    :returns: the folder with the output, which is the next run's to change; or ``goal``, where
        that has it.
    :raises BuildError: when Sphinx ended with an error or a warning.
    """
    try:
        now = Ingredients(root, builder, *options)
    except ValueError as error:  # Sphinx would end with a traceback
        raise BuildError(str(error)) from error
    work = root / "build" / "work" / (name or builder)
    reading = work.with_name(f"{work.name if reads_apart else 'shared'}.reading")
    seen, out = work / "seen", work / "out"
    before = Made.recorded(work / RECORD)
    if before.is_of(now):
        for place in filter(None, (goal, out)):
            if output(place) == before.output:
                _say_again(reading / REPORTS, options)
                return place
    with _whole(reading, now), _whole(work, now):
        if seen.exists() and seen.read_text("utf-8") != _state(reading):
            remove(out)
        jobs = cores(sum(name.endswith(".md") for name in now.pages.files))
        command = [sys.executable, "-m", "handbook.build.run_sphinx", *STRICT, "-j", str(jobs)]
        places = ["-c", str(root), "-d", str(reading), str(root / "docs"), str(out)]
        try:
            _run([*command, "-b", builder, *options, *places], root)
        except subprocess.CalledProcessError as error:
            raise BuildError(f"{work.name} was not built; what stood there still stands") from error
        seen.write_text(_state(reading), encoding="utf-8")
        made(now, reading, out, noted_hash(work, out.name)).record(work / RECORD)
        Made(now.base, pages=list(now.pages.files)).record(reading / RECORD)
    return out


def _say_again(reports: Path, options: tuple[str, ...]) -> None:
    """Say that nothing is done, and what a build would have reported."""
    if "-q" not in options:
        print(reports.read_text(encoding="utf-8") if reports.exists() else "", end="")
        print("Nothing has changed since the last build.")


@contextmanager
def _whole(work: Path, now: Ingredients) -> Iterator[None]:
    """Begin with a folder that the last run has left whole, or with an empty one.

    What a run leaves that fails is not whole, unless it has changed nothing.
    """
    before = Made.recorded(work / RECORD) if is_intact(work) else Made()
    if before.base != now.base or set(before.pages) - set(now.pages.files):
        remove(work)
    work.mkdir(parents=True, exist_ok=True)
    try:
        yield
        seal(work)
    except BaseException:
        if not is_intact(work):  # where the pages were refused before any was read, it is
            shutil.rmtree(work, ignore_errors=True)
        raise


def _state(reading: Path) -> str:
    """A hash of what Sphinx knows of all pages; it keeps that anew whenever it reads one."""
    kept = reading / "environment.pickle"
    return hashlib.sha256(kept.read_bytes()).hexdigest() if kept.exists() else ""


def _run(command: list[str], root: Path) -> None:
    """Run a program to its end, or to ours: what it has started ends with it.

    It inherits the lock of `alone`, so that it holds it on if this program is killed.

    :raises subprocess.CalledProcessError: it did not succeed.
    """
    found = os.pathsep.join(filter(None, [str(HERE.parent), os.environ.get("PYTHONPATH")]))
    environ = os.environ | {PLACE: str(root / KEPT), "PYTHONPATH": found}
    with subprocess.Popen(
        command, cwd=root, env=environ, close_fds=False, process_group=0
    ) as program:
        try:
            status = program.wait()
        except BaseException:
            os.killpg(program.pid, signal.SIGKILL)
            raise
    if status:
        with suppress(ProcessLookupError):  # killed, it has left its workers to wait for it
            os.killpg(program.pid, signal.SIGKILL)
        raise subprocess.CalledProcessError(status, command)
