"""Typst, told to make an archivable and accessible PDF or none, and its complaints in sentences."""

from __future__ import annotations

import datetime
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from .errors import BookError
from .streams import mend_streams

_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_LINE = re.compile(r"book[\w-]*\.typ:(\d+)")
_ORIGIN = re.compile(r"^// (.+):(\d+)$")


def compile_book(
    source: Path, data: Mapping[str, Any], timestamp: int, base: Path
) -> bytes | list[BookError]:
    """Print a book; no font and no package but those of the wheel is used.

    :param source: the book, beside ``template.typ`` and what else it takes.
    :param data: what the template is told of the book.
    :param timestamp: seconds since 1970.
    :param base: the folder below which the files in messages are sought.
    :returns: the PDF, or why there is none: a warning is reason enough.
    """
    compiler = typst.Compiler(str(source), str(source.parent), ignore_system_fonts=True)
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            sys_inputs={"book": json.dumps(data)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=datetime.datetime.fromtimestamp(timestamp, datetime.UTC),
        )
    except typst.TypstError as error:
        return explain(error, source, base)
    if warnings:
        return [fault for warning in warnings for fault in explain(warning, source, base)]
    assert isinstance(pdf, bytes)
    return mend_streams(pdf)


def compile_alone(*arguments: Any) -> bytes | list[BookError]:
    """Do the same in a program of its own: Typst never gives back the memory of a book.

    No process of ``multiprocessing``: it would load all of Sphinx first, for half the time again.

    :raises subprocess.CalledProcessError: it died.
    """
    command = [sys.executable, "-m", __name__]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    given = pickle.dumps(arguments)
    run = subprocess.run(command, input=given, stdout=subprocess.PIPE, env=environ, check=True)
    printed: bytes | list[BookError] = pickle.loads(run.stdout)
    return printed


def explain(
    error: typst.TypstError | typst.TypstWarning, book: Path, base: Path
) -> list[BookError]:
    """Return the faults: the place in the project's own files, what is wrong, what to do."""
    source = book.read_text(encoding="utf-8").splitlines()
    glyphs = dict.fromkeys(_GLYPH.findall(f"{error.message} {error.diagnostic}"))
    if glyphs:
        letters = [re.sub(r"\\u\{(\w+)\}", lambda m: chr(int(m[1], 16)), each) for each in glyphs]
        return [
            _missing(letter, _place_of(letter, source, book.parent, base)) for letter in letters
        ]
    panic = re.fullmatch(r"panicked with: (.+?): (.+)", error.message)
    if panic:
        return [BookError(panic[1], panic[2])]
    line = _LINE.search(error.diagnostic)
    found = origin(source, int(line[1])) if line else None
    hint = f"; {'; '.join(error.hints)}" if error.hints else ""
    return [BookError(found or str(book), f"{error.message}{hint}")]


def _missing(letter: str, where: str) -> BookError:
    code = " ".join(f"U+{ord(each):04X}" for each in letter)
    return BookError(where, f'no font has "{letter}" ({code}); write it another way')


def origin(source: list[str], line: int) -> str | None:
    """Return "file:line" from the comment at or above `line` (from 1), or None."""
    for text in reversed(source[:line]):
        match = _ORIGIN.match(text)
        if match:
            return f"{match[1]}:{match[2]}"
    return None


def _place_of(letter: str, source: list[str], folder: Path, base: Path) -> str:
    """Return where the letter was written, as far as the files tell.

    Contents, answers and index repeat what other pages say, so a page counts only if it has it.
    """
    near = [origin(source, number) for number, text in enumerate(source, 1) if letter in text]
    pages = dict.fromkeys(match[1] for text in source if (match := _ORIGIN.match(text)))
    for place in (*filter(None, near), *(f"{page}:1" for page in pages)):
        name, _, first = place.rpartition(":")
        if line := _line_with(letter, base / name, int(first)):
            return f"{name}:{line}"
    for picture in sorted((folder / "images").glob("*.svg")):
        if letter in picture.read_text(encoding="utf-8"):
            return picture.name
    settings = _line_with(letter, base / "conf.py", 1)
    return "conf.py" if settings else next(filter(None, near), "conf.py")


def _line_with(letter: str, path: Path, first: int) -> int | None:
    """Return the line of `path`, from `first` on, that has `letter`: a paragraph has several."""
    if path.is_file():
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, text in enumerate(lines[first - 1 :], first):
            if letter in text:
                return number
    return None


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(compile_book(*pickle.load(sys.stdin.buffer))))
