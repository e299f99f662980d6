"""A second article, put beside the first: it is a folder more, and nothing else has to change."""

import shutil
from datetime import date
from pathlib import Path

from conftest import ROOT
from pages import check, load

SECOND = Path(__file__).with_name("second")


def beside(tmp_path: Path) -> Path:
    """The pages of the handbook with the folders of the other articles among them."""
    docs = shutil.copytree(ROOT / "docs", tmp_path / "docs")
    return shutil.copytree(SECOND, docs, dirs_exist_ok=True)


def test_it_keeps_every_rule_and_carries_what_it_must(tmp_path: Path) -> None:
    """``check`` refuses nothing and has nothing to report: it is whole, with its three tables."""
    assert list(map(str, check(beside(tmp_path), date(2026, 12, 1)))) == []


def test_it_is_an_article_like_the_first(tmp_path: Path) -> None:
    handbook, _ = load(beside(tmp_path))
    (second,) = (article for article in handbook.articles if (SECOND / article.folder).is_dir())
    assert sum(len(page.sections) for page in second.pages) == 14
    assert {name for folder, name in handbook.carried if folder == second.folder} == {
        "points.tsv", "threads.tsv", "limits.tsv",
    }  # fmt: skip
