"""What the tables beside an article make ``check`` say."""

import re
from datetime import date
from pathlib import Path

import pytest
from pages import article, check, load, page, write

from handbook.model.problem import Problem

TIPS = """\
[To the answer](answer.md#sun).

(coat)=
## Take a coat

:::{asked}
do I need boots
:::

It is [wet](answer.md#sun) out, and [not for all](../help.md#fever).

(hood)=
### With a hood

It keeps your *ears*
dry, as [they say](answer.md#wind).
"""
ANSWER = """\
(sun)=
## The sun comes back

After [a coat](tips.md#coat).

(old-wind)=
(wind)=
## The wind turns

Wait.
"""
RULES = {"table", "point", "thread", "limit"}
HELP = "(fever)=\n## When you have a fever\n\nStay in bed.\n\n(frost)=\n## Frost\n\nWait."


def said(tmp_path: Path, **tables: str) -> list[Problem]:
    """Check an article about rain that has these tables: lines, cells parted by ``/``."""
    files = {**article("rain"), "help.md": page(HELP, part="help")}
    files["rain/tips.md"] = page(TIPS, part="tips", title="Coats")
    files["rain/answer.md"] = page(ANSWER, part="answer")
    for name, text in tables.items():
        files[f"rain/{name}.tsv"] = re.sub(" */ *", "\t", text)
    problems = check(write(tmp_path / "docs", files), date(2026, 12, 1))
    return [problem for problem in problems if problem.rule in RULES]


def refused(tmp_path: Path, **tables: str) -> str:
    (problem,) = said(tmp_path, **tables)
    assert problem.fatal
    return str(problem)


POINTS = "id / section / stems\n"
THREADS = "thread / question / answer / tips / takeaways\n"
LIMITS = "section / limit / why\ntips#coat / help#fever / fever\n"


@pytest.mark.parametrize(
    "row",
    [
        "tips / coats;to the answer",
        "tips#coat / take a coat;ears dry",  # with the sections below it
        "tips#hood / Ears|noses",
        "answer#old-wind / wait",
        "index / will it rain?",
    ],
)
def test_a_point_is_where_its_words_are(tmp_path: Path, row: str) -> None:
    assert said(tmp_path, points=f"{POINTS}1 / {row}\n") == []


@pytest.mark.parametrize(
    ("row", "lost"),
    [
        ("tips#hood / ears;snow", "snow"),
        ("tips#hood / take a coat", "take a coat"),
        ("tips#coat / snow|hail", "snow or hail"),
        ("tips#coat / boots", "boots"),  # shown to nobody
        ("tips#coat / coats", "coats"),  # the title is the page's
    ],
)
def test_a_point_is_lost(tmp_path: Path, row: str, lost: str) -> None:
    section = row.partition(" ")[0]
    assert refused(tmp_path, points=f"{POINTS}1 / {row}") == (
        f'docs/rain/points.tsv:2: point 1 is lost: {section} has no "{lost}";'
        " carry it there, or write the row anew [point]"
    )


def test_a_thread_leads_both_ways(tmp_path: Path) -> None:
    assert said(tmp_path, threads=f"{THREADS}sun /  / sun / coat / ") == []
    assert refused(tmp_path, threads=f"{THREADS}wind /  / wind / hood / ") == (
        'docs/rain/answer.md:16: the thread "wind" goes on in tips.md#hood; link to it here'
        " [thread]"
    )


def test_a_thread_has_two_stations(tmp_path: Path) -> None:
    assert 'the thread "sun" has one station' in refused(tmp_path, threads=f"{THREADS}sun / / sun")


def test_advice_says_its_limit(tmp_path: Path) -> None:
    assert said(tmp_path, limits=LIMITS) == []
    assert refused(tmp_path, limits=f"{LIMITS}tips#coat / help#frost / it may be cold") == (
        "docs/rain/tips.md:12: the advice does not say when not to follow it; link to"
        " ../help.md#frost (it may be cold) [limit]"
    )


def test_advice_may_have_no_limit_for_a_reason(tmp_path: Path) -> None:
    none = "section / limit / why\ntips#coat / none / a coat does no harm\n"
    assert said(tmp_path, limits=none) == []
    assert "no reason; say why" in refused(tmp_path, limits=none.replace("a coat does no harm", ""))


def test_advice_that_nobody_examined_is_reported(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, limits="section / limit / why\nanswer#sun / none / no advice\n")
    assert (problem.path, problem.line, problem.fatal) == ("docs/rain/tips.md", 12, False)
    assert problem.message.startswith('nobody has said where "Take a coat" stops; add tips#coat')


def test_an_article_without_the_table_of_another_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "docs", article("snow", title="Will it snow?"))
    assert said(tmp_path) == []
    (problem,) = said(tmp_path, points=POINTS)
    assert (problem.path, problem.line, problem.fatal) == ("docs/snow/index.md", 4, False)
    assert problem.message.startswith("nobody examines the points of this article; write points")


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"points": "id / stems\n"}, "points.tsv:1: the first line names the columns"),
        ({"points": f"{POINTS}1 / tips / a / b"}, "points.tsv:2: 4 cells, but 3 columns"),
        ({"points": f"{POINTS}\n / tips / a"}, "points.tsv:3: no id; write one"),
        ({"points": f"{POINTS}1 / tip / a"}, 'points.tsv:2: the article has no page "tip"; its'),
        ({"points": f"{POINTS}1 / tips#coats / a"}, "did you mean tips#coat?"),
        ({"points": f"{POINTS}1 / tips / coat;"}, "points.tsv:2: an empty stem is in every text"),
        ({"points": f"{POINTS}1 / tips / coat\n1 / tips / ears"}, "point 1 stands in line 2 alrea"),
        ({"threads": f"{THREADS}sun / / sun / cot /"}, "threads.tsv:2: docs/rain/tips.md has no"),
        ({"limits": f"{LIMITS}tips / help#fevr / ill"}, "did you mean help#fever?"),
    ],
)
def test_a_table_that_says_nothing(tmp_path: Path, tables: dict[str, str], said: str) -> None:
    assert said in refused(tmp_path, **tables)


def test_a_table_beside_no_article(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a.md": page("Text."), "limits.tsv": "section\tlimit\twhy"})
    (problem,) = check(docs, date(2026, 12, 1))
    assert str(problem).startswith("docs/limits.tsv:1: there is no article beside this table")


def test_a_quotation_is_found_with_who_said_it(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a.md": page('{attribution="A proverb"}\n> It falls.')})
    kinds = [(b.kind, b.text) for b in load(docs)[0].pages["a"].blocks]
    assert kinds == [("paragraph", "It falls."), ("attribution", "A proverb")]
