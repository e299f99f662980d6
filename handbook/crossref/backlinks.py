"""What a section is linked from: at its end, the sections that link to it.

On a screen they are a list that is folded until somebody wants it; in a book they are a line.
It leaves out what a reader has at hand anyway: the front page and the glossary, which lead
everywhere, and the sections that this one names itself in its last lines, as where to go on.
In a handbook of many articles a line of very many names a few, those of its own article first; on
the web a page that is made for it has them all.

Made from the doctrees, so it cannot go stale: a page is written again when a link to it came or
went elsewhere, even if the page itself was not touched.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relative_uri

from handbook.outline import counted, outline
from handbook.paging import Way, cut, page_of, turn
from handbook.web import is_served, is_web

from .sections import Place, Sections, anchor_of, links_in, section_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

LABEL = "Linked from"
# Sections in one line; of more than that, those that are named. A page has a dozen such lines.
MOST, SHOWN = 16, 8
LISTED = 200  # on one page, some 40 kB
FOLDER = "linked-from"


class linked_from(nodes.paragraph):  # noqa: N801 (docutils names nodes so)
    """The links back of a section, as a line."""


class LinkedFrom(SphinxPostTransform):
    """Append the quiet line to each section that something links to."""

    default_priority = 7

    def run(self, **kwargs: object) -> None:
        known, inbound = section_domain(self.env).now, section_domain(self.env).inbound
        for section in list(self.document.findall(nodes.section)):
            linking = inbound.get(Place(self.env.docname, anchor_of(section)), [])
            end = _end_of_own_text(section)
            last = section[end - 1]
            named = {known.find(target) for _, target in links_in(self.env.docname, last)}
            shown = [each for each in linking if each not in named]
            if shown:
                place = Place(self.env.docname, anchor_of(section))
                section.insert(end, self._line(known, place, shown))

    def _line(self, known: Sections, place: Place, linking: list[Place]) -> linked_from:
        line = linked_from("", f"{LABEL}: ", classes=["linked-from"], number=len(linking))
        shown = linking
        if outline(self.env).is_large and len(linking) > MOST:
            own = outline(self.env).article_pages(place.docname)
            shown = sorted(linking, key=lambda source: source.docname not in own)[:SHOWN]
        titles = Counter(known.title(source) for source in shown)
        for number, source in enumerate(shown):
            if number:
                line += nodes.Text(" · ")
            line += make_refnode(
                self.app.builder,
                self.env.docname,
                source.docname,
                source.anchor,
                nodes.inline(
                    "", _name(self.env, known, source, alone=titles[known.title(source)] == 1)
                ),
            )
        if len(linking) > len(shown) and is_served(self.app.builder):
            every = nodes.inline("", f"All {counted(len(linking), 'section')}")
            page = _page_of(place)
            line += make_refnode(self.app.builder, self.env.docname, page, None, every)
        elif len(linking) > len(shown):
            line += nodes.Text(f" · and {len(linking) - len(shown):,} more")
        return line


def _name(env: BuildEnvironment, known: Sections, source: Place, *, alone: bool) -> str:
    """The title of a section; where it is not ``alone`` in its list, with its article's."""
    title, article = known.title(source), _article(env, known, source)
    return title if alone or not article else f"{title} ({article})"


def _page_of(target: Place) -> str:
    """The page with everything that links to a section; no device of Windows has such a name."""
    return f"{FOLDER}/{target.docname}/to-{target.anchor}"


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages that are made for sections with very many links to them, for Sphinx to write."""
    if not is_served(app.builder):
        return
    shutil.rmtree(Path(app.outdir, FOLDER), ignore_errors=True)
    domain = section_domain(app.env)
    if not outline(app.env).is_large:
        return
    known, address_of = domain.now, cache(app.builder.get_target_uri)
    for target, linking in sorted(domain.inbound.items()):
        if len(linking) <= MOST:
            continue
        address, title = _page_of(target), known.title(target)
        cuts = cut(linking, LISTED)
        for number, part in enumerate(cuts, start=1):
            here = page_of(address, number)

            def to(docname: str, anchor: str = "", here: str = here) -> str:
                uri = relative_uri(address_of(here), address_of(docname))
                return f"{uri}#{anchor}" if anchor else uri

            context = {
                "label": LABEL,
                "count": f"{counted(len(linking), 'section')} of this handbook lead to",
                "target": Way(title, to(target.docname, target.anchor)),
                "sections": [
                    Way(_name(app.env, known, each, alone=False), to(each.docname, each.anchor))
                    for each in part
                ],
                "turn": turn(to, address, number, len(cuts)),
            }
            body = app.builder.templates.render("linked-from.html", context)
            robots = '<meta name="robots" content="noindex">'
            yield (
                here,
                {"title": escape(f"{LABEL}: {title}"), "body": body, "metatags": robots},
                "page.html",
            )


def visit_html(translator: HTML5Translator, node: linked_from) -> None:
    """Write a folded list, which its summary names; a line where nothing folds."""
    if not is_web(translator.builder):
        visit_line(translator, node)
        return
    links = list(node.findall(nodes.reference))
    summary = f"<summary>{LABEL} {counted(node['number'], 'section')}</summary>"
    translator.body.append(f'<details class="linked-from">{summary}<ul aria-label="{LABEL}">')
    for link in links:
        translator.body.append("<li>")
        link.walkabout(translator)
        translator.body.append("</li>")
    if not is_served(translator.builder) and node["number"] > len(links):
        translator.body.append(f"<li>and {node['number'] - len(links):,} more</li>")
    translator.body.append("</ul></details>\n")
    raise nodes.SkipNode


def visit_line(translator: Any, node: linked_from) -> None:
    """Write a line like any other."""
    translator.visit_paragraph(node)


def depart_line(translator: Any, node: linked_from) -> None:
    translator.depart_paragraph(node)


def _end_of_own_text(section: nodes.section) -> int:
    """The index in front of the first subsection."""
    for index, child in enumerate(section.children):
        if isinstance(child, nodes.section):
            return index
    return len(section.children)


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """After reading: the pages whose "Linked from" lines are not what they were."""
    domain = section_domain(env)
    if domain.before == domain.now:
        return []
    before = _by_page(env, domain.before, domain.before.inbound())
    after = _by_page(env, domain.now, domain.inbound)
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def _by_page(
    env: BuildEnvironment, known: Sections, inbound: Mapping[Place, list[Place]]
) -> dict[str, list[tuple[str, Place, str, str]]]:
    pages: dict[str, list[tuple[str, Place, str, str]]] = {}
    for target, sources in sorted(inbound.items()):
        lines = [
            (target.anchor, source, known.title(source), _article(env, known, source))
            for source in sources
        ]
        pages.setdefault(target.docname, []).extend(lines)
    return pages


def _article(env: BuildEnvironment, known: Sections, place: Place) -> str:
    """The title of the article that a section belongs to, or nothing."""
    pages = outline(env).article_pages(place.docname)
    return known.titles.get(pages[0], {}).get("", "") if pages else ""
