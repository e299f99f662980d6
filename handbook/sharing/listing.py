"""What search engines ask a site for: ``sitemap.xml`` and ``robots.txt``. Pure.

Not sphinx-sitemap (2.9): it fails a strict build that has no address, keeps a process of its own
running in every build, lists the search page, dates pages by Git and not by their review, and in a
parallel build lists them in the order in which they were finished.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape


def sitemap(pages: Iterable[tuple[str, str]]) -> str:
    """Return the sitemap (https://www.sitemaps.org/protocol.html).

    :param pages: absolute address, and ISO date of the last review, of each page in order.
    """
    entries = "".join(
        f"<url><loc>{escape(address)}</loc><lastmod>{day}</lastmod></url>\n"
        for address, day in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def robots(sitemap_address: str | None) -> str:
    """Return the rules for crawlers: all may read all (RFC 9309).

    They are asked for at the root of a host only. Where the handbook stands in a folder, the line
    about the sitemap belongs into the host's own file.
    """
    rules = "User-agent: *\nAllow: /\n"
    return f"{rules}\nSitemap: {sitemap_address}\n" if sitemap_address else rules
