"""Links between pages: ``file.md#anchor``, ``file.md`` and ``#anchor``, each to a page or section.

Of addresses outside the handbook only the scheme is looked at, of files only where they lie and
of what kind they are (``addresses``).
"""

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLinkText

from handbook.model.article import Article
from handbook.model.handbook import Handbook
from handbook.model.page import Page
from handbook.model.problem import Problem, nearest
from handbook.model.target import is_outside, split

from .addresses import DOCUMENTS, PICTURES, refusal, spelled_apart, unfit_file


def unresolved(handbook: Handbook, docs: Path) -> list[Problem]:
    """Return a problem for each link, term, note or picture that leads nowhere."""
    lost = [what for page in handbook.pages.values() for what in lost_on(page, handbook, docs)]
    return [*lost, *pictures_of_one_name(handbook)]


def lost_on(page: Page, handbook: Handbook, docs: Path) -> Iterator[Problem]:
    """Yield a problem for each link, term, note, picture or example of a page that leads nowhere.

    Beside the page it looks at the anchors of all, at the terms, and at the files in ``docs``.
    """
    for link in page.links:
        if what := _fault(link.target, page, handbook, docs):
            yield Problem(page.path, link.line, "link-target", what)
    known = {term.casefold(): term for term in handbook.terms}
    lost = (*_unknown_terms(page, known), *_lost_images(page, docs), *_lost_notes(page))
    for line, what in lost:
        yield Problem(page.path, line, "link-target", what)
    article = handbook.article_of(page.docname)
    if article and article.index is page:
        for example in article.examples:
            if what := _no_example(example.target, article) or _fault(
                example.target, page, handbook, docs
            ):
                yield Problem(page.path, example.line, "link-target", what)


def _no_example(target: str, article: Article) -> str | None:
    """Say why a target is no section of the article's own parts, whether or not it is there."""
    place = split(article.index.docname, target)
    parts = {page.docname for page in article.parts.values()}
    if place and place[0] in parts and place[1]:
        return None
    return f'an example is a section of this article, such as tips.md#its-anchor; "{target}" is not'


def _fault(target: str, page: Page, handbook: Handbook, docs: Path) -> str | None:
    """Say why a link leads nowhere, with the nearest name that would lead somewhere."""
    if why := refusal(target):
        return why
    file = normalizeLinkText(target.partition("#")[0])  # what MyST looks for
    place = split(page.docname, target)
    if place is None or not target:
        if is_outside(target):
            return None
        return unfit_file(docs, page.file, file, (*PICTURES, *DOCUMENTS))
    if apart := spelled_apart(unquote(target)):
        return apart
    docname, anchor = place
    goal = handbook.pages.get(docname)
    if goal and (not anchor or anchor in goal.anchors):
        return None
    # The section under its name elsewhere is a surer guess than a name that is only like it.
    guess, guessed = _page_with(anchor, page, handbook), anchor
    if goal is None:
        fault = f"there is no page {file}"
        if near := nearest(docname, handbook.pages):
            guess, guessed = near, anchor if anchor in handbook.pages[near].anchors else ""
    else:
        fault = f'{file or "this page"} has no section "{anchor}"'
        if guess is None and (near := nearest(anchor, goal.anchors)):
            guess, guessed = docname, near
    if guess is not None:
        return f"{fault}; did you mean {_written(guess, guessed, page)}?"
    return f"{fault}; its sections are {', '.join(goal.anchors) or 'none'}" if goal else fault


def _page_with(anchor: str, page: Page, handbook: Handbook) -> str | None:
    """Return a page that has the section, one in the same folder first."""
    folder = posixpath.dirname(page.docname)
    names = [name for name, other in handbook.pages.items() if anchor in other.anchors]
    return min(names, key=lambda name: posixpath.dirname(name) != folder, default=None)


def _written(docname: str, anchor: str, page: Page) -> str:
    """Return a target as it is written on ``page``."""
    if docname == page.docname:
        return f"#{anchor}"
    path = posixpath.relpath(docname + ".md", posixpath.dirname(page.docname) or ".")
    return f"{path}#{anchor}" if anchor else path


def _unknown_terms(page: Page, known: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for block in page.blocks:
        for span in block.spans:
            if span.kind == "term" and span.target.casefold() not in known:
                near = nearest(span.target.casefold(), known)
                hint = f"did you mean {known[near]}?" if near else "add it, or take the role away"
                yield block.line_at(span.start), f'the glossary has no "{span.target}"; {hint}'


def pictures_of_one_name(handbook: Handbook) -> Iterator[Problem]:
    """All pictures lie in one folder of an edition, where many systems would take two for one."""
    first: dict[str, tuple[str, str]] = {}
    for page in handbook.pages.values():
        for image in page.images:
            name, place = posixpath.basename(unquote(image.source)), f"{page.path}:{image.line}"
            other, there = first.setdefault(name.casefold().replace(" ", "-"), (name, place))
            if other != name:
                what = f'"{name}" differs from "{other}" ({there}) in capitals or spaces alone'
                yield Problem(page.path, image.line, "link-target", f"{what}; rename one")


def _lost_notes(page: Page) -> Iterator[tuple[int, str]]:
    marks = {
        span.target: block.line_at(span.start)
        for block in reversed(page.blocks)  # the first of several marks counts
        for span in reversed(block.spans)
        if span.kind == "^"
    }
    notes: dict[str, int] = {}
    for note in page.notes:
        if note.label in notes:
            yield note.line, f"there is a note [^{note.label}] on line {notes[note.label]} already"
        elif note.label not in marks:
            yield note.line, f"nothing leads to the note; put [^{note.label}] where it belongs"
        notes.setdefault(note.label, note.line)
    for label, line in marks.items():
        if label not in notes:
            yield line, f"there is no note; write it below: [^{label}]: its text"


def _lost_images(page: Page, docs: Path) -> Iterator[tuple[int, str]]:
    for image in page.images:
        if " " in image.source:  # in a directive, which would leave it out
            name = image.source.replace("\\ ", " ").replace(" ", "%20")
            yield image.line, f"write a space in the name of a picture as %20: {name}"
            continue
        why = refusal(image.source, schemes=())
        why = why or unfit_file(docs, page.file, unquote(image.source), PICTURES)
        if why:
            yield image.line, why
    for directive in page.directives:
        if target := directive.options.get("target"):
            if why := refusal(target):
                yield directive.line, why
            elif not is_outside(target):
                what = "a picture leads to a page as a link around it: [![words](picture)](page.md)"
                yield directive.line, what
