"""Rules about words and sentences."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from handbook.model.page import Block, Page

from .rule import Finding, Setting, rule
from .sentences import grade, sentences, words
from .wording import (
    EVERYDAY_TERMS,
    METAPHORS,
    NUMBERS,
    OUTCOMES,
    PROMISES,
    is_hedged,
    without_speech,
)

PAGE_GRADE = 7
SECTION_GRADE = 8
GRADED_WORDS = 80
SENTENCE_WORDS = 25
SHORT_SENTENCE_WORDS = 20
PARAGRAPH_SENTENCES = 5


def _prose(page: Page) -> list[Block]:
    return [block for block in page.blocks if block.is_prose]


def _own_words(page: Page) -> Iterator[tuple[int, str]]:
    """Yield line and text of what the handbook itself says: no quotation, no reader's question."""
    if page.front.part != "article":  # its title is the reader's question
        yield page.front.lines["title"], page.front.title
    yield page.front.lines["summary"], page.front.summary
    for example in page.front.examples or ():
        yield example.line, example.words
    for block in page.blocks:
        if "quote" not in block.within and (block.is_prose or block.kind in ("heading", "title")):
            for sentence in sentences(block):
                yield sentence.line, sentence.text


@rule(after="NHS: reading age 9 to 14")
def reading_grade(page: Page, setting: Setting) -> Iterator[Finding]:
    """A page has a Flesch-Kincaid grade of 7 or less, and a section of 8 or less.

    Of fewer than 80 words a grade says little; they are not graded.

    Bad: The manifestation of dissatisfaction necessitates professional intervention.
    Good: If you are unhappy, a counsellor can help.
    """
    blocks = _prose(page)
    page_line = page.front.lines["title"]
    yield from _graded("page", PAGE_GRADE, page_line, blocks)
    if not page.sections:
        return  # the page is one section, and graded
    for section, group in groupby(blocks, key=lambda block: block.section):
        yield from _graded("section", SECTION_GRADE, section.line if section else page_line, group)


def _graded(what: str, limit: int, line: int, blocks: Iterable[Block]) -> Iterator[Finding]:
    texts = [sentence.text for block in blocks for sentence in sentences(block)]
    if sum(len(words(text)) for text in texts) >= GRADED_WORDS:
        measured = grade(texts)
        if measured > limit:
            yield line, f"the {what} has grade {measured:.1f}, {limit} is the most; use short words"


@rule(after="GOV.UK, NHS")
def sentence_length(page: Page, setting: Setting) -> Iterator[Finding]:
    """A sentence has 25 words at most.

    Bad: He says he is done and yet he stays and comes to dinner and plans the summer and asks
    about the car and the dog as if all were well.
    Good: He says he is done. Yet he stays, and comes to dinner.
    """
    for block in _prose(page):
        for sentence in sentences(block):
            if (count := len(words(sentence.text))) > SENTENCE_WORDS:
                what = f"a sentence of {count} words, {SENTENCE_WORDS} is the most; split it"
                yield sentence.line, what


@rule(after="GOV.UK, NHS")
def long_sentences(page: Page, setting: Setting) -> Iterator[Finding]:
    """Of the sentences on a page, 9 in 10 have 20 words at most.

    Bad: Two of a page's ten sentences have 21 to 25 words.
    Good: One of a page's ten sentences has 21 to 25 words.
    """
    counts = [len(words(s.text)) for block in _prose(page) for s in sentences(block)]
    long = sum(count > SHORT_SENTENCE_WORDS for count in counts)
    if long > max(1, len(counts) // 10):
        what = f"{long} of {len(counts)} sentences have more than {SHORT_SENTENCE_WORDS} words"
        yield page.front.lines["title"], f"{what}, 1 in 10 is the most; split some"


@rule(after="GOV.UK, NHS")
def paragraph_length(page: Page, setting: Setting) -> Iterator[Finding]:
    """A paragraph has 5 sentences at most, and 3 as a rule.

    Bad: A paragraph of six sentences.
    Good: Two paragraphs of three sentences.
    """
    for block in _prose(page):
        if (count := len(list(sentences(block)))) > PARAGRAPH_SENTENCES:
            what = f"a paragraph of {count} sentences, {PARAGRAPH_SENTENCES} is the most; split it"
            yield block.line, what


@rule(after="NHS")
def promise_words(page: Page, setting: Setting) -> Iterator[Finding]:
    """No promise words: always, never fails, guarantee, proven, secret, sure to.

    Bad: Space always brings people closer.
    Good: Space can bring people closer.
    """
    for line, text in _own_words(page):
        for match in PROMISES.finditer(without_speech(text)):
            yield line, f'"{match[0]}" promises what nobody can keep; say can, may or often'


@rule(after="NHS, CDC")
def outcomes(page: Page, setting: Setting) -> Iterator[Finding]:
    """A sentence about an outcome has can, may, some or often, or a number with its source.

    Bad: Give him space and he will love you again.
    Good: Some husbands love their wives again, and nobody can say which.
    """
    for block in _prose(page):
        if "quote" in block.within:
            continue
        sourced = any("sources.md" in span.target for span in block.spans)
        for sentence in sentences(block):
            text = without_speech(sentence.text)
            hedged = is_hedged(text) or (sourced and NUMBERS.search(text))
            if (match := OUTCOMES.search(text)) and not hedged:
                what = f'"{match[0]}" is an outcome; say can, may, some or often'
                yield sentence.line, f"{what}, or give a number and its source"


@rule(after="NHS")
def metaphor(page: Page, setting: Setting) -> Iterator[Finding]:
    """No worn metaphor, save in a quotation that has its meaning beside it.

    Bad: You can rekindle the flame.
    Good: You can enjoy each other's company again.
    """
    for line, text in _own_words(page):
        for match in METAPHORS.finditer(without_speech(text)):
            yield line, f'"{match[0]}" is a picture; say what it means in plain words'


@rule(after="GOV.UK")
def term_links(page: Page, setting: Setting) -> Iterator[Finding]:
    """A glossary term is linked once a page, at its first mention in the text.

    Terms that are also everyday words, such as space, may go without.

    Bad: He goes silent, which is called stonewalling.
    Good: He goes silent, which is called ``{term}`stonewalling` ``.
    """
    if any(directive.name == "glossary" for directive in page.directives):
        return
    seen: set[str] = set()
    linked: set[str] = set()
    for block in page.blocks:
        for start, term, is_link in _mentions(setting.terms, block):
            if is_link and term in linked:
                what = f'"{term}" is linked above already; write it as plain text'
                yield block.line_at(start), what
            elif not is_link and term not in seen | EVERYDAY_TERMS:
                what = f'"{term}" is in the glossary; link its first mention: {{term}}`{term}`'
                yield block.line_at(start), what
            if is_link:
                linked.add(term)
            seen.add(term)


def _mentions(terms: tuple[str, ...], block: Block) -> list[tuple[int, str, bool]]:
    """Return where a block mentions which term, and whether as a link to the glossary.

    Headings, quotations and the text of other links are left alone: a link cannot stand there.
    """
    found = [(s.start, s.target.casefold(), True) for s in block.spans if s.kind == "term"]
    if block.is_prose and "quote" not in block.within:
        for match in _any_of(terms).finditer(block.text.casefold()) if terms else ():
            if not any(s.start < match.end() and match.start() < s.end for s in block.spans):
                found.append((match.start(), match[1], False))
    return sorted(found)


@cache
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, map(str.casefold, terms)), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(longest_first)})s?\b")


@rule(after="Read the Docs, The Turing Way")
def source_lines(page: Page, setting: Setting) -> Iterator[Finding]:
    """In the source, a sentence starts on a line of its own (semantic line breaks).

    Speech inside quotation marks may stay on one line.

    Bad: One line with two sentences. This is the second.
    Good: One line, one sentence.
    """
    for block in _prose(page):
        last = 0
        for sentence in sentences(block):
            head = block.text[: sentence.start].rpartition("\n")[2]
            spoken = head.count('"') % 2 or head.count("“") > head.count("”")
            if sentence.line == last and not spoken:
                yield sentence.line, f'start a new line before "{sentence.text[:20]}…"'
            last = sentence.line
