"""What a page shows round its text: title, description, policy, review dates, exit control.

Furo stays the theme; ``templates/page.html`` is its page with the faults mended, ``styles/`` its
colours and measures. This module fills the template's context.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from handbook.imprint.words import in_words
from handbook.palette import FOR_TEMPLATES

from .csp import policy
from .search_place import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config

HERE = Path(__file__).parent
EXIT_URL = "https://www.bbc.co.uk/weather"  # dull, quick, and nothing to explain

# Runs before anything is painted: the chosen theme, and the marks that scripts work and that the
# helplines are old, so that no line that comes with a mark moves what a thumb is about to press.
# Where storage is forbidden, reading it throws, and the device's own theme stays.
FIRST_SCRIPT = """
document.documentElement.classList.replace("no-js", "js");
var theme = "auto";
try { theme = localStorage.getItem("theme") || theme; } catch (error) {}
document.body.dataset.theme = document.documentElement.dataset.theme = theme;
var due = document.querySelector("meta[name=helplines-due]");
if (due && new Date() >= new Date(due.content + "T00:00")) {
  document.documentElement.classList.add("helplines-old");
}
"""

# Scripts of Sphinx and Furo that serve manuals of software: highlighting by a query in the
# address, which must never be there, keyboard navigation, a contents list that follows scrolling,
# and a theme switch that throws where storage is forbidden. To go when they can be left out by a
# setting.
UNUSED_SCRIPTS = frozenset(
    {"documentation_options.js", "doctools.js", "sphinx_highlight.js", "furo.js"}
)


def add_folders(app: Sphinx, config: Config) -> None:
    """Put the handbook's templates before the theme's, static files and colours beside them.

    Relative to ``conf.py``, as an author would write them: Sphinx keeps a hash of the settings in
    its output, which must not depend on where the handbook was built.
    """
    config.html_context["colours"] = FOR_TEMPLATES
    config.templates_path.insert(0, os.path.relpath(HERE / "templates", app.confdir))
    config.html_static_path.insert(0, os.path.relpath(HERE / "static", app.confdir))


def leave_pictures_alone(app: Sphinx, config: Config) -> None:
    """Keep Sphinx from linking a scaled picture to its file, which no edition has beside it."""
    config.html_scaled_image_link = False


def check_exit_url(app: Sphinx, config: Config) -> None:
    """Refuse an exit that leads nowhere.

    :raises ConfigError: where ``handbook_exit_url`` is not an https address.
    """
    if not str(config.handbook_exit_url).startswith("https://"):
        raise ConfigError(
            f"conf.py: handbook_exit_url is {config.handbook_exit_url!r};"
            f" give it an address that starts with https://, such as {EXIT_URL}"
        )


def fill_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Fill the context of ``templates/page.html`` from the page's front matter."""
    front = app.env.metadata.get(pagename, {})
    part = str(front.get("part", ""))
    context["part"] = part
    context["search_mark"] = MARK
    context["policy"] = policy(scripts=[FIRST_SCRIPT])
    context["first_script"] = FIRST_SCRIPT
    context.setdefault("description", description(str(app.config.project), front))
    context["reviewed"] = day(front["reviewed"]) if "reviewed" in front else None
    context["review_by"] = day(front["review-by"]) if "review-by" in front else None
    context["licence"] = app.config.handbook_licence
    context["exit_url"] = app.config.handbook_exit_url
    context["script_files"] = scripts(context["script_files"])


def scripts(files: Iterable[Any]) -> list[Any]:
    """The scripts that a page has a use for, in order."""
    return [file for file in files if Path(file.filename or "").name not in UNUSED_SCRIPTS]


def description(project: str, front: dict[str, Any]) -> str:
    """What search engines and link previews show: the summary.

    Of a help page they show nothing that tells what its reader looked for, only its neutral title.
    """
    if front.get("part") == "help":
        return f"{front['title']}: a page of the handbook {project}, to read in your own time."
    return str(front.get("summary", ""))


def day(text: str) -> tuple[str, str]:
    """Return an ISO date twice: as it is, and in words, ``23 November 2026``."""
    return text, in_words(text)
