"""Pages as they were parsed before: that is most of what reading a handbook costs."""

import pickle
from collections.abc import Sequence
from pathlib import Path

from handbook.kept import Shelf, digest, growing, tools

from .handbook import Files, Handbook, Unread, load, parse_all
from .page import Page
from .problem import Problem

#: The file that holds them, in the folder of what is kept.
FILE = "pages"


def load_kept(docs: Path, files: Files, folder: Path | None) -> tuple[Handbook, list[Problem]]:
    """Read a handbook as `load` does, but parse only pages whose text is another.

    :param folder: of what is kept; a folder of the project's own build, for pickles are read from
        it. None keeps nothing.
    """
    shelf = Shelf(folder and folder / FILE, tools())

    def parse(unread: Sequence[Unread]) -> list[tuple[Page | None, list[Problem]]]:
        keys = [digest(*each) for each in unread]
        kept = [shelf.get(key) for key in keys]
        missing = [each for each, data in zip(unread, kept, strict=True) if data is None]
        fresh = iter(parse_all(missing))
        found: list[tuple[Page | None, list[Problem]]] = []
        for key, data in zip(keys, kept, strict=True):
            page, problems = (pickle.loads(data), []) if data else next(fresh)
            if page is not None and data is None:
                shelf.put(key, pickle.dumps(page, pickle.HIGHEST_PROTOCOL))
            found.append((page, problems))
        return found

    with growing():
        found = load(docs, files, parse)
    shelf.save()
    return found
