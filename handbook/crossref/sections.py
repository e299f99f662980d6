"""Permanent anchors, and a domain that knows every section and every link between sections.

Decisions:

- A section's anchor is the explicit target above its heading, ``(give-him-space)=``, and it is
  the section's only HTML id, exactly as written. Reworded headings keep their address.
- An anchor wins over every id that nobody wrote: those of titles and notes give way.
- Anchors belong to their page, so every article may have its own ``the-letter``. Sphinx's
  labels are one namespace for the whole project; the anchors are therefore kept out of them.
- Links are plain relative Markdown, ``tips.md#give-him-space``. They are looked up here first;
  whatever this domain does not know is left to MyST, which warns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast
from urllib.parse import unquote

from docutils import nodes
from sphinx.addnodes import glossary, index, pending_xref
from sphinx.domains import Domain
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from handbook.model.names import is_frames
from handbook.model.page import term_anchor
from handbook.plain import words

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, order=True)
class Place:
    """A section of the handbook: its page and its anchor ("" for a page's opening)."""

    docname: str
    anchor: str


class AnchorsAsWritten(SphinxTransform):
    """Give each explicit target the id that was written.

    docutils makes an id of its own out of the name: ``24-hours`` would be ``hours``, and ``988``
    or a name that a title's id has already would be ``id1``. Runs just before docutils moves
    targets onto the sections they precede (``PropagateTargets``, 260).
    """

    default_priority = 255

    def apply(self, **kwargs: object) -> None:
        for target in self.document.findall(nodes.target):
            if target["names"] and target.rawsource:
                anchor = target.rawsource
                target["ids"] = [anchor]
                self.document.ids[anchor] = target
                self.document.nameids |= dict.fromkeys(target["names"], anchor)


class TermsAsWritten(SphinxTransform):
    """Give each term of a glossary the id that its letters make.

    Sphinx counts instead where it finds no ASCII letter, or where a heading has the id: a term
    put in above would move the address of all below.
    """

    default_priority = 255

    def apply(self, **kwargs: object) -> None:
        known = self.env.domains.standard_domain
        for term in self.document.findall(nodes.term):
            if not _is_explained(term):
                continue
            text, anchor = term.astext(), term_anchor(term.astext())
            term["ids"] = [anchor]
            known.objects["term", text] = known.data["terms"][text.lower()] = (
                self.env.docname, anchor,
            )  # fmt: skip
            for entry in term.findall(index):
                entry["entries"] = [(*each[:2], anchor, *each[3:]) for each in entry["entries"]]


class PermanentAnchors(SphinxTransform):
    """Make the explicit targets above a heading the section's only ids.

    The nearest to the heading is its anchor; those above it are names it had before. Runs just
    after docutils has moved targets onto the sections they precede (``PropagateTargets``, 260).
    """

    default_priority = 265

    def apply(self, **kwargs: object) -> None:
        titles: dict[str, str] = {}
        for section in self.document.findall(nodes.section):
            explicit = [name for name in section["names"] if self.document.nametypes.get(name)]
            anchors = [a for a in map(self.document.nameids.get, explicit) if a is not None]
            if anchors:
                section["ids"] = anchors
                titles |= dict.fromkeys(anchors, words(section[0]))
            for name in explicit:
                self.document.nametypes[name] = False  # out of Sphinx's project-wide labels
        for link in self.document.findall(nodes.reference):
            anchor = unquote(link.get("refuri", "")[1:])
            if link.get("id_link") and anchor in titles:
                del link["refuri"], link["id_link"]
                link["refid"], link["internal"] = anchor, True
                if not link.children:
                    link += nodes.Text(titles[anchor])


class OthersGiveWay(SphinxTransform):
    """Rename each id that nobody wrote where an anchor, a term or the frame has it already.

    Runs when docutils has resolved what refers to them, and before Sphinx collects them (880).
    """

    default_priority = 860

    def apply(self, **kwargs: object) -> None:
        sections = self.document.findall(nodes.section)
        anchors = {
            anchor for section in sections if anchor_of(section) for anchor in section["ids"]
        }
        terms = {term for term in self.document.findall(nodes.term) if _is_explained(term)}
        anchors |= {each for term in terms for each in term["ids"]}
        renamed: dict[str, str] = {}
        for node in self.document.findall(nodes.Element):
            named = anchor_of(node) if isinstance(node, nodes.section) else node in terms
            if named:
                continue
            for each in node["ids"]:
                if each in anchors or is_frames(each):
                    renamed[each] = self._free(each, anchors)
            node["ids"] = [renamed.get(each, each) for each in node["ids"]]
        for mark in self.document.findall(nodes.footnote_reference):
            mark["refid"] = renamed.get(mark["refid"], mark["refid"])
        for note in self.document.findall(nodes.footnote):
            note["backrefs"] = [renamed.get(each, each) for each in note["backrefs"]]

    def _free(self, name: str, anchors: Set[str]) -> str:
        number = 1
        while (new := f"{name}-{number}") in anchors | self.document.ids.keys() or is_frames(new):
            number += 1
        return new


@dataclass(frozen=True)
class Sections:
    """Every section of every page, and the authored links between them.

    :ivar titles: page to anchor to section title; the anchor "" is the page itself.
    :ivar former: page to the anchors that sections had before, each with its present one.
    :ivar links: page to its links in reading order: (anchor of the section, target).
    :ivar everywhere: page to whether it leads everywhere, so that its links say nothing of where
        they lead: the front page, a glossary.
    """

    titles: dict[str, dict[str, str]]
    former: dict[str, dict[str, str]]
    links: dict[str, list[tuple[str, Place]]]
    everywhere: dict[str, bool]

    def title(self, place: Place) -> str:
        """The title of a section that there is."""
        return self.titles[place.docname][place.anchor]

    def find(self, place: Place) -> Place | None:
        """The section under its present anchor, or None where there is no such section."""
        anchors = self.titles.get(place.docname, {})
        present = self.former.get(place.docname, {}).get(place.anchor)
        if present is None:  # nearly always: a link says the present one
            return place if place.anchor in anchors else None
        return Place(place.docname, present) if present in anchors else None

    def inbound(self) -> dict[Place, list[Place]]:
        """For each section that is linked to: the sections that link to it, in page order.

        A page's opening counts as a section that links, but not to the sections of its own page.
        Links to a whole page, of a section to itself and of pages that lead everywhere are
        navigation, and left out.
        """
        found: dict[Place, list[Place]] = {}
        for docname in sorted(name for name in self.links if not self.everywhere[name]):
            for anchor, written in self.links[docname]:
                source, target = Place(docname, anchor), self.find(written)
                if not target or not target.anchor or source == target:
                    continue
                if anchor or target.docname != docname:
                    found.setdefault(target, []).append(source)
        return {target: list(dict.fromkeys(linking)) for target, linking in found.items()}


class SectionDomain(Domain):
    """Collects the sections and their links as pages are read.

    ``before`` holds them as they were when the build began, so that pages which show something
    of another page can be written again when that changed.
    """

    name = "section"
    label = "Section"
    initial_data: ClassVar[dict[str, object]] = {
        "titles": {}, "former": {}, "links": {}, "everywhere": {},
    }  # fmt: skip
    data_version = 2

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.before = Sections({}, {}, {}, {})
        self._inbound: dict[Place, list[Place]] | None = None

    @property
    def now(self) -> Sections:
        """The sections as read so far."""
        return Sections(**{kind: self.data[kind] for kind in self.initial_data})

    @property
    def inbound(self) -> dict[Place, list[Place]]:
        """`Sections.inbound` of the sections as read so far, worked out once for all pages."""
        if self._inbound is None:
            self._inbound = self.now.inbound()
        return self._inbound

    def clear_doc(self, docname: str) -> None:
        self._inbound = None
        for kind in self.initial_data:
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, object]) -> None:
        self._inbound = None
        for kind in self.initial_data:
            there = cast("dict[str, object]", otherdata[kind])
            self.data[kind].update({name: there[name] for name in docnames if name in there})

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """None: a section is linked by its page and its anchor, never by a name alone."""
        return []

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        self._inbound = None
        found = list(document.findall(nodes.section))
        self.now.titles[docname] = {anchor_of(section): words(section[0]) for section in found}
        self.now.former[docname] = {
            former: section["ids"][0] for section in found for former in section["ids"][1:]
        }
        self.now.links[docname] = list(dict.fromkeys(links_in(docname, document)))
        explains = any(document.findall(glossary))
        self.now.everywhere[docname] = docname == env.config.root_doc or explains


def section_domain(env: BuildEnvironment) -> SectionDomain:
    """The domain, typed."""
    return cast(SectionDomain, env.get_domain("section"))


def remember(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Before pages are read again: keep the sections as the last build saw them."""
    domain = section_domain(env)
    now = domain.now
    domain.before = Sections(
        dict(now.titles), dict(now.former), dict(now.links), dict(now.everywhere)
    )


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """After reading: the pages with a link to a section whose present anchor is another now."""
    domain = section_domain(env)
    if domain.before == domain.now:
        return []
    return sorted(
        page
        for page, links in domain.now.links.items()
        if any(domain.before.find(target) != domain.now.find(target) for _, target in links)
    )


class SectionLinks(SphinxPostTransform):
    """Resolve Markdown links to sections, before MyST looks among project-wide labels."""

    default_priority = 8  # MyST's own resolver has 9

    def run(self, **kwargs: object) -> None:
        known = section_domain(self.env).now
        for xref in list(self.document.findall(pending_xref)):
            written = _target(xref)
            place = known.find(written) if written else None
            if place is None:
                continue
            inner = nodes.inline("", "", *xref.children[0].children)
            if not inner.children:
                inner += nodes.Text(known.title(place))
            xref.replace_self(
                make_refnode(self.app.builder, self.env.docname, place.docname, place.anchor, inner)
            )
            xref.clear()  # what it had in it would refer to it, and both would wait for a collector


def anchor_of(section: nodes.section) -> str:
    """The anchor of a section; "" for the one that holds the whole page."""
    if isinstance(section.parent, nodes.document):
        return ""
    return cast(str, section["ids"][0])


def links_in(docname: str, part: nodes.Node) -> Iterator[tuple[str, Place]]:
    """The links in a page or a part of it: the anchor of the section around each, its target."""
    for node in part.findall(nodes.Element):
        target: Place | None = None
        if isinstance(node, pending_xref):
            target = _target(node)
        elif isinstance(node, nodes.reference) and "refid" in node:
            target = Place(docname, node["refid"])
        if target is not None:
            yield _section_around(node), target


def _target(xref: pending_xref) -> Place | None:
    if xref.get("reftype") != "myst" or xref.get("refdomain") != "doc":
        return None
    return Place(xref["reftarget"], unquote(xref.get("reftargetid") or ""))


def _is_explained(term: nodes.term) -> bool:
    """Whether it is a glossary's, and not that of a list of definitions."""
    return isinstance(term.parent.parent.parent, glossary)


def _section_around(node: nodes.Node) -> str:
    while not isinstance(node, nodes.section):
        if node.parent is None:
            return ""
        node = node.parent
    return anchor_of(node)
