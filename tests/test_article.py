"""What an article is: five files in a folder, and anchors that are given once."""

from pathlib import Path

import pytest
from pages import BODY_LINE, article, load, page, write

from handbook.model.article import examples
from handbook.model.front_matter import ARTICLE_PARTS


def said(docs: Path) -> list[str]:
    return [str(problem) for problem in load(docs)[1]]


def test_a_second_article_is_a_second_folder(tmp_path: Path) -> None:
    docs = write(
        tmp_path / "docs",
        {**article("rain"), **article("more/snow", "Will it snow?", topic="Animals")},
    )
    handbook, problems = load(docs)
    assert problems == []
    assert [one.folder for one in handbook.articles] == ["more/snow", "rain"]
    assert tuple(handbook.articles[0].parts) == ARTICLE_PARTS


def test_articles_stand_in_the_order_of_topic_then_title(tmp_path: Path) -> None:
    files = {
        **article("a", title="Will it snow?", topic="Weather"),
        **article("b", title="can it rain?", topic="Weather"),
        **article("c", title="Will it bite?", topic="animals"),
    }
    handbook, _ = load(write(tmp_path / "docs", files))
    assert [one.folder for one in handbook.articles] == ["c", "b", "a"]


def test_a_page_knows_its_article(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {**article("rain"), "about.md": page()})
    handbook, _ = load(docs)
    assert handbook.article_of("rain/tips") is handbook.articles[0]
    assert handbook.article_of("about") is None


def test_a_missing_part(tmp_path: Path) -> None:
    files = article("rain")
    del files["rain/tips.md"]
    assert said(write(tmp_path / "docs", files)) == [
        "docs/rain/index.md:4: the article has no tips.md; "
        "an article is index, question, answer, tips, takeaways [article-parts]"
    ]


def test_a_part_that_does_not_fit_its_file(tmp_path: Path) -> None:
    files = article("rain")
    files["rain/tips.md"] = page("Text.", part="answer")
    assert said(write(tmp_path / "docs", files)) == [
        "docs/rain/tips.md:4: the tips.md of an article has part: tips [page-place]"
    ]


def test_a_sixth_page_in_the_folder_of_an_article(tmp_path: Path) -> None:
    files = {**article("rain"), "rain/more.md": page()}
    (problem,) = said(write(tmp_path / "docs", files))
    assert problem.startswith("docs/rain/more.md:4: rain is an article: just index, question,")


def test_a_part_without_an_article(tmp_path: Path) -> None:
    assert said(write(tmp_path / "docs", {"rain/tips.md": page(part="tips")})) == [
        "docs/rain/tips.md:4: this tips is in no article: "
        "beside it is no index.md with part: article [page-place]"
    ]


def test_an_article_that_is_no_folder(tmp_path: Path) -> None:
    text = article("rain")["rain/index.md"]
    (problem,) = said(write(tmp_path / "docs", {"index.md": text}))
    assert problem.startswith("docs/index.md:4: an article is a folder,")


def test_a_section_without_an_anchor(tmp_path: Path) -> None:
    assert said(write(tmp_path / "docs", {"a.md": page("## Rain\n\nText.")})) == [
        f'docs/a.md:{BODY_LINE}: "Rain" has no permanent anchor; '
        "write (its-name)= on the line above [anchor]"
    ]


def test_an_anchor_that_names_no_section(tmp_path: Path) -> None:
    (problem,) = said(write(tmp_path / "docs", {"a.md": page("(rain)=\nText.")}))
    assert problem.startswith(f"docs/a.md:{BODY_LINE}: anchor rain names no section;")


def test_an_anchor_is_given_once_in_an_article(tmp_path: Path) -> None:
    files = article("rain")
    files["rain/tips.md"] = page("(answer)=\n## Again", part="tips")
    assert said(write(tmp_path / "docs", files)) == [
        f"docs/rain/tips.md:{BODY_LINE + 1}: anchor answer is taken by "
        f"docs/rain/answer.md:{BODY_LINE + 1}; choose another [duplicate-anchor]"
    ]


def test_an_old_anchor_is_taken_too(tmp_path: Path) -> None:
    body = "(rain)=\n(water)=\n## One\n\n(rain)=\n## Two"
    (problem,) = said(write(tmp_path / "docs", {"a.md": page(body)}))
    assert "anchor rain is taken by docs/a.md" in problem


def test_two_articles_may_give_the_same_anchor(tmp_path: Path) -> None:
    files = {**article("rain"), **article("snow", "Will it snow?")}
    assert said(write(tmp_path / "docs", files)) == []


def test_two_articles_of_one_title(tmp_path: Path) -> None:
    """In capitals or not: in a menu and among results a reader has nothing else to go by."""
    files = {**article("rain"), **article("snow", "Will  it RAIN?", topic="Cold")}
    assert said(write(tmp_path / "docs", files)) == [
        "docs/rain/index.md:2: the title is that of docs/snow/index.md:2; "
        "word one of the two anew [title]"
    ]


def test_two_topics_that_differ_in_capitals(tmp_path: Path) -> None:
    files = {
        **article("a", "May I lend?", topic="Money"),
        **article("b", "May I owe?", topic="money"),
        **article("c", "May I pay?", topic="Money"),
    }
    assert said(write(tmp_path / "docs", files)) == [
        'docs/b/index.md:5: the topic is written "Money" in docs/a/index.md:5; '
        "write both alike [topic]"
    ]


def test_what_follows_from_a_page_that_cannot_be_read_is_not_told(tmp_path: Path) -> None:
    files = {**article("rain"), "rain/index.md": "no front matter"}
    (problem,) = said(write(tmp_path / "docs", files))
    assert problem.startswith("docs/rain/index.md:1: ")


def shown(docs: Path, candidates: dict[str, int]) -> list[str]:
    """What the front page shows of articles with so many examples, as ``b2``: b's second."""
    files = {}
    for folder, count in candidates.items():
        pages = article(folder, title=folder, topic="Weather")
        lines = [f"  tips.md#tips: {folder}{number}" for number in range(1, count + 1)]
        lines = [line.replace("#tips:", f"#{'x' * n}:") for n, line in enumerate(lines, 1)]
        named = "\n".join(["topic: Weather", *(["examples:", *lines] if lines else [])])
        index = f"{folder}/index.md"
        files |= {**pages, index: pages[index].replace("topic: Weather", named)}
    handbook, problems = load(write(docs, files))
    assert problems == []
    return [example.words for _, example in examples(handbook.articles, 3)]


@pytest.mark.parametrize(
    ("candidates", "words"),
    [
        ({}, []),
        ({"a": 0}, []),
        ({"a": 2}, ["a1", "a2"]),
        ({"a": 4}, ["a1", "a2", "a3"]),
        ({"a": 3, "b": 3}, ["a1", "a2", "b1"]),
        ({"a": 1, "b": 3}, ["a1", "b1", "b2"]),
        ({"a": 3, "b": 0, "c": 1}, ["a1", "a2", "c1"]),
        ({"a": 2, "b": 2, "c": 2}, ["a1", "b1", "c1"]),
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1}, ["a1", "c1", "e1"]),
    ],
)
def test_examples_are_spread_over_the_articles(
    tmp_path: Path, candidates: dict[str, int], words: list[str]
) -> None:
    assert shown(tmp_path / "docs", candidates) == words
