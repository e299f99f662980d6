"""The whole book as one Typst source, from its pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .errors import BookError
from .labels import CrossReference, Labels, page_form
from .reading_order import BookPage, ReadingOrder
from .settings import Book
from .values import Code, arguments, call, string, value


@dataclass(frozen=True)
class TypesetPage:
    """What one page brings: its code, and what the book shows of it elsewhere."""

    title: str
    part: str  # the page metadata ``part``, or ""
    code: Sequence[str]
    answer: Sequence[str] = ()  # its short answer once more
    reviewed: str = ""  # a line at its end that says when it was reviewed
    has_glossary: bool = False
    headings: Sequence[tuple[int, str]] = ()  # (level, text) of those that the contents list
    sheets: Sequence[Sequence[str]] = ()  # its sections to tear out once more
    questions: Sequence[tuple[str, CrossReference]] = ()


def typeset(
    order: ReadingOrder, typeset_pages: Mapping[str, TypesetPage], book: Book, labels: Labels
) -> str:
    """Put the book together.

    :param typeset_pages: what each page brings, by docname.
    :param labels: every address of the book.
    :returns: the source of the book, every cross-reference resolved.
    :raises BookError: a cross-reference leads nowhere; `unresolved` finds them all.
    """
    pieces: list[str] = ['#import "template.typ": *\n#show: book\n#title-page()\n']
    answers = [page for page in order.pages() if typeset_pages[page.docname].answer]
    if answers:
        pieces.append("#answers({\n")
        for page in answers:
            typeset_page = typeset_pages[page.docname]
            form = page_form(typeset_page.title, "", "")
            pieces += [f"answer({arguments(typeset_page.title, form)}, ", _to(page), ", {\n"]
            pieces += [*typeset_page.answer, "})\n"]
        pieces.append("})\n")
    pieces += _matter(order.front, typeset_pages, book, fit=True)
    glossary = [page for page in order.pages() if typeset_pages[page.docname].has_glossary]
    questions = sorted(
        ((_capital(text), to) for page in typeset_pages.values() for text, to in page.questions),
        key=lambda question: (_collation(question[0]), *question),
    )
    headings = [(1, book.words["answer"])] if answers else []
    for page in order.pages():
        headings += [(1, page.part)] if page.part else []
        headings += typeset_pages[page.docname].headings
    headings += [(1, book.words["questions"])] if questions else []
    pieces += [f"#contents({value(headings)}, ", _to(glossary[0]) if glossary else "none", ")\n"]
    pieces += _matter(order.body, typeset_pages, book)
    pieces += _matter(order.back, typeset_pages, book)
    if questions:
        entries = [(text, Code(_resolved(to, labels))) for text, to in questions]
        pieces.append(f"#{call('question-index', entries)}\n")
    return "".join(_resolved(piece, labels) for piece in pieces)


def unresolved(typeset_pages: Iterable[TypesetPage], labels: Labels) -> Iterator[BookError]:
    """Yield a fault for each cross-reference that leads nowhere."""
    for page in typeset_pages:
        references = [piece for piece in page.code if isinstance(piece, CrossReference)]
        for reference in references + [to for _, to in page.questions]:
            try:
                labels.resolve(reference)
            except BookError as fault:
                yield fault


def _resolved(piece: str, labels: Labels) -> str:
    return string(labels.resolve(piece)) if isinstance(piece, CrossReference) else piece


def _to(page: BookPage) -> CrossReference:
    return CrossReference(page.docname, page.docname)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _collation(text: str) -> str:
    """What an index is sorted by: letters and figures alone, whatever their case and accents."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ").strip()


def _matter(
    pages: Sequence[BookPage],
    typeset_pages: Mapping[str, TypesetPage],
    book: Book,
    *,
    fit: bool = False,
) -> Iterator[str]:
    """Yield the pages, each run of them that shares its running heads in one call.

    A new sheet begins with a chapter and with a page whose part has an opening.

    :param fit: whether to set them a little smaller if one sheet is enough then.
    """
    chapter, began = "", False
    for page in pages:
        typeset_page = typeset_pages[page.docname]
        title, part = typeset_page.title, typeset_page.part
        if page.part:
            if began:
                yield "})\n"
                began = False
            yield f"#{call('part-page', page.part)}\n"
        if page.chapter:
            chapter = title
        if not began or page.chapter or part in book.openings:
            if began:
                yield "})\n"
            yield f"#matter(fit: {value(fit)}, {arguments(chapter, title, part)}, "
            yield _to(page)
            yield ", {\n"
            began = True
        yield from typeset_page.code
        if typeset_page.reviewed:
            yield f"{call('reviewed', typeset_page.reviewed)}\n"
        for sheet in typeset_page.sheets:
            yield "})\n"
            began = False
            yield f"#tear-out({arguments(part)}, "
            yield from sheet
    if began:
        yield "})\n"
