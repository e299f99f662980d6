"""The Sphinx extension that makes a folder of Markdown pages a handbook.

``setup`` is its table of contents. What needs Sphinx is imported there, so that the pure
modules (``article``, ``check``, ``map`` and their kin) load without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handbook with Sphinx."""
    from . import (
        article_map,
        backlinks,
        directives,
        freshness,
        hardening,
        leftovers,
        navigation,
        not_found,
        references,
        structure,
        stylesheet,
        theme,
    )
    from .editions.single import anchors
    from .editions.single import builder as single
    from .sharing import site as sharing

    # The handbook's own code belongs to what a page is made from.
    app.add_config_value("handbook_code", "", "env", [str])
    app.connect("config-inited", freshness.note_code)

    # The shape of the handbook: rules, outline, toctrees.
    app.connect("builder-inited", structure.check_pages)
    app.connect("env-get-outdated", structure.outdated)
    app.connect("source-read", structure.add_toctrees)
    app.connect("doctree-read", structure.note_orphans)

    # What pages may not say.
    app.connect("config-inited", hardening.take_html_as_text)
    app.connect("builder-inited", hardening.read_pages_alone)
    app.add_transform(hardening.RefuseAddresses)

    # Sections, the links between them, and what links to each.
    app.add_domain(references.SectionDomain)
    app.add_transform(references.PermanentAnchors)
    app.add_post_transform(references.SectionLinks)
    app.add_post_transform(backlinks.LinkedFrom)
    app.connect("env-before-read-docs", references.remember)
    app.connect("env-updated", backlinks.pages_to_rewrite)

    # What pages can say.
    app.add_directive("short-answer", directives.ShortAnswer)
    app.add_directive("questions", directives.Questions)
    app.add_directive("article-map", article_map.ArticleMap)
    app.add_post_transform(article_map.DrawMap)
    app.connect("env-updated", article_map.pages_to_rewrite)
    app.add_node(
        article_map.article_map,
        html=(article_map.visit_html, article_map.depart_html),
        typst=(article_map.visit_typst, None),
    )

    # What a page looks like, and the ways from it.
    app.add_config_value("handbook_exit_url", theme.EXIT_URL, "html", [str])
    app.add_css_file(stylesheet.JOINED)
    app.add_js_file("page.js", loading_method="defer")
    app.add_js_file("exit.js", loading_method="defer")
    app.connect("config-inited", theme.add_folders)
    app.connect("config-inited", theme.check_exit_url)
    app.connect("env-updated", navigation.pages_to_rewrite)
    app.connect("write-started", stylesheet.write)
    app.connect("html-page-context", navigation.without_toctree, priority=400)
    app.connect("html-page-context", not_found.link_from_root, priority=400)
    app.connect("html-page-context", navigation.add_ways)
    app.connect("html-page-context", theme.dress)
    app.connect("html-page-context", stylesheet.link_joined)
    app.connect("build-finished", leftovers.remove, priority=900)  # after Furo's last file

    # How readers find it and pass it on.
    app.setup_extension("handbook.search")
    app.connect("config-inited", sharing.check_address)
    app.connect("html-page-context", sharing.describe)
    app.connect("build-finished", sharing.write)

    # How readers take it along.
    app.setup_extension("handbook.editions")
    app.add_builder(single.SingleFileBuilder)
    app.add_post_transform(anchors.OneFile)

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
