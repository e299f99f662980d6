"""Make the editions into ``build/editions``, each file put in place whole or not at all."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from handbook.build import publish, run
from handbook.files import edition_name, replace_file, slug, source_date, zip_bytes

#: What only a server or another handbook's build has a use for, and nobody who opens the zip.
FOR_SERVERS = frozenset({"404.html", "objects.inv", "robots.txt", "sitemap.xml"})


def pdf(root: Path) -> list[Path]:
    """The book on every paper that ``conf.py`` names."""
    return _keep(root, run("typst", root), "*.pdf")


def epub(root: Path) -> list[Path]:
    """The e-book."""
    return _keep(root, run("epub", root), "*.epub")


def single(root: Path) -> list[Path]:
    """The whole handbook as one HTML file."""
    return _keep(root, run("single", root), "*.html")


def folder(root: Path) -> list[Path]:
    """The pages as a zip, with ``docs/READ-ME-FIRST.txt`` for whoever unpacks it."""
    project = str(runpy.run_path(str(root / "conf.py"))["project"])
    pages = html(root)
    members = {path.relative_to(pages).as_posix(): path for path in _files(pages)}
    members = {name: path for name, path in members.items() if name not in FOR_SERVERS}
    first = root / "docs" / "READ-ME-FIRST.txt"
    contents = (
        (f"{slug(project)}/{member}", path.read_bytes())
        for member, path in sorted((members | {first.name: first}).items())
    )
    goal = root / "build" / "editions" / edition_name(project, "zip")
    replace_file(goal, zip_bytes(contents, source_date(root)))
    return [goal]


def editions(root: Path) -> list[Path]:
    """All of them."""
    return [path for make in (pdf, epub, single, folder) for path in make(root)]


def html(root: Path) -> Path:
    """The pages, in ``build/html``."""
    goal = root / "build" / "html"
    publish(run("html", root), goal)
    return goal


def site(root: Path, address: str = "") -> Path:
    """The pages with the editions inside, in ``build/site``: what a server shows.

    :param address: where it will stand; empty takes what ``conf.py`` says.
    """
    editions(root)
    goal = root / "build" / "site"
    options = ["-D", f"handbook_editions={root / 'build' / 'editions'}"]
    if address:
        options += ["-D", f"html_baseurl={address}"]
    publish(run("html", root, *options, name="site"), goal)
    return goal


@dataclass(frozen=True)
class Maker:
    """What can be made, in words, and the function that makes it and returns its files."""

    what: str
    make: Callable[[Path], list[Path]]


#: What can be made, by the word that asks for it.
MAKERS: dict[str, Maker] = {
    "pdf": Maker("the book as PDF", pdf),
    "epub": Maker("the e-book", epub),
    "single": Maker("the handbook as one HTML file", single),
    "zip": Maker("the pages as a zip", folder),
    "editions": Maker("all of these", editions),
}


def _keep(root: Path, output: Path, pattern: str) -> list[Path]:
    kept = []
    for path in sorted(output.glob(pattern)):
        goal = root / "build" / "editions" / path.name
        replace_file(goal, path.read_bytes())
        kept.append(goal)
    return kept


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
