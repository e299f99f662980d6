"""An article for machines: schema.org data in JSON-LD, saying what the page shows. Pure.

``Article`` and not ``QAPage``: search engines keep the latter for pages on which visitors give
the answers. The day of first publication is not known, so it is not said.
"""

from __future__ import annotations

import json
from typing import Any


def article(
    *,
    address: str,
    headline: str,
    author: str,
    reviewed: str,
    language: str,
    abstract: str | None = None,
    part_of: tuple[str, str] | None = None,
    read_by: tuple[str, str] | None = None,
) -> str:
    """Return the data of one page, to stand as it is inside ``<script>``.

    :param address: the page's absolute address.
    :param author: the name of those who wrote it, as a group.
    :param reviewed: ISO date of the last review, https://schema.org/dateModified.
    :param abstract: the short answer, where the page has one.
    :param part_of: address and headline of the whole article, where the page is a part of one.
    :param read_by: name and profession of who has read it, where one has: of the page that shows
        the article, since schema.org knows ``reviewedBy`` of a ``WebPage`` alone.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "url": address,
        "headline": headline,
        "author": {"@type": "Organization", "name": author},
        "dateModified": reviewed,
        "inLanguage": language,
    }
    if abstract:
        data["abstract"] = abstract
    if part_of:
        whole, title = part_of
        data["isPartOf"] = {"@type": "Article", "url": whole, "headline": title}
    if read_by:
        name, profession = read_by
        reader = {"@type": "Person", "name": name, "jobTitle": profession}
        data["mainEntityOfPage"] = {"@type": "WebPage", "@id": address, "reviewedBy": reader}
    # No text can end the script or open a comment in it.
    return json.dumps(data, ensure_ascii=False).replace("<", r"\u003c")
