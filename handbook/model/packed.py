"""Files of which a handbook asks little until one of them is judged: the rest stays packed.

A handbook has thousands of pages, and a build looks at the text of those that have changed. What
all are asked for, such as titles and anchors, is at hand; all else is bytes, which may lie in a
file until somebody looks.
"""

import pickle
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from handbook.cores import spread

from .problem import Problem

#: A file that is still to be read: its name below the folder of the pages, its docname if it is a
#: page or a page's list, its path as problems name it.
Unread = tuple[str, str, str]


@dataclass(frozen=True)
class Packed:
    """What a file says: what all ask for, and the rest.

    :ivar path: the file, as in `Problem`.
    :ivar digest: a hash of its text and of its name.
    :ivar pack: returns what is ``inside``, packed.
    """

    path: str
    digest: str = field(repr=False)
    pack: Callable[[], bytes] = field(repr=False, compare=False)

    @cached_property
    def inside(self) -> Any:
        """What else the file says."""
        return pickle.loads(zlib.decompress(self.pack()))


def pack(inside: object) -> Callable[[], bytes]:
    """Pack what is inside a file, to be held here until it is kept."""
    # Tightly enough: a third of the bytes, in a tenth of the time that parsing takes.
    return partial(bytes, zlib.compress(pickle.dumps(inside, pickle.HIGHEST_PROTOCOL), 1))


Kind = TypeVar("Kind", bound=Packed)
#: Reads a file: what it says, or None and the problems where it cannot be read.
Read = Callable[[Path, str, str], tuple[Kind | None, list[Problem]]]


def read_all(
    read: Read[Kind], docs: Path, unread: Sequence[Unread]
) -> list[tuple[Kind | None, list[Problem]]]:
    """Read files, on all cores."""
    return spread(lambda each: read(docs / each[0], *each[1:]), unread)
