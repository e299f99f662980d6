"""Named rules over the pages: how they are written, measured.

A score is a smoke alarm, not a target: read the page aloud too.
"""

from handbook.lint import allow, headings, helplines, prose, structure
from handbook.lint.rule import Rule, Setting, fill_in
from handbook.page import Page
from handbook.problem import Problem

__all__ = ["RULES", "Rule", "Setting", "fill_in", "lint"]

RULES: tuple[Rule, ...] = (
    prose.reading_grade,
    prose.sentence_length,
    prose.long_sentences,
    prose.paragraph_length,
    structure.answer_first,
    headings.title,
    headings.summary,
    headings.heading_case,
    headings.heading_meaning,
    headings.heading_promise,
    headings.heading_level,
    structure.empty_section,
    structure.phrasings,
    structure.bullets,
    prose.promise_words,
    prose.outcomes,
    prose.metaphor,
    prose.term_links,
    structure.boxes,
    structure.fences,
    structure.link_text,
    structure.image_alt,
    structure.takeaways,
    structure.review_overdue,
    helplines.helplines_checked,
    helplines.helplines_due,
    prose.source_lines,
)


def lint(page: Page, setting: Setting) -> list[Problem]:
    """Return the breaches of a page that no exception on it allows."""
    found = [
        Problem(page.path, line, rule.name, message, rule.fatal)
        for rule in RULES
        for line, message in rule.check(page, setting)
    ]
    return sorted(allow.apply(page, found, {rule.name for rule in RULES}))
