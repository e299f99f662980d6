"""Files of the theme and the builder that no page links, out of the output again.

Sphinx copies every static file of a theme and of the themes it inherits from. Readers who take
the handbook with them would carry them along, half as much again as the handbook itself.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

from handbook.web import is_web

if TYPE_CHECKING:
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
    for folder in ("scripts", "styles"):  # Furo's
        with suppress(OSError):  # a project's own files may stand there, or nothing
            (output / folder).rmdir()
