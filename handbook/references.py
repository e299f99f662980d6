"""Permanent anchors, and a domain that knows every section and every link between sections.

Decisions:

- A section's anchor is the explicit target above its heading, ``(give-him-space)=``, and it is
  the section's only HTML id. Reworded headings keep their address.
- Anchors belong to their page, so every article may have its own ``the-letter``. Sphinx's
  labels are one namespace for the whole project; the anchors are therefore kept out of them.
- Links are plain relative Markdown, ``tips.md#give-him-space``. They are looked up here first;
  whatever this domain does not know is left to MyST, which warns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, order=True)
class Place:
    """A section of the handbook: its page and its anchor ("" for a page's opening)."""

    docname: str
    anchor: str


class PermanentAnchors(SphinxTransform):
    """Make the explicit target above a heading the section's only id.

    Runs just after docutils has moved targets onto the sections they precede
    (``PropagateTargets``, priority 260).
    """

    default_priority = 265

    def apply(self, **kwargs: object) -> None:
        titles: dict[str, str] = {}
        for section in self.document.findall(nodes.section):
            for name in section["names"]:
                if self.document.nametypes.get(name) and self.document.nameids.get(name):
                    anchor = self.document.nameids[name]
                    section["ids"] = [anchor]
                    self.document.nametypes[name] = False  # out of Sphinx's project-wide labels
                    titles[anchor] = section[0].astext()
                    break
        for link in self.document.findall(nodes.reference):
            anchor = link.get("refuri", "")[1:]
            if link.get("id_link") and anchor in titles:
                del link["refuri"], link["id_link"]
                link["refid"], link["internal"] = anchor, True
                if not link.children:
                    link += nodes.Text(titles[anchor])


class SectionDomain(Domain):
    """Every section of every page, and the authored links between them."""

    name = "section"
    label = "Section"
    initial_data: ClassVar[dict[str, object]] = {"titles": {}, "links": {}}
    data_version = 1

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.linked_from_before: dict[str, list[object]] = {}  # see backlinks.remember

    @property
    def titles(self) -> dict[str, dict[str, str]]:
        """Page to anchor to section title; the anchor "" is the page itself."""
        return cast("dict[str, dict[str, str]]", self.data["titles"])

    @property
    def links(self) -> dict[str, list[tuple[str, Place]]]:
        """Page to its links in reading order: (anchor of the section they stand in, target)."""
        return cast("dict[str, list[tuple[str, Place]]]", self.data["links"])

    def clear_doc(self, docname: str) -> None:
        self.titles.pop(docname, None)
        self.links.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, object]) -> None:
        for kind in ("titles", "links"):
            there = cast("dict[str, object]", otherdata[kind])
            self.data[kind].update({name: there[name] for name in docnames if name in there})

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        self.titles[docname] = {
            anchor_of(section): section[0].astext() for section in document.findall(nodes.section)
        }
        self.links[docname] = list(dict.fromkeys(_links_in(docname, document)))

    def title(self, place: Place) -> str | None:
        """The title of a section, or None where there is no such section."""
        return self.titles.get(place.docname, {}).get(place.anchor)

    def inbound(self) -> dict[Place, list[Place]]:
        """For each section that is linked to: the sections that link to it, in page order.

        A page's opening counts as a section that links. Links to a whole page and of a section
        to itself are navigation, and left out.
        """
        found: dict[Place, list[Place]] = {}
        for docname in sorted(self.links):
            for anchor, target in self.links[docname]:
                source = Place(docname, anchor)
                if target.anchor and source != target and self.title(target) is not None:
                    found.setdefault(target, []).append(source)
        return found


class SectionLinks(SphinxPostTransform):
    """Resolve Markdown links to sections, before MyST looks among project-wide labels."""

    default_priority = 8  # MyST's own resolver has 9

    def run(self, **kwargs: object) -> None:
        domain = cast(SectionDomain, self.env.get_domain("section"))
        for xref in list(self.document.findall(pending_xref)):
            place = _target(xref)
            title = domain.title(place) if place else None
            if place is None or title is None:
                continue
            inner = nodes.inline("", "", *xref.children[0].children)
            if not inner.children:
                inner += nodes.Text(title)
            xref.replace_self(
                make_refnode(self.app.builder, self.env.docname, place.docname, place.anchor, inner)
            )


def anchor_of(section: nodes.section) -> str:
    """The anchor of a section; "" for the one that holds the whole page."""
    if isinstance(section.parent, nodes.document):
        return ""
    return cast(str, section["ids"][0])


def _links_in(docname: str, document: nodes.document) -> Iterator[tuple[str, Place]]:
    for node in document.findall(nodes.Element):
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
    return Place(xref["reftarget"], xref.get("reftargetid") or "")


def _section_around(node: nodes.Node) -> str:
    while not isinstance(node, nodes.section):
        if node.parent is None:
            return ""
        node = node.parent
    return anchor_of(node)
