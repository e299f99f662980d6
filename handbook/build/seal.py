"""What a run has left for the next one is used only where it is as the run left it.

A list in the folder notes each file's size, times and hash. A file whose size and times are the
same is taken as it is; one that was copied or unpacked elsewhere has other times and is known by
its hash. Whatever else has happened to the folder, a run that was killed in it, a disk that was
full, a file that was damaged, is gone or was put in, and the folder cannot be trusted.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from handbook.files import entries, replace_file
from handbook.kept import Hasher, hash_of

SEAL = "seal.json"

State = list[int | str]  # size, when written, when last changed in any way, hash


def seal(folder: Path) -> None:
    """Note how each file in the folder is now."""
    before, now = _noted(folder), _states(folder)
    for name, state in now.items():
        known = before.get(name, [])
        state.append(known[-1] if known[:-1] == state else hash_of(folder / name))
    if hasattr(os, "sync"):
        os.sync()  # what is noted as written has to be on the disk first
    replace_file(folder / SEAL, json.dumps(now).encode())


def is_intact(folder: Path) -> bool:
    """Whether the folder holds what was there when it was sealed, and nothing else."""
    noted = _noted(folder)
    if not noted:
        return False
    now = _states(folder)
    return noted.keys() == now.keys() and all(
        noted[name][:-1] == state
        or (noted[name][0] == state[0] and noted[name][-1] == hash_of(folder / name))
        for name, state in now.items()
    )


def noted_hash(folder: Path, below: str) -> Hasher:
    """A function that knows the hashes of the files below, a folder in a sealed one.

    Of a file that is not as the seal notes it, it takes the hash anew.

    :raises OSError: from that function, where a file cannot be read.
    """
    noted = _noted(folder)

    def noted_or_new(name: str, entry: os.DirEntry[str]) -> str:
        known = noted.get(f"{below}/{name}", [""])
        if entry.is_symlink() or known[:-1] != _state(entry):
            return hash_of(entry.path)
        return str(known[-1])

    return noted_or_new


def _noted(folder: Path) -> dict[str, State]:
    """What the seal says; nothing where there is none or it is damaged."""
    try:
        noted = json.loads((folder / SEAL).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    is_whole = isinstance(noted, dict) and all(
        isinstance(state, list) and len(state) == 4 for state in noted.values()
    )
    return noted if is_whole else {}


def _states(folder: Path) -> dict[str, State]:
    found: dict[str, State] = {}
    for name, entry in entries(folder):
        found[name] = _state(entry)
    found.pop(SEAL, None)
    return found


def _state(entry: os.DirEntry[str]) -> State:
    state = entry.stat(follow_symlinks=False)
    return [state.st_size, state.st_mtime_ns, state.st_ctime_ns]
