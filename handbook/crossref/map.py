"""The ``article-map`` directive: the picture of how an article's sections connect.

It is drawn when everything has been read, from the real links, and comes with the same facts in
words. A page carries it as inline SVG, so that each box is a link and follows the reader's
colours; an e-book takes the same SVG as an image file, with the words at the end of its page; and
the book takes it with the words as its text for those who do not see it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from handbook.model.front_matter import ARTICLE_PARTS
from handbook.outline import Outline, outline
from handbook.web import is_e_book

from .drawing import Box, Part, draw
from .sections import Place, Sections, section_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    from handbook.typst.translator import TypstTranslator

logger = logging.getLogger(__name__)

HAS_MAP = "article-map"  # in the metadata of each page with the directive
TITLE = "How the parts of this article connect"
SAME = "The same picture in words"
# Ids in an e-book. No author can give one: the name of an anchor begins with a letter or digit.
PICTURE, WORDS = "_map", "_map-in-words"


class article_map(nodes.General, nodes.Element):  # noqa: N801 (docutils names nodes so)
    """The picture: its ``parts`` and ``links`` for ``draw``; its children say it in words.

    The boxes lead where the references among the words lead, so that whatever a builder does to
    references (an e-book, one file) holds for the picture too.
    """


class ArticleMap(SphinxDirective):
    """``:::{article-map}``, without argument or content, on an article's index page."""

    def run(self) -> list[nodes.Node]:
        if HAS_MAP in self.env.metadata[self.env.docname]:
            logger.warning(
                "article-map: this page has its map above; take the second directive out",
                location=self.get_location(),
                type="handbook",
                subtype="map",
            )
            return []
        node = article_map()
        self.set_source_info(node)
        self.env.metadata[self.env.docname][HAS_MAP] = True
        return [node]


class DrawMap(SphinxPostTransform):
    """Fill each ``article_map`` with its picture and its words."""

    default_priority = 7  # before links are resolved: the words are links too

    def run(self, **kwargs: object) -> None:
        for node in list(self.document.findall(article_map)):
            pages = part_pages(outline(self.env), self.env.docname)
            if pages:
                self._fill(node, pages)
            else:
                logger.warning(
                    "article-map: this page is no article's index.md; take the directive out",
                    location=node,
                    type="handbook",
                    subtype="map",
                )
                node.parent.remove(node)

    def _fill(self, node: article_map, pages: list[tuple[str, str]]) -> None:
        known = section_domain(self.env).now
        links = article_links(known, [docname for _, docname in pages])
        node["parts"] = [
            Part(
                part,
                tuple(
                    Box(f"{docname}#{anchor}", title)
                    for anchor, title in known.titles.get(docname, {}).items()
                    if anchor
                ),
            )
            for part, docname in pages
        ]
        node["links"] = {_key(place): list(map(_key, targets)) for place, targets in links.items()}
        node["docname"] = self.env.docname
        words = self._words(known, links)
        if is_e_book(self.app.builder):
            self._put_last(node, words)
        else:
            node += words

    def _put_last(self, node: article_map, words: nodes.bullet_list) -> None:
        """Put the words below the text: on a small page they would fill the next ten."""
        node["ids"].append(PICTURE)
        back = nodes.reference("", "Back to the picture", refid=PICTURE, internal=True)
        section = nodes.section("", nodes.title("", TITLE), words, ids=[WORDS])
        section += nodes.paragraph("", "", back)
        page: nodes.Element = node
        while not isinstance(page.parent, nodes.document):
            page = page.parent
        page += section

    def _link(self, place: Place, text: str) -> nodes.reference:
        link = make_refnode(
            self.app.builder,
            self.env.docname,
            place.docname,
            place.anchor,
            nodes.inline("", text),
        )
        link["box"] = _key(place)
        return link

    def _words(self, known: Sections, links: dict[Place, list[Place]]) -> nodes.bullet_list:
        words = nodes.bullet_list(bullet="*")
        for place, targets in links.items():
            line = nodes.paragraph("", "", self._link(place, known.title(place)))
            line += nodes.Text(" leads to ")
            for number, target in enumerate(targets):
                if number:
                    line += nodes.Text(", ")
                line += self._link(target, known.title(target))
            words += nodes.list_item("", line)
        return words


def _key(place: Place) -> str:
    return f"{place.docname}#{place.anchor}"


def part_pages(shape: Outline, index: str) -> list[tuple[str, str]]:
    """The parts of the article with this index page, each with its page; none for other pages."""
    pages = shape.article_pages(index)
    if not pages or pages[0] != index:
        return []
    return list(zip(ARTICLE_PARTS, pages[1:], strict=True))


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """After reading: the index pages whose picture is not what it was."""
    before, now = section_domain(env).before, section_domain(env).now
    return [
        index
        for index, data in sorted(env.metadata.items())
        if HAS_MAP in data
        and any(
            before.titles.get(page) != now.titles.get(page)
            or before.links.get(page) != now.links.get(page)
            for _, page in part_pages(outline(env), index)
        )
    ]


def article_links(known: Sections, pages: list[str]) -> dict[Place, list[Place]]:
    """The authored links between the sections of these pages, sections in reading order."""
    places = [
        Place(docname, anchor)
        for docname in pages
        for anchor in known.titles.get(docname, {})
        if anchor
    ]
    found: dict[Place, list[Place]] = {}
    for place in places:
        written = [to for anchor, to in known.links[place.docname] if anchor == place.anchor]
        targets = {known.find(to) for to in written}
        inside = [other for other in places if other in targets and other != place]
        if inside:
            found[place] = inside
    return found


def picture(node: article_map, *, linked: bool = False, opaque: bool = False) -> str:
    """The SVG of a filled node, its boxes ``linked`` or (for image files) not; see ``draw``."""
    hrefs = {
        link["box"]: link.get("refuri") or f"#{link['refid']}"
        for link in node.findall(nodes.reference)
        if linked and "box" in link
    }
    parts = [
        replace(part, boxes=tuple(replace(box, href=hrefs.get(box.key, "")) for box in part.boxes))
        for part in node["parts"]
    ]
    # In a file of its own no other picture has ids, and XML allows no slash in one.
    ident = f"{node['docname']}/map" if linked else "article-map"
    return draw(parts, node["links"], TITLE, ident, opaque=opaque)


def picture_file(node: article_map, folder: Path) -> str:
    """Write the picture for editions that take image files.

    :returns: its path below ``folder``, which no other article's picture has.
    """
    name = f"map/{PurePosixPath(node['docname']).parent}.svg"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(picture(node, opaque=True), encoding="utf-8")  # a reader may have dark pages
    return name


def visit_html(translator: HTML5Translator, node: article_map) -> None:
    builder: Builder = translator.builder
    if is_e_book(builder):  # its pages must not carry inline SVG undeclared
        name = picture_file(node, Path(builder.outdir, builder.imagedir))
        alt = f"{TITLE}. The link below it leads to the same in words."
        translator.body.append(
            f'<figure class="article-map" id="{PICTURE}"><img src="{builder.imgpath}/{name}"'
            f' alt="{alt}" />\n<figcaption><a href="#{WORDS}">{SAME}</a></figcaption></figure>\n'
        )
    else:
        translator.body.append(f'<figure class="article-map">{picture(node, linked=True)}')
        translator.body.append(f"<details><summary>{SAME}</summary>\n")


def depart_html(translator: HTML5Translator, node: article_map) -> None:
    if not is_e_book(translator.builder):
        translator.body.append("</details></figure>\n")


def visit_typst(translator: TypstTranslator, node: article_map) -> None:
    """Print the picture, its words as alt text; where type must be large, with page numbers too."""
    words = ". ".join(line.astext() for line in node.findall(nodes.paragraph))
    translator.open("illustration", floats=True)
    # As wide as makes its type that of the text.
    translator.picture(picture(node), f"{TITLE}. {words}.", width="70%")
    translator.next_argument("caption")
    translator.text(TITLE)
    translator.next_argument("words")
    for line in node.findall(nodes.paragraph):
        start, *targets = line.findall(nodes.reference)
        translator.open("par")
        translator.text(f"{start.astext()}, ")
        translator.page_numbers([start])
        translator.text(" leads to ")
        translator.page_numbers(targets)
        translator.text(".")
        translator.close()
    translator.close()
    raise nodes.SkipNode
