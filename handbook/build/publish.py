"""Put what was built where readers find it: the files of before or the new ones, in one step.

What is new is laid beside what stands there, and then the two folders trade names. Linux and macOS
do that in one step (``renameat2``, ``renamex_np``), so that at any moment a reader finds the one or
the other, whole. Where a system or a file system cannot, there are two renames, and between them a
moment without the folder; a run that is killed there leaves the folder of before as ``.old``, and
the next one gives it back its name before it does anything else (`tidy`).

A file that is what stands there is linked and not copied. No two names of one file are ever both
in use: the folder of before goes as soon as the new one stands, and nobody writes into an attempt.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from operator import itemgetter
from pathlib import Path

from handbook.files import entries

#: How a system says that it, or the file system, lets no two folders trade names.
CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY})
HERE = -100  # AT_FDCWD: paths are as for everybody
EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def publish(source: Path, goal: Path) -> None:
    """Make the folder ``goal`` hold what ``source`` does, without what Sphinx keeps for itself."""
    put(files_in(source), goal)


def files_in(folder: Path) -> dict[str, Path]:
    """The files under a folder by their names there; none where there is no folder."""
    if not folder.is_dir():
        return {}
    return {
        name: Path(entry.path)
        for name, entry in sorted(entries(folder), key=itemgetter(0))
        if not entry.is_dir() and not entry.name.startswith(".buildinfo")
    }


def put(files: Mapping[str, Path | bytes], goal: Path) -> None:
    """Make the folder ``goal`` hold these files and no others, in one step.

    :param files: each, or what is in it, by its name in the folder; some may already stand there.
    :raises OSError: what stood there before stands there still, whole, and nothing beside it.
    """
    standing = files_in(goal)
    same = {name for name in files.keys() & standing.keys() if _same(files[name], standing[name])}
    if len(same) == len(files) == len(standing) and goal.is_dir():
        return
    left = [path for name, path in standing.items() if name not in files]
    moved = {(path.name, *_state(path)): path for path in left}
    fresh = _beside(goal, "new")
    remove(fresh)
    try:
        fresh.mkdir(parents=True)
        for folder in sorted({name.rpartition("/")[0] for name in files}):
            (fresh / folder).mkdir(parents=True, exist_ok=True)
        for name, path in files.items():
            place = fresh / name
            before = standing[name] if name in same else _before(path, moved)
            if not (before and _linked(before, place)):
                _copy(path, place)
        if hasattr(os, "sync"):
            os.sync()  # or a machine that is switched off now has the names without the contents
        _take_the_place(fresh, goal)
    finally:  # what is there now is what stood there before, or an attempt that failed
        _clear(fresh)


def tidy(folder: Path) -> None:
    """Put back what a run that was killed had moved aside below a folder, and remove its attempts.

    Among these is what it was about to keep (``handbook.kept``).

    :raises OSError: something of it cannot be moved or removed.
    """
    for old in folder.glob("*.old"):
        goal = old.with_suffix("")
        if not goal.exists():
            old.rename(goal)
    for attempt in (*folder.glob("*.old"), *folder.glob("*.new")):
        remove(attempt)
    for half in folder.glob("kept/.*"):
        half.unlink()


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, if it is there.

    :raises OSError: something of it cannot be removed.
    """
    if folder.exists():
        shutil.rmtree(folder)


def _clear(folder: Path) -> None:
    """Remove a folder, if that can be done, its folders side by side: the disk has time for it."""
    with suppress(OSError), ThreadPoolExecutor() as threads:
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                threads.submit(shutil.rmtree, entry.path, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def exchange(one: Path, other: Path) -> None:
    """Let two folders trade names in one step.

    :raises OSError: with one of `CANNOT` where system or file system know no such step.
    """
    system = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(system, "renameat2"):
        failed = system.renameat2(HERE, names[0], HERE, names[1], EXCHANGE)
    elif sys.platform == "darwin" and hasattr(system, "renamex_np"):
        failed = system.renamex_np(*names, EXCHANGE)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(other))
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def _take_the_place(fresh: Path, goal: Path) -> None:
    """Give the folder ``fresh`` the name of ``goal``; what had it is ``fresh`` then, or gone."""
    if not goal.exists():
        fresh.rename(goal)
        return
    try:
        exchange(fresh, goal)
    except OSError as error:
        if error.errno not in CANNOT:
            raise
        old = _beside(goal, "old")
        goal.rename(old)
        try:
            fresh.rename(goal)
        except BaseException:
            old.rename(goal)
            raise
        _clear(old)


def _same(path: Path | bytes, standing: Path) -> bool:
    """Whether a file stands there with the same bytes.

    A copy has as its time when the original last changed, which nobody can set, so that most are
    known without a look inside.
    """
    if isinstance(path, bytes):
        return path == standing.read_bytes()
    ours, theirs = path.stat(), standing.stat()
    if ours.st_size != theirs.st_size:
        return False
    known = theirs.st_mtime_ns == ours.st_ctime_ns or path == standing
    return known or filecmp.cmp(path, standing, shallow=False)


def _before(path: Path | bytes, moved: Mapping[tuple[str, int, int], Path]) -> Path | None:
    """What is this file in the folder of before, where its folder had another name there."""
    if isinstance(path, bytes):
        return None
    state = path.stat()
    before = moved.get((path.name, state.st_size, state.st_ctime_ns))
    return before if before and filecmp.cmp(path, before, shallow=False) else None


def _state(standing: Path) -> tuple[int, int]:
    """The size of a copy, and when its original last changed."""
    state = standing.stat()
    return state.st_size, state.st_mtime_ns


def _copy(path: Path | bytes, place: Path) -> None:
    if isinstance(path, bytes):
        place.write_bytes(path)
        return
    shutil.copy(path, place)
    changed = path.stat().st_ctime_ns
    os.utime(place, ns=(changed, changed))


def _linked(standing: Path, place: Path) -> bool:
    """Give a file a second name; not every file system can."""
    try:
        place.hardlink_to(standing)
    except OSError:
        return False
    return True


def _beside(goal: Path, kind: str) -> Path:
    return goal.with_name(f"{goal.name}.{kind}")
