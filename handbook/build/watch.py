"""Build at every change, and show the page anew: `make watch`.

To load Sphinx takes longer than to build a changed sentence. It is loaded once here, with all that
it would load for the handbook, and a build runs in the fork of this program that sphinx-autobuild
makes for each change; the first, and those after the code has changed, in a new program. What
shortens scripts is not loaded here (web.py). To go when sphinx-autobuild builds in its own fork.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from sphinx.application import builtin_extensions
from sphinx.cmd.build import main as sphinx
from sphinx_autobuild import __main__ as autobuild  # type: ignore[import-untyped]
from sphinx_autobuild.build import Builder  # type: ignore[import-untyped]
from sphinx_autobuild.middleware import (  # type: ignore[import-untyped]
    JavascriptInjectorMiddleware,
    web_socket_script,
)
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from handbook import garbage
from handbook.build.run import KEPT
from handbook.kept import HERE, PLACE, content

LOADED = content(HERE)
OTHERS = ("furo", "myst_parser.sphinx_ext.main", "myst_parser.parsers.sphinx_", "pysyllables")
OURS = (each.name for each in walk_packages([str(HERE)], "handbook."))
for module in (*builtin_extensions, *OTHERS, *OURS):
    if not module.startswith(("handbook.__main__", "handbook.build")):
        import_module(module)


class Live(JavascriptInjectorMiddleware):  # type: ignore[misc]
    """What has a page load itself anew, as a file: the page's policy allows nothing inline."""

    PATH = "/live.js"

    def __init__(self, app: ASGIApp, ws_url: str) -> None:
        super().__init__(app, ws_url)
        code = web_socket_script(ws_url).strip().removeprefix("<script>").removesuffix("</script>")
        self.live = Response(code, media_type="text/javascript")
        self.script = f'<script src="{self.PATH}"></script>'.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the file, or with a page that loads it."""
        if scope["type"] == "http" and scope["path"] == self.PATH:
            await self.live(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


class BuilderHere(Builder):  # type: ignore[misc]
    """Builds in this program while its code is that of the files."""

    def __call__(self, *, changed_paths: Sequence[Path]) -> None:
        """Build, and say what is refused; the last good pages stay."""
        if not changed_paths or content(HERE) != LOADED:
            super().__call__(changed_paths=changed_paths)
            return
        try:
            if sphinx(["-q", *self.sphinx_args]) == 0:
                print(f"{self.uri} shows the change.")
        except SystemExit as refused:
            print(refused, file=sys.stderr)


def watch(root: Path, *options: str) -> None:
    """Serve the pages of the handbook in ``root`` until somebody presses Ctrl+C.

    :param options: more options for sphinx-autobuild.
    """
    os.environ.setdefault(PLACE, str(root / KEPT))
    garbage.seldom()
    garbage.settle()  # nor does a build look through all that is loaded here
    autobuild.Builder = BuilderHere
    autobuild.JavascriptInjectorMiddleware = Live
    watched = [argument for path in (HERE, root / "conf.py") for argument in ("--watch", str(path))]
    places = [str(root / "docs"), str(root / "build" / "watch")]
    autobuild.main(["-n", "-c", str(root), *watched, *options, "-b", "html", *places])
