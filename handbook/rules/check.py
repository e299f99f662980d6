"""All rules, and everything that can be said about the pages without building them, in one list."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import date
from itertools import islice
from pathlib import Path

from handbook.carried.examine import examine, strays
from handbook.cores import spread
from handbook.judged import Judged
from handbook.kept import Shelf, Snapshot, digest, place, tools
from handbook.model.article import Article
from handbook.model.handbook import Files, Handbook
from handbook.model.page import Page
from handbook.model.parsed import load_kept
from handbook.model.problem import Problem

from . import allow, blocks, headings, helplines, markup, phrasings, prose, targets
from .rule import Rule, Setting
from .sentences import SPOKEN

#: The named rules over a page: how it is written, measured. A score is a smoke alarm, not a
#: target: read the page aloud too.
RULES: tuple[Rule, ...] = (
    prose.reading_grade,
    prose.sentence_length,
    prose.long_sentences,
    prose.paragraph_length,
    blocks.answer_first,
    headings.title,
    headings.summary,
    headings.example,
    headings.near_topics,
    headings.heading_case,
    headings.heading_meaning,
    headings.heading_promise,
    headings.heading_level,
    blocks.empty_section,
    phrasings.one_question,
    phrasings.phrasings,
    blocks.bullets,
    prose.promise_words,
    prose.outcomes,
    prose.metaphor,
    prose.term_links,
    blocks.boxes,
    blocks.fences,
    blocks.link_text,
    blocks.image_alt,
    blocks.takeaways,
    blocks.review_overdue,
    helplines.helplines_checked,
    helplines.helplines_due,
    helplines.helplines_overdue,
    prose.source_lines,
)

_BY_DAY = tuple(rule for rule in RULES if rule.by_day)
_AT_ANY_TIME = tuple(rule for rule in RULES if not rule.by_day)
_NAMES = frozenset(rule.name for rule in RULES)

#: The files of what is kept: what was said last, and each finding by what it was judged by.
SAID, FINDINGS = "said", "findings"
#: Among the findings, what is known of words: a new one alone has to be looked up.
WORDS = "words"


def check(
    docs: Path,
    files: Files,
    today: date,
    folder: Path | None = None,
    read: tuple[Snapshot, Handbook, list[Problem]] | None = None,
) -> list[Problem]:
    """Return what is wrong in the pages under ``docs``, by file and line.

    :param files: which files are pages.
    :param today: decides what is overdue.
    :param folder: of what is kept between two checks; None keeps nothing.
    :param read: what was read of them, and what was in ``docs`` before that.
    """
    before = read[0] if read else Snapshot(docs)
    said = Shelf(folder and folder / SAID, tools())
    where = place(docs, before.files)
    key = json.dumps([where, before.files, astuple(files), today.isoformat()])
    known = said.get(digest(key))
    if known is not None:
        return [Problem(*problem) for problem in json.loads(known)]
    handbook, problems = read[1:] if read else load_kept(docs, files, folder, before)
    problems = problems or review(handbook, docs, today, folder, before)
    if before.still_holds():
        said.put(digest(key), json.dumps([astuple(problem) for problem in problems]).encode())
        said.save()
    return problems


def review(
    handbook: Handbook,
    docs: Path,
    today: date,
    folder: Path | None = None,
    before: Snapshot | None = None,
) -> list[Problem]:
    """Return what is wrong in a handbook that is whole.

    :param folder: of what is kept between two reviews; None keeps nothing.
    :param before: what was in ``docs`` before it was read.
    """
    before = before or Snapshot(docs)
    kept = Shelf(folder and folder / FINDINGS, tools())
    SPOKEN.update(json.loads(kept.get(WORDS) or b"{}"))
    problems = sorted(_problems(handbook, today, Judged(handbook, docs, kept, before.files)))
    kept.put(WORDS, json.dumps(SPOKEN).encode())
    if before.still_holds():
        kept.save()
    return problems


def _problems(handbook: Handbook, today: date, judged: Judged) -> list[Problem]:
    counts = judged.counts()
    setting = Setting(
        today,
        handbook.terms,
        handbook.checked_numbers,
        counts,
        Counter(article.topic for article in handbook.articles),
    )
    problems = [
        *judged.in_lists(phrasings.misplaced),
        *strays(handbook),
        *targets.pictures_of_one_name(handbook),
    ]

    def of_page(page: Page) -> list[Problem]:
        found = judged.in_setting(
            page, setting, lambda page: _findings(page, setting, by_day=False)
        )
        found += _findings(page, setting, by_day=True)
        return [
            *judged.beside_others(page, targets.lost_on),
            *judged.alone(page, _unfit),
            *_left(page, judged.allowed(page, allow.read), found),
        ]

    def of(item: Page | Article) -> list[Problem]:
        return of_page(item) if isinstance(item, Page) else judged.in_article(item, examine)

    def learn(item: Page | Article) -> tuple[list[Problem], dict[str, bytes], dict[str, int]]:
        asked, spoken = judged.kept.asked, len(SPOKEN)
        of_it, words = of(item), islice(reversed(SPOKEN.items()), len(SPOKEN) - spoken)
        return of_it, judged.kept.since(asked), dict(words)

    fresh: list[Page | Article] = []
    for page in handbook.pages.values():
        if judged.knows(page, setting):
            problems += of(page)
        else:
            fresh.append(page)
    for article in handbook.articles:
        if judged.knows_article(article):
            problems += of(article)
        else:
            fresh.append(article)
    for found, learnt, spoken in spread(learn, fresh):
        problems += found
        for key, data in learnt.items():  # a worker's shelf is its own
            judged.kept.put(key, data)
        SPOKEN.update(spoken)
    return problems


def breaches(page: Page, setting: Setting) -> list[Problem]:
    """Return the breaches of a page that no exception on it allows."""
    found = [*_findings(page, setting, by_day=False), *_findings(page, setting, by_day=True)]
    return sorted(_left(page, allow.read(page.source), found))


def _unfit(page: Page) -> Iterator[Problem]:
    yield from markup.foreign(page)
    yield from markup.marked(page)


def _findings(page: Page, setting: Setting, *, by_day: bool) -> Iterator[Problem]:
    for rule in _BY_DAY if by_day else _AT_ANY_TIME:
        for line, message in rule.findings(page, setting):
            yield Problem(page.path, line, rule.name, message, rule.fatal)


def _left(page: Page, allows: Iterable[allow.Allow], found: Iterable[Problem]) -> list[Problem]:
    return allow.apply(page, allows, found, _NAMES)
