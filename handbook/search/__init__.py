"""The search: by section, in the reader's own words, from a disk with no server.

``extensions = ["handbook.search"]`` is enough for sites like ``tests/roots/test-search``.
``setup`` is the table of contents; what needs Sphinx is imported there, so that ``text``,
``index``, ``store`` and ``alert`` load without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the search with Sphinx."""
    from . import asked, documents, site

    # What can be found.
    app.add_directive("asked", asked.Asked)
    app.add_node(asked.asked)
    app.add_env_collector(documents.DocumentCollector)
    app.connect("env-get-outdated", documents.outdated)
    app.connect("env-check-consistency", documents.check_phrasings)

    # What readers see.
    app.connect("config-inited", site.add_templates)
    app.connect("builder-inited", site.replace_search)
    app.connect("env-updated", site.begin, priority=999)  # after all that is read
    app.connect("html-collect-pages", site.write, priority=999)  # others' pages come meanwhile

    # Docnames that no search should lead to.
    app.add_config_value("handbook_search_exclude", [], "html", [list])
    # Classes of paragraphs that are for finding one's way, and say nothing that can be found.
    app.add_config_value("handbook_search_omit", [], "env", [list])
    # Part (from a page's front matter) -> the word that readers see beside a result.
    app.add_config_value("handbook_search_parts", {"glossary": "Glossary"}, "html", [dict])
    # Part, or docname -> what its scores are multiplied by, at most 1.
    app.add_config_value("handbook_search_weights", {}, "html", [dict])
    # Docname of the page for readers in need; every search links to it.
    app.add_config_value("handbook_search_help", "", "html", [str])
    # What is asked, with a link to the help page, where a question may speak of danger.
    app.add_config_value("handbook_search_perhaps", "", "html", [str])
    # Where to look for what no page answers, as "docname#anchor".
    app.add_config_value("handbook_search_elsewhere", "", "html", [str])
    # What a question in another language brings first, as "docname#anchor".
    app.add_config_value("handbook_search_languages", "", "html", [str])
    # Group of harm.txt -> the section that its words bring first, as "docname#anchor".
    app.add_config_value("handbook_search_alert", {}, "html", [dict])

    return {
        "version": __version__,
        "env_version": 4,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
