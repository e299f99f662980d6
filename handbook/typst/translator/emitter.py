"""The pen of the translator: statements, labels, locations, and complaints.

A page becomes statements of Typst's code mode, one a line: calls of the functions in
``template.typ`` with strings and nested blocks. Comments such as ``// docs/tips.md:14`` say where
the lines below them come from, for whoever reads the file and for `compiler.origin`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from docutils import nodes
from sphinx.util.docutils import SphinxTranslator

from handbook.typst.book import Repeated
from handbook.typst.errors import BookError
from handbook.typst.labels import CrossReference, Labels
from handbook.typst.reading_order import BookPage
from handbook.typst.settings import Book
from handbook.typst.values import Code, arguments, call, length, string

if TYPE_CHECKING:
    from sphinx.builders import Builder


@dataclass(frozen=True)
class Surroundings:
    """What the translator of one page knows of the rest of the book.

    :ivar book: what ``conf.py`` says of the book.
    :ivar pages: the pages of the book by docname, in their order.
    :ivar labels: every address of the book; the translator adds those of its page.
    :ivar images: the path of each picture to its name among the book's files.
    :ivar terms: the terms of the glossary with their addresses.
    :ivar base: the folder that locations in messages are relative to.
    :ivar elsewhere: the number of the volume that has an address, with the title of the section,
        if another has it.
    """

    book: Book
    pages: Mapping[str, BookPage]
    labels: Labels
    images: Mapping[str, str]
    terms: Mapping[str, str]
    base: Path
    elsewhere: Callable[[str], tuple[int, str] | None]


def location(node: nodes.Node, base: Path) -> str:
    """Return "file:line" of `node`, the file relative to `base` if it lies below it."""
    source, line = None, None  # a line of 0 is none: MyST gives it to some images
    at: nodes.Node | None = node
    while at is not None and not (source and line):
        source, line = source or at.source, line or at.line
        if isinstance(at, nodes.document):
            source = source or at["source"]
        at = at.parent
    path = Path(source or "")
    shown = path.relative_to(base) if path.is_relative_to(base) else path
    return f"{shown.as_posix()}:{line or 1}"


class Emitter(SphinxTranslator):
    """Visit one page; afterwards `body` has its code, with a `CrossReference` for each address."""

    def __init__(
        self, document: nodes.document, builder: Builder, docname: str, around: Surroundings
    ) -> None:
        super().__init__(document, builder)
        self.body: list[str] = []
        self.docname = docname
        self.around = around
        self.page = around.pages[docname]
        self.level = self.page.level - 1  # of the heading above
        self.faults: list[BookError] = []
        self.answer: list[str] = []  # the short answer, for the front of the book
        self.has_glossary = False
        self.headings: list[tuple[int, str]] = []  # those that the contents list
        self.repeated: dict[str, Repeated] = {}  # by id: sections to print a second time
        self.aliases: list[tuple[str, CrossReference]] = []  # other words for a term
        self.checked = ""  # the oldest day on which the page's numbers were checked
        self._at = ""  # the location last noted in the body
        self.waiting: list[str] = []  # labels for the next piece of text
        self.copying = False  # a copy has neither labels nor footnotes
        self.leading = True  # links lead to pages; on a leaf to tear out they cannot
        self.marked: set[str] = set()  # terms that the section has been found to be about
        self.verse = 0
        self.opened = False  # the page's own title is out
        self.footnotes = {
            each: note for note in document.findall(nodes.footnote) for each in note["ids"]
        }
        self.noted: set[str] = set()

    # What other extensions use.

    def put(self, code: str) -> None:
        """Write one statement."""
        self.body.append(f"{code}\n")

    def open(self, function: str, *positional: object, **named: object) -> None:
        """Begin a call whose last argument is all that is written until `close`."""
        given = arguments(*positional, **named)
        self.body.append(f"{function}({given}{', ' if given else ''}{{\n")

    def close(self) -> None:
        """End the innermost call that `open` began."""
        self.body.append("})\n")

    def next_argument(self, name: str = "") -> None:
        """End one block of the open call and begin the next, by name if it has one."""
        self.body.append(f"}}, {name}{': ' if name else ''}{{\n")

    def text(self, words: str) -> None:
        """Write words."""
        self.put(string(words))

    def picture(self, source: str, alt: str, **named: object) -> None:
        """Write a picture: the text of an SVG, or a path below the output's folder.

        :param named: ``width`` and ``height`` as lengths of CSS (``"50%"``), ``inline``.
        """
        for side in named.keys() & {"width", "height"}:
            named[side] = length(str(named[side]))
        image = Code(call("bytes", source)) if source.lstrip().startswith("<") else source
        self.flush_labels()
        self.put(call("picture", image, alt, **named))

    def page_numbers(self, references: Iterable[nodes.reference]) -> None:
        """Write the numbers of the pages that the references lead to, each a link."""
        self.body.append("page-numbers((")
        for address in filter(None, map(self.address, references)):
            self.body += [address, ", "]
        self.body.append("))\n")

    def address(self, reference: nodes.reference) -> CrossReference | None:
        """Return where a reference leads in the book, or None if it leads out of it."""
        target = self.target(reference)
        if target.partition("#")[0] not in self.around.pages:
            return None
        return CrossReference(target, location(reference, self.around.base))

    def target(self, reference: nodes.reference) -> str:
        """Return which address of the project a reference leads to, or ""."""
        if "refid" in reference:
            return f"{self.docname}#{reference['refid']}"
        uri = str(reference.get("refuri", ""))
        return uri[1:].removesuffix("#") if uri.startswith("%") else ""

    def fail(self, node: nodes.Node, sentence: str) -> NoReturn:
        """Report `sentence` with file and line of `node`, and leave the node.

        The walk goes on, so that one run reports all there is; no PDF is made.
        """
        self.faults.append(BookError(location(node, self.around.base), sentence))
        raise nodes.SkipNode

    # What the visitors use besides.

    def flush_labels(self) -> None:
        """Write the labels that wait for a place: here it is."""
        for label in self.waiting:
            self.put(call("anchor", label))
        self.waiting.clear()

    def note_location(self, node: nodes.Node) -> None:
        """Write where the lines below come from, if that is news."""
        here = location(node, self.around.base)
        if here != self._at:
            self._at = here
            self.body.append(f"// {here}\n")

    def copy(self, node: nodes.Element, *, leading: bool = True) -> list[str]:
        """Return the code of the children of `node`, to print in a second place.

        :param leading: whether its links name the pages they lead to.
        """
        kept, self.body, self.copying, self.leading = self.body, [], True, leading
        for child in node.children:
            child.walkabout(self)
        copied, self.body, self.copying, self.leading = self.body, kept, False, True
        return copied

    # The walk itself.

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Note the ids of `node` for the next text inside it, then visit it.

        A label in front of a block may end up at the foot of the page before it; one inside the
        block's first line cannot.
        """
        if isinstance(node, nodes.Element) and node["ids"] and not self.copying:
            elsewhere = (nodes.section, nodes.footnote, nodes.footnote_reference)
            if not isinstance(node, elsewhere):
                self.waiting.append(self.around.labels.define(self.docname, node["ids"]))
        super().dispatch_visit(node)

    def unknown_visit(self, node: nodes.Node) -> NoReturn:
        """Report it: a node that is left out would be a hole in the book."""
        kind = type(node).__name__
        self.fail(
            node,
            f'the PDF has no form for a "{kind}" node; give it one with '
            f"app.add_node({kind}, typst=(visit, depart)), or keep it out with "
            "an {only} directive",
        )


# Visitors for nodes that need none.


def nothing(self: Emitter, node: nodes.Element) -> None:
    """Add nothing: the children say it all."""


def end(self: Emitter, node: nodes.Element) -> None:
    """End the call that the visitor opened."""
    self.close()


def skip(self: Emitter, node: nodes.Element) -> NoReturn:
    """Leave the node out, with all that is in it."""
    raise nodes.SkipNode
