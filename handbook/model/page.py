"""What a page is to this handbook: sections, blocks of text, links, boxes, lists.

``model.markdown`` reads a page from its source; rules, articles and links look only at this.
Every line counts from 1 in the source file.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import cast

from .front_matter import FrontMatter
from .names import fit
from .packed import Packed


@dataclass(frozen=True)
class Section:
    """A heading and what follows it up to the next heading.

    :ivar anchor: the permanent name above the heading; "" where it is missing.
    :ivar line: of the heading, from 1.
    :ivar old_anchors: names it had before; they still lead here.
    """

    anchor: str
    title: str
    level: int
    line: int
    docname: str
    old_anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """A part of a block's text, from ``start`` up to ``end``, that leads to ``target``.

    :ivar kind: ``link``, ``^`` (the mark of a footnote), ``code`` or ``html`` (no target), or
        the name of a role such as ``term``.
    :ivar pictured: what the pictures in it say to those who do not see them.
    """

    start: int
    end: int
    kind: str
    target: str
    pictured: str = ""


@dataclass(frozen=True)
class Block:
    """One piece of text without markup; its line breaks are those of the source.

    :ivar kind: ``paragraph``, ``heading``, ``cell`` (of a table), ``term`` (of a definition),
        ``title`` (of a box), ``attribution`` (of a quotation), ``asked`` (questions of readers) or
        ``html`` (raw, as it stands).
    :ivar within: what it stands in, outermost first: ``list``, ``quote``, ``definition``, the
        name of a directive, or a class such as ``.record``.
    """

    kind: str
    line: int
    text: str
    section: Section | None
    within: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def is_prose(self) -> bool:
        """Whether readers read it as sentences: no heading, cell, phrasing or record."""
        return self.kind == "paragraph" and ".record" not in self.within

    def line_at(self, offset: int) -> int:
        """Return the source line of the character at ``offset`` in the text."""
        return self.line + self.text.count("\n", 0, offset)


_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def day_in(block: Block) -> date | None:
    """Return the one day in a text; of two, nobody can say which counts."""
    days = _DAY.findall(block.text)
    try:
        return date.fromisoformat(days[0]) if len(days) == 1 else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Link:
    """A link as it was written.

    :ivar text: its words, and then those of the pictures in it.
    :ivar section: the one it stands in; None above the first heading.
    """

    target: str
    text: str
    line: int
    section: Section | None

    @property
    def number(self) -> str | None:
        """The telephone number that it calls."""
        scheme, _, number = self.target.partition(":")
        return number if scheme.casefold() == "tel" else None


@dataclass(frozen=True)
class Question:
    """How a reader would ask for the section with this anchor ("" for the page), in one line."""

    anchor: str
    text: str
    line: int


@dataclass(frozen=True)
class Image:
    """A picture.

    :ivar alt: its text for those who do not see it; "" where nobody wrote one.
    """

    source: str
    alt: str
    line: int


@dataclass(frozen=True)
class Directive:
    """A directive from its opening to its closing line; boxes are directives."""

    name: str
    line: int
    end: int
    section: Section | None
    within: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """A footnote, ``[^label]: text``."""

    label: str
    line: int


@dataclass(frozen=True)
class Listing:
    """A bulleted or numbered list.

    :ivar lead_in: the paragraph directly before it.
    """

    line: int
    items: tuple[tuple[Block, ...], ...]
    lead_in: Block | None
    section: Section | None
    within: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """What a page says, in the order of its source."""

    source: str = field(repr=False)
    blocks: tuple[Block, ...] = ()
    directives: tuple[Directive, ...] = ()
    lists: tuple[Listing, ...] = ()

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links, but not those of roles."""
        return tuple(
            Link(span.target, text + span.pictured, block.line_at(span.start), block.section)
            for block in self.blocks
            for span in block.spans
            if span.kind == "link"
            for text in [block.text[span.start : span.end]]
        )

    @property
    def calls(self) -> tuple[Link, ...]:
        """See `Page`."""
        return tuple(link for link in self.links if link.number is not None)

    @property
    def dated_blocks(self) -> tuple[Block, ...]:
        """See `Page`."""
        return tuple(block for block in self.blocks if ".last-checked" in block.within)

    @property
    def terms(self) -> tuple[Block, ...]:
        """See `Page`."""
        return tuple(b for b in self.blocks if b.kind == "term" and "glossary" in b.within)

    @property
    def asked(self) -> tuple[Question, ...]:
        """See `Page`."""
        found, term = [], ""
        for block in self.blocks:
            if block.kind == "term":
                term = term_anchor(block.text)
            elif block.kind == "asked":
                section = block.section.anchor if block.section else ""
                anchor = term if "glossary" in block.within else section
                found += [
                    Question(anchor, " ".join(line.split()), block.line + number)
                    for number, line in enumerate(block.text.split("\n"))
                    if line.strip() and not line.lstrip().startswith("%")
                ]
        return tuple(found)


@dataclass(frozen=True)
class Page(Packed):
    """A page; its text is unpacked for who judges it.

    :ivar stray_anchors: names, with their lines, that do not stand directly above a heading.
    :ivar terms: the terms that a glossary on it explains.
    :ivar asked: the questions under its headings and terms: each line of ``asked``, but for
        comments.
    :ivar calls: the links that call a telephone number.
    :ivar dated_blocks: the paragraphs that say when its telephone numbers were last checked.
    """

    docname: str
    front: FrontMatter
    sections: tuple[Section, ...] = ()
    images: tuple[Image, ...] = ()
    stray_anchors: tuple[tuple[str, int], ...] = ()
    notes: tuple[Note, ...] = ()
    terms: tuple[Block, ...] = ()
    asked: tuple[Question, ...] = ()
    calls: tuple[Link, ...] = ()
    dated_blocks: tuple[Block, ...] = ()

    @property
    def file(self) -> str:
        """Its file, below the folder of the pages."""
        return f"{self.docname}.md"

    @property
    def text(self) -> Text:
        """What it says."""
        return cast(Text, self.inside)

    @property
    def source(self) -> str:
        return self.text.source

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.text.blocks

    @property
    def directives(self) -> tuple[Directive, ...]:
        return self.text.directives

    @property
    def lists(self) -> tuple[Listing, ...]:
        return self.text.lists

    @property
    def links(self) -> tuple[Link, ...]:
        return self.text.links

    @cached_property
    def anchors(self) -> Mapping[str, Section]:
        """The sections by every anchor that leads to them."""
        return {
            anchor: section
            for section in reversed(self.sections)  # of two with one anchor the first counts
            for anchor in (section.anchor, *section.old_anchors)
            if anchor
        }

    def below(self, section: Section) -> tuple[Section, ...]:
        """A section and all that stand below its heading."""
        first = self.sections.index(section)
        found = [section]
        for other in self.sections[first + 1 :]:
            if other.level <= section.level:
                break
            found.append(other)
        return tuple(found)

    @cached_property
    def places(self) -> frozenset[str]:
        """The present anchors of its sections and of the terms that it explains; "" is the page."""
        sections = {section.anchor for section in self.sections}
        return frozenset({"", *sections} | {term_anchor(term.text) for term in self.terms})


# Letters that no accent can be taken off, as Sphinx writes them in an anchor.
_PLAIN = str.maketrans(
    "øđħıłŧƀƃƈƌƒƙƚƞƥƫƭƴƶǥȥȴȵȶȷȼȿɀɇɉɋɍɏ", "odhiltbbcdfklnpttyzgzlntjcszejqry"
) | str.maketrans({"ß": "sz", "æ": "ae", "œ": "oe", "ȸ": "db", "ȹ": "qp"})


def term_anchor(term: str) -> str:
    """Return the anchor of a term of a glossary.

    It is Sphinx's (``sphinx.util.nodes.make_id``); where that would count terms, because none of
    a term's letters is ASCII, it has the letters as they are.
    """
    letters = unicodedata.normalize("NFKD", f"term-{term}".translate(_PLAIN))
    ascii_letters = letters.encode("ascii", "ignore").decode()
    anchor = re.sub(r"[^a-zA-Z0-9._]+", "-", " ".join(ascii_letters.split())).rstrip("-")
    return anchor if anchor != "term" else f"term-{fit(term)}"
