"""Make the editions into ``build/editions``; what is made together is put in place together."""

from __future__ import annotations

import hashlib
import runpy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from handbook.build.publish import files_in, publish, put
from handbook.build.run import KEPT, BuildError, run
from handbook.files import edition_name, slug, source_date, volume_in, zip_bytes
from handbook.kept import Shelf, content, digest, tools
from handbook.model.handbook import LINKED

#: What only a server or another handbook's build has a use for, and nobody who opens the zip.
FOR_SERVERS = frozenset({"404.html", "objects.inv", "robots.txt", "sitemap.xml"})


def pdf(root: Path, part: str = "") -> list[Path]:
    """The book on every paper that ``conf.py`` names; a large one in volumes.

    :param part: the folder of an article, or a topic: a book of it, with the pages beside the
        articles.
    """
    return _keep(root, _pdf(root, part))


def epub(root: Path) -> list[Path]:
    """The e-book."""
    return _keep(root, _epub(root))


def single(root: Path) -> list[Path]:
    """The whole handbook as one HTML file; a large one as a file for each topic."""
    return _keep(root, _single(root))


def folder(root: Path) -> list[Path]:
    """The pages as a zip, with ``docs/READ-ME-FIRST.txt`` for whoever unpacks it.

    :raises BuildError: the pages cannot be built, or that text is a link to another file.
    """
    return _keep(root, _zip(root))


def editions(root: Path) -> list[Path]:
    """All of them, put in place together."""
    return _keep(root, _pdf(root) | _epub(root) | _single(root) | _zip(root))


def html(root: Path) -> Path:
    """The pages, in ``build/html``."""
    goal = root / "build" / "html"
    if (out := run("html", root, goal=goal)) != goal:
        publish(out, goal)
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
    out = run("html", root, *options, name="site", reads_apart=True, goal=goal)
    if out != goal:
        publish(out, goal)
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


Made = dict[str, Path | bytes]


def _pdf(root: Path, part: str = "") -> Made:
    if not part:
        return _matching(run("typst", root), "*.pdf")
    name = f"typst-{slug(part)}"
    return _matching(run("typst", root, "-D", f"typst_of={part}", name=name), "*.pdf")


def _epub(root: Path) -> Made:
    return _matching(run("epub", root), "*.epub")


def _single(root: Path) -> Made:
    return _matching(run("single", root), "*.html")


def _zip(root: Path) -> Made:
    project = str(runpy.run_path(str(root / "conf.py"))["project"])
    first = root / "docs" / "READ-ME-FIRST.txt"
    if first.is_symlink():
        raise BuildError(f"docs/{first.name}:1: {LINKED}")
    members = files_in(html(root)) | {first.name: first}
    members = {name: path for name, path in sorted(members.items()) if name not in FOR_SERVERS}
    goal, date = root / "build" / "editions" / edition_name(project, "zip"), source_date(root)
    packed = Shelf(root / KEPT / "zip", tools())
    of = digest(project, str(date), *(f"{name} {content(path)}" for name, path in members.items()))
    if packed.get(digest(of, content(goal))) is not None:
        return {goal.name: goal}
    contents = ((f"{slug(project)}/{name}", path.read_bytes()) for name, path in members.items())
    data = zip_bytes(contents, date)
    packed.put(digest(of, hashlib.sha256(data).hexdigest()), b"")
    packed.save()
    return {goal.name: data}


def _book_of(file: str) -> str:
    """The book that a file is or is a volume of."""
    volume = volume_in(file)
    return volume[0] if volume else file


def _matching(output: Path, pattern: str) -> Made:
    return {path.name: path for path in sorted(output.glob(pattern))}


def _keep(root: Path, made: Made) -> list[Path]:
    """Put files beside those that were made before; return them."""
    goal = root / "build" / "editions"
    books = {_book_of(name) for name in made}
    before = {name: path for name, path in files_in(goal).items() if _book_of(name) not in books}
    if any(name.endswith(".html") for name in made):  # of a handbook that was larger, or smaller
        before = {name: path for name, path in before.items() if not name.endswith(".html")}
    put(before | made, goal)
    return [goal / name for name in made]
