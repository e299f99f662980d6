"""What an output was made of, by content, and whether it would come out the same.

Known before Sphinx is imported: where nothing is another, nothing is done. In doubt it is built.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from handbook.files import source_date
from handbook.kept import (
    Hasher,
    Snapshot,
    content,
    contents,
    digest,
    environment,
    place,
    tools,
    write,
)

#: What a build tells of itself, in the folder of its doctrees: the files that it read beside the
#: pages and ``conf.py``, each with its content; and what it reported.
READ, REPORTS = "read.json", "reports.txt"


class Ingredients:
    """What an output would be made of now.

    :ivar base: what makes a build begin from nothing where it is another: the settings, the
        handbook's own code and what is installed.
    :ivar all: that, the pages and all else.
    """

    def __init__(self, root: Path, *options: str) -> None:
        self.pages = Snapshot(root / "docs")
        self.base = digest(content(root / "conf.py"), tools(), environment())
        docs = [place(root / "docs", self.pages.files), self.pages.files]
        day = date.today().isoformat()  # the rules judge by it
        self.all = digest(self.base, json.dumps([options, docs, source_date(root), day]))


@dataclass(frozen=True)
class Made:
    """What the last good run was made of; "" and nothing where there is none.

    :ivar pages: the names of the files under ``docs``.
    :ivar read: what else was read, and its content.
    :ivar output: see `output`.
    """

    base: str = ""
    all: str = ""
    pages: list[str] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)
    output: str = ""

    @classmethod
    def recorded(cls, file: Path) -> Made:
        """What a run has recorded."""
        try:
            return cls(**json.loads(file.read_bytes()))
        except (OSError, TypeError, ValueError):
            return cls()

    def record(self, file: Path) -> None:
        """Record it for the next run."""
        write(file, [json.dumps(asdict(self)).encode()])

    def is_of(self, now: Ingredients) -> bool:
        """Whether all of it is as it was."""
        return self.all == now.all and all(
            content(Path(file)) == was for file, was in self.read.items()
        )


def made(now: Ingredients, doctrees: Path, out: Path, hasher: Hasher) -> Made:
    """What a run has made; of nothing known, where something was edited meanwhile.

    :param hasher: see `output`.
    """
    try:
        read = json.loads((doctrees / READ).read_bytes())
    except (OSError, ValueError):
        return Made()
    whole = now.all if now.pages.still_holds() else ""
    return Made(now.base, whole, list(now.pages.files), read, output(out, hasher))


def output(folder: Path, hasher: Hasher | None = None) -> str:
    """A hash of what readers get of an output; "" where there is none.

    :param hasher: gives the hash of a file from its name and its entry; see `contents`.
    """
    try:
        found = contents(folder, hasher)
    except OSError:
        return ""
    return digest(json.dumps({k: v for k, v in found.items() if not k.startswith(".buildinfo")}))
