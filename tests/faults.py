"""Let the n-th change that a program makes on the disk go wrong, in it and in what it starts.

Python tells a hook of every change that it is about to make, so no place in a program that makes
one is left out, and none has to be named. `environment` has a program load this file as it starts.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: The n-th change is not allowed; from it on there is no room; at it the program is killed.
REFUSED, FULL, KILLED = "refused", "full", "killed"
#: With the place of the path among what the hook is given.
CHANGES = {"open": 0, "os.mkdir": 0, "os.rename": 1, "os.link": 1, "os.symlink": 1}
REMOVALS = {"os.remove": 0, "os.rmdir": 0}  # of which none fails where there is no room or right
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
TOLD = "FAULT", "FAULT_NUMBER", "FAULT_LIST", "FAULT_FIRST"
HERE = Path(__file__).parent


def environment(folder: Path, fault: str = "", number: int = 0) -> dict[str, str]:
    """Variables that tell a program and what it starts what is to go wrong.

    :param folder: where the list of its changes comes to stand.
    """
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text("import faults\nfaults.begin()\n", encoding="utf-8")
    (folder / "changes").write_bytes(b"")
    path = os.pathsep.join(map(str, (folder, HERE, HERE.parent)))
    told = dict(zip(TOLD, (fault, str(number), str(folder / "changes")), strict=False))
    return os.environ | told | {"PYTHONPATH": path}


def places(folder: Path) -> list[str]:
    """The places in the code that made changes, in the order of the changes."""
    return (folder / "changes").read_text(encoding="utf-8").splitlines()


def first_of_each(listed: list[str]) -> list[int]:
    """The numbers, from 1, of the first change that each place made."""
    return [listed.index(place) + 1 for place in dict.fromkeys(listed)]


def begin() -> None:
    """Do what `environment` says."""
    fault, number, listed = (os.environ[name] for name in TOLD[:3])
    Fault(fault, int(number), listed).begin()


def forked(work: Callable[[], object], folder: Path, fault: str = "", number: int = 0) -> bool:
    """Do something in a program of its own, in which it may go wrong; return whether it ended.

    An error of the system is no end, and neither is being killed.
    """
    folder.mkdir(exist_ok=True)
    (folder / "changes").write_bytes(b"")
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    try:
        Fault(fault, number, str(folder / "changes")).begin()
        work()
    except OSError:
        os._exit(1)
    except BaseException:
        traceback.print_exc()
        os._exit(2)
    os._exit(0)


class Fault:
    """What goes wrong, and when."""

    def __init__(self, fault: str, number: int, listed: str, *beside: str) -> None:
        """Not counted are files with the names of ``beside``, which are a test's own."""
        self.fault, self.number, self.beside = fault, number, beside
        self.list = os.open(listed, os.O_RDWR | os.O_APPEND)
        self.open, self.low = io.open, os.open
        self.is_full = False

    def begin(self) -> None:
        """Have Python tell of changes from now on."""
        os.environ.setdefault(TOLD[3], str(os.getpid()))  # who is killed
        sys.addaudithook(self.heed)
        if self.fault == FULL:
            builtins.open = io.open = self.open_full  # type: ignore[assignment, method-assign]
            os.open = self.open_full_low  # type: ignore[assignment]

    def heed(self, event: str, given: tuple[Any, ...]) -> None:
        """Count what is about to change, and let it go wrong where its turn has come."""
        counted = CHANGES | REMOVALS if self.fault == KILLED else CHANGES
        if event not in counted or (event == "open" and not given[2] & WRITING):
            return
        path = given[counted[event]]
        if not isinstance(path, str | bytes | os.PathLike):
            return
        path = os.fsdecode(path)
        if path.startswith("/dev/") or "__pycache__" in path or Path(path).name in self.beside:
            return
        number = self.count(event)
        if self.fault == REFUSED and number == self.number:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        if self.fault == KILLED and number == self.number:
            os.kill(int(os.environ[TOLD[3]]), signal.SIGKILL)
            os.kill(os.getpid(), signal.SIGKILL)
        if self.fault == FULL and number >= self.number:
            self.is_full = True
            if event not in ("open", "os.rename"):  # a file is full when something is written
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    def count(self, event: str) -> int:
        """The number of this change among those of all programs; note where it was made."""
        frames = traceback.extract_stack()[:-2]
        place = " ".join(f"{Path(each.filename).name}:{each.lineno}" for each in frames[-10:])
        os.write(self.list, f"{event} {place}\n".encode())
        return os.pread(self.list, 1 << 24, 0).count(b"\n")

    def open_full(self, file: Any, mode: str = "r", *given: Any, **more: Any) -> Any:
        """`open`, but what is written goes nowhere where the disk is full."""
        is_ours = isinstance(file, int) or Path(os.fsdecode(file)).name in self.beside
        if {*mode} & {*"wax+"} and not is_ours:
            self.open(file, mode, *given, **more).close()  # the name still fits on the disk
            if self.is_full:
                file = "/dev/full"
                mode = mode.replace("x", "w")
        return self.open(file, mode, *given, **more)

    def open_full_low(self, path: Any, flags: int, *given: Any, **more: Any) -> int:
        """`os.open`, likewise."""
        handle = self.low(path, flags, *given, **more)
        if self.is_full and flags & os.O_CREAT:
            os.close(handle)
            handle = self.low("/dev/full", os.O_WRONLY)
        return handle
