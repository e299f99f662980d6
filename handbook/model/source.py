"""A text of the handbook as it lies on the disk: UTF-8, and nothing that cannot be printed."""

import re
from pathlib import Path

# What XML cannot hold, and an e-book with it; some come along when text is pasted.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class SourceError(ValueError):
    """A file that is no text for a handbook.

    :ivar rule: the name of what it breaks, as in `Problem`.
    :ivar line: where, counted from 1.
    :ivar sentence: what is wrong and what to do.
    """

    def __init__(self, rule: str, line: int, sentence: str) -> None:
        super().__init__(f"line {line}: {sentence}")
        self.rule = rule
        self.line = line
        self.sentence = sentence


def read(file: Path) -> str:
    """Read a text.

    :returns: the text with Unix line ends, without the byte order mark it may begin with.
    :raises SourceError: where the file cannot be read, is not UTF-8, or holds a character that
        nothing can print.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise SourceError("unreadable", 1, what) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte {data[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        raise SourceError("encoding", line, what) from error
    if stray := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, stray.start()) + 1
        what = f"the character U+{ord(stray[0]):04X} cannot be printed; take it out"
        raise SourceError("encoding", line, what)
    return text.replace("\r\n", "\n")
