"""A change of the handbook's own code, templates or styles makes every page stale.

Sphinx watches the pages and ``conf.py``. An edited style sheet or directive would otherwise show
only where a page happens to be written again, and a quick build would differ from a clean one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

HERE = Path(__file__).parent


def note_code(app: Sphinx, config: Config) -> None:
    """Make the state of this folder one of the settings whose change rebuilds everything."""
    config["handbook_code"] = digest(HERE)


def digest(folder: Path) -> str:
    """Return a hash of the names and contents of all files under ``folder``.

    What Python compiles there is left out.
    """
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            whole.update(f"{file.relative_to(folder).as_posix()}\0".encode())
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
