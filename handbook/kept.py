"""What is kept for the next time, each thing by all that it depends on.

Nothing is judged by a file's time, which a fresh clone or an archive sets anew. What is kept is a
short cut and no source: where it is missing, damaged or made by other code, all is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from io import FileIO
from itertools import accumulate, chain, islice, pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path

from handbook.files import entries

HERE = Path(__file__).parent
#: The environment variable with the folder of what is kept.
PLACE = "HANDBOOK_KEPT"
#: Beginnings of the names of environment variables that change what is made.
READ = (
    *("DOCUTILS", "HANDBOOK", "LANG", "LC_", "PYTHON", "READTHEDOCS"),
    *("SOURCE_DATE", "SPHINX", "TYPST", "TZ"),
)
#: What the times of a file system are coarse by, in nanoseconds.
TICK = 20_000_000
Hasher = Callable[[str, os.DirEntry[str]], str]


def digest(*parts: str | bytes) -> str:
    """A hash of some texts, in their order."""
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        whole.update(b"%d\0" % len(data))
        whole.update(data)
    return whole.hexdigest()


def hash_of(file: str | Path) -> str:
    """The hash of a file.

    :raises OSError: where it cannot be read.
    """
    with FileIO(file) as opened:
        return hashlib.sha256(opened.readall()).hexdigest()


def contents(folder: Path, hasher: Hasher | None = None) -> dict[str, str]:
    """A hash of each file under a folder, and of where a link leads, by name.

    What Python compiles there is left out.

    :param hasher: gives the hash of a file from its name and its entry, if not `hash_of`.
    :raises OSError: where a file cannot be read.
    """
    return dict(sorted(_contents(folder, hasher or (lambda _name, entry: hash_of(entry.path)))))


def _contents(folder: Path, hasher: Hasher) -> Iterator[tuple[str, str]]:
    for name, entry in entries(folder):
        if f"/{name}".endswith(f"/__pycache__/{entry.name}"):
            continue
        if entry.is_symlink():
            yield f"{name}@", digest(os.readlink(entry.path))  # noqa: PTH115 (as it is written)
        if entry.is_file():
            yield name, hasher(name, entry)


class Snapshot:
    """What is in a folder, and whether it still is when something has been made of it.

    :ivar files: its `contents`; none where one cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._taken = time.time_ns()
        try:
            self.files = contents(folder)
        except OSError:  # the sentence about it is for who needs the file
            self.files = {}

    def still_holds(self) -> bool:
        """Whether nothing was written there meanwhile; what was made may be of before or after."""
        try:
            return bool(self.files) and self._last_change(self.folder) < self._taken - TICK
        except OSError:
            return False

    def _last_change(self, folder: Path) -> int:
        last = folder.stat().st_ctime_ns  # also where something was taken away
        with os.scandir(folder) as entries:
            for entry in entries:
                last = max(last, entry.stat(follow_symlinks=False).st_ctime_ns)
                if entry.is_dir(follow_symlinks=False):
                    last = max(last, self._last_change(Path(entry.path)))
        return last


def content(path: Path) -> str:
    """A hash of a file or of all files of a folder; "" where there is none that can be read."""
    try:
        if path.is_dir():
            return digest(json.dumps(contents(path)))
        return hash_of(path)
    except OSError:
        return ""


@cache
def tools() -> str:
    """A hash of what makes things here: the handbook's own code, Python, each installed package."""
    places = (Path(place) for place in sys.path if place)
    packages = {
        each.name  # and its version
        for place in places
        if place.is_dir()
        for each in place.iterdir()
        if each.name.endswith((".dist-info", ".egg-info"))
    }
    return digest(content(HERE), sys.version, sys.platform, *sorted(packages))


def environment(environ: Mapping[str, str] = os.environ) -> str:
    """A hash of the variables that change what is made."""
    return digest(json.dumps({k: v for k, v in sorted(environ.items()) if k.startswith(READ)}))


def place(folder: Path, files: Iterable[str]) -> str:
    """What of the place of a folder can matter to what is made of its `contents`.

    It is its name alone, so that another clone is the same, unless a link leads somewhere.
    """
    whole = folder.resolve()
    return str(whole) if any(name.endswith("@") for name in files) else whole.name


class Shelf:
    """Some bytes by key, in one file; what nobody asks for in a run is not kept any longer.

    Each key holds all that the bytes depend on but for ``state``, which holds for all. What is in
    the file stays there until it is asked for: most of it is another page's.
    """

    def __init__(self, file: Path | None = None, state: str = "") -> None:
        """Take over what is in the file, unless it is damaged or of another state.

        :param file: None keeps nothing.
        """
        self.file = file
        self.state = state
        self._before = _Stored.read(file, state) if file else _Stored()
        self._now: dict[str, bytes | None] = {}  # None: as it is stored

    def get(self, key: str) -> bytes | None:
        """What is kept under a key."""
        self.retain(key)
        fresh = self._now.get(key)
        return self._before.get(key) if fresh is None else fresh

    def retain(self, key: str) -> None:
        """Keep what is there for the next time too, though nobody asks for it in this run."""
        if key not in self._now and key in self._before.places:
            self._now[key] = None

    def put(self, key: str, data: bytes) -> None:
        """Keep it."""
        self._now[key] = data

    def __contains__(self, key: str) -> bool:
        """Whether something is kept under a key; who only looks has not asked for it."""
        return key in self._now or key in self._before.places

    @property
    def asked(self) -> int:
        """How many things were asked for or put here in this run: what is kept for the next."""
        return len(self._now)

    def since(self, count: int) -> dict[str, bytes]:
        """Those after so many (`asked`)."""
        last = islice(reversed(self._now), len(self._now) - count)  # not past all before them
        return {key: self.get(key) or b"" for key in reversed([*last])}

    def save(self) -> None:
        """Write the file, if it is not what it was.

        No matter where that cannot be done: the next run makes all anew.
        """
        is_same = self._now.keys() == self._before.places.keys() and all(
            fresh is None or fresh == self._before.get(key) for key, fresh in self._now.items()
        )
        if not self.file or is_same:
            return
        sizes = [
            (key, self._before.size(key) if fresh is None else len(fresh))
            for key, fresh in self._now.items()
        ]
        head = json.dumps([self.state, sizes]).encode() + b"\n"
        whole = hashlib.sha256(head)
        for key in self._now:
            whole.update(self.get(key) or b"")
        parts = (self.get(key) or b"" for key in self._now)
        if write(self.file, chain([whole.hexdigest().encode(), b"\n", head], parts)):
            self._before = _Stored.read(self.file, self.state)
            self._now = {key: None for key in self._now if key in self._before.places}


class _Stored:
    """What is in the file of a shelf.

    :ivar places: where what is kept under a key begins and ends.
    """

    def __init__(
        self, places: Mapping[str, tuple[int, int]] | None = None, data: mmap | bytes = b""
    ) -> None:
        self.places = places or {}
        self._data = data

    @classmethod
    def read(cls, file: Path, state: str) -> _Stored:
        """Nothing where the file is not there, is damaged, or is of another state."""
        try:
            with file.open("rb") as stored:
                whole = stored.readline().strip()
                start = stored.tell()
                if hashlib.file_digest(stored, "sha256").hexdigest().encode() != whole:
                    return cls()
                stored.seek(start)
                was, sizes = json.loads(stored.readline())
                ends = [*accumulate((size for _, size in sizes), initial=stored.tell())]
                data = mmap(stored.fileno(), 0, access=ACCESS_READ)
        except (OSError, ValueError):
            return cls()
        keys = [key for key, _ in sizes]
        return cls(dict(zip(keys, pairwise(ends), strict=True)) if was == state else {}, data)

    def get(self, key: str) -> bytes | None:
        """What is kept under a key."""
        if key not in self.places:
            return None
        start, end = self.places[key]
        return self._data[start:end]

    def size(self, key: str) -> int:
        """How many bytes that is."""
        start, end = self.places[key]
        return end - start


def write(file: Path, parts: Iterable[bytes]) -> bool:
    """Put a file in place in one step, if that can be done.

    :returns: whether it could.
    """
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as new:
                new.writelines(parts)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink()
            raise
        return True
    return False
