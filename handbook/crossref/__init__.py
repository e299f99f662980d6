"""Sections, the links to and between them, what links to each, and the picture of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain of sections and what is made from it with Sphinx."""
    from . import backlinks, map, on_this_page, section_link, sections

    app.add_domain(sections.SectionDomain)
    app.add_transform(sections.AnchorsAsWritten)
    app.add_transform(sections.TermsAsWritten)
    app.add_transform(sections.PermanentAnchors)
    app.add_transform(sections.OthersGiveWay)
    app.add_post_transform(sections.SectionLinks)
    app.connect("env-before-read-docs", sections.remember)
    app.connect("env-updated", sections.pages_to_rewrite)

    line = (backlinks.visit_line, backlinks.depart_line)
    app.add_node(
        backlinks.linked_from,
        html=(backlinks.visit_html, backlinks.depart_line),
        typst=line,
        latex=line,
        text=line,
        man=line,
        texinfo=line,
    )
    app.add_post_transform(backlinks.LinkedFrom)
    app.connect("env-updated", backlinks.pages_to_rewrite)
    app.connect("html-collect-pages", backlinks.pages)

    app.add_node(on_this_page.on_this_page, html=(on_this_page.visit_html, None))
    app.add_post_transform(on_this_page.ListSections)
    app.add_post_transform(on_this_page.ListLetters)
    app.add_node(section_link.section_link, html=(section_link.visit_html, None))
    app.add_post_transform(section_link.LinkSections)

    app.add_directive("article-map", map.ArticleMap)
    app.add_post_transform(map.DrawMap)
    app.connect("env-updated", map.pages_to_rewrite)
    app.add_node(
        map.article_map,
        html=(map.visit_html, map.depart_html),
        typst=(map.visit_typst, None),
    )

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
