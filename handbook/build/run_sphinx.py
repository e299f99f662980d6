"""Sphinx's own command, but what goes wrong is a sentence with what to do about it.

Sphinx shows a traceback of everything, also where a disk is full or a setting names no page, and
leaves a copy of it in the system's folder for temporary files. What it does not know how to say is
said here; only a fault of a program, the handbook's or another's, is still told its way.
"""

from __future__ import annotations

import logging
import re
import sys
from functools import partial
from typing import Any

import sphinx._cli.util.errors
from sphinx.cmd import build
from sphinx.errors import ExtensionError, SphinxError, SphinxParallelError

from handbook import garbage
from handbook.build.workers import bound
from handbook.files import in_a_sentence

#: An error of the system in the words of Python, which is all that a second process hands over.
ERRNO = re.compile(r"\[Errno (\d+)\] ([^:]*)(?:: '(.*)')?")


def fault_behind(exception: BaseException | None) -> OSError | None:
    """The error of the system that an exception comes from, if there is one."""
    while exception is not None:
        if isinstance(exception, OSError):
            return exception
        if isinstance(exception, SphinxParallelError):
            found = ERRNO.search(str(exception))
            return OSError(int(found[1]), found[2], found[3]) if found else None
        inner = exception.orig_exc if isinstance(exception, ExtensionError) else None
        exception = inner or exception.__cause__
    return None


def sentence(exception: BaseException) -> str:
    """What to say of an exception; nothing where it is a fault of a program."""
    if fault := fault_behind(exception):
        return in_a_sentence(fault)
    is_nice = isinstance(exception, SphinxError) and not isinstance(exception, SphinxParallelError)
    return str(exception) if is_nice and getattr(exception, "orig_exc", None) is None else ""


def tell(otherwise: Any, exception: BaseException, /, **more: Any) -> None:
    """Say what went wrong; ``otherwise`` is how Sphinx would."""
    if said := sentence(exception):
        print(flush=True)  # Sphinx is in the middle of a line about its progress
        print(f"error: {said}", file=more.get("stderr", sys.stderr))
    else:
        otherwise(exception, **more)


class Record(logging.LogRecord):
    """A message; one about an error of the system is no warning, but the end of a build.

    Sphinx would go on with the next page, and warn as often as there are pages.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for each in self.args if isinstance(self.args, tuple) else ():
            if isinstance(each, OSError):
                raise each


def main(arguments: list[str]) -> int:
    """Run Sphinx; return its exit status."""
    garbage.seldom()
    bound()
    logging.setLogRecordFactory(Record)
    errors = sphinx._cli.util.errors
    # To go when Sphinx lets a project say how an exception is told.
    errors.handle_exception = partial(tell, errors.handle_exception)
    return build.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
