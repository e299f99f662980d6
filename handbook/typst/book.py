"""The whole book as one Typst source, from its pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .errors import BookError
from .indexes import capital, collation, subjects
from .labels import CrossReference, Labels
from .reading_order import BookPage, ReadingOrder
from .settings import Book
from .values import Code, arguments, call, string, value


@dataclass(frozen=True)
class Repeated:
    """A section to print a second time: its code, and "file:line" where it stands."""

    code: Sequence[str]
    place: str


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
    repeated: Mapping[str, Repeated] = field(default_factory=dict)  # to print a second time
    questions: Sequence[tuple[str, CrossReference]] = ()
    terms: Mapping[str, str] = field(default_factory=dict)  # of a glossary, by their addresses
    aliases: Sequence[tuple[str, CrossReference]] = ()  # what it says for a term
    topic: str = ""  # of the article that begins with it
    article: str = ""  # the title of the one that it belongs to
    checked: str = ""  # ISO day on which its telephone numbers were checked


def typeset(
    order: ReadingOrder,
    typeset_pages: Mapping[str, TypesetPage],
    book: Book,
    labels: Labels,
) -> str:
    """Put the book together.

    :param typeset_pages: what each page brings, by docname.
    :param labels: every address of the book.
    :returns: the source of the book, every cross-reference resolved.
    :raises BookError: a cross-reference leads nowhere; `unresolved` finds them all.
    """
    pieces: list[str] = ['#import "template.typ": *\n#show: book\n#title-page()\n']
    pieces += _imprint(typeset_pages, book)
    pieces += _matter(order.front, typeset_pages, book, fit=True)
    answers = [page for page in order.pages() if typeset_pages[page.docname].answer]
    if answers:
        pieces.append("#answers({\n")
        for page in answers:
            typeset_page = typeset_pages[page.docname]
            pieces += [f"answer({arguments(typeset_page.title)}, ", _to(page), ", {\n"]
            pieces += [*typeset_page.answer, "})\n"]
        pieces.append("})\n")
    glossary = [page for page in order.pages() if typeset_pages[page.docname].has_glossary]
    questions = sorted(
        ((capital(text), to) for page in typeset_pages.values() for text, to in page.questions),
        key=lambda question: (collation(question[0]), *question),
    )
    entries = subjects(
        {term: to for page in typeset_pages.values() for term, to in page.terms.items()},
        (alias for page in typeset_pages.values() for alias in page.aliases),
        ((page.topic, docname) for docname, page in typeset_pages.items() if page.topic),
    )
    headings: list[tuple[int, str]] = []  # of the contents
    for page in order.front:
        headings += typeset_pages[page.docname].headings
    headings += [(1, book.words["answer"])] if answers else []
    for page in order.body + order.back:
        headings += [(1, page.part)] if page.part else []
        headings += typeset_pages[page.docname].headings
    headings += [(1, book.words["subjects"])] if entries else []
    headings += [(1, book.words["questions"])] if questions else []
    pieces += [f"#contents({value(headings)}, ", _to(glossary[0]) if glossary else "none", ")\n"]
    pieces += _matter(order.body, typeset_pages, book)
    pieces += _matter(order.back, typeset_pages, book)
    if entries:
        rows = [
            (
                each.text,
                [labels.resolve(CrossReference(place, place)) for place in each.places],
                labels.resolve(CrossReference(each.term, each.term)) if each.term else "",
                each.see,
            )
            for each in entries
        ]
        pieces.append(f"#{call('subject-index', rows)}\n")
    if questions:
        found = [(text, Code(_resolved(to, labels))) for text, to in questions]
        pieces.append(f"#{call('question-index', found)}\n")
    return "".join(_resolved(piece, labels) for piece in pieces)


def _imprint(typeset_pages: Mapping[str, TypesetPage], book: Book) -> Iterator[str]:
    """Yield the back of the title page."""
    pages = typeset_pages.values()
    lines = (f"{book.title} {book.edition}".strip(), book.made, book.checked, book.licence)
    yield f"#imprint({value([line for line in lines if line])}, {{\n"
    for name in book.imprint:
        for page in pages:
            if name in page.repeated:
                yield from page.repeated[name].code
    yield "})\n"


def _leaf(page: TypesetPage, pages: Collection[TypesetPage], book: Book) -> Iterator[str]:
    """Yield the leaf to tear out that `page` has sections for, if it has.

    It holds no other article's words. Where there are several, it says whose it is: by itself it
    would pass for the handbook's.
    """
    front = [page.repeated[name] for name in book.tear_out if name in page.repeated]
    if not front:
        return
    articles = {each.article for each in pages} - {""}
    holders = (page, *(each for each in pages if each.article in ("", page.article)))
    back = [
        next((each.repeated[name] for each in holders if name in each.repeated), None)
        for name in book.tear_out_back
    ]
    whose = page.article if len(articles) > 1 else ""
    yield f"#tear-out({arguments(front[0].place, whose)}, "
    for side in (front, filter(None, back)):
        yield "(\n"
        for section in side:
            yield "{\n"
            yield from section.code
            yield "},\n"
        yield "), "
    yield ")\n"


def unresolved(typeset_pages: Iterable[TypesetPage], labels: Labels) -> Iterator[BookError]:
    """Yield a fault for each cross-reference that leads nowhere."""
    for page in typeset_pages:
        references = [piece for piece in page.code if isinstance(piece, CrossReference)]
        for reference in references + [to for _, to in page.questions]:
            try:
                labels.resolve(reference)
            except BookError as fault:
                yield fault


def not_found(found: Collection[str], book: Book) -> Iterator[BookError]:
    """Yield a fault for each section that is to be printed a second time and was not found."""
    for setting in ("imprint", "tear_out", "tear_out_back"):
        for name in getattr(book, setting):
            if name not in found:
                sentence = (
                    f'typst_book["{setting}"] lists "{name}", which no section has; '
                    "correct the name or take it out"
                )
                yield BookError("conf.py", sentence)


def _resolved(piece: str, labels: Labels) -> str:
    return string(labels.resolve(piece)) if isinstance(piece, CrossReference) else piece


def _to(page: BookPage) -> CrossReference:
    return CrossReference(page.docname, page.docname)


def _matter(
    pages: Sequence[BookPage],
    typeset_pages: Mapping[str, TypesetPage],
    book: Book,
    *,
    fit: bool = False,
) -> Iterator[str]:
    """Yield the pages, each run of them that shares its running heads in one call.

    A right-hand page begins with a chapter and with a page whose part has an opening.

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
        leaf = [*_leaf(typeset_page, typeset_pages.values(), book)]
        if leaf:
            yield "})\n"
            began = False
            yield from leaf
    if began:
        yield "})\n"
