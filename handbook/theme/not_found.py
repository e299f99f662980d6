"""The page for addresses that are not there (``404``): its links work from any depth.

A server answers a wrong address with this page, whatever folder that address names, and relative
links would lead astray from there. So here, and here alone, they start at the root of the site:
the path of ``html_baseurl``, or ``/``. A disk never answers with this page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCNAME = "404"


def link_from_root(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Make every relative address of the page an address from the root."""
    if pagename != DOCNAME:
        return
    root = urlsplit(app.config.html_baseurl).path.rstrip("/") + "/"
    pathto, css_tag, js_tag = (context[name] for name in ("pathto", "css_tag", "js_tag"))
    context["pathto"] = lambda *place: rooted_address(pathto(*place), root)
    context["css_tag"] = lambda css: rooted(css_tag(css), root)
    context["js_tag"] = lambda js: rooted(js_tag(js), root)
    context["body"] = rooted(context["body"], root)
    context["content_root"] = root


def rooted(html: str, root: str) -> str:
    """Return ``html`` with its relative ``href`` and ``src`` starting at ``root``."""
    return re.sub(
        r'\b(href|src)="([^"]*)"',
        lambda found: f'{found[1]}="{rooted_address(found[2], root)}"',
        html,
    )


def rooted_address(address: str, root: str) -> str:
    """Return a page's relative address from the root; any other address as it is."""
    return address if re.match(r"[a-z]+:|[/#]", address) else root + address
