"""From doctrees to sections: what of each page can be found.

Runs as each page is read, so that a parallel or an incremental build reads a page once. Every
section is a document, and every term of a glossary; a section's text ends where the next begins,
and its footnotes are part of it. What this build shows is what can be found: a page with a branch
for another builder or tag is read again when the tags are others.
"""

from __future__ import annotations

import itertools
import os
import pickle
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import docname_join, logging

from handbook.kept import Shelf, digest, tools
from handbook.model import lists, source
from handbook.outline import outline
from handbook.plain import page_title, words
from handbook.sources import kept_folder

from .asked import asked, well_placed
from .index import Document
from .text import in_sentences, stopped, tokens

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.tags import Tags

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Phrasing:
    """A phrasing, in which file and line it stands."""

    text: str
    file: str
    line: int | None


@dataclass(frozen=True)
class PageDocuments:
    """What one page gives.

    :ivar documents: its sections and terms; their ``url`` is the anchor alone.
    :ivar asked: all of its phrasings.
    :ivar tags: the build's tags, where what it shows depends on them; else nothing.
    """

    documents: list[Document] = field(default_factory=list)
    asked: list[Phrasing] = field(default_factory=list)
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PackedDocuments:
    """The same as bytes: of most pages a build asks no more than is at hand here.

    As objects they would be most of what Sphinx holds, and loads and writes at each build.

    :ivar told: a hash of its phrasings.
    """

    tags: frozenset[str]
    told: str
    data: bytes = field(repr=False)

    @classmethod
    def of(cls, page: PageDocuments) -> PackedDocuments:
        """Pack what a page gives."""
        told = digest(*(asked.text for asked in page.asked))
        data = zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), 1)
        return cls(page.tags, told, data)

    def unpack(self) -> PageDocuments:
        """All that the page gives."""
        page: PageDocuments = pickle.loads(zlib.decompress(self.data))
        return page


class DocumentCollector(EnvironmentCollector):
    """Keeps `PackedDocuments` by docname in ``env.handbook_search``."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that changed or went."""
        pages_of(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment
    ) -> None:
        """Take over the pages that another process has read."""
        pages_of(env).update({name: pages_of(other)[name] for name in docnames})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Read a page, and take the `asked` nodes out of it: no builder has a use for them."""
        branching = any(doctree.findall(addnodes.only))
        page = PageDocuments(tags=frozenset(app.tags) if branching else frozenset())
        file = app.env.doc2path(app.env.docname)
        found = list(doctree.findall(asked))
        for node in found:
            if not well_placed(node):
                logger.warning(
                    "asked: put it directly under its heading, before any text",
                    location=node,
                    type="handbook.search",
                    subtype="asked",
                )
            page.asked.extend(Phrasing(text, str(file), node.line) for text in node["phrasings"])
        shown = _shown(doctree, app.tags) if branching else doctree
        page.documents.extend(_documents(shown, frozenset(app.config.handbook_search_omit)))
        for node in found:
            node.parent.remove(node)
        beside = lists.beside(Path(file))
        if beside.is_file():
            app.env.note_dependency(beside)
            _learn(page, beside)
        pages_of(app.env)[app.env.docname] = PackedDocuments.of(page)


def pages_of(env: BuildEnvironment) -> dict[str, PackedDocuments]:
    """The pages that were read so far, by docname."""
    if not hasattr(env, "handbook_search"):
        env.handbook_search = {}  # type: ignore[attr-defined]
    return env.handbook_search  # type: ignore[attr-defined, no-any-return]


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The pages that have got a list beside them since they were read, or show something else."""

    def is_old(docname: str, page: PackedDocuments) -> bool:
        beside = os.path.normpath(f"{env.srcdir}/{docname}{lists.SUFFIX}")
        newly_taught = os.path.isfile(beside) and beside not in map(  # noqa: PTH113 (all pages)
            os.fspath, env.dependencies[docname]
        )
        return newly_taught or (bool(page.tags) and page.tags != frozenset(app.tags))

    return [
        name
        for name, page in pages_of(env).items()
        if name in env.found_docs and is_old(name, page)
    ]


def _learn(page: PageDocuments, beside: Path) -> None:
    """Add to the sections of a page what the list beside it knows of how people ask."""
    learnt: dict[str, list[str]] = defaultdict(list)
    anchors = {section.url for section in page.documents}
    try:
        text = source.read(beside)
    except source.SourceError as fault:
        logger.warning(
            fault.sentence,
            location=f"{beside}:{fault.line}",
            type="handbook.search",
            subtype="asked",
        )
        return
    for number, anchor, phrasing in lists.lines(text):
        if anchor not in anchors and anchor not in learnt:  # once for all that stands under it
            near = get_close_matches(anchor, sorted(anchors - {""}), n=1)
            mean = f"did you mean {near[0]}?" if near else "write the anchor of one above it"
            logger.warning(
                'asked: no section "%s" in this page; %s',
                anchor,
                mean,
                location=f"{beside}:{number}",
                type="handbook.search",
                subtype="asked",
            )
        learnt[anchor].append(phrasing)
        page.asked.append(Phrasing(phrasing, str(beside), number))
    page.documents[:] = [
        replace(section, taught=tuple(learnt[section.url])) for section in page.documents
    ]


def _shown(doctree: nodes.document, tags: Tags) -> nodes.document:
    """A copy of a page with those of its branches that this build shows, as Sphinx judges them."""
    copy = doctree.deepcopy()
    for branch in list(copy.findall(addnodes.only)):
        try:
            shown = tags.eval_condition(branch["expr"])
        except Exception:  # whatever it is: Sphinx says so, and shows the branch
            shown = True
        branch.replace_self(branch.children if shown else [])
    return copy


def _documents(doctree: nodes.document, omit: frozenset[str]) -> Iterator[Document]:
    """The sections of a page, then the terms of its glossaries, without paragraphs of a class."""
    notes = {note["ids"][0]: note for note in doctree.findall(nodes.footnote) if note["ids"]}
    above = _document(doctree, "", (), notes, omit)
    if headless := bool(above.asked or above.body):  # a page may begin without a heading
        yield above
    for number, section in enumerate(doctree.findall(nodes.section), start=headless):
        title = [child for child in section if isinstance(child, nodes.title)]
        yield _document(section, section["ids"][0] if number else "", title, notes, omit)
    for item in doctree.findall(nodes.definition_list_item):
        if isinstance(item.parent.parent, addnodes.glossary):
            terms = [child for child in item if isinstance(child, nodes.term)]
            yield replace(_document(item, terms[0]["ids"][0], terms, notes, omit), part="glossary")


def _document(
    node: nodes.Element,
    anchor: str,
    names: Sequence[nodes.Element],
    notes: Mapping[str, nodes.footnote],
    omit: frozenset[str],
) -> Document:
    phrasings: list[str] = []
    body: list[str] = []
    noted: dict[str, nodes.footnote] = {}
    for part in itertools.chain(names, *map(_parts, node.children)):
        if isinstance(part, asked):
            phrasings += part["phrasings"]
            continue
        if omit.intersection(part["classes"]):
            continue
        if part not in names:
            body += _sentences(part)
        for reference in part.findall(nodes.footnote_reference):
            if note := notes.get(reference.get("refid", "")):
                noted[reference["refid"]] = note
    for note in noted.values():
        for part in itertools.chain(*map(_parts, note.children)):
            body += _sentences(part)
    title = ", ".join(words(name, _marked) for name in names)
    return Document(anchor, title, "", asked=tuple(phrasings), body=tuple(body))


def _sentences(block: nodes.Element) -> list[str]:
    """The sentences of a block, each with a stop, so that a result can show them in one line."""
    item = block.parent
    goes_on = isinstance(item, nodes.list_item) and item is not item.parent[-1]
    stop = ":" if isinstance(block, nodes.term) else ";" if goes_on else "."
    return in_sentences(stopped(words(block, _marked), stop))


# A link without words of its own shows a title that is known when every page is read: until then
# its target stands between two of the first, its parts between the second (a private use area).
_MARK, _PART = "\ue000", "\ue001"


def _marked(link: addnodes.pending_xref) -> str:
    """What `_titles` will put a title in place of; for other links the words that stand there."""
    page, target = link["refdoc"], link["reftarget"]
    match link["reftype"]:
        case "ref":
            named = ("", target)
        case "doc":
            named = (docname_join(page, target), "")
        case "myst" if link["refdomain"] == "doc":
            named = (target, link["reftargetid"] or "")
        case _:
            return " ".join(map(words, link.children))
    return f"{_MARK}{_PART.join(named)}{_MARK}"


def _titles(env: BuildEnvironment) -> Callable[[str], str]:
    """A function that puts into a sentence the titles which `_marked` has left out."""

    @cache
    def by_place() -> dict[tuple[str, str], str]:
        labels = env.domains.standard_domain.labels
        return {(docname, anchor): title for docname, anchor, title in labels.values()}

    def title(docname: str, anchor: str) -> str:
        if not docname:
            labels = env.domains.standard_domain.labels
            return labels.get(anchor.lower(), ("", "", anchor))[2]
        if anchor:
            return by_place().get((docname, anchor), anchor)
        return page_title(env, docname) if docname in env.titles else docname

    def titled(text: str) -> str:
        if _MARK not in text:
            return text
        parts = text.split(_MARK)
        parts[1::2] = [title(*part.split(_PART)) for part in parts[1::2]]
        return "".join(parts)

    return titled


def _parts(node: nodes.Node) -> Iterator[nodes.Element]:
    """The blocks of text in a node that belong to its own section, and its phrasings."""
    if isinstance(node, asked):
        yield node
    elif isinstance(node, (nodes.section, addnodes.glossary)):
        return  # documents of their own
    elif isinstance(node, nodes.title) and isinstance(node.parent, nodes.section):
        return  # the name of this one
    elif isinstance(node, (nodes.footnote, nodes.label)):
        return  # it belongs to the section that refers to it
    elif isinstance(node, (nodes.Invisible, nodes.raw, nodes.system_message)):
        return
    elif isinstance(node, nodes.TextElement):
        yield node
    else:
        for child in node.children:
            yield from _parts(child)


def check_phrasings(app: Sphinx, env: BuildEnvironment) -> None:
    """Refuse a phrasing that stands twice: one of the two sections would never come first.

    Which of them are alike is asked once, as long as they are the same.
    """
    # A page that was read again is the last.
    pages = [page for _docname, page in sorted(pages_of(env).items())]
    kept, key = Shelf(kept_folder(app) / "phrasings", tools()), digest(*(p.told for p in pages))
    if kept.get(key) is not None:
        return
    places: dict[str, list[Phrasing]] = defaultdict(list)
    for page in pages:
        for phrasing in page.unpack().asked:
            places[" ".join(tokens(phrasing.text))].append(phrasing)
    for first, *others in places.values():
        for other in others:
            logger.warning(
                'asked: "%s" already stands in %s:%s; keep it where it belongs',
                other.text,
                Path(first.file).relative_to(env.srcdir).as_posix(),
                first.line,
                location=f"{other.file}:{other.line}",
                type="handbook.search",
                subtype="asked",
            )
    if all(len(alike) == 1 for alike in places.values()):
        kept.put(key, b"")
        kept.save()


def docnames_of(app: Sphinx) -> list[str]:
    """The pages that can be found, in the order of reading, those in no toctree last."""
    env = app.env
    hidden = {*app.config.handbook_search_exclude}
    hidden |= {name for name, metadata in env.metadata.items() if "nosearch" in metadata}
    order: dict[str, None] = {}
    todo = [*sorted(pages_of(env), reverse=True), app.config.root_doc]
    while todo:
        docname = todo.pop()
        if docname not in order and docname in pages_of(env):
            order[docname] = None
            todo += reversed(env.toctree_includes.get(docname, []))
    return [docname for docname in order if docname not in hidden]


def documents_of(
    app: Sphinx, address: Callable[[str, str], str], without: Collection[str] = ()
) -> list[Document]:
    """Every section that can be found, page after page, with its page's title.

    :param address: makes a url of a docname and an anchor, which is "" for the page itself.
    :param without: pages that are not to be found.
    """
    titled = _titles(app.env)
    docnames = docnames_of(app)
    article_of = _articles(app.env, docnames)
    found = []
    for docname in docnames:
        if docname in without:
            continue
        title = page_title(app.env, docname)
        part = str(app.env.metadata[docname].get("part", ""))
        article, about = article_of(docname)
        for section in pages_of(app.env)[docname].unpack().documents:
            url = address(docname, section.url)
            its = section.part or part
            weights = app.config.handbook_search_weights
            weight = weights.get(docname, weights.get(its, 1.0))
            body = tuple(map(titled, section.body))
            own = titled(section.title) or title  # what stands above any is the page's
            found.append(
                replace(
                    section, url=url, title=own, page=title, part=its, body=body, weight=weight,
                    article=article, about=about,
                )
            )  # fmt: skip
    return found


def _articles(env: BuildEnvironment, docnames: Collection[str]) -> Callable[[str], tuple[str, str]]:
    """A function that tells of a page its article's title and whom it is about.

    An article is a page with a topic, and the pages in its folder. Of one alone nothing is told:
    there is no other.
    """
    begun = [docname for docname in docnames if env.metadata[docname].get("topic")]
    by_folder = {docname.rpartition("/")[0]: docname for docname in begun if "/" in docname}

    @cache
    def article_in(folder: str) -> tuple[str, str]:
        if first := by_folder.get(folder):
            return page_title(env, first), outline(env).about(first)
        return article_in(folder.rpartition("/")[0]) if folder else ("", "")

    return lambda docname: article_in(docname.rpartition("/")[0] if len(begun) > 1 else "")
