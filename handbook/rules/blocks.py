"""Rules about what a page is built of: sections, lists, boxes, links, dates."""

from collections.abc import Iterator
from itertools import pairwise, zip_longest

from handbook.model.page import Page

from .rule import Finding, Setting, rule
from .sentences import words
from .wording import ADDRESS, VAGUE_LINKS

ANSWER_WORDS = 60
LIST_ITEMS = 6
PAGE_BOXES = 2
POINT_WORDS = 15

#: The admonitions of docutils and Sphinx.
BOXES = frozenset(
    {"admonition", "attention", "caution", "danger", "error", "hint"}
    | {"important", "note", "seealso", "tip", "warning"}
)


@rule(after="GOV.UK, CDC")
def answer_first(page: Page, setting: Setting) -> Iterator[Finding]:
    """An article starts with a short answer of 60 words at most, complete in itself.

    Bad: An article's index page that starts with an introduction.
    Good: An article's index page that starts with `:::{short-answer}`.
    """
    if page.front.part != "article":
        return
    answers = [directive for directive in page.directives if directive.name == "short-answer"]
    if not answers:
        yield page.front.lines["title"], "the article has no :::{short-answer}; put it first"
    for answer in answers:
        shown = (block for block in page.blocks if block.kind != "asked")
        if any(block.line < answer.line for block in shown):
            yield answer.line, "text stands above the short answer; put the answer first"
        text = " ".join(block.text for block in page.blocks if "short-answer" in block.within)
        if (count := len(words(text))) > ANSWER_WORDS:
            yield answer.line, f"the short answer has {count} words, {ANSWER_WORDS} is the most"


@rule(after="this handbook")
def empty_section(page: Page, setting: Setting) -> Iterator[Finding]:
    """A section has text of its own, or sections below it.

    Bad: `## A heading`, and then the next heading of its level
    Good: `## A heading`, and text below it
    """
    for section, following in zip_longest(page.sections, page.sections[1:]):
        filled = any(
            block.section == section and block.kind not in ("heading", "asked")
            for block in page.blocks
        ) or any(d.section == section and d.name != "asked" for d in page.directives)
        if not filled and (following is None or following.level <= section.level):
            yield section.line, f'"{section.title}" has no text; write it, or take the heading out'


@rule(after="NHS")
def bullets(page: Page, setting: Setting) -> Iterator[Finding]:
    """A list has 6 items at most and a lead-in line that ends with a colon.

    Bad: A list directly below a heading.
    Good: A list below the line "These are not space:".
    """
    for listing in page.lists:
        if (count := len(listing.items)) > LIST_ITEMS:
            yield listing.line, f"a list of {count}, {LIST_ITEMS} is the most; group or cut"
        if listing.lead_in is None or not listing.lead_in.text.endswith(":"):
            yield listing.line, "a list needs a lead-in: a line above it that ends with a colon"


@rule(after="NHS")
def boxes(page: Page, setting: Setting) -> Iterator[Finding]:
    """A page has 2 boxes at most, with text between them.

    Bad: A box directly below a box.
    Good: A box, a paragraph, a box.
    """
    found = [directive for directive in page.directives if directive.name in BOXES]
    for box in found[PAGE_BOXES:]:
        yield box.line, f"box {found.index(box) + 1} of the page, {PAGE_BOXES} is the most"
    for upper, lower in pairwise(found):
        if not any(block.is_prose and upper.end < block.line < lower.line for block in page.blocks):
            yield lower.line, "two boxes meet; put text between them, or make them one"


@rule(after="MyST")
def fences(page: Page, setting: Setting) -> Iterator[Finding]:
    """A line of colons opens a named directive or closes it; an outer one has more colons.

    Bad: `:::{note}` around `:::{asked}`
    Good: `::::{note}` around `:::{asked}`
    """
    for directive in page.directives:
        if not directive.name:
            what = "these colons open a block without a name; give an outer block more colons"
            yield directive.line, what


@rule(after="NHS")
def link_text(page: Page, setting: Setting) -> Iterator[Finding]:
    """A link says where it goes: no "here", no "click", no bare address.

    Bad: `For helplines [click here](contacts.md).`
    Good: `Call [a helpline](contacts.md).`
    """
    for link in page.links:
        text = " ".join(link.text.split()).casefold()
        if not text or text in VAGUE_LINKS or ADDRESS.match(text):
            yield link.line, f'link text "{link.text}" does not say where it goes; name the goal'


@rule(after="WCAG 1.1.1")
def image_alt(page: Page, setting: Setting) -> Iterator[Finding]:
    """A picture has alternative text.

    Bad: `![](path.svg)`
    Good: `![A path from the letter to the answer](path.svg)`
    """
    for image in page.images:
        if not image.alt.strip():
            yield image.line, f"{image.source} has no alt text; say what it shows"


@rule(after="this handbook")
def takeaways(page: Page, setting: Setting) -> Iterator[Finding]:
    """The first list of a takeaways page is its points: 15 words at most, each with its section.

    Bad: `- Give him space.`
    Good: `- [Give him space](tips.md#give-him-space).`
    """
    if page.front.part != "takeaways":
        return
    if not page.lists:
        yield page.front.lines["title"], "takeaways have a list of points"
    for item in page.lists[0].items if page.lists else ():
        line = item[0].line if item else page.lists[0].line
        if (count := sum(len(words(block.text)) for block in item)) > POINT_WORDS:
            yield line, f"a point of {count} words, {POINT_WORDS} is the most"
        if not any("#" in span.target for block in item for span in block.spans):
            yield line, "a point links to its section: file.md#anchor"


@rule(after="NHS", fatal=False, by_day=True)
def review_overdue(page: Page, setting: Setting) -> Iterator[Finding]:
    """A page is read again before its review-by day; a late one is reported and fails nothing.

    Bad: `review-by: 2020-01-01`
    Good: review-by: a day to come
    """
    if page.front.review_by < setting.today:
        what = f"the review was due on {page.front.review_by}; read the page against its sources"
        yield page.front.lines["review-by"], what
