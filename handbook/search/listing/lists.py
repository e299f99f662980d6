"""The pages that a large handbook makes for finding one's way: of a topic, and from A to Z.

No page of it lists everything: with a thousand articles that would be no list that anybody reads.
The front page and the list of all questions name the topics; a topic's page has its articles with
their summaries, a letter's page the titles under their words. Each is cut where it would be long.
A handbook of few articles makes none of these.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import _

from handbook.outline import TOPICS, Listed, counted, outline
from handbook.paging import OTHER, Way, cut, page_of, shown, turn
from handbook.plain import page_title
from handbook.web import is_served

from .a_to_z import Keyword, keywords
from .questions import Hyperlink, topics

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SCREEN = 12  # articles that are seen without going by letter
# On one page, to stay below 60 kB in any script. More topics than that are found from A to Z.
ARTICLES, TITLES, MOST = 60, 150, 120
FOLDER = "a-z"

Page = tuple[str, dict[str, Any], str]


@dataclass(frozen=True)
class Entry:
    """An article in a list: where it leads, its title with the word in it that it stands under."""

    url: str
    before: str
    word: str
    after: str
    about: str
    summary: str


def start(app: Sphinx, address: Callable[[str, str], str]) -> list[tuple[str, str]]:
    """Where the search sends whoever finds nothing: to the articles; of many, to the main topics.

    In one file a topic begins with its first article.
    """
    shape = outline(app.env)
    if not shape.is_large:
        begun = [name for topic, names in topics(app) if topic for name in names]
        return [(page_title(app.env, name), address(name, "")) for name in begun[:TOPICS]]
    served = is_served(app.builder)
    return [
        (topic.name, address(topic.docname if served else topic.articles[0].docname, ""))
        for topic in shape.main_topics(TOPICS)
    ]


def ways(app: Sphinx, stop: Set[str]) -> dict[str, Any]:
    """What the list of all questions names in place of them: the topics, and the letters."""
    shape = outline(app.env)
    if not shape.is_large:
        return {}
    to = _from(app, "search")
    words = keywords((each.title for each in shape.listed), stop)
    letters = _letters(shape.listed, words)
    return {
        "topics": [
            (Hyperlink(each.name, to(each.docname)), each.count) for each in shape.main_topics(MOST)
        ],
        "letters": [Way(shown(letter), to(f"{FOLDER}/{letter}")) for letter in letters],
    }


def pages(app: Sphinx, stop: Set[str]) -> Iterator[Page]:
    """Every such page, for Sphinx to write; those of a build before are deleted."""
    shutil.rmtree(Path(app.outdir, FOLDER), ignore_errors=True)
    shutil.rmtree(Path(app.outdir, "topics"), ignore_errors=True)
    shape = outline(app.env)
    if not shape.is_large:
        return
    words = keywords((each.title for each in shape.listed), stop)
    for topic in shape.topics:
        yield from _topic(app, topic.name, topic.docname, topic.articles, words)
    by_letter = _letters(shape.listed, words)
    for letter, entries in by_letter.items():
        yield from _letter(app, letter, entries, list(by_letter))


def _topic(
    app: Sphinx,
    name: str,
    address: str,
    articles: Sequence[Listed],
    words: Mapping[str, Sequence[Keyword]],
) -> Iterator[Page]:
    """The pages of a topic: its articles by title; where they are many, by a word of it."""
    entries = [(each, Keyword("", (each.title, "", ""))) for each in articles]
    if by_word := len(articles) > SCREEN:
        entries = [(each, words[each.title][0]) for each in articles]
        entries.sort(key=lambda each: _place(each[1]))
    cuts = cut(entries, ARTICLES)
    first: dict[str, int] = {}
    for number, part in enumerate(cuts, start=1):
        for _article, word in part if by_word else ():
            first.setdefault(word.letter, number)
    for number, part in enumerate(cuts, start=1):
        here = page_of(address, number)
        to = _from(app, here)
        groups = [
            (letter, shown(letter), [_entry(app, to, *each) for each in those])
            for letter, those in groupby(part, lambda each: each[1].letter if by_word else "")
        ]
        yield _page(
            app, here, name,
            groups=groups,
            letters=[
                Way(shown(letter), f"{to(page_of(address, its))}#letter-{letter}")
                for letter, its in first.items()
            ],
            turn=turn(to, address, number, len(cuts)),
            count=counted(len(articles), "question"),
            description=_("Questions about: %s") % name,
        )  # fmt: skip


def _letter(
    app: Sphinx, letter: str, entries: Sequence[tuple[Listed, Keyword]], letters: Iterable[str]
) -> Iterator[Page]:
    """The pages of a letter: under each word the titles that it stands in."""
    address = f"{FOLDER}/{letter}"
    cuts = cut(entries, TITLES)
    for number, part in enumerate(cuts, start=1):
        here = page_of(address, number)
        to = _from(app, here)
        groups = [
            [_entry(app, to, *each) for each in those]
            for _word, those in groupby(part, key=lambda each: each[1].word)
        ]
        yield _page(
            app, here, _("All questions: %s") % shown(letter),
            words=groups,
            letters=[
                Way(shown(each), to(f"{FOLDER}/{each}"), each == letter) for each in letters
            ],
            turn=turn(to, address, number, len(cuts)),
            metatags='<meta name="robots" content="noindex, follow">',
        )  # fmt: skip


def _page(app: Sphinx, docname: str, title: str, **given: Any) -> Page:
    to = _from(app, docname)
    body = app.builder.templates.render(
        "list-page.html", {"title": title, "all": to("search"), **given}
    )
    kept: dict[str, Any] = {
        name: given[name] for name in ("metatags", "description") if name in given
    }
    return docname, {"title": escape(title), "body": body, **kept}, "page.html"


def _letters(
    listed: Iterable[Listed], words: Mapping[str, Sequence[Keyword]]
) -> dict[str, list[tuple[Listed, Keyword]]]:
    """The articles by letter and word, under each word in the order of their titles."""
    found = [(each, word) for each in listed for word in words[each.title]]
    found.sort(key=lambda each: (*_place(each[1]), each[0].title.casefold()))
    return {
        letter: list(those) for letter, those in groupby(found, key=lambda each: each[1].letter)
    }


def _place(word: Keyword) -> tuple[bool, str, str]:
    return word.letter == OTHER, word.letter, word.word


def _entry(app: Sphinx, to: Callable[[str], str], article: Listed, word: Keyword) -> Entry:
    return Entry(
        to(article.docname), *word.parts, outline(app.env).about(article.docname), article.summary
    )


def _from(app: Sphinx, docname: str) -> Callable[[str], str]:
    """From a docname to its address as seen from this page."""
    return lambda goal: app.builder.get_relative_uri(docname, goal)
