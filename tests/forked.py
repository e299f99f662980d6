"""Sphinx in a fork of this program: what it imports has been imported once, for all builds.

A build of a small site is mostly imports, and some tests build a hundred times.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path

from faults import Fault

from handbook.__main__ import main
from handbook.build import run as build

SAID = "said"  # a file in ``build`` while Sphinx is at work, with what it says
#: What a build has imported, known when the first has ended.
_imported: list[str] = []


def run_forked(command: list[str], root: Path) -> None:
    """Do what `handbook.build` does with a command, by a fork; print what Sphinx says.

    :raises subprocess.CalledProcessError: it did not succeed.
    """
    told = root / "build" / SAID
    prepare()
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _run(command[3:], root, told)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said, _, names = told.read_text(encoding="utf-8").rpartition("\0")
    told.unlink()
    if not _imported:
        _imported.extend(names.split())
    print(said, end="", file=sys.stderr)
    if status:
        raise subprocess.CalledProcessError(status, command)


def main_forked(root: Path, command: str, fault: Fault | None = None) -> tuple[int, str]:
    """Do ``python -m handbook`` by a fork, in which a fault may happen.

    :returns: the exit status and what was said of faults.
    """
    prepare()
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as out,
        tempfile.TemporaryFile("w+", encoding="utf-8") as err,
    ):
        child = os.fork()
        if not child:
            status = 2
            try:
                os.chdir(root)
                sys.argv, sys.stdout, sys.stderr = ["handbook", command], out, err
                build._run = run_forked
                if fault:
                    fault.begin()
                status = main()
            except BaseException:
                traceback.print_exc(file=err)
            finally:
                out.flush()
                err.flush()
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        err.seek(0)
        return status, err.read()


def prepare() -> None:
    """Import what a build imports."""
    for name in _imported:
        if name not in sys.modules:
            with suppress(Exception):  # a module that is only a build's own
                importlib.import_module(name)


def _run(arguments: list[str], root: Path, told: Path) -> None:
    status = 2
    try:
        os.chdir(root)
        with told.open("w", encoding="utf-8") as said:
            sys.stdout = sys.stderr = said
            from handbook.build import run_sphinx

            status = run_sphinx.main(arguments)
    except SystemExit as end:
        with told.open("a", encoding="utf-8") as said:
            said.write(f"{end.code}\n")
    except BaseException:
        with told.open("a", encoding="utf-8") as said:
            traceback.print_exc(file=said)
    finally:
        with told.open("a", encoding="utf-8") as said:
            said.write("\0" + " ".join(sys.modules))
        os._exit(status)
