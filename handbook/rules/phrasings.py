"""Rules about how readers ask for a section: the question under it, the list beside its page."""

from collections.abc import Iterator

from handbook.model.front_matter import ARTICLE_PARTS
from handbook.model.handbook import Handbook, Phrasing
from handbook.model.lists import SUFFIX
from handbook.model.page import Page
from handbook.model.problem import Problem, nearest
from handbook.search.text import tokens

from .rule import Finding, Setting, rule

LEAST = 15
ASKED_PARTS = frozenset({*ARTICLE_PARTS, "help"})


@rule(after="this handbook")
def one_question(page: Page, setting: Setting) -> Iterator[Finding]:
    """Under a heading stands one question, in `asked`; other ways to ask go into the list.

    Bad: `:::{asked}` with two lines
    Good: `:::{asked}` with the question, and a list beside the page with the rest
    """
    own_list = page.path.rpartition("/")[2].removesuffix(".md") + SUFFIX
    seen = set()
    for question in page.asked:
        if question.anchor in seen:
            place = f"under [{question.anchor}]" if question.anchor else "above the first [anchor]"
            yield question.line, f"a second question; move it to {own_list}, {place}"
        seen.add(question.anchor)


@rule(after="this handbook", fatal=False)
def phrasings(page: Page, setting: Setting) -> Iterator[Finding]:
    """A section of an article or of help has 15 phrasings at least, in the list beside its page.

    Thirty to forty are good.
    In a handbook without any phrasing the rule is silent.

    Bad: `## Give him space`, and no `[give-him-space]` in the list beside the page
    Good: `## Give him space`, and fifteen ways to ask for it in the list
    """
    if page.front.part not in ASKED_PARTS or not setting.phrasings:
        return
    for section in page.sections:
        if section.level == 2:
            count = setting.phrasings.get((page.docname, section.anchor), 0)
            if count < LEAST:
                what = f'"{section.title}" has {count} phrasings, {LEAST} is the least'
                yield section.line, f"{what}; write into the list how readers ask for it"


def misplaced(handbook: Handbook) -> Iterator[Problem]:
    """Yield a problem for each phrasing that teaches nothing: of no page, of no section, twice."""
    for docname, own in handbook.asked_lists.items():
        if docname not in handbook.pages:
            near = nearest(docname, handbook.pages)
            name = docname.rpartition("/")[2]
            hint = f"; did you mean to name it {near}{SUFFIX}?" if near else ""
            what = f"there is no page {name}.md beside this list{hint}"
            yield Problem(own.path, 1, "list", what)
    unknown: set[tuple[str, str]] = set()
    first: dict[str, Phrasing] = {}
    for phrasing in handbook.phrasings:
        page = handbook.pages[phrasing.docname]
        place = (phrasing.docname, phrasing.anchor)
        if phrasing.beside and phrasing.anchor not in page.places and place not in unknown:
            unknown.add(place)  # once for all that stands under it
            names = sorted(page.places - {""})
            near = nearest(phrasing.anchor, names)
            hint = f"did you mean {near}?" if near else f"it has {', '.join(names) or 'none'}"
            what = f'the page has no section "{phrasing.anchor}"; {hint}'
            yield Problem(phrasing.path, phrasing.line, "list", what)
        key = " ".join(tokens(phrasing.text))
        if key in first:
            there = first[key]
            what = f'"{phrasing.text}" already stands in {there.path}:{there.line}'
            yield Problem(phrasing.path, phrasing.line, "list", f"{what}; keep it where it belongs")
        first.setdefault(key, phrasing)
