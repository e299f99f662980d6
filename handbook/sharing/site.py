"""Sharing, told to Sphinx: what each page says of itself, and the files beside the pages."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docutils import nodes
from sphinx.errors import ConfigError, ExtensionError

from handbook.outline import outline
from handbook.plain import page_title, words
from handbook.web import is_served

from . import listing, schema

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

CARDS = "_static/cards"


def check_address(app: Sphinx, config: Config) -> None:
    """Refuse an address of the handbook that cannot be put before a page's own.

    :raises ConfigError: where ``html_baseurl`` is neither empty nor the address of a folder.
    """
    base = str(config.html_baseurl)
    if base and not re.fullmatch(r"https?://[^/?#\s]+(/[^?#\s]*)?", base):
        raise ConfigError(
            f"conf.py: html_baseurl is {base!r}; give it the address of the folder that the pages"
            " stand in, from https:// on, or leave it empty"
        )


def describe(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Fill the context of ``partials/sharing.html``."""
    env = app.env
    is_page = pagename in env.found_docs
    is_listed = _is_listed(env, pagename) or pagename in outline(env).topic_pages
    context["noindex"] = is_page and not is_listed
    if not is_listed:
        context["pageurl"] = None
    if not context["pageurl"]:
        return
    card = _card_of(app, pagename)
    context["card"] = card and _address(app, quote(f"{CARDS}/{card}.png"))
    context["card_title"] = card and page_title(env, card)
    pages = outline(env).article_pages(pagename)
    if pages:
        whole, front = pages[0], env.metadata[pagename]
        context["article_data"] = schema.article(
            address=_page(app, pagename),
            headline=page_title(env, pagename),
            author=app.config.author,
            reviewed=front["reviewed"],
            language=app.config.language,
            abstract=_short_answer(doctree),
            part_of=None if whole == pagename else (_page(app, whole), page_title(env, whole)),
            read_by=(front["read-by"], front["read-as"]) if "read-by" in front else None,
        )


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write robots.txt, and what goes with an address: the sitemap and the cards.

    What a build with an address has left goes in one without.

    :raises ExtensionError: where a card cannot be drawn.
    """
    if exception or not is_served(app.builder):
        return
    out, env = Path(app.outdir), app.env
    shutil.rmtree(out / CARDS, ignore_errors=True)
    (out / "sitemap.xml").unlink(missing_ok=True)
    based = bool(app.config.html_baseurl)
    robots = listing.robots(_address(app, "sitemap.xml") if based else None)
    (out / "robots.txt").write_text(robots, "utf-8")
    if based:
        listed = sorted(docname for docname in env.found_docs if _is_listed(env, docname))
        days = {docname: str(env.metadata[docname]["reviewed"]) for docname in listed}
        for docname, topic in outline(env).topic_pages.items():
            days[docname] = max(days[each.docname] for each in topic.articles)
        pages = ((_page(app, docname), day) for docname, day in sorted(days.items()))
        (out / "sitemap.xml").write_text(listing.sitemap(pages), "utf-8")
        for docname, picture in _cards(app, listed):
            place = out / CARDS / f"{docname}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(picture)


def _cards(app: Sphinx, docnames: list[str]) -> Iterator[tuple[str, bytes]]:
    from . import card

    for docname in sorted(set(filter(None, (_card_of(app, docname) for docname in docnames)))):
        topic = app.env.metadata[docname].get("topic", "")
        try:
            yield docname, card.draw(page_title(app.env, docname), topic, app.config.project)
        except ValueError as why:
            raise ExtensionError(f"{app.env.doc2path(docname, False)}: no card: {why}") from why


def _card_of(app: Sphinx, docname: str) -> str | None:
    """The page whose title stands on the card of this one: its article, or the front page."""
    if app.env.metadata[docname].get("part") == "help":
        return None
    return next(iter(outline(app.env).article_pages(docname)), app.config.root_doc)


def _is_listed(env: BuildEnvironment, docname: str) -> bool:
    """Whether search engines may show it: a page that has a place in the handbook's contents."""
    return docname in env.found_docs and "orphan" not in env.metadata[docname]


def _page(app: Sphinx, docname: str) -> str:
    return _address(app, app.builder.get_target_uri(docname))


def _address(app: Sphinx, path: str) -> str:
    return posixpath.join(app.config.html_baseurl, path)


def _short_answer(doctree: nodes.document) -> str | None:
    for node in doctree.findall(nodes.container):
        if "short-answer" in node["classes"]:
            return words(node)
    return None
