"""The list on the search page: every question by topic, for readers without scripts.

A section's question is the first of its phrasings. Pages stand under their ``topic`` where they
have one, each with the questions of the pages below it in the toctree; then come the pages that
no topic has, the one for readers in need before the others. With many questions it lists pages
alone; with many articles it leads to the pages of their topics (`lists`), or the list would be as
large as the handbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from handbook.outline import outline
from handbook.plain import page_title
from handbook.search.documents import docnames_of, pages_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


# Questions on one page, and beside the topics: more are no list that anybody reads.
MOST, BESIDE = 500, 200


@dataclass(frozen=True)
class Hyperlink:
    """What is read, and where it leads."""

    text: str
    url: str


@dataclass(frozen=True)
class Reachable:
    """What is read, and the page and the anchor that it leads to; "" for the page itself."""

    text: str
    docname: str
    anchor: str


To = TypeVar("To")


@dataclass(frozen=True)
class ListedPage(Generic[To]):
    """A page in the list, with the questions that it and the pages below it answer.

    :ivar about: of an article among several, whom it is about.
    """

    page: To
    questions: tuple[To, ...]
    about: str = ""


#: Topics with their entries, last the pages without a topic under "".
Groups = list[tuple[str, list[ListedPage[To]]]]


def topics(app: Sphinx) -> list[tuple[str, list[str]]]:
    """Docnames by topic, where pages have a ``topic``; else all of them under no topic."""
    docnames = docnames_of(app)
    found: dict[str, list[str]] = {}
    for docname in docnames:
        if topic := app.env.metadata[docname].get("topic"):
            found.setdefault(str(topic), []).append(docname)
    return list(found.items()) or [("", docnames)]


def addressed(listed: Groups[Reachable], address: Callable[[str, str], str]) -> Groups[Hyperlink]:
    """The same list with addresses.

    :param address: makes a url of a docname and an anchor, as seen from the list.
    """

    def link(to: Reachable) -> Hyperlink:
        return Hyperlink(to.text, address(to.docname, to.anchor))

    return [
        (topic, [ListedPage(link(e.page), tuple(map(link, e.questions)), e.about) for e in entries])
        for topic, entries in listed
    ]


def groups(app: Sphinx, *, topical: bool = True) -> Groups[Reachable]:
    """The whole list: every page that can be found is unpacked for it.

    :param topical: whether the topics are wanted, beside the other pages.
    """
    shown = docnames_of(app)
    by_topic = topics(app)
    listed = {docname for _topic, docnames in by_topic for docname in docnames}
    # What no search leads to is in no list either, though a toctree has it.
    taken = {*listed, *(pages_of(app.env).keys() - shown)}
    if by_topic[0][0]:
        taken.add(app.config.root_doc)
    found = []
    for topic, docnames in by_topic:
        if topical:
            found.append((topic, [_listed(app, name, taken) for name in docnames]))
        else:
            for docname in docnames:
                taken.update(_below(app, docname, taken))
    others = sorted(shown, key=lambda name: name != app.config.handbook_search_help)
    rest = [_listed(app, name, taken) for name in others if name not in taken]
    most = MOST if topical else BESIDE
    if rest:
        found.append(("", rest))
    if sum(len(entry.questions) for _topic, entries in found for entry in entries) > most:
        found = [
            (topic, [replace(entry, questions=()) for entry in entries]) for topic, entries in found
        ]
    return found


def _listed(app: Sphinx, docname: str, taken: set[str]) -> ListedPage[Reachable]:
    """The entry of a page; the pages below it that no other entry has are ``taken`` with it."""
    questions = []
    for name in _below(app, docname, taken):
        taken.add(name)
        for section in pages_of(app.env)[name].unpack().documents:
            if section.asked:
                questions.append(Reachable(section.asked[0], name, section.url))
    title = Reachable(page_title(app.env, docname), docname, "")
    return ListedPage(title, tuple(questions), outline(app.env).about(docname))


def _below(app: Sphinx, docname: str, taken: set[str]) -> Iterator[str]:
    """A page and those below it in the toctree, in the order of reading."""
    yield docname
    for child in app.env.toctree_includes.get(docname, ()):
        if child not in taken:
            yield from _below(app, child, taken)
