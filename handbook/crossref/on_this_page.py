"""The sections of a long page, as links below its title.

Tips are fifteen screens of a phone: who came for one of them sees where it stands. A page with
few sections, or little below them, is seen as it is without. A glossary has none, but letters
where its terms are many screens.

Safety comes first: a help page begins with whom to call, and the list stands below that. An
e-book and a book have contents of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import glossary
from sphinx.transforms.post_transforms import SphinxPostTransform

from handbook.paging import letter, shown
from handbook.plain import words
from handbook.web import is_web

from .sections import anchor_of

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

NAME = "On this page"
SECTIONS, WORDS = 4, 400  # the least of a long page
TERMS = 60  # the least of a long glossary


class on_this_page(nodes.General, nodes.TextElement):  # noqa: N801 (docutils names nodes so)
    """The list: its children are the links."""


class ListSections(SphinxPostTransform):
    """Put the list into each long page."""

    default_priority = 6  # before "Linked from" adds words that are not the page's own

    def run(self, **kwargs: object) -> None:
        if not is_web(self.app.builder):
            return
        for page in self.document.children:
            if not isinstance(page, nodes.section):
                continue
            sections = [each for each in page.children if isinstance(each, nodes.section)]
            if len(sections) < SECTIONS or len(words(page).split()) < WORDS:
                continue
            links = (
                nodes.reference("", words(each[0]), refid=anchor_of(each), internal=True)
                for each in sections
            )
            first = page.index(sections[0])
            part = self.env.metadata[self.env.docname].get("part")
            page.insert(min(2 if part == "help" else 1, first), on_this_page("", "", *links))


class ListLetters(SphinxPostTransform):
    """Put above each long glossary the letters that its terms begin with."""

    default_priority = 6

    def run(self, **kwargs: object) -> None:
        if not is_web(self.app.builder):
            return
        for explained in list(self.document.findall(glossary)):
            terms = list(explained.findall(nodes.term))
            if len(terms) < TERMS:
                continue
            first: dict[str, str] = {}
            for term in terms:
                first.setdefault(letter(term.astext()), term["ids"][0])
            links = (
                nodes.reference("", shown(each), refid=anchor, internal=True)
                for each, anchor in first.items()
            )
            explained.parent.insert(explained.parent.index(explained), on_this_page("", "", *links))


def visit_html(translator: HTML5Translator, node: on_this_page) -> None:
    translator.body.append(f'<nav class="on-this-page" aria-label="{NAME}"><ul>')
    for link in node.children:
        translator.body.append("<li>")
        link.walkabout(translator)
        translator.body.append("</li>")
    translator.body.append("</ul></nav>\n")
    raise nodes.SkipNode
