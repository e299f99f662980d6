"""Build an output beside the last good one, and put it in place only when nothing was wrong.

Sphinx writes into ``build/work`` and keeps what it needs for a quick next build there. Where that
is not as a run that succeeded has left it, the next one starts from nothing: nothing damaged is
used, and Sphinx would not repeat the warnings of pages that it has already read. So it does where a
page is gone, or ``conf.py``, the handbook's code or something that is installed is another, because
Sphinx would leave files of before in its output.

Whatever is made, a page is read once: pages and editions share what Sphinx has read. Sphinx tells
only the run that reads a page which others show something of it, so an output is written whole
where another run has read since.

Two builds in one folder would take each other's work away: whoever builds there does so `alone`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from handbook.cores import cores
from handbook.files import digest, source_date
from handbook.publish import remove, tidy
from handbook.seal import is_intact, seal

STRICT = ("-n", "-W", "--keep-going")


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


def run(builder: str, root: Path, *options: str, name: str = "", reads_apart: bool = False) -> Path:
    """Run one Sphinx builder over ``root/docs``.

    :param builder: Sphinx's name of the builder, such as ``html``.
    :param root: the folder with ``conf.py`` and ``docs``.
    :param options: more options for Sphinx.
    :param name: the name of the working folder, where one builder makes several outputs.
    :param reads_apart: whether the options show in what is read, so that no other may share it.
    :returns: the folder with the output; it is the next run's to change.
    :raises BuildError: when Sphinx ended with an error or a warning.
    """
    try:
        source_date(root)
    except ValueError as error:  # Sphinx would end with a traceback
        raise BuildError(str(error)) from error
    work = root / "build" / "work" / (name or builder)
    reading = work.with_name(f"{work.name if reads_apart else 'shared'}.reading")
    made_of = _sources(root)
    with _whole(reading, made_of), _whole(work, made_of):
        seen, output = work / "seen", work / "out"
        if seen.exists() and seen.read_text("utf-8") != _state(reading):
            remove(output)
        jobs = cores(sum(name.endswith(".md") for name in made_of["pages"]))
        command = [sys.executable, "-m", "handbook.run_sphinx", *STRICT, "-j", str(jobs)]
        places = ["-c", str(root), "-d", str(reading), str(root / "docs"), str(output)]
        try:
            _run([*command, "-b", builder, *options, *places], root)
        except subprocess.CalledProcessError as error:
            raise BuildError(f"{work.name} was not built; what stood there still stands") from error
        seen.write_text(_state(reading), encoding="utf-8")
    return output


@contextmanager
def _whole(work: Path, made_of: Mapping[str, Any]) -> Iterator[None]:
    """Begin with a folder that the last run has left whole, or with an empty one.

    What a run leaves that fails is not whole, unless it has changed nothing.
    """
    record = work / "made-of.json"
    before = json.loads(record.read_text("utf-8")) if is_intact(work) else {}
    gone = set(before.get("pages", ())) - set(made_of["pages"])
    if gone or before.get("conf") != made_of["conf"]:
        remove(work)
    work.mkdir(parents=True, exist_ok=True)
    try:
        yield
        record.write_text(json.dumps(made_of), encoding="utf-8")
        seal(work)
    finally:
        if not is_intact(work):  # where the pages were refused before any was read, it is
            shutil.rmtree(work, ignore_errors=True)


def _state(reading: Path) -> str:
    """A hash of what Sphinx knows of all pages; it keeps that anew whenever it reads one."""
    kept = reading / "environment.pickle"
    return hashlib.sha256(kept.read_bytes()).hexdigest() if kept.exists() else ""


def _run(command: list[str], root: Path) -> None:
    """Run a program to its end, or to ours: what it has started ends with it.

    It inherits the lock of `alone`, so that it holds it on if this program is killed.

    :raises subprocess.CalledProcessError: it did not succeed.
    """
    with subprocess.Popen(command, cwd=root, close_fds=False, process_group=0) as program:
        try:
            status = program.wait()
        except BaseException:
            os.killpg(program.pid, signal.SIGKILL)
            raise
    if status:
        raise subprocess.CalledProcessError(status, command)


def _sources(root: Path) -> dict[str, Any]:
    """What an output is made of but the pages: a hash; and the names of all files under ``docs``.

    That is the settings, the handbook's own code, and which versions of what is installed.
    """
    installed = [path.name for place in sys.path for path in Path(place).glob("*.dist-info")]
    made_by = [sys.version, *sorted(installed), digest(Path(__file__).parent)]
    conf = hashlib.sha256("\n".join(made_by).encode() + (root / "conf.py").read_bytes())
    docs = root / "docs"
    files = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
    return {"conf": conf.hexdigest(), "pages": files}
