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

from handbook.files import edition_name, in_words, volume_in
from handbook.web import is_served

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


def catalogue(project: str, labels: Mapping[str, str], folder: Path) -> list[Offered]:
    """Return the editions that are offered.

    :param labels: kind, as for `edition_name`, to what it is; in the order of the offer.
    :param folder: where their files are.
    :raises FileNotFoundError: an edition that is offered has not been made.
    """
    return [
        Offered(name, said, in_words((folder / name).stat().st_size))
        for kind, label in labels.items()
        for name, said in _files(project, kind, label, folder)
    ]


def _files(project: str, kind: str, label: str, folder: Path) -> list[tuple[str, str]]:
    """The file of a kind, or those of its volumes or topics, each with what it is."""
    name = edition_name(project, kind)
    if not (folder / name).exists() and (found := _volumes(name, folder)):
        return [(each, f"{label}, volume {n}: {topic}") for each, (_, n, topic) in found]
    several = sorted(each.name for each in folder.glob(edition_name(project, f"*.{kind}")))
    if kind != "html" or (folder / name).exists() or not several:
        return [(name, label)]
    before, after = edition_name(project, f"*.{kind}").split("*")
    topics = [each.removeprefix(before).removesuffix(after).replace("-", " ") for each in several]
    return [(each, f"{label}: {topic}") for each, topic in zip(several, topics, strict=True)]


def _volumes(name: str, folder: Path) -> list[tuple[str, tuple[str, int, str]]]:
    files = ((each.name, volume_in(each.name)) for each in folder.glob("*.pdf"))
    found = [(file, of) for file, of in files if of and of[0] == name]
    return sorted(found, key=lambda one: one[1][1])


class Editions(SphinxDirective):
    """``:::{editions}``: one line for each edition, its name a link, with its size."""

    def run(self) -> list[nodes.Node]:
        config = self.config
        if not config.handbook_editions:
            return [nodes.paragraph("", NONE_HERE)]
        try:
            found = catalogue(config.project, config.handbook_offer, Path(config.handbook_editions))
        except FileNotFoundError as error:
            raise self.error(
                f"{error.filename} is offered but not made; run: make editions"
            ) from error
        up = "../" * self.env.docname.count("/")
        lines = nodes.bullet_list(bullet="*", classes=["editions"])
        for edition in found:
            self.env.note_dependency(Path(config.handbook_editions, edition.file))  # its size
            link = nodes.reference("", edition.label, refuri=f"{up}{FOLDER}/{edition.file}")
            lines += nodes.list_item(
                "", nodes.paragraph("", "", link, nodes.Text(f", {edition.size}"))
            )
        return [lines]


def put_beside_pages(app: Sphinx, exception: Exception | None) -> None:
    """After the pages are written: copy the editions next to them."""
    config = app.config
    if exception is None and is_served(app.builder) and config.handbook_editions:
        goal, source = Path(app.outdir, FOLDER), Path(config.handbook_editions)
        goal.mkdir(exist_ok=True)
        for edition in catalogue(config.project, config.handbook_offer, source):
            shutil.copyfile(source / edition.file, goal / edition.file)
