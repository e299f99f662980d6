"""One style sheet a page: Furo's, the handbook's and every extension's, joined at build.

Each style sheet blocks the first paint, and a phone on a bad line pays for each request. The
parts stay apart in the sources; pages link the joined ``handbook.css`` alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError

from handbook import palette
from handbook.web import is_web, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

JOINED = "handbook.css"
STYLES = Path(__file__).parent / "styles"
SHEETS = ("tokens.css", "frame.css", "text.css", "front.css", "print.css")
# Furo's rules for extensions that the handbook does not use. To go when one of them is used.
UNUSED = frozenset({"styles/furo-extensions.css"})


def write(app: Sphinx, builder: Builder) -> None:
    """Write the joined sheet, its comments left out, before any page asks for its checksum."""
    if not is_web(builder):
        return
    assert isinstance(builder, StandaloneHTMLBuilder)
    goal = Path(builder.outdir, "_static", JOINED)
    goal.parent.mkdir(parents=True, exist_ok=True)
    sheets = [file.read_text("utf-8").strip() for file in _files(app, builder)]
    first = len(builder.theme.stylesheets)  # the colours stand between the theme's and ours
    joined = "\n".join([*sheets[:first], palette.css(), *sheets[first:]])
    goal.write_text(shortened(joined, "text/css") + "\n", "utf-8")


def link_joined(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Leave the page one style sheet to link."""
    if not is_web(app.builder):
        return
    context["css_files"] = [
        css for css in context["css_files"] if Path(css.filename).name == JOINED
    ]


def _files(app: Sphinx, builder: StandaloneHTMLBuilder) -> Iterator[Path]:
    """The sheets in order: the theme's, the handbook's, extensions', the project's own."""
    folders = [Path(app.confdir, entry) for entry in app.config.html_static_path]
    folders += [Path(theme, "static") for theme in builder.theme.get_theme_dirs()]
    folders.append(Path(builder.outdir, "_static"))  # what an extension has put there itself
    for name in builder.theme.stylesheets:
        yield _find(name, folders)
    yield from (STYLES / name for name in SHEETS)
    own = [name for name, _ in app.config.html_css_files]
    for name in [name for name, _ in app.registry.css_files] + own:
        if name != JOINED and name not in UNUSED:
            yield _find(name, folders)


def _find(name: str, folders: list[Path]) -> Path:
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise ExtensionError(f"style sheet {name} is in none of html_static_path; add its folder there")
