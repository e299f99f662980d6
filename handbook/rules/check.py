"""All rules, and everything that can be said about the pages without building them, in one list."""

from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path

from handbook.carried.examine import examine
from handbook.cores import spread
from handbook.model.handbook import Files, Handbook, load
from handbook.model.page import Page
from handbook.model.problem import Problem

from . import allow, blocks, headings, helplines, markup, phrasings, prose, targets
from .rule import Rule, Setting

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


def check(docs: Path, files: Files, today: date) -> list[Problem]:
    """Read the pages under ``docs`` and return what is wrong, by file and line.

    :param files: which files are pages.
    :param today: decides what is overdue.
    """
    handbook, problems = load(docs, files)
    return problems or review(handbook, docs, today)


def review(handbook: Handbook, docs: Path, today: date) -> list[Problem]:
    """Return what is wrong in a handbook that is whole; ``docs`` has its files."""
    setting = Setting(
        today,
        handbook.terms,
        handbook.checked_numbers,
        Counter((phrasing.docname, phrasing.anchor) for phrasing in handbook.phrasings),
        Counter(article.topic for article in handbook.articles),
    )

    def faults(docname: str) -> list[Problem]:
        page = handbook.pages[docname]
        return [*markup.foreign(page), *markup.marked(page), *breaches(page, setting)]

    return sorted(
        [
            *targets.unresolved(handbook, docs),
            *phrasings.misplaced(handbook),
            *examine(handbook),
            *chain.from_iterable(spread(faults, [*handbook.pages])),
        ]
    )


def breaches(page: Page, setting: Setting) -> list[Problem]:
    """Return the breaches of a page that no exception on it allows."""
    found = [
        Problem(page.path, line, rule.name, message, rule.fatal)
        for rule in RULES
        for line, message in rule.findings(page, setting)
    ]
    return sorted(allow.apply(page, found, {rule.name for rule in RULES}))
