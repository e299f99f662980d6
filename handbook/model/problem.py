"""A breach found in the pages, and how it is said: file, line, what is wrong, how to mend it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

# What would break the line, or command the terminal that shows it.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, order=True)
class Problem:
    """One sentence about one line.

    :ivar path: the file as an editor would type it from the project's root, ``docs/about.md``.
    :ivar line: from 1.
    :ivar rule: the rule's name.
    :ivar fatal: whether it fails a build; any other is reported.
    """

    path: str
    line: int
    rule: str
    message: str
    fatal: bool = True

    def __str__(self) -> str:
        said = f"{self.path}:{self.line}: {self.message} [{self.rule}]"
        return _CONTROL.sub(
            lambda sign: " " if sign[0].isspace() else f"U+{ord(sign[0]):04X}", said
        )


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name most like ``name``, or None where none is like it."""
    matches = get_close_matches(name, sorted(names), n=1, cutoff=0.5)
    return matches[0] if matches else None
