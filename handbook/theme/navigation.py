"""Navigation from a page: a bounded menu, the step line, before and after.

Furo renders the contents of the whole handbook into every page, which grows with the square of
the handbook. Here the menu of an article's page names that article and the pages beside the
articles; that of any other page names the articles too, as long as they are few enough to read.
Of more it names the present topic alone, and leads to the list of all questions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from docutils import nodes

from handbook.model.article import IN_ARTICLE
from handbook.outline import LIST, outline
from handbook.plain import page_title, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

BESIDE = 20  # pages beside the articles in a menu; all of them are in the list of all questions


@dataclass(frozen=True)
class NavigationLink:
    """A link to a page or section: plain text, address, the part it leads to, what is in it."""

    title: str
    href: str
    part: str = ""
    current: bool = False
    children: tuple[NavigationLink, ...] = ()


def without_toctree(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Take the whole handbook's contents from the page before Furo asks for them.

    To go when Furo can be told to leave its navigation tree out.
    """
    context["toctree"] = lambda **options: ""


def add_navigation(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Fill ``topic``, ``article``, ``about``, ``steps``, ``menu``, ``to_help``, and both ways on.

    Where another page has the same title, ``of_article`` is what a tab or a preview says beside it.

    The menu is in groups. Help stands first in it where no article is read.
    """
    here = _Start(app.env, context["pathto"], pagename)
    pages = outline(app.env).article_pages(pagename)
    place = pages.index(pagename) if pages else 0
    context["article"] = here.to(pages[0]) if pages else None
    context["about"] = outline(app.env).about(pages[0]) if pages else ""
    context["of_article"] = context["article"].title if pagename in outline(app.env).alike else ""
    context["steps"] = [here.step_to(page) for page in pages[1:]]
    context["topic"] = here.to_topic()
    topic = [context["topic"]] if context["topic"] else []
    around: list[str] = getattr(app.env, "handbook_beside")  # noqa: B009 (see `pages_to_rewrite`)
    others = [here.beside(page) for page in around[:BESIDE]]
    whole = here.to_all(left_out=len(around) > BESIDE)
    helping = [link for link in others if link.part == "help"]
    others = others[len(helping) :]
    if pages:
        article = [*topic, context["article"], *context["steps"]]
        groups = [article, [*helping, *whole, *others]]
    else:
        groups = [helping, [*whole, *topic, *here.to_articles()], others]
    context["menu"] = [group for group in groups if group]
    context["to_help"] = next(iter(helping), None)
    context["before"] = here.to(pages[place - 1]) if place > 0 else None
    context["after"] = here.to(pages[place + 1]) if place + 1 < len(pages) else None


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """After reading: the pages whose navigation shows something that is not what it was.

    What all pages show of those beside the articles is worked out once, for it is looked for among
    all articles.
    """
    setattr(env, "handbook_beside", beside(env, app.config.root_doc))  # noqa: B010 (see below)
    before = getattr(env, "handbook_navigation", {})
    now = {page: _shown(env, page, app.config.root_doc) for page in env.found_docs}
    setattr(env, "handbook_navigation", now)  # noqa: B010 (Sphinx pickles extensions' attributes)
    changed = before.items() ^ now.items()
    if any(part not in IN_ARTICLE for _, (_, part, *_) in changed):
        return sorted(env.found_docs)  # a page beside the articles is named everywhere
    folders = {page.rpartition("/")[0] for page, _ in changed}
    return sorted(page for page in env.found_docs if page.rpartition("/")[0] in folders)


def _shown(env: BuildEnvironment, page: str, root: str) -> tuple[str, str, str, tuple[str, ...]]:
    """What navigation shows of a page: its title, its part, whom it is about, the pages under it.

    Under the front page are those that other pages' menus name, articles with their titles;
    with an article its topic counts, where it has a page.
    """
    under = list(env.toctree_includes.get(page, ()))
    if page == root:
        under = beside(env, root)
        for name in articles(env):
            under += [name, page_title(env, name)]
    if topic := outline(env).topic_of(page):
        under.append(topic.name)
    return page_title(env, page), _part(env, page), outline(env).about(page), tuple(under)


def articles(env: BuildEnvironment) -> list[str]:
    """The articles that a menu names, by topic; none where they would be too many."""
    shape = outline(env)
    return [] if shape.is_large else [each.docname for each in shape.listed]


def beside(env: BuildEnvironment, root: str) -> list[str]:
    """The pages beside the articles: help first, then as in the front page's toctree."""
    pages = [
        name
        for name in env.toctree_includes.get(root, ())
        if _part(env, name) in ("help", "reference")
    ]
    return sorted(pages, key=lambda name: _part(env, name) != "help")


def _part(env: BuildEnvironment, docname: str) -> str:
    return str(env.metadata.get(docname, {}).get("part", ""))


@dataclass(frozen=True)
class _Start:
    """The page that links start from; ``pathto`` is Sphinx's, from docname to address."""

    env: BuildEnvironment
    pathto: Callable[[str], str]
    docname: str

    def to(self, page: str) -> NavigationLink:
        """The link to a page; the present one shows its sections."""
        current = page == self.docname
        inside = tuple(_sections(self.env, page)) if current else ()
        title = page_title(self.env, page)
        return NavigationLink(title, self.pathto(page), _part(self.env, page), current, inside)

    def step_to(self, page: str) -> NavigationLink:
        """The link to a part of the article, under the part's name."""
        return replace(self.to(page), title=_part(self.env, page).capitalize())

    def to_articles(self) -> list[NavigationLink]:
        """The links to all articles, where they are few."""
        return [self.to(page) for page in articles(self.env)]

    def to_all(self, *, left_out: bool) -> list[NavigationLink]:
        """The link to the list of all questions, where the articles are many, or pages left out."""
        is_large = outline(self.env).is_large
        if not is_large and not left_out:
            return []
        title = "All questions" if is_large else "All pages"
        return [NavigationLink(title, self.pathto(LIST), current=self.docname == LIST)]

    def to_topic(self) -> NavigationLink | None:
        """The link to the page of the present topic, where topics have pages."""
        topic = outline(self.env).topic_of(self.docname)
        if not topic:
            return None
        return NavigationLink(
            topic.name, self.pathto(topic.docname), "topic", self.docname == topic.docname
        )

    def beside(self, page: str) -> NavigationLink:
        """The link to a page beside the articles, with the pages under it while one is read."""
        under = self.env.toctree_includes.get(page, [])
        if under and self.docname in (page, *under):
            return replace(self.to(page), children=tuple(self.to(child) for child in under))
        return self.to(page)


def _sections(env: BuildEnvironment, docname: str) -> Iterator[NavigationLink]:
    """The sections of a page that stand directly under its title."""
    page = next(iter(env.tocs[docname].findall(nodes.list_item)), None)
    if page is None or len(page) < 2:
        return
    for entry in page[1].children:
        for reference in list(entry.findall(nodes.reference))[:1]:
            yield NavigationLink(words(reference), reference["anchorname"])
