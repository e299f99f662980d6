"""The whole book as one Typst source, from its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .errors import BookError
from .links import Labels, Link, page_form
from .settings import Book
from .spine import Page, Spine
from .values import Code, arguments, call, string, value


@dataclass(frozen=True)
class Leaf:
    """What one page brings: its code, and what the book shows of it elsewhere."""

    title: str
    part: str  # the page metadata ``part``, or ""
    code: Sequence[str]
    answer: Sequence[str] = ()  # its short answer once more
    reviewed: str = ""  # a line at its end that says when it was reviewed
    has_glossary: bool = False
    headings: Sequence[tuple[int, str]] = ()  # (level, text) of those that the contents list
    sheets: Sequence[Sequence[str]] = ()  # its sections to tear out once more
    questions: Sequence[tuple[str, Link]] = ()


def typeset(spine: Spine, leaves: Mapping[str, Leaf], book: Book, labels: Labels) -> str:
    """Return the source of the book, every link resolved.

    :raises BookError: a link leads nowhere; `broken_links` finds them all.
    """
    pieces: list[str] = ['#import "template.typ": *\n#show: book\n#title-page()\n']
    answers = [page for page in spine.pages() if leaves[page.docname].answer]
    if answers:
        pieces.append("#answers({\n")
        for page in answers:
            leaf = leaves[page.docname]
            form = page_form(leaf.title, "", "")
            pieces += [f"answer({arguments(leaf.title, form)}, ", _to(page), ", {\n"]
            pieces += [*leaf.answer, "})\n"]
        pieces.append("})\n")
    pieces += _matter(spine.front, leaves, book, fit=True)
    glossary = [page for page in spine.pages() if leaves[page.docname].has_glossary]
    asked = sorted(entry for leaf in leaves.values() for entry in leaf.questions)
    headings = [(1, book.words["answer"])] if answers else []
    for page in spine.pages():
        headings += [(1, page.part)] if page.part else []
        headings += leaves[page.docname].headings
    headings += [(1, book.words["questions"])] if asked else []
    pieces += [f"#contents({value(headings)}, ", _to(glossary[0]) if glossary else "none", ")\n"]
    pieces += _matter(spine.body, leaves, book)
    pieces += _matter(spine.back, leaves, book)
    if asked:
        entries = [(_capital(text), Code(_label(link, labels))) for text, link in asked]
        pieces.append(f"#{call('question-index', entries)}\n")
    return "".join(_label(each, labels) for each in pieces)


def broken_links(leaves: Iterable[Leaf], labels: Labels) -> Iterator[BookError]:
    """Yield a fault for each link that leads nowhere."""
    for leaf in leaves:
        links = [piece for piece in leaf.code if isinstance(piece, Link)]
        for link in links + [link for _, link in leaf.questions]:
            try:
                labels.resolve(link)
            except BookError as fault:
                yield fault


def _label(piece: str, labels: Labels) -> str:
    return string(labels.resolve(piece)) if isinstance(piece, Link) else piece


def _to(page: Page) -> Link:
    return Link(page.docname, page.docname)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _matter(
    pages: Sequence[Page], leaves: Mapping[str, Leaf], book: Book, *, fit: bool = False
) -> Iterator[str]:
    """Yield the pages, each run of them that shares its running heads in one call.

    A new sheet begins with a chapter and with a page whose part has an opening. To `fit` is to
    be set a little smaller if one sheet is enough then.
    """
    chapter, began = "", False
    for page in pages:
        leaf = leaves[page.docname]
        if page.part:
            if began:
                yield "})\n"
                began = False
            yield f"#{call('part-page', page.part)}\n"
        if page.chapter:
            chapter = leaf.title
        if not began or page.chapter or leaf.part in book.openings:
            if began:
                yield "})\n"
            yield f"#matter(fit: {value(fit)}, {arguments(chapter, leaf.title, leaf.part)}, "
            yield _to(page)
            yield ", {\n"
            began = True
        yield from leaf.code
        if leaf.reviewed:
            yield f"{call('reviewed', leaf.reviewed)}\n"
        for sheet in leaf.sheets:
            yield "})\n"
            began = False
            yield f"#tear-out({arguments(leaf.part)}, "
            yield from sheet
    if began:
        yield "})\n"
