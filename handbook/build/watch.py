"""Build at every change, and show the page anew: `make watch`.

To load Sphinx takes longer than to build a changed sentence. It is loaded once here, with the
theme and the parser, and a build runs in the fork of this program that sphinx-autobuild makes for
each change; the first, and those after the code has changed, in a new program. What shortens
scripts is not loaded here: its runtime survives no fork. To go when sphinx-autobuild builds in its
own fork.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from sphinx.cmd.build import main as sphinx
from sphinx_autobuild import __main__ as autobuild  # type: ignore[import-untyped]
from sphinx_autobuild.build import Builder  # type: ignore[import-untyped]

from handbook.build.run import KEPT
from handbook.kept import HERE, PLACE, content

LOADED = content(HERE)
for module in ("furo", "myst_parser.sphinx_ext.main", "myst_parser.parsers.sphinx_"):
    import_module(module)


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


def watch(root: Path) -> None:
    """Serve the pages of the handbook in ``root`` until somebody presses Ctrl+C."""
    os.environ.setdefault(PLACE, str(root / KEPT))
    autobuild.Builder = BuilderHere
    watched = [argument for path in (HERE, root / "conf.py") for argument in ("--watch", str(path))]
    places = [str(root / "docs"), str(root / "build" / "watch")]
    autobuild.main(["-n", "-c", str(root), *watched, "-b", "html", *places])
