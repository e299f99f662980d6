"""The editions as readers are offered them: name, size, file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Edition:
    """One file that a reader can take."""

    file: str
    label: str
    size: str


def catalogue(labels: Mapping[str, str], folder: Path) -> list[Edition]:
    """Return the editions in the order of ``labels`` (file name to what it is).

    :raises FileNotFoundError: an edition that is offered has not been made.
    """
    return [
        Edition(file, label, in_words((folder / file).stat().st_size))
        for file, label in labels.items()
    ]


def in_words(size: int) -> str:
    """A number of bytes as downloads give it (SI, 1 kB is 1000 bytes): ``139 kB``, ``1.2 MB``."""
    kilobytes = max(1, round(size / 1000))
    return f"{kilobytes} kB" if kilobytes < 1000 else f"{size / 1_000_000:.1f} MB"
