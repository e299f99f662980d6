"""Writing an edition whole or not at all, and the date it carries."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .archive import EARLIEST


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to a temporary file beside `path`, then put it in place in one step.

    :raises OSError: the file could not be written; what stood at `path` before stands there
        still, and nothing is left beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def source_date(folder: Path, environ: Mapping[str, str] = os.environ) -> int:
    """Return the date of the source in seconds since 1970: SOURCE_DATE_EPOCH, or the last commit.

    A folder that is no checkout has neither, and gets 1 January 1980, the first day that a zip
    file can name. See https://reproducible-builds.org/specs/source-date-epoch/.

    :raises ValueError: SOURCE_DATE_EPOCH is no whole number.
    """
    given = environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        if not given.isdecimal():
            raise ValueError(
                f'SOURCE_DATE_EPOCH is "{given}": give whole seconds since 1970, or unset it'
            )
        return int(given)
    command = ["git", "-C", str(folder), "log", "-1", "--format=%ct"]
    try:
        commit = subprocess.run(command, capture_output=True, text=True, check=True)
        return int(commit.stdout)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return EARLIEST
