"""What a picture is called in an output: after its place among the pages.

Sphinx names it after its file, and counts where two files are named alike. A picture would get
another's name when an article is put in before it or a quick build reads another page, and whoever
keeps copies of files, a browser or a server between, would show the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the naming of pictures."""
    app.connect("env-updated", rename)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def names(files: Iterable[str]) -> Mapping[str, str]:
    """Return a name for each picture, none twice.

    :param files: their paths below the folder of the pages.

    >>> names(["rain/path.svg", "snow/path.svg"])["rain/path.svg"]
    'rain-path.svg'
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for file in sorted(files):
        plain = PurePosixPath(file.replace("/", "-"))
        name, number = str(plain), 1
        while name in taken:
            number += 1
            name = f"{plain.stem}-{number}{plain.suffix}"
        taken.add(name)
        found[file] = name
    return found


def rename(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Name the pictures before any page is written; return the pages to write again for it."""
    stale: set[str] = set()
    for file, name in names(env.images).items():
        pages, before = env.images[file]
        env.images[file] = (pages, name)
        stale |= pages if name != before else set()
    return sorted(stale)
