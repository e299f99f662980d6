"""The ``editions`` directive: a table of the files to take, or a word that this copy has none.

The files lie beside the pages only in what ``make site`` builds: ``handbook_editions`` names the
folder they come from.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from handbook.files import in_words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "editions"
NONE_HERE = "This copy of the handbook comes without the other files."


@dataclass(frozen=True)
class Offered:
    """One file that a reader can take."""

    file: str
    label: str
    size: str


def catalogue(labels: Mapping[str, str], folder: Path) -> list[Offered]:
    """Return the editions in the order of ``labels`` (file name to what it is).

    :raises FileNotFoundError: an edition that is offered has not been made.
    """
    return [
        Offered(file, label, in_words((folder / file).stat().st_size))
        for file, label in labels.items()
    ]


class Editions(SphinxDirective):
    """``:::{editions}``: one line for each edition, its name a link, with its size."""

    def run(self) -> list[nodes.Node]:
        source = str(self.config.handbook_editions)
        if not source:
            return [nodes.paragraph("", NONE_HERE)]
        try:
            found = catalogue(self.config.handbook_offer, Path(source))
        except FileNotFoundError as error:
            raise self.error(
                f"{error.filename} is offered but not made; run: make editions"
            ) from error
        up = "../" * self.env.docname.count("/")
        lines = nodes.bullet_list(bullet="*", classes=["editions"])
        for edition in found:
            link = nodes.reference("", edition.label, refuri=f"{up}{FOLDER}/{edition.file}")
            lines += nodes.list_item(
                "", nodes.paragraph("", "", link, nodes.Text(f", {edition.size}"))
            )
        return [lines]


def put_beside_pages(app: Sphinx, exception: Exception | None) -> None:
    """After the pages are written: copy the editions next to them."""
    if exception is None and app.builder.name == "html" and app.config.handbook_editions:
        goal = Path(app.outdir, FOLDER)
        goal.mkdir(exist_ok=True)
        for file in app.config.handbook_offer:
            shutil.copyfile(Path(app.config.handbook_editions, file), goal / file)
