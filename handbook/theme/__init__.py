"""What a page looks like: Furo, with its faults mended and the handbook's frame round the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the look of the pages with Sphinx."""
    from . import (
        compiled,
        frame,
        leftovers,
        navigation,
        not_found,
        paper,
        search_place,
        short_answer,
        stylesheet,
        wide_table,
    )

    # What stands in the text.
    app.add_directive("short-answer", short_answer.ShortAnswer)
    app.add_directive("search-field", search_place.SearchField)
    app.add_node(
        search_place.search_field,
        html=(search_place.visit_html, None),
        typst=(search_place.visit_typst, None),
    )

    app.add_node(wide_table.wide_table, html=(wide_table.visit_html, wide_table.depart_html))
    app.add_post_transform(wide_table.FrameWideTables)

    # Templates, styles, scripts.
    app.add_config_value("handbook_exit_url", frame.EXIT_URL, "html", [str])
    # What readers may do with the words: "name" and "address" of the licence.
    app.add_config_value("handbook_licence", {}, "html", [dict])
    app.add_css_file(stylesheet.JOINED)
    app.add_js_file("page.js", loading_method="defer")
    app.add_js_file("exit.js", loading_method="defer")
    app.connect("config-inited", frame.add_folders)
    app.connect("config-inited", frame.check_exit_url)
    app.connect("config-inited", frame.leave_pictures_alone)
    app.connect("builder-inited", compiled.keep)
    app.connect("write-started", stylesheet.write)

    # What each page is told.
    app.connect("doctree-resolved", paper.mark_addresses)
    app.connect("env-updated", navigation.pages_to_rewrite)
    app.connect("html-page-context", navigation.without_toctree, priority=400)
    app.connect("html-page-context", not_found.link_from_root, priority=400)
    app.connect("html-page-context", navigation.add_navigation)
    app.connect("html-page-context", frame.fill_context)
    app.connect("html-page-context", stylesheet.link_joined)
    app.connect("build-finished", leftovers.remove, priority=900)  # after Furo's last file

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
