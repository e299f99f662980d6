"""Files as they were read before: to parse pages is most of what reading a handbook costs."""

import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from handbook.garbage import growing
from handbook.kept import Shelf, Snapshot, tools

from .handbook import Files, Handbook, load
from .packed import Kind, Read, Unread, read_all
from .problem import Problem

#: The file that holds them, in the folder of what is kept.
FILE = "pages"


def load_kept(
    docs: Path, files: Files, folder: Path | None, before: Snapshot
) -> tuple[Handbook, list[Problem]]:
    """Read a handbook as `load` does, but read no file again that is as it was.

    :param folder: of what is kept; a folder of the project's own build, for pickles are read from
        it. None keeps nothing.
    :param before: what is in ``docs``.
    """
    shelf = Shelf(folder and folder / FILE, tools())
    with growing():
        found = load(docs, files, partial(_read_all, shelf, before.files))
    if before.still_holds():
        shelf.save()
    return found


def _read_all(
    shelf: Shelf,
    found: Mapping[str, str],
    read: Read[Kind],
    docs: Path,
    unread: Sequence[Unread],
) -> list[tuple[Kind | None, list[Problem]]]:
    """Do what `read_all` does; of a file that had no fault there is what was read before."""
    keys = [f"{read.__name__} {found.get(each[0], '')} {each[2]}" for each in unread]
    kept = [shelf.get(key) for key in keys]
    missing = [each for each, data in zip(unread, kept, strict=True) if data is None]
    fresh = iter(read_all(read, docs, missing))
    known: list[tuple[Kind | None, list[Problem]]] = []
    for key, data in zip(keys, kept, strict=True):
        inside = cast(Callable[[], bytes], partial(shelf.get, f"{key} inside"))
        if data is None:
            thing, problems = next(fresh)
            if thing and not problems:
                shelf.put(f"{key} inside", thing.pack())
                shelf.put(key, pickle.dumps(replace(thing, pack=bytes), pickle.HIGHEST_PROTOCOL))
                thing = replace(thing, pack=inside)
            known.append((thing, problems))
        else:
            shelf.retain(f"{key} inside")
            known.append((replace(cast(Kind, pickle.loads(data)), pack=inside), []))
    return known
