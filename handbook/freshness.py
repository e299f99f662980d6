"""A change of the handbook's own code, templates or styles makes every page stale.

Sphinx watches the pages and ``conf.py``. An edited style sheet or directive would otherwise show
only where a page happens to be written again, and a quick build would differ from a clean one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handbook import __version__
from handbook.files import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

HERE = Path(__file__).parent


def setup(app: Sphinx) -> ExtensionMetadata:
    """Make the handbook's own code a part of what a page is made from."""
    app.add_config_value("handbook_code", "", "env", [str])
    app.connect("config-inited", note_code)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def note_code(app: Sphinx, config: Config) -> None:
    """Make the state of this folder one of the settings whose change rebuilds everything."""
    config["handbook_code"] = digest(HERE)
