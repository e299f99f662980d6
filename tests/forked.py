"""Sphinx in a fork: what it imports has been imported once, for all builds.

A build of a small site is mostly imports, and some tests build a hundred times.
"""

from __future__ import annotations

import atexit
import functools
import importlib
import json
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
    status, said = _asked({"root": str(root), "arguments": command[3:]})
    print(said, end="", file=sys.stderr)
    if status:
        raise subprocess.CalledProcessError(status, command)


def main_forked(root: Path, command: str, *fault: str) -> tuple[int, str]:
    """Do ``python -m handbook`` by a fork, in which a `Fault` may happen.

    :param fault: what `Fault` is made of, if any.
    :returns: the exit status and what was said of faults.
    """
    return _asked({"root": str(root), "command": command, "fault": fault})


def _asked(request: dict[str, object]) -> tuple[int, str]:
    """Have the server fork; see `serve`."""
    server = _server()
    assert server.stdin and server.stdout
    print(json.dumps(request | {"environment": dict(os.environ)}), file=server.stdin, flush=True)
    status, said = json.loads(server.stdout.readline())
    return status, said


@functools.cache
def _server() -> subprocess.Popen[str]:
    """A program that only forks.

    One with threads, of a browser or of Typst's, would have forks that wait for them for ever.
    """
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])])
    server = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": path},
    )
    assert server.stdin
    atexit.register(server.stdin.close)
    return server


def serve() -> None:
    """Answer each line that asks for a fork with its status and what it said."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what else is printed is no answer
    for line in sys.stdin:
        request = json.loads(line)
        os.environ.clear()
        os.environ.update(request["environment"])
        root = Path(request["root"])
        if "command" in request:
            answer = _main(root, request["command"], request["fault"])
        else:
            answer = _sphinx(root, request["arguments"])
        print(json.dumps(answer), file=answers, flush=True)


def _sphinx(root: Path, arguments: list[str]) -> tuple[int, str]:
    told = root / "build" / SAID
    prepare()
    child = os.fork()
    if not child:
        _run(arguments, root, told)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said, _, names = told.read_text(encoding="utf-8").rpartition("\0")
    told.unlink()
    if not _imported:
        _imported.extend(names.split())
    return status, said


def _sphinx_of_main(command: list[str], root: Path) -> None:
    status, said = _sphinx(root, command[3:])
    print(said, end="", file=sys.stderr)
    if status:
        raise subprocess.CalledProcessError(status, command)


def _main(root: Path, command: str, fault: list[str]) -> tuple[int, str]:
    prepare()
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as out,
        tempfile.TemporaryFile("w+", encoding="utf-8") as err,
    ):
        ended, alive = os.pipe()
        child = os.fork()
        if not child:
            status = 2
            try:
                os.chdir(root)
                sys.argv, sys.stdout, sys.stderr = ["handbook", command], out, err
                build._run = _sphinx_of_main
                if fault:
                    kind, number, listed = fault
                    Fault(kind, int(number), listed, SAID).begin()
                status = main()
            except BaseException:
                traceback.print_exc(file=err)
            finally:
                out.flush()
                err.flush()
                os._exit(status)
        os.close(alive)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with os.fdopen(ended, "rb") as rest:
            rest.read()  # until what a killed one had begun has ended: no lock tells of a fork
        err.seek(0)
        return status, err.read()


def prepare() -> None:
    """Import what a build imports, but for what begins threads, which a fork has not (Go's)."""
    for name in _imported:
        if name not in sys.modules and name.partition(".")[0] != "minify":
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


if __name__ == "__main__":
    serve()
