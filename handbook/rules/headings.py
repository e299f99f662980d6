"""Rules about titles, summaries and headings."""

from collections.abc import Iterator
from itertools import pairwise

from handbook.model.page import Block, Page

from .rule import Finding, Setting, rule
from .sentences import sentences, words
from .wording import HEADING_PROMISES, VAGUE_HEADINGS, is_hedged

TITLE_CHARACTERS = 65
SUMMARY_CHARACTERS = 160
EXAMPLE_CHARACTERS = 40


@rule(after="NHS")
def title(page: Page, setting: Setting) -> Iterator[Finding]:
    """A title has 65 characters at most.

    Bad: `title: Everything that you could possibly want to know about giving him space`
    Good: `title: How to give him space`
    """
    if (count := len(page.front.title)) > TITLE_CHARACTERS:
        what = f"the title has {count} characters, {TITLE_CHARACTERS} is the most"
        yield page.front.lines["title"], what


@rule(after="GOV.UK")
def summary(page: Page, setting: Setting) -> Iterator[Finding]:
    """A summary is one full sentence of 160 characters at most, and no copy of the title.

    Bad: `summary: Giving him space`
    Good: `summary: Space can help when it is kind and you are safe.`
    """
    text, line = page.front.summary, page.front.lines["summary"]
    if (count := len(text)) > SUMMARY_CHARACTERS:
        yield line, f"the summary has {count} characters, {SUMMARY_CHARACTERS} is the most"
    if not text.endswith((".", "?", "!")) or len(list(sentences(Block("", 1, text, None)))) != 1:
        yield line, "the summary is one full sentence, with a full stop"
    if text.casefold().rstrip(".?!") == page.front.title.casefold().rstrip(".?!"):
        yield line, "the summary repeats the title; say what the page holds"


@rule(after="this handbook")
def example(page: Page, setting: Setting) -> Iterator[Finding]:
    """An example in the front matter has 40 characters at most: it is a button on the front page.

    Bad: `tips.md#give-him-space: How much space he may need, and what you can say to him then`
    Good: `tips.md#give-him-space: How much space, and what to say`
    """
    for each in page.front.examples or ():
        if (count := len(each.words)) > EXAMPLE_CHARACTERS:
            yield each.line, f"the example has {count} characters, {EXAMPLE_CHARACTERS} is the most"


@rule(after="this handbook", fatal=False)
def near_topics(page: Page, setting: Setting) -> Iterator[Finding]:
    """Articles on one matter have one topic; another topic differs by more than a letter.

    Bad: `topic: Mony`, where another article has `topic: Money`
    Good: `topic: Money` in both
    """
    own = page.front.topic
    if own is None:
        return
    for other, count in sorted(setting.topics.items()):
        # Of the two the rarer is the slip.
        if _is_a_letter_apart(own, other) and (count, other) > (setting.topics[own], own):
            what = f'the topic "{own}" is a letter apart from "{other}"; did you mean {other}?'
            yield page.front.lines["topic"], what


def _is_a_letter_apart(one: str, other: str) -> bool:
    """Whether two texts differ in one letter: left out, put in, or another one."""
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return short != long and any(
        long[:place] + long[place + 1 :] in (short, short[:place] + short[place + 1 :])
        for place in range(len(long))
    )


@rule(after="GOV.UK, NHS")
def heading_case(page: Page, setting: Setting) -> Iterator[Finding]:
    """A heading is in sentence case: a capital at its start and in names.

    Bad: `## How To Give Him Space`
    Good: `## How to give him space`
    """
    kinds = ("heading", "asked")  # readers write names small
    text = " ".join(block.text for block in page.blocks if block.kind not in kinds)
    small = {bare for word in words(text) if (bare := _bare(word)) == bare.casefold()}
    for line, heading in _headings(page):
        if heading.lstrip("\"'“‘(")[:1].islower():
            yield line, f'"{heading}" starts with a capital'
        for before, word in pairwise(words(heading)):
            # A word that the page also writes small is no name.
            if before[-1] not in ":.?!" and word[0].isupper() and _bare(word).casefold() in small:
                yield line, f'"{word}" in "{heading}" takes no capital'


def _bare(word: str) -> str:
    return word.strip("\"'“”‘’.,:;?!()")


@rule(after="GOV.UK, NHS")
def heading_meaning(page: Page, setting: Setting) -> Iterator[Finding]:
    """A heading makes sense out of context, as search results and lists of links show it.

    Bad: `## Introduction`
    Good: `## What space looks like`
    """
    for line, text in _headings(page):
        if text.casefold() in VAGUE_HEADINGS:
            yield line, f'"{text}" says nothing by itself; name what the section holds'


@rule(after="GOV.UK, NHS")
def heading_promise(page: Page, setting: Setting) -> Iterator[Finding]:
    """A heading promises no outcome; only an article's title, the reader's question, may ask.

    Bad: `## Make him love you again`
    Good: `## You cannot make him love you`
    """
    for line, text in _headings(page):
        if HEADING_PROMISES.search(text) and not is_hedged(text):
            yield line, f'"{text}" promises an outcome; name what the reader can do'


def _headings(page: Page) -> Iterator[Finding]:
    """Yield line and text of the title, unless it is a reader's question, and the headings."""
    if page.front.part != "article":
        yield page.front.lines["title"], page.front.title
    for section in page.sections:
        yield section.line, section.title


@rule(after="NHS")
def heading_level(page: Page, setting: Setting) -> Iterator[Finding]:
    """Headings start at `##`, skip no level, and stand in no list, box or quotation.

    The one first heading of a page is its title.

    Bad: `#### A heading` below `## Another`
    Good: `### A heading` below `## Another`
    """
    above = 1
    for section in page.sections:
        if section.level == 1:
            yield section.line, "the title is the page's only first heading; write ##"
        elif section.level > above + 1:
            want = "#" * (above + 1)
            yield section.line, f"the heading skips a level; write {want}"
        above = section.level
    starts = {section.line for section in page.sections}
    for block in page.blocks:
        if block.kind == "heading" and block.line not in starts:
            yield block.line, f"a heading stands in a {block.within[-1]}; move it out"
