"""A second article, put beside the first: it is a folder more, and nothing else has to change."""

import re
from datetime import date

from articles import DOCS, HANDBOOK, SECOND
from pages import check

from handbook.model.article import examples
from handbook.outline import EXAMPLES


def test_it_keeps_every_rule_and_carries_what_it_must() -> None:
    """``check`` refuses nothing and has nothing to report: it is whole, with its three tables."""
    assert list(map(str, check(DOCS, date(2026, 12, 1)))) == []


def test_it_is_an_article_like_the_first() -> None:
    (second,) = (article for article in HANDBOOK.articles if (SECOND / article.folder).is_dir())
    assert sum(len(page.sections) for page in second.pages) == 14
    assert {name for folder, name in HANDBOOK.carried if folder == second.folder} == {
        "points.tsv", "threads.tsv", "limits.tsv",
    }  # fmt: skip


def test_the_front_page_shows_examples_of_both() -> None:
    shown = [article.folder for article, _ in examples(HANDBOOK.articles, EXAMPLES)]
    assert len(shown) == EXAMPLES
    assert len({*shown}) == min(EXAMPLES, len(HANDBOOK.articles))


def test_each_article_says_whom_it_is_about() -> None:
    assert {article.about for article in HANDBOOK.articles} >= {"about a husband", "about a wife"}


# A wife's husband is "he"; a husband, and a wife of a wife, read these pages too.
OF_ONE_SEX = re.compile(
    r"\b(?:he|him|his|himself|she|her|hers|herself|(?:my|your|the) (?:husband|wife))\b",
    re.IGNORECASE,
)


def test_pages_beside_the_articles_speak_to_whoever_reads() -> None:
    """But for the name of an article where one leads to it."""
    titles = {article.title for article in HANDBOOK.articles}
    shared = [page for page in HANDBOOK.pages.values() if not HANDBOOK.article_of(page.docname)]
    assert len(shared) > 8
    for page in shared:
        texts = [(block.line, block.text) for block in page.blocks]
        texts += [(question.line, question.text) for question in page.asked]
        texts += [(1, page.front.title), (1, page.front.summary)]
        for line, text in texts:
            for title in titles:
                text = text.replace(title, "")
            assert not OF_ONE_SEX.search(text), f"{page.path}:{line}: {text}"
