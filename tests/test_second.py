"""A second article, put beside the first: it is a folder more, and nothing else has to change."""

from datetime import date

from articles import DOCS, HANDBOOK, SECOND
from pages import check


def test_it_keeps_every_rule_and_carries_what_it_must() -> None:
    """``check`` refuses nothing and has nothing to report: it is whole, with its three tables."""
    assert list(map(str, check(DOCS, date(2026, 12, 1)))) == []


def test_it_is_an_article_like_the_first() -> None:
    (second,) = (article for article in HANDBOOK.articles if (SECOND / article.folder).is_dir())
    assert sum(len(page.sections) for page in second.pages) == 14
    assert {name for folder, name in HANDBOOK.carried if folder == second.folder} == {
        "points.tsv", "threads.tsv", "limits.tsv",
    }  # fmt: skip
