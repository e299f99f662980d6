"""Sphinx in a fork of this program: what it imports has been imported once, for all builds.

A build of a small site is mostly imports, and some tests build a hundred times.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import traceback
from contextlib import suppress
from pathlib import Path

#: What a build has imported, known when the first has ended.
_imported: list[str] = []


def run_forked(command: list[str], root: Path) -> None:
    """Do what `handbook.build` does with a command, by a fork; print what Sphinx says.

    :raises subprocess.CalledProcessError: it did not succeed.
    """
    told = root / "build" / "forked"
    _prepare()
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _run(command[3:], root, told)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said, _, names = told.read_text(encoding="utf-8").rpartition("\0")
    told.unlink()
    if not _imported:
        _imported.extend(names.split())
    print(said, end="")
    if status:
        raise subprocess.CalledProcessError(status, command)


def _prepare() -> None:
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
            from handbook.run_sphinx import main

            status = main(arguments)
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
