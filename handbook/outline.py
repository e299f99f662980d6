"""The handbook's shape, told to Sphinx: toctrees nobody writes, the questions, some examples."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from handbook import __version__
from handbook.model.article import examples
from handbook.model.handbook import Handbook
from handbook.model.names import topic_page
from handbook.model.target import split
from handbook.sources import handbook_of
from handbook.web import is_served, is_web

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

# Articles that a menu, the front page and a list name: more are no list that anybody reads, and
# they name the topics.
MANY = 12
TOPICS = 24  # on the front page: those with the most questions
LIST = "search"  # the page that leads to every question
LISTS_ARTICLES = "lists-articles"  # in the metadata of each page with a directive of these
EXAMPLES = 3  # on the front page: more are no straight way


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what gives the handbook its shape."""
    app.add_directive("questions", Questions)
    app.add_directive("examples", Examples)
    app.connect("env-get-outdated", outdated)
    app.connect("source-read", add_toctrees)
    app.connect("doctree-read", note_orphans)
    app.connect("missing-reference", link_to_topic)
    return {
        "version": __version__,
        "env_version": 1,  # one more where the fields below change: an older build has others
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


@dataclass(frozen=True)
class Listed:
    """An article in the list of questions."""

    topic: str
    title: str
    docname: str
    summary: str
    about: str


@dataclass(frozen=True)
class Topic:
    """A topic with its articles, and the page that is made for it where there are many."""

    name: str
    docname: str
    articles: tuple[Listed, ...]

    @property
    def count(self) -> str:
        """How many questions it has, in words."""
        return counted(len(self.articles), "question")


@dataclass(frozen=True)
class Shown:
    """A section that the front page shows as an example."""

    docname: str
    anchor: str
    words: str


@dataclass(frozen=True)
class Outline:
    """What pages show of the handbook as a whole; kept with the environment between builds.

    :ivar alike: the pages of articles whose title another page has too: it names them only
        together with their article's.
    """

    toctrees: dict[str, str] = field(default_factory=dict)
    listed: tuple[Listed, ...] = ()
    examples: tuple[Shown, ...] = ()
    articles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alike: frozenset[str] = frozenset()

    def article_pages(self, docname: str) -> tuple[str, ...]:
        """The pages of the article that a page belongs to, index first; none for other pages."""
        return self.articles.get(docname, ())

    @property
    def is_large(self) -> bool:
        """Whether there are so many articles that lists name their topics."""
        return len(self.listed) > MANY

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The topics in the order of reading."""
        return tuple(
            Topic(name, topic_page(name), tuple(articles))
            for name, articles in groupby(self.listed, key=attrgetter("topic"))
        )

    def main_topics(self, most: int) -> list[Topic]:
        """At most so many topics, those with the most articles, in the order of reading."""
        places = range(len(self.topics))
        largest = sorted(places, key=lambda place: -len(self.topics[place].articles))[:most]
        return [self.topics[place] for place in sorted(largest)]

    @cached_property
    def topic_pages(self) -> dict[str, Topic]:
        """The topics by the pages that are made for them: none where there are few articles."""
        return {topic.docname: topic for topic in self.topics} if self.is_large else {}

    def topic_of(self, docname: str) -> Topic | None:
        """The topic that has a page, of a page of an article or of the topic itself."""
        first = next(iter(self.article_pages(docname)), "/".join(docname.split("/")[:2]))
        return self._topics_by_page.get(first)

    @cached_property
    def _topics_by_page(self) -> Mapping[str, Topic]:
        made = self.topic_pages
        return made | {each.docname: topic for topic in made.values() for each in topic.articles}

    def about(self, docname: str) -> str:
        """Whom the article with this index page is about, to tell it from others; else nothing."""
        return self._about.get(docname, "")

    @cached_property
    def _about(self) -> Mapping[str, str]:
        several = len(self.listed) > 1
        return {each.docname: each.about for each in self.listed if several}


def toctrees(handbook: Handbook, root: str) -> dict[str, str]:
    """The toctrees as Markdown, by the page that carries them.

    The root carries one a topic with its articles, then the other pages; an article's index
    carries its four parts; any other index carries the pages of its folder.
    """
    trees: dict[str, list[str]] = {root: []}
    topics: dict[str, list[str]] = {}
    for one in handbook.articles:
        topics.setdefault(one.topic, []).append(one.index.docname)
        trees[one.index.docname] = [_toctree(page.docname for page in one.parts.values())]
    trees[root] += [_toctree(docnames, topic) for topic, docnames in topics.items()]
    beside = [
        docname
        for docname, page in handbook.pages.items()
        if page.front.part in ("help", "reference")
    ]
    folders = {PurePosixPath(name).parent for name in beside if name.endswith("/index")}
    for folder in sorted(folders):
        index = str(folder / "index")
        inside = [n for n in beside if PurePosixPath(n).parent == folder and n != index]
        trees[index] = [_toctree(inside)]
    alone = [n for n in beside if PurePosixPath(n).parent not in folders or n.endswith("/index")]
    trees[root].append(_toctree(alone))
    return {docname: "\n".join(["", *blocks]) for docname, blocks in trees.items()}


def _toctree(docnames: Iterable[str], caption: str = "") -> str:
    options = [":hidden:"] + ([f":caption: {json.dumps(caption)}"] if caption else [])
    entries = [f"/{docname}" for docname in docnames]
    return "\n".join(["```{toctree}", *options, "", *entries, "```", ""]) if entries else ""


def outline(env: BuildEnvironment) -> Outline:
    """The outline of the handbook as of this build (empty before the first)."""
    return getattr(env, "handbook_outline", Outline())


def add_toctrees(app: Sphinx, docname: str, content: list[str]) -> None:
    """Append the page's toctrees to its source; the lines above keep their numbers."""
    content[0] += outline(app.env).toctrees.get(docname, "")


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Draw up the outline; name the pages that show something of it which has changed."""
    handbook, _ = handbook_of(app)
    before = outline(env)
    now = Outline(
        toctrees(handbook, app.config.root_doc),
        tuple(
            Listed(one.topic, one.title, one.index.docname, one.index.front.summary, one.about)
            for one in handbook.articles
        ),
        tuple(
            Shown(*place, example.words)
            for one, example in examples(handbook.articles, EXAMPLES)
            if (place := split(one.index.docname, example.target))
        ),
        {
            page.docname: tuple(each.docname for each in one.pages)
            for one in handbook.articles
            for page in one.pages
        },
        _alike(handbook),
    )
    setattr(env, "handbook_outline", now)  # noqa: B010 (Sphinx pickles extensions' attributes)
    stale = {
        docname
        for docname in now.toctrees.keys() | before.toctrees.keys()
        if now.toctrees.get(docname) != before.toctrees.get(docname)
    }
    stale |= now.alike ^ before.alike
    if (now.listed, now.examples) != (before.listed, before.examples):
        stale |= {docname for docname, data in env.metadata.items() if LISTS_ARTICLES in data}
    return sorted(stale & env.found_docs)


def _alike(handbook: Handbook) -> frozenset[str]:
    titles = Counter(page.front.title.casefold() for page in handbook.pages.values())
    parts = (page for article in handbook.articles for page in article.parts.values())
    return frozenset(page.docname for page in parts if titles[page.front.title.casefold()] > 1)


def note_orphans(app: Sphinx, doctree: nodes.document) -> None:
    """A page that stands on its own (the not-found page) belongs in no toctree, and may."""
    metadata = app.env.metadata[app.env.docname]
    if metadata.get("part") == "front" and app.env.docname != app.config.root_doc:
        metadata["orphan"] = True


class Questions(SphinxDirective):
    """``:::{questions}``: every article, by topic, as a link with its summary.

    Among several it says of each whom it is about, where that is not just anybody. Of many it
    names the topics, each a link to its page, and the list that leads to every question.
    """

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][LISTS_ARTICLES] = True
        topics = nodes.container(classes=["question-list"])
        shape = outline(self.env)
        if shape.is_large:
            return self._topics(shape)
        for topic, entries in groupby(shape.listed, key=attrgetter("topic")):
            topics += nodes.paragraph("", topic, classes=["topic"])
            questions = nodes.bullet_list(bullet="*")
            for entry in entries:
                link = _link(self, entry.docname, None, entry.title)
                line = nodes.paragraph("", "", link, classes=["question"])
                if about := shape.about(entry.docname):
                    # One piece after the link, which does not move when it comes late.
                    about = " " + about.replace(" ", "\u00a0")
                    line += nodes.inline("", about, classes=["about"])
                questions += nodes.list_item(
                    "", line, nodes.paragraph("", entry.summary, classes=["summary"])
                )
            topics += questions
        return [topics]

    def _topics(self, shape: Outline) -> list[nodes.Node]:
        topics = nodes.bullet_list(bullet="*", classes=["topic-list"])
        for topic in shape.main_topics(TOPICS):
            count = nodes.inline("", f" {topic.count}".replace(" ", "\u00a0"), classes=["count"])
            line = nodes.paragraph("", "", self._to(topic.name, topic.name), count)
            topics += nodes.list_item("", line)
        questions = counted(len(shape.listed), "question")
        whole = f"{questions} in {counted(len(shape.topics), 'topic')}. "
        way = self._to("", "All questions, from A to Z")
        return [topics, nodes.paragraph("", whole, way, classes=["to-all"])]

    def _to(self, topic: str, words: str) -> pending_xref:
        """A link to a topic; where it is "", to the list that leads to every question."""
        link = pending_xref(reftype="topic", refdomain="", reftarget=topic, refexplicit=True)
        link += nodes.inline("", words)
        self.set_source_info(link)
        return link


def link_to_topic(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, words: nodes.TextElement
) -> nodes.Node | None:
    """Resolve what `Questions` links to: a page that is made, or in a book where a topic begins."""
    if node["reftype"] != "topic":
        return None
    shape, here = outline(env), node.get("refdoc", env.docname)
    topic = next((each for each in shape.topics if each.name == node["reftarget"]), None)
    if is_served(app.builder):
        goal = topic.docname if topic else LIST
    elif topic:
        goal = topic.articles[0].docname
    elif is_web(app.builder):
        goal = LIST
    else:  # a book has its own contents
        return nodes.inline()
    return make_refnode(app.builder, here, goal, None, words)


def counted(number: int, noun: str) -> str:
    """How many there are: ``1 question``, ``1,000 questions``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class Examples(SphinxDirective):
    """``:::{examples}``: a few sections of the articles, below the words in it.

    Without any it shows nothing. Which sections may stand there says each article.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][LISTS_ARTICLES] = True
        found = nodes.bullet_list(bullet="*", classes=["examples"])
        for shown in outline(self.env).examples:
            link = _link(self, shown.docname, shown.anchor, shown.words)
            found += nodes.list_item("", nodes.paragraph("", "", link))
        return [*self.parse_content_to_nodes(), found] if found.children else []


def _link(directive: SphinxDirective, docname: str, anchor: str | None, words: str) -> pending_xref:
    """A link as if it were written on the page of the directive."""
    link = pending_xref(
        reftype="myst", refdomain="doc", reftarget=docname, reftargetid=anchor,
        refdoc=directive.env.docname, refexplicit=True,
    )  # fmt: skip
    link += nodes.inline("", words)
    directive.set_source_info(link)
    return link
