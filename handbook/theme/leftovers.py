"""Files that no page links or shows, out of the output again.

A quick build would keep the pictures and the downloads of pages that have changed since. Sphinx
copies every static file of a theme and of the themes it inherits from. Readers who take the
handbook with them would carry them along, half as much again as the handbook itself.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

from handbook.web import is_web

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx.application import Sphinx

# Written by the builder itself: colours of program text, and the stemmers of Sphinx's own search.
GENERATED = ("pygments.css", "base-stemmer.js", "english-stemmer.js")


def remove(app: Sphinx, exception: Exception | None) -> None:
    """Delete them, once everything has been written."""
    builder = app.builder
    if exception or not is_web(builder):
        return
    assert isinstance(builder, StandaloneHTMLBuilder)
    output = Path(builder.outdir, "_static")
    for theme in builder.theme.get_theme_dirs():
        static = Path(theme, "static")
        for source in static.rglob("*"):
            if source.is_file():
                copied = output / source.relative_to(static)
                copied.unlink(missing_ok=True)
                copied.with_suffix("").unlink(missing_ok=True)  # from a template: name.css.jinja
    for name in GENERATED:
        (output / name).unlink(missing_ok=True)
    _keep(Path(builder.outdir, builder.imagedir), {name for _, name in app.env.images.values()})
    _keep(Path(builder.outdir, "_downloads"), {str(name) for _, name in app.env.dlfiles.values()})
    for folder in ("scripts", "styles"):  # Furo's
        with suppress(OSError):  # a project's own files may stand there, or nothing
            (output / folder).rmdir()


def _keep(folder: Path, names: Collection[str]) -> None:
    """Delete every file under a folder but these, and the folders that are empty then."""
    for path in sorted(folder.rglob("*"), reverse=True):  # what is in a folder before the folder
        if path.is_dir():
            with suppress(OSError):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in names:
            path.unlink()
    with suppress(OSError):
        folder.rmdir()
