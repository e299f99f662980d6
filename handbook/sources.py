"""Which files are pages: Sphinx's own answer, for a build and for ``make check`` alike.

The handbook that they make is read once a build and handed on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sphinx.config import eval_config_file
from sphinx.project import EXCLUDE_PATHS
from sphinx.util.matching import get_matching_files
from sphinx.util.tags import Tags

from handbook import __version__, garbage
from handbook.build import workers
from handbook.kept import PLACE, Snapshot
from handbook.model.handbook import Files, Handbook
from handbook.model.lists import SUFFIX
from handbook.model.parsed import load_kept
from handbook.model.problem import Problem
from handbook.model.tables import COLUMNS

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

# What editors and systems leave behind, and drafts: never pages, whatever they end in.
LEFT_OUT = (".*", "**/.*", "_*", "**/_*")

_files: WeakKeyDictionary[Sphinx, Files] = WeakKeyDictionary()
_before: WeakKeyDictionary[Sphinx, Snapshot] = WeakKeyDictionary()
_read: WeakKeyDictionary[Sphinx, tuple[Handbook, list[Problem]]] = WeakKeyDictionary()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx what is no page."""
    app.connect("config-inited", leave_out)
    app.connect("env-before-read-docs", let_go, priority=950)
    app.connect("env-before-read-docs", workers.begin)
    app.connect("source-read", workers.note)
    app.connect("write-started", settle, priority=0)
    app.connect("doctree-resolved", let_page_go)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def leave_out(app: Sphinx, config: Config) -> None:
    """Add `LEFT_OUT` to what the project leaves out."""
    config.exclude_patterns = [*config.exclude_patterns, *LEFT_OUT]


def files_in(docs: Path, settings: Mapping[str, Any]) -> Files:
    """The files that a build of this folder reads, as ``BuildEnvironment.find_files`` finds them.

    Pages that cannot be read are among them, so that they are told of: Sphinx leaves them out.

    :param settings: names of ``conf.py`` and their values.
    """
    exclude = [*LEFT_OUT, *EXCLUDE_PATHS]
    for name in ("exclude_patterns", "templates_path", "html_extra_path", "html_static_path"):
        exclude += settings.get(name, [])
    given = settings.get("source_suffix", (".rst", ".md"))
    suffixes = given if isinstance(given, str) else tuple(given)
    found = list(get_matching_files(docs, settings.get("include_patterns", ["**"]), exclude))
    return Files(
        tuple(name for name in found if name.endswith(suffixes)),
        tuple(name for name in found if name.endswith(SUFFIX)),
        tuple(name for name in found if name.rpartition("/")[2] in COLUMNS),
    )


def settings_beside(docs: Path) -> Mapping[str, Any]:
    """The settings of ``conf.py`` in the folder above ``docs`` or in ``docs``; none without one.

    :raises sphinx.errors.ConfigError: where ``conf.py`` cannot be run.
    """
    for folder in (docs.resolve().parent, docs):
        if (conf := folder / "conf.py").is_file():
            return eval_config_file(conf, Tags())
    return {}


def handbook_of(app: Sphinx) -> tuple[Handbook, list[Problem]]:
    """The handbook that this build reads, and where it is none."""
    if app not in _read:
        docs, before = Path(app.srcdir), found_before(app)
        _read[app] = load_kept(docs, page_files(app), kept_folder(app), before)
    return _read[app]


def found_before(app: Sphinx) -> Snapshot:
    """What was in the folder of the pages before they were read."""
    if app not in _before:
        _before[app] = Snapshot(Path(app.srcdir))
    return _before[app]


def let_go(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Forget the handbook when all has been told of it: a fourth of the memory of a large build."""
    _read.pop(app, None)


def let_page_go(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Forget the bytes that a page was unpacked from: Sphinx keeps those of all that it writes."""
    app.env._pickled_doctree_cache.pop(docname, None)


def settle(app: Sphinx, builder: Builder) -> None:
    """Have no garbage looked for in what has been read: all of it is needed to the end."""
    garbage.settle()


def page_files(app: Sphinx) -> Files:
    """The files that this build reads."""
    if app not in _files:
        settings = {setting.name: setting.value for setting in app.config}
        _files[app] = files_in(Path(app.srcdir), settings)
    return _files[app]


def kept_folder(app: Sphinx) -> Path:
    """The folder of what is kept for the next build, and by `run` for those of other outputs."""
    return Path(os.environ.get(PLACE) or app.doctreedir / "kept")
