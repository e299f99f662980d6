"""What is stale is judged by content: of a page and all that it was made of, and of the code.

Sphinx goes by the times of files. A fresh clone sets them all anew, so that a build with another
machine's cache would read every page; and an edited style sheet or directive would show only where
a page happens to be written again, so that a quick build would differ from a clean one. To go when
Sphinx judges by content (its issue 11556).
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.builders.html import StandaloneHTMLBuilder

from handbook import __version__
from handbook.build.made import READ
from handbook.kept import HERE, content, digest, tools, write
from handbook.sources import found_before
from handbook.web import is_served

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

#: Beside the pages, which no reader gets: what each was written from.
WRITTEN = ".buildinfo.written"
#: Settings that name files or folders beside ``conf.py``.
FOLDERS = ("templates_path", "html_static_path", "html_extra_path", "html_theme_path")
FILES = ("html_logo", "html_favicon")

_beside: WeakKeyDictionary[Sphinx, dict[str, str]] = WeakKeyDictionary()
_stale: WeakKeyDictionary[Sphinx, list[str]] = WeakKeyDictionary()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put the judgement by content before that by time."""
    app.add_config_value("handbook_code", "", "env", [str])
    app.connect("config-inited", note_code)
    app.connect("builder-inited", judge)
    app.connect("env-before-read-docs", note_stale, priority=900)
    app.connect("env-updated", note_contents, priority=900)
    app.connect("build-finished", note_files, priority=950)  # when all is written
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def note_code(app: Sphinx, config: Config) -> None:
    """Make the code and the project's own files a setting whose change rebuilds everything."""
    named = [str(name) for setting in FOLDERS for name in config[setting]]
    named += [str(config[setting]) for setting in FILES if config[setting]]
    paths = {Path(app.confdir, name) for name in (*named, "docutils.conf")} | set(_modules())
    _beside[app] = {os.fspath(path): content(path) for path in sorted(paths)}
    config["handbook_code"] = digest(tools(), *_beside[app].values())


def _modules() -> list[Path]:
    """What ``conf.py`` has imported beside the handbook and what is installed."""
    known = tuple(f"{place}{os.sep}" for place in (HERE, sys.prefix, sys.base_prefix))
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    return [
        Path(path)
        for path in map(os.path.abspath, filter(None, files))
        if not path.startswith(known)
    ]


def judge(app: Sphinx) -> None:
    """Set the times that Sphinx will compare: just now for what is as it was, else long ago."""
    env, now = app.env, time.time_ns() // 1000
    known = _known(env)
    same = {
        docname
        for docname in env.all_docs.keys() & known.keys()
        if known[docname] == _content(app, docname)
    }
    for docname in env.all_docs.keys() & known.keys():
        env.all_docs[docname] = now if docname in same else -1
    if not (is_served(app.builder) and isinstance(app.builder, StandaloneHTMLBuilder)):
        return
    for docname, was in _written(app).items():
        if docname in same and was == known[docname]:
            with suppress(FileNotFoundError):
                os.utime(app.builder.get_output_path(docname))


def note_stale(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Remember which pages are about to be read."""
    _stale[app] = list(docnames)


def note_contents(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """After reading: keep what each page was made of; nothing where it was edited meanwhile.

    :returns: no page; none has to be written again.
    """
    known = {name: was for name, was in _known(env).items() if name in env.found_docs}
    read = _stale.get(app, [])
    sure = bool(read) and found_before(app).still_holds()
    for docname in read:
        known.pop(docname, None)
        if sure and docname in env.all_docs:
            known[docname] = _content(app, docname)
    setattr(env, "handbook_contents", known)  # noqa: B010 (Sphinx pickles extensions' attributes)
    return []


def note_files(app: Sphinx, exception: Exception | None) -> None:
    """Write down what the pages were written from, and what was read beside them."""
    if exception:
        return
    env, read = app.env, dict(_beside[app])
    within = f"{env.srcdir}{os.sep}"
    for path in {path for name in env.found_docs for path in _made_of(env, name)}:
        if not path.startswith(within):
            read[path] = content(Path(path))
    write(Path(app.doctreedir, READ), [json.dumps(read, sort_keys=True).encode()])
    if is_served(app.builder):
        write(Path(app.outdir, WRITTEN), [json.dumps(_known(env), sort_keys=True).encode()])


def _known(env: BuildEnvironment) -> dict[str, str]:
    """What each page was made of when it was read, by docname."""
    return getattr(env, "handbook_contents", {})


def _written(app: Sphinx) -> dict[str, str]:
    try:
        written: dict[str, str] = json.loads(Path(app.outdir, WRITTEN).read_bytes())
    except (OSError, ValueError):
        return {}
    return written


def _content(app: Sphinx, docname: str) -> str:
    """A hash of a page and of all that it depends on."""
    found, within = found_before(app).files, f"{app.srcdir}{os.sep}"
    parts = []
    for path in _made_of(app.env, docname):
        name = path.removeprefix(within).replace(os.sep, "/")
        parts.append(found.get(name) or content(Path(path)))
    return digest(*parts)


def _made_of(env: BuildEnvironment, docname: str) -> list[str]:
    """The files that a page was made of; as text, for each build asks it of all pages."""
    page = os.path.join(env.srcdir, env.doc2path(docname, base=False))  # noqa: PTH118
    beside = (os.path.join(env.srcdir, name) for name in env.dependencies.get(docname, ()))  # noqa: PTH118
    return [page, *sorted(map(os.path.normpath, beside))]
