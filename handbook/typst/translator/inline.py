"""Visitors of what stands in a line: words, links, notes."""

from __future__ import annotations

import re
from typing import NoReturn

from docutils import nodes

from handbook.typst.labels import CrossReference, says_address, web_address
from handbook.typst.values import arguments, call, string

from .emitter import Emitter, end, location, nothing, skip

ADDRESS_IN_LINE = 42
"""Letters of a web address up to which it stands in the line; a longer one is a footnote."""

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_SPACE = re.compile(r"[ \t\r\f\v]*\n\s*")


def stays_with_next(node: nodes.Element) -> bool:
    """Whether no page may end between `node` and what follows it.

    It announces the list after it, or is all there is between two headings, or only the line of
    links back is left of its section, or that of the page's review.
    """
    after = text_after(node)
    if not isinstance(after, nodes.Element):
        return ends_page(node)
    announces = isinstance(node, nodes.paragraph) and node.astext().rstrip().endswith(":")
    before = node.parent.children[: node.parent.index(node)]
    between = isinstance(after, nodes.section) and not any(map(is_text, before))
    return announces or between or "linked-from" in after["classes"]


def text_after(node: nodes.Element) -> nodes.Node | None:
    """Return what is read after `node` in the same block, or None."""
    later = node.parent.children[node.parent.index(node) + 1 :]
    return next((each for each in later if not isinstance(each, nodes.Invisible)), None)


def ends_page(node: nodes.Element) -> bool:
    """Whether `node` is the last block of its page."""
    at = node
    while isinstance(at.parent, nodes.section) and text_after(at) is None:
        at = at.parent
    return isinstance(at.parent, nodes.document)


def is_text(node: nodes.Node) -> bool:
    """Whether `node` is read, and no heading."""
    return not isinstance(node, nodes.title | nodes.Invisible)


def is_call(node: nodes.reference) -> bool:
    """Whether the link is a number to call or to write to."""
    return str(node.get("refuri", "")).startswith(("tel:", "sms:"))


def size(block: nodes.Element) -> tuple[int, int]:
    """How many letters a section has below its title, or an item its term, in how many pieces."""
    pieces = [*block.findall(nodes.paragraph)]
    return sum(len(piece.astext()) for piece in pieces), len(pieces)


def runs_in(node: nodes.paragraph) -> bool:
    """Whether the paragraph goes on in the line of a note's number or below its term."""
    notes = nodes.footnote | nodes.citation
    holders = notes | nodes.definition | nodes.description | nodes.field_body
    first = node.parent.first_child_not_matching_class(nodes.label)
    return isinstance(node.parent, holders) and node.parent.index(node) == first


class TextVisitors(Emitter):
    """Paragraphs and what is inside them."""

    # Text.

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 (docutils' name)
        self.flush_labels()
        literal = string(_SPACE.sub(" ", node.astext()))
        if self.body and self.body[-1].startswith('"'):  # MyST makes a node of each line
            literal = self.body.pop()[:-2] + literal[1:]
        self.put(literal)

    def depart_Text(self, node: nodes.Text) -> None:  # noqa: N802
        """Nothing follows."""

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        if not self.leading and set(node["classes"]) & {*self.around.book.ways}:
            raise nodes.SkipNode  # whoever holds the leaf has no other page
        self.note_location(node)
        if "linked-from" in node["classes"]:
            self._linked_from(node)
        if "last-checked" in node["classes"] and (day := _DAY.search(node.astext())):
            self.checked = min(filter(None, (self.checked, day[0])))
        if set(node["classes"]) & {*self.around.book.small}:
            self.open("small-print")
        elif not runs_in(node):
            self.open("lead-in" if stays_with_next(node) else "par")
        if not self.copying:
            self._mark_subjects(node)

    def _mark_subjects(self, node: nodes.paragraph) -> None:
        """Let the index of subjects lead to the first paragraph of a section with a term."""
        text = node.astext().casefold()
        for term, address in self.around.terms.items():
            folded = term.casefold()
            if term in self.marked or folded not in text:  # most are not; a search takes longer
                continue
            if re.search(rf"\b{re.escape(folded)}\b", text):
                self.marked.add(term)
                to = CrossReference(address, location(node, self.around.base))
                self.body += ["subject(", to, ")\n"]

    def depart_paragraph(self, node: nodes.paragraph) -> None:
        if not runs_in(node):
            self.close()

    def _linked_from(self, node: nodes.Element) -> NoReturn:
        """A reader on paper needs the page numbers of a line of links back, and no more."""
        links = list(filter(self.address, node.findall(nodes.reference)))
        if links and not self.copying:
            self.open("linked-from", ends_page(node))
            self.page_numbers(links)
            self.close()
        raise nodes.SkipNode

    def visit_emphasis(self, node: nodes.Element) -> None:
        self.open("emph")

    depart_emphasis = end
    visit_title_reference = visit_emphasis
    depart_title_reference = end

    def visit_strong(self, node: nodes.Element) -> None:
        self.open("strong")

    depart_strong = end

    def visit_superscript(self, node: nodes.Element) -> None:
        self.open("super")

    depart_superscript = end

    def visit_subscript(self, node: nodes.Element) -> None:
        self.open("sub")

    depart_subscript = end

    def visit_literal(self, node: nodes.Element) -> None:
        self.flush_labels()
        self.put(call("raw", _SPACE.sub(" ", node.astext())))
        raise nodes.SkipNode

    visit_inline = visit_abbreviation = visit_problematic = visit_generated = nothing
    depart_inline = depart_abbreviation = depart_problematic = depart_generated = nothing

    def visit_raw(self, node: nodes.raw) -> None:
        """Print what MyST says in HTML alone: hard breaks and strikethrough."""
        formats = node["format"].split()
        text = node.astext().strip()
        if "typst" in formats:
            self.put(text)
        elif "html" in formats:
            if text.startswith("<br"):
                self.put("linebreak()")
            elif text == "<s>":
                self.open("strike")
            elif text == "</s>":
                self.close()
            elif not text.startswith("<!--"):
                self.fail(
                    node,
                    "raw HTML has no form in print; write it in Markdown or keep it out "
                    "of the PDF with an {only} directive",
                )
        raise nodes.SkipNode

    # Links and notes.

    def visit_reference(self, node: nodes.reference) -> None:
        uri = node.get("refuri", "")
        address = self.address(node)
        if self._in_heading(node):
            self.open("text")  # it prints in the contents and the running heads too
        elif address and self.leading:
            self._open_page_link(node, address)
        elif self.leading and (found := self.around.elsewhere(self.target(node))):
            self._open_elsewhere(node, *found)
        elif uri and not uri.startswith("%"):
            self._open_web_link(node, uri)
        else:
            self.open("text")

    depart_reference = end

    def _in_heading(self, node: nodes.Node) -> bool:
        at: nodes.Node | None = node
        while at is not None and not isinstance(at, nodes.title):
            at = at.parent
        return at is not None and isinstance(at.parent, nodes.section)

    def _open_page_link(self, node: nodes.reference, address: CrossReference) -> None:
        form = "page"
        if any("std-term" in inline["classes"] for inline in node.findall(nodes.inline)):
            form = "term"
            self.aliases.append((node.astext(), address))
        elif not node.astext() or any(True for _ in node.findall(nodes.image)):
            form = "none"
        self.body += ["page-link(", address, f", {string(form)}, {{\n"]

    def _open_elsewhere(self, node: nodes.reference, number: int, section: str) -> None:
        titled = node.astext().casefold() == section.casefold()
        said = self.around.book.words["numbered" if titled else "elsewhere"]
        self.open("elsewhere", said.format(number=number, section=section))

    def _open_web_link(self, node: nodes.reference, uri: str) -> None:
        address = web_address(uri)
        form = "line" if len(address) <= ADDRESS_IN_LINE else "note"
        if says_address(node.astext(), uri) or (form == "note" and self.copying):
            form = "none"
        self.open("web-link", uri, address, form)

    visit_download_reference = visit_inline
    depart_download_reference = depart_inline

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        if self.copying:
            raise nodes.SkipNode
        if self._in_heading(node):
            self.fail(node, "a footnote in a heading would print in the contents; move it below")
        note = self.footnotes.get(node["refid"])
        if note is None:
            self.fail(node, "the footnote has no text; write it or take the mark away")
        label = self.around.labels.define(self.docname, note["ids"])
        if label in self.noted:
            self.put(call("note-again", label))
        else:
            self.noted.add(label)
            self.open("note", label)
            for child in note.children:
                if not isinstance(child, nodes.label):
                    child.walkabout(self)
            self.close()
        raise nodes.SkipNode

    visit_footnote = skip  # printed where it is referred to

    def visit_citation(self, node: nodes.Element) -> None:
        self.note_location(node)
        self.body.append(f"definitions(({arguments(*size(node))}, {{\n")

    def depart_citation(self, node: nodes.Element) -> None:
        self.body.append("}),)\n")

    def visit_label(self, node: nodes.Element) -> None:
        pass

    def depart_label(self, node: nodes.Element) -> None:
        self.next_argument()
