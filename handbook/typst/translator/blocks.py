"""Visitors of what stands on its own: sections, lists, quotations, boxes."""

from __future__ import annotations

from docutils import nodes
from sphinx.locale import admonitionlabels

from handbook.plain import words
from handbook.typst.book import Repeated
from handbook.typst.values import arguments, call, string, value

from .emitter import Emitter, end, location, nothing
from .inline import ends_page, is_call, size, stays_with_next

SHORT_LIST = 500
"""Letters up to which a simple list stays on one page: half a dozen lines."""

SHORT_SECTION = 1500
"""Letters up to which a section may be short enough to stay on one page; the rest is seen there."""

# The share of a page with numbers to call that stands on one. It is measured, any other guessed:
# a book of many articles took a third of its memory for what it had measured.
CALLS = 0.8

_PLAIN = (nodes.title, nodes.paragraph, nodes.bullet_list, nodes.enumerated_list)

_NUMBERING = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}


def share_kept_whole(node: nodes.section) -> float | None:
    """How much of a page the section may take and still stand on one; None: it is never measured.

    A reader who is to call somebody needs all of a list of numbers, and who else may be called.
    """
    if not all(isinstance(child, (*_PLAIN, nodes.Invisible)) for child in node.children):
        return None
    if any(map(is_call, node.findall(nodes.reference))):
        return CALLS
    return 0.3 if len(node.astext()) < SHORT_SECTION else None


class BlockVisitors(Emitter):
    """The page's structure, and blocks of text."""

    # Pages and sections.

    def visit_document(self, node: nodes.document) -> None:
        if not any(isinstance(child, nodes.section) for child in node.children):
            self.fail(node, "the page has no title; give it one, it is a heading of the book")

    def depart_document(self, node: nodes.document) -> None:
        self.flush_labels()

    def visit_section(self, node: nodes.section) -> None:
        self.level += 1
        if not self.copying:
            self.marked.clear()

    def depart_section(self, node: nodes.section) -> None:
        self.level -= 1
        if self.copying:
            return
        if share_kept_whole(node):
            self.close()
        for name in self.around.book.repeated.intersection(node["ids"]):
            code = self.copy(node, leading=False)
            self.repeated[name] = Repeated(code, location(node, self.around.base))

    def visit_title(self, node: nodes.title) -> None:
        self.note_location(node)
        if isinstance(node.parent, nodes.table):
            self.body.append("caption: {\n")
        if not isinstance(node.parent, nodes.section):
            return  # of a box: its own visitor has opened the call
        self.waiting.clear()
        if self.copying:
            self.open("copied-title")
            return
        label = self.around.labels.define(self.docname, node.parent["ids"])
        if self.level - self.page.level <= self.around.book.contents_depth:
            self.headings.append((self.level, words(node)))
        if not self.opened:
            self.opened = True
            self.around.labels.define_page(self.docname, label)
            self.open("opening", self.level, self.page.chapter, label)
        else:
            self.open("section", self.level, self.level - self.page.level, label)

    def depart_title(self, node: nodes.title) -> None:
        if isinstance(node.parent, nodes.section):
            self.close()
            share = share_kept_whole(node.parent)
            if share and not self.copying:
                last = ends_page(node.parent)
                if share == CALLS:
                    self.open("kept", share, last)
                else:
                    self.open("short", share, last, *size(node.parent))
        elif isinstance(node.parent, nodes.table):
            self.body.append("},\n")
        else:
            self.next_argument()

    def visit_rubric(self, node: nodes.Element) -> None:
        self.note_location(node)
        self.open("rubric")

    depart_rubric = end
    visit_centered = visit_subtitle = visit_rubric
    depart_centered = depart_subtitle = end

    def visit_transition(self, node: nodes.Element) -> None:
        if "footnotes" not in node["classes"]:  # the notes stand at the foot of their pages
            self.put("divider()")
        raise nodes.SkipNode

    # Lists.

    def visit_bullet_list(self, node: nodes.Element) -> None:
        self._open_list(node, "list")

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        mark = _NUMBERING[node.get("enumtype", "arabic")]
        numbering = f"{node.get('prefix', '')}{mark}{node.get('suffix', '.')}"
        self._open_list(node, "enum", start=node.get("start", 1), numbering=numbering)

    def _open_list(self, node: nodes.Element, function: str, **named: object) -> None:
        tight = all(len(item.children) <= 1 for item in node.children)
        whole = tight and len(node.astext()) < SHORT_LIST
        self.body.append(f"items({value(whole)}, {value(stays_with_next(node))}, {function}(")
        self.body.append(f"{arguments(tight=tight, **named)},\n")

    def depart_bullet_list(self, node: nodes.Element) -> None:
        self.body.append("))\n")

    depart_enumerated_list = depart_bullet_list

    def visit_list_item(self, node: nodes.Element) -> None:
        self.body.append("{\n" if node.children else "{[]\n")  # an item must be content

    def depart_list_item(self, node: nodes.Element) -> None:
        self.body.append("},\n")

    def visit_definition_list(self, node: nodes.Element) -> None:
        self.body.append("definitions(\n")

    def depart_definition_list(self, node: nodes.Element) -> None:
        self.body.append(")\n")

    visit_field_list = visit_definition_list
    depart_field_list = depart_definition_list

    def visit_definition_list_item(self, node: nodes.Element) -> None:
        self.body.append(f"({arguments(*size(node))}, {{\n")

    def depart_definition_list_item(self, node: nodes.Element) -> None:
        self.body.append("}),\n")

    visit_option_list = visit_definition_list
    depart_option_list = depart_definition_list
    visit_option_list_item = visit_definition_list_item
    depart_option_list_item = depart_definition_list_item

    def visit_option_group(self, node: nodes.Element) -> None:
        self.flush_labels()
        self.put(call("raw", node.astext()))
        raise nodes.SkipNode

    visit_field = visit_definition_list_item
    depart_field = depart_definition_list_item

    def visit_term(self, node: nodes.Element) -> None:
        self.note_location(node)
        if node.parent.index(node):
            self.put("linebreak()")

    depart_term = nothing

    def visit_classifier(self, node: nodes.Element) -> None:
        self.open("classifier")

    depart_classifier = end

    def visit_definition(self, node: nodes.Element) -> None:
        self.next_argument()

    depart_definition = nothing
    visit_field_name = nothing
    depart_field_name = nothing
    visit_field_body = visit_description = visit_definition
    depart_field_body = depart_description = nothing

    def visit_glossary(self, node: nodes.Element) -> None:
        self.has_glossary = True

    depart_glossary = nothing

    # Blocks.

    def visit_block_quote(self, node: nodes.Element) -> None:
        self.open("quotation")

    depart_block_quote = end

    def visit_attribution(self, node: nodes.Element) -> None:
        self.next_argument("by")

    depart_attribution = nothing

    def visit_line_block(self, node: nodes.Element) -> None:
        if not self.verse:
            self.open("verse")
        self.verse += 1

    def depart_line_block(self, node: nodes.Element) -> None:
        self.verse -= 1
        if not self.verse:
            self.close()

    def visit_line(self, node: nodes.Element) -> None:
        self.note_location(node)
        self.open("verse-line", self.verse - 1)

    depart_line = end

    def visit_literal_block(self, node: nodes.Element) -> None:
        self.note_location(node)
        self.flush_labels()
        self.put(call("listing", node.astext()))
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_container(self, node: nodes.Element) -> None:
        if "short-answer" in node["classes"]:
            self.open("short-answer")

    def depart_container(self, node: nodes.Element) -> None:
        if "short-answer" not in node["classes"]:
            return
        self.close()
        if not self.copying and not self.answer:
            self.answer = self.copy(node)

    visit_compound = depart_compound = nothing
    visit_hlist = depart_hlist = visit_hlistcol = depart_hlistcol = nothing

    # Descriptions of programs: the signature as it is written, the text set in below it.

    visit_desc = depart_desc = nothing

    def visit_desc_signature(self, node: nodes.Element) -> None:
        self.note_location(node)
        self.flush_labels()
        self.put(call("signature", node.astext()))
        raise nodes.SkipNode

    def visit_desc_content(self, node: nodes.Element) -> None:
        self.open("set-in")

    depart_desc_content = end

    def visit_desc_inline(self, node: nodes.Element) -> None:
        self.visit_option_group(node)

    def visit_admonition(self, node: nodes.Element) -> None:
        """Any box; the generic kind brings its own title."""
        self.note_location(node)
        kind = type(node).__name__
        self.open("notice", kind)
        if kind in admonitionlabels:
            self.put(string(str(admonitionlabels[kind])))
            self.next_argument()

    depart_admonition = end
    visit_Admonition = visit_admonition  # noqa: N815 (the class that all boxes share)
    depart_Admonition = end  # noqa: N815

    def visit_topic(self, node: nodes.Element) -> None:
        if "contents" in node["classes"]:
            raise nodes.SkipNode
        self.visit_admonition(node)
        if not isinstance(node.next_node(nodes.title), nodes.title):
            self.next_argument()

    depart_topic = end
    visit_sidebar = visit_topic
    depart_sidebar = end
    visit_versionmodified = depart_versionmodified = nothing
