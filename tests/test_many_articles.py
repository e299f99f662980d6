"""Many articles: the front page, menus and lists lead by topic and from A to Z, and stay small."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import BASE
from many import HUB, RAIN, WORDS, many
from pages import article, check, page, write

from handbook.crossref.backlinks import SHOWN
from handbook.crossref.on_this_page import TERMS
from handbook.outline import MANY, Listed, Outline
from handbook.outline import TOPICS as MAIN
from handbook.paging import OTHER, cut, named
from handbook.search.listing.a_to_z import keywords

Build = Callable[..., subprocess.CompletedProcess[str]]
TODAY = date(2026, 11, 24)
FRAME, LIST = 20_000, 60_000  # bytes of HTML: of a page beyond its text, of a list
RIVERS = "topics/rivers-b-lakes-b"


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def made(out: Path) -> set[str]:
    """The pages that the build makes to find one's way, but for that of the search."""
    folders = ("topics", "a-z", "linked-from")
    return {
        file.relative_to(out).with_suffix("").as_posix()
        for folder in folders
        for file in (out / folder).rglob("*.html")
    }


def hrefs(out: Path, name: str, where: str = "a") -> list[str]:
    """Where the links of a page lead, from the output's folder."""
    file = out / f"{name}.html"
    found = [unquote(str(a["href"])).partition("#")[0] for a in soup(file).select(where)]
    here = [each or file.name for each in found if ":" not in each]
    return [(file.parent / each).resolve().relative_to(out.resolve()).as_posix() for each in here]


def frame(file: Path) -> int:
    """How large a page is without its text: lists of links in it are no text."""
    whole = soup(file)
    text = whole.select_one("main > article")
    assert isinstance(text, Tag)
    for links in text.select(".linked-from, .on-this-page"):
        links.extract()
    return len(file.read_bytes()) - len(str(text).encode())


def test_few_articles_have_no_such_page_and_are_named_themselves(
    built: Callable[[str], Path],
) -> None:
    out = built("test-two-articles")
    assert made(out) == set()
    for name in ("index", "search"):
        assert soup(out / f"{name}.html").select(".topic-list, .letters, .to-all") == []
        assert {"dogs/index.html", "rain/index.html"} <= set(hrefs(out, name, "article a"))


def test_the_front_page_names_the_topics_and_how_many_questions_each_has(forty: Path) -> None:
    lines = soup(forty / "index.html").select(".topic-list li")
    shown = [line.get_text(" ", strip=True).replace("\u00a0", " ") for line in lines]
    assert shown == ["Animals 1 question", "Rivers & <b>lakes</b> 12 questions",
                     "Walks 24 questions", "Weather 1 question", "Élan 4 questions"]  # fmt: skip
    assert RIVERS + ".html" in hrefs(forty, "index", ".topic-list a")
    assert hrefs(forty, "index", ".to-all a") == ["search.html"]
    assert "42 questions in 5 topics." in soup(forty / "index.html").get_text()


def test_each_article_is_on_the_page_of_its_topic_with_its_summary(forty: Path) -> None:
    found: dict[str, list[str]] = {}
    for name in made(forty):
        if name.startswith("topics/"):
            topic = "/".join(name.split("/")[:2])
            found.setdefault(topic, []).extend(hrefs(forty, name, ".article-list a"))
    assert {topic: len(those) for topic, those in found.items()} == {
        "topics/animals": 1, RIVERS: 12, "topics/walks": 24, "topics/weather": 1, "topics/élan": 4,
    }  # fmt: skip
    assert len({each for those in found.values() for each in those}) == len(WORDS) + 2
    summaries = [tag.get_text() for tag in soup(forty / f"{RIVERS}.html").select(".summary")]
    assert len(summaries) == 10 - 4
    assert all(summaries)
    for whole in (soup(forty / f"{RIVERS}.html"), soup(forty / f"{RIVERS}/2.html")):
        assert whole.h1 is not None
        assert whole.title is not None
        assert whole.h1.get_text() == "Rivers & <b>lakes</b>"
        assert whole.title.get_text() == "Rivers & <b>lakes</b> – Small"


def test_a_topic_of_more_than_a_screen_goes_by_letter_and_is_cut(forty: Path) -> None:
    small, large = soup(forty / "topics" / "élan.html"), soup(forty / "topics" / "walks.html")
    assert small.select(".letters, .pages, h2") == []
    letters = [a.get_text() for a in large.select(".letters a")]
    assert letters == sorted(letters)
    for address in {str(a["href"]) for a in large.select(".letters a")}:
        name, _, anchor = address.partition("#")
        file = forty / "topics" / (name or "walks.html")
        assert soup(file).find(id=anchor)
    assert hrefs(forty, "topics/walks", ".pages a")[:3] == [
        "topics/walks.html", "topics/walks/2.html", "topics/walks/3.html",
    ]  # fmt: skip
    (present,) = soup(forty / "topics/walks/2.html").select(".pages")[0].select("[aria-current]")
    assert present.get_text() == "2"


def test_the_list_of_all_questions_leads_by_topic_and_from_a_to_z(forty: Path) -> None:
    """To every article, in two steps and with scripts off."""
    ways = hrefs(forty, "search", ".topic-list a, .letters a")
    assert set(ways) <= {f"{name}.html" for name in made(forty)}
    articles = {f"{word.replace('é', 'e')}/index.html" for word in WORDS}
    by_topic, by_letter = set[str](), set[str]()
    for name in made(forty):
        if name.startswith("topics/"):
            by_topic |= set(hrefs(forty, name, ".article-list a"))
        if name.startswith("a-z/"):
            by_letter |= set(hrefs(forty, name, ".word-list a"))
    assert articles <= by_topic
    assert articles <= by_letter
    assert articles & set(hrefs(forty, "search", "main a")) == set()


def test_a_title_stands_under_the_words_that_tell_it_from_others() -> None:
    titles = [f"How do I talk to my {word}?" for word in ("son’s boss", "wife", "Élan", "愛", "24")]
    found = keywords([*titles, "Who am I?", "?!"], {"how", "do", "i", "to", "my", "who", "am"})
    words = [[each.word for each in found[title]] for title in titles]
    assert words == [["talk", "son", "boss"], ["talk", "wife"], ["talk", "elan"], ["talk", "愛"],
                     ["talk", "24"]]  # fmt: skip
    assert found[titles[0]][1].parts == ("How do I talk to my ", "son’s", " boss?")
    assert [found[title][-1].letter for title in titles] == ["b", "w", "e", OTHER, OTHER]
    assert [len(found[title]) for title in ("Who am I?", "?!")] == [1, 1]


def test_a_word_that_many_titles_have_finds_none_of_them() -> None:
    titles = [f"May I talk about {word}?" for word in WORDS] + ["May I talk?"]
    found = keywords(titles, {"may", "i", "about"})
    assert [each.word for each in found[titles[0]]] == ["ants"]
    assert [each.word for each in found["May I talk?"]] == ["talk"]  # nothing else is left of it


def test_a_cut_list_has_pages_of_one_length_and_names_few_of_them() -> None:
    assert [len(part) for part in cut(range(121), 60)] == [41, 40, 40]
    assert cut([], 60) == [[]]
    assert max(len(named(number, 500)) for number in range(1, 501)) == 7


def test_a_page_carries_no_more_than_its_own_article_and_topic(forty: Path) -> None:
    groups = soup(forty / "foxes" / "tips.html").select(".sidebar nav > ul")
    links = [[a.get_text() for a in group.select("a")] for group in groups]
    assert links == [
        ["Walks", "Can I walk with foxes?", "Question", "Answer", "Tips",
         "Take a short way with foxes", "Takeaways"],
        ["Help", "All questions"],
    ]  # fmt: skip
    (above,) = soup(forty / "foxes" / "index.html").select(".steps p a")
    assert above.get_text() == "Walks"
    (onward,) = soup(forty / "foxes" / "takeaways.html").select("main > .to-all a")
    assert onward.get_text() == "Walks"
    assert soup(forty / "foxes" / "tips.html").select("main > .to-all") == []


def test_navigation_is_bounded_and_no_list_is_long(
    forty: Path, sphinx: Build, tmp_path: Path
) -> None:
    """A page beyond its text has the same bytes at any size, and few of them."""
    files = list(forty.rglob("*.html"))
    assert max(map(frame, files)) <= FRAME
    lists = [forty / f"{name}.html" for name in (*made(forty), "search", "index")]
    assert max(len(file.read_bytes()) for file in lists) <= LIST
    assert sphinx("test-two-articles", edit=many(MANY)).returncode == 0
    fewer = tmp_path / "out"
    assert made(fewer)
    for name in ("ants/tips", "cats/index"):
        assert frame(fewer / f"{name}.html") == frame(forty / f"{name}.html")


def test_a_section_with_many_links_to_it_names_a_few_and_leads_to_all(forty: Path) -> None:
    line = soup(forty / f"{HUB}.html").select_one("#plan > .linked-from")
    assert line is not None
    assert line.summary is not None
    assert line.summary.get_text() == "Linked from 41 sections"
    *some, last = line.select("a")
    assert [str(a["href"]) for a in some[:2]] == ["question.html#the-letter", "tips.html#short-way"]
    assert len(some) == SHOWN
    assert last["href"] == "../linked-from/ants/answer/to-plan.html"
    everything = hrefs(forty, "linked-from/ants/answer/to-plan", ".search-list a")
    assert len(everything) == 41
    assert {f"{word.replace('é', 'e')}/tips.html" for word in WORDS} <= set(everything)


def test_a_long_glossary_has_letters_above_it(sphinx: Build, tmp_path: Path) -> None:
    def explained(number: int) -> str:
        terms = [
            f"{'rs'[each % 2]}ain {each}\n  It falls down.\n  It is wet.\n"
            for each in range(number)
        ]
        return page(":::{glossary}\n" + "\n".join(sorted(terms)) + ":::", title="Words")

    for number, letters in ((TERMS - 1, []), (TERMS, ["R", "S"])):
        done = sphinx("test-two-articles", edit={"docs/words.md": explained(number)})
        assert done.returncode == 0, done.stderr
        whole = soup(tmp_path / "out" / "words.html")
        links = whole.select(".on-this-page a")
        assert [a.get_text() for a in links] == letters
        assert all(whole.find(id=str(a["href"])[1:]) for a in links)


def test_a_crawler_is_shown_the_topics_and_no_other_list(forty: Path) -> None:
    for name in made(forty):
        robots = soup(forty / f"{name}.html").select("meta[name=robots]")
        assert bool(robots) != name.startswith("topics/"), name


def test_an_article_that_moves_leaves_its_old_topic(sphinx: Build, tmp_path: Path) -> None:
    """And a topic without articles leaves no page; at few articles there is no such page."""
    site, out = many(MANY + 1, topics=["Walks"]), tmp_path / "out"
    gone = {f"docs/{name}/{part}.md": None for name in ("dogs", "rain") for part in PARTS}
    conf = (RAIN.parents[1] / "conf.py").read_text("utf-8") + f'html_baseurl = "{BASE}"\n'
    assert sphinx("test-two-articles", edit=site | gone | {"conf.py": conf}).returncode == 0
    assert {name for name in made(out) if name.startswith("topics/")} == {"topics/walks"}
    index = str(site["docs/bees/index.md"])

    moved = {"docs/bees/index.md": index.replace("'Walks'", "'Flights'")}
    assert sphinx("test-two-articles", edit=moved).returncode == 0
    assert hrefs(out, "topics/flights", ".article-list a") == ["bees/index.html"]
    assert "bees/index.html" not in hrefs(out, "topics/walks", ".article-list a")
    assert soup(out / "bees" / "tips.html").select(".sidebar li a")[0].get_text() == "Flights"
    assert "topics/flights.html" in hrefs(out, "index", ".topic-list a")
    assert "topics/flights.html" in hrefs(out, "search", ".topic-list a")
    listed = (out / "sitemap.xml").read_text("utf-8")
    assert f"<loc>{BASE}topics/flights.html</loc><lastmod>2026-11-23</lastmod>" in listed
    (canonical,) = soup(out / "topics" / "flights.html").select("link[rel=canonical]")
    assert canonical["href"] == f"{BASE}topics/flights.html"

    assert sphinx("test-two-articles", edit={"docs/bees/index.md": index}).returncode == 0
    assert not (out / "topics" / "flights.html").exists()
    assert soup(out / "bees" / "tips.html").select(".sidebar li a")[0].get_text() == "Walks"

    fewer: dict[str, str | bytes | None] = {f"docs/bees/{part}.md": None for part in PARTS}
    assert sphinx("test-two-articles", edit=fewer).returncode == 0
    assert made(out) == set()
    assert "ants/index.html" in hrefs(out, "index", ".question-list a")
    assert soup(out / "ants/tips.html").select(".sidebar li a")[0].get_text() != "Walks"


PARTS = ("index", "question", "answer", "tips", "takeaways")


def test_of_very_many_topics_the_front_page_names_those_with_most_questions() -> None:
    topics = [f"Topic {number:02}" for number in range(MAIN)] + ["Z", "Z"]
    listed = [Listed(topic, f"Title {number}", "", "", "") for number, topic in enumerate(topics)]
    shape = Outline(listed=tuple(listed))
    assert [topic.name for topic in shape.main_topics(2)] == ["Topic 00", "Z"]
    assert len(shape.main_topics(MAIN)) == MAIN < len(shape.topics)


@pytest.mark.parametrize("name", ["topics/rain", "A-Z/c", "linked-from/rain"])
def test_a_page_in_a_folder_of_made_pages_is_refused(tmp_path: Path, name: str) -> None:
    docs = write(tmp_path / "docs", {f"{name}.md": page("It falls.")})
    problems = [str(problem) for problem in check(docs, TODAY)]
    assert any("is in a folder of pages that the build makes" in each for each in problems)


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("Wet & weather", 'has the address of "Wet & weather", docs/b/index.md:5'),
        ("'???'", 'the topic "???" makes no address; word it with letters'),
        ("Con", 'the topic "Con" makes no address; word it with letters'),
    ],
)
def test_a_topic_that_has_no_address_of_its_own_is_refused(
    tmp_path: Path, topic: str, said: str
) -> None:
    files = article("a", "Does it rain?", "Wet weather") | article("b", "Will it rain?", topic)
    docs = write(tmp_path / "docs", files)
    assert any(said in str(problem) for problem in check(docs, TODAY))
