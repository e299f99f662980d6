"""A second article is a second folder and nothing else: the small site with two of them."""

from __future__ import annotations

import pickle
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS
from pages import page
from sphinx.addnodes import toctree

Build = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def out(built: Callable[[str], Path]) -> Path:
    return built("test-two-articles")


@pytest.fixture
def own(sphinx: Build, tmp_path: Path) -> Path:
    """A build that a test may change and build again."""
    done = sphinx("test-two-articles")
    assert done.returncode == 0, done.stderr
    return tmp_path / "out"


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_front_page_lists_both_by_topic(out: Path) -> None:
    listed = soup(out / "index.html").select_one(".question-list")
    assert listed is not None
    assert [p.get_text() for p in listed.select("p.topic")] == ["Animals", "Weather"]
    assert [a["href"] for a in listed.select("a")] == ["dogs/index.html", "rain/index.html"]


def test_anchors_are_the_only_ids_and_may_repeat_between_articles(out: Path) -> None:
    for name in ("rain", "dogs"):
        sections = soup(out / name / "question.html").select("article section section")
        assert [section["id"] for section in sections] == ["the-letter"]


def test_a_link_stays_inside_its_article(out: Path) -> None:
    answer = soup(out / "dogs" / "answer.html")
    links = [a["href"] for a in answer.select("#plan > p:not(.linked-from) a")]
    assert links == ["question.html#the-letter", "tips.html#short-way"]


def test_linked_from_names_every_section_that_links_here(out: Path) -> None:
    line = soup(out / "rain" / "answer.html").select_one("#plan > details.linked-from")
    assert line is not None
    assert line.summary is not None
    assert line.summary.get_text() == "Linked from 2 sections"
    assert [a["href"] for a in line.select("a")] == [
        "question.html#the-letter",
        "tips.html#short-way",
    ]


def test_linked_from_leaves_out_what_a_reader_has_at_hand(sphinx: Build, tmp_path: Path) -> None:
    """What the section names in its last lines, and pages that link to everything."""
    answer = (ROOTS / "test-two-articles/docs/rain/answer.md").read_text(encoding="utf-8")
    word = ":::{glossary}\ndrizzle\n  Make a [plan](rain/answer.md#plan).\n:::"
    start = "The [plan](rain/answer.md#plan) comes first.\n\n:::{questions}\n:::"
    about = "We made a [plan](rain/answer.md#plan)."
    edit = {
        "docs/rain/answer.md": f"{answer}Go on with the [short way](tips.md#short-way).\n",
        "docs/words.md": page(word, title="Words for rain"),
        "docs/index.md": page(start, title="Questions about walks", part="front"),
        "docs/notes.md": page(about, title="About this"),
    }
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode == 0, done.stderr
    links = soup(tmp_path / "out/rain/answer.html").select("#plan > .linked-from a")
    assert [a["href"] for a in links] == ["../notes.html", "question.html#the-letter"]


def test_a_page_is_not_linked_from_itself(sphinx: Build, tmp_path: Path) -> None:
    tips = (ROOTS / "test-two-articles/docs/rain/tips.md").read_text(encoding="utf-8")
    opening = "First of all the [short way](#short-way)."
    text = tips.replace("(short-way)=", f"{opening}\n\n(short-way)=")
    done = sphinx("test-two-articles", edit={"docs/rain/tips.md": text})
    assert done.returncode == 0, done.stderr
    line = soup(tmp_path / "out/rain/tips.html").select_one("#short-way > .linked-from")
    assert line is None or "#" not in [str(a["href"])[:1] for a in line.select("a")]


def test_the_map_links_to_every_section(out: Path) -> None:
    picture = soup(out / "rain" / "index.html").select("svg.article-map-picture a")
    assert [a["href"] for a in picture] == [
        "question.html#the-letter",
        "answer.html#plan",
        "tips.html#short-way",
        "takeaways.html#one-point",
    ]


def test_the_map_says_the_same_in_words(out: Path) -> None:
    words = soup(out / "rain" / "index.html").select_one(".article-map details")
    assert words is not None
    assert "What the reader writes about rain leads to A plan for rain" in words.get_text()


def test_a_new_link_shows_on_a_page_that_nobody_touched(
    own: Path, sphinx: Build, tmp_path: Path
) -> None:
    path = tmp_path / "root/docs/rain/takeaways.md"
    text = path.read_text() + "\nThen read the [letter](question.md#the-letter).\n"
    done = sphinx("test-two-articles", edit={"docs/rain/takeaways.md": text})
    assert done.returncode == 0, done.stderr
    line = soup(own / "rain" / "question.html").select_one("#the-letter > .linked-from")
    assert line is not None
    assert "takeaways.html#one-point" in [a["href"] for a in line.select("a")]
    assert "The point about rain leads to What the reader writes" in str(
        soup(own / "rain" / "index.html").select_one(".article-map details").get_text()  # type: ignore[union-attr]
    )


def test_a_third_article_is_a_third_folder(own: Path, sphinx: Build, tmp_path: Path) -> None:
    rain = tmp_path / "root/docs/rain"
    edit = {
        f"docs/snow/{path.name}": path.read_text().replace("rain", "snow")
        for path in rain.iterdir()
    }
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode == 0, done.stderr
    assert "snow/index.html" in [a["href"] for a in soup(own / "index.html").select("a")]


def test_a_page_that_sphinx_excludes_is_not_checked(sphinx: Build) -> None:
    conf = Path(__file__).parent / "roots" / "test-two-articles" / "conf.py"
    text = conf.read_text(encoding="utf-8") + '\nexclude_patterns = ["drafts"]\n'
    done = sphinx("test-two-articles", edit={"conf.py": text, "docs/drafts/a.md": "No page yet."})
    assert done.returncode == 0, done.stderr


def test_what_has_passed_is_asked_again_when_it_changed(
    own: Path, sphinx: Build, tmp_path: Path
) -> None:
    assert sphinx("test-two-articles").returncode == 0
    tips = (tmp_path / "root/docs/rain/tips.md").read_text()
    done = sphinx("test-two-articles", edit={"docs/rain/tips.md": tips + "\nThis is proven.\n"})
    assert "docs/rain/tips.md:" in done.stderr
    assert done.returncode != 0
    assert sphinx("test-two-articles").returncode != 0


def test_in_one_file_each_id_is_given_once(sphinx: Build, tmp_path: Path) -> None:
    assert sphinx("test-two-articles", builder="single").returncode == 0
    (file,) = (tmp_path / "out").glob("*.html")
    ids = [tag["id"] for tag in soup(file).select("[id]")]
    assert sorted({each for each in ids if ids.count(each) > 1}) == []
    labels = [svg["aria-labelledby"] for svg in soup(file).select("svg[aria-labelledby]")]
    assert len(set(labels)) == 2
    assert set(labels) <= set(ids)


def test_in_the_e_book_each_article_has_a_picture_of_its_own(sphinx: Build, tmp_path: Path) -> None:
    """Also where their folders have one name at the end."""
    rain = ROOTS / "test-two-articles" / "docs" / "rain"
    again = {
        f"docs/more/rain/{file.name}": file.read_text("utf-8").replace("Can I", "May I")
        for file in rain.glob("*.md")
    }
    settings = 'copyright = "2026, nobody"\nversion = "1"\nepub_theme = "handbook-epub"\n'
    settings += 'epub_exclude_files = ["_static/favicon.svg"]\n'
    conf = (ROOTS / "test-two-articles" / "conf.py").read_text(encoding="utf-8")
    done = sphinx("test-two-articles", builder="epub", edit={**again, "conf.py": conf + settings})
    assert done.returncode == 0, done.stderr
    pages = [tmp_path / "out" / folder / "index.xhtml" for folder in ("rain", "more/rain", "dogs")]
    pictures = [page.parent / str(soup(page).select_one("img")["src"]) for page in pages]
    assert len({picture.resolve() for picture in pictures}) == 3
    assert all(picture.is_file() for picture in pictures)


TOPICS = ["Love #1", '"Love" gone', "> Love", "Love: a start", "- Love it", "[Love] & <b>it</b>"]


def test_a_topic_stands_as_it_is_written_wherever_topics_stand(
    sphinx: Build, tmp_path: Path
) -> None:
    """In the list on the front page, in the search page's, and over the articles of the book."""
    edit = {
        f"docs/topic-{number}/{path.name}": path.read_text(encoding="utf-8")
        .replace("topic: Weather", f"topic: '{topic}'")
        .replace("title: Can I walk", f"title: Can {number} walk")
        for number, topic in enumerate(TOPICS)
        for path in (ROOTS / "test-two-articles/docs/rain").iterdir()
    }
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    front = [tag.get_text() for tag in soup(out / "index.html").select(".question-list p.topic")]
    searched = [tag.get_text() for tag in soup(out / "search.html").select("h2")]
    contents = pickle.loads((tmp_path / "doctrees" / "index.doctree").read_bytes())
    book = [tree["caption"] for tree in contents.findall(toctree)]
    for shown in (front, searched, book):
        straight = {str(each).replace("“", '"').replace("”", '"') for each in shown}
        assert {*TOPICS, "Animals", "Weather"} <= straight


def test_a_map_on_a_page_that_is_no_articles_index_fails_the_build(sphinx: Build) -> None:
    tips = (ROOTS / "test-two-articles/docs/rain/tips.md").read_text(encoding="utf-8")
    text = tips.replace("Go round", ":::{article-map}\n:::\n\nGo round")
    done = sphinx("test-two-articles", edit={"docs/rain/tips.md": text})
    assert done.returncode != 0
    line = text.split("\n").index(":::{article-map}") + 1
    assert f"docs/rain/tips.md:{line}: WARNING: article-map: this page is no" in done.stderr


def test_a_second_map_on_a_page_fails_the_build(sphinx: Build) -> None:
    index = (ROOTS / "test-two-articles/docs/rain/index.md").read_text(encoding="utf-8")
    line = index.count("\n") + 2
    done = sphinx(
        "test-two-articles", edit={"docs/rain/index.md": f"{index}\n:::{{article-map}}\n:::\n"}
    )
    assert done.returncode != 0
    assert f"docs/rain/index.md:{line}: WARNING: article-map: this page has its map" in done.stderr


def test_an_anchor_that_a_section_had_before_still_leads_to_it(
    sphinx: Build, tmp_path: Path
) -> None:
    """From another site to its heading; a link of ours is written with the present one."""
    folder = ROOTS / "test-two-articles/docs/rain"
    tips = (folder / "tips.md").read_text(encoding="utf-8")
    question = (folder / "question.md").read_text(encoding="utf-8")
    edit = {
        "docs/rain/tips.md": tips.replace("(short-way)=", "(oldest)=\n(old-way)=\n(short-way)="),
        "docs/rain/question.md": f"{question}\nThen take a [short way](tips.md#old-way).\n",
    }
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode == 0, done.stderr
    (section,) = soup(tmp_path / "out" / "rain" / "tips.html").select("article section section")
    above = [tag.get("id") for tag in section.select("h2")[0].find_previous_siblings()]
    assert (section["id"], sorted(above)) == ("short-way", ["old-way", "oldest"])
    linked = soup(tmp_path / "out" / "rain" / "question.html").select("#the-letter p a")
    assert "tips.html#short-way" in [a["href"] for a in linked]


def test_a_heading_is_named_without_the_number_of_its_note(sphinx: Build, tmp_path: Path) -> None:
    tips = (ROOTS / "test-two-articles/docs/rain/tips.md").read_text("utf-8")
    noted = tips.replace("with rain\n\nGo", "with rain[^n]\n\nGo") + "\n[^n]: A note.\n"
    assert noted.count("[^n]") == 2
    done = sphinx("test-two-articles", edit={"docs/rain/tips.md": noted})
    assert done.returncode == 0, done.stderr
    named = [a.get_text() for a in soup(tmp_path / "out/rain/answer.html").select(".linked-from a")]
    assert "Take a short way with rain" in named


def told(name: str, **front: str) -> str:
    """The index page of an article of the small site with more in its front matter."""
    text = (ROOTS / "test-two-articles/docs" / name / "index.md").read_text(encoding="utf-8")
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    return text.replace("reviewed:", f"{lines}reviewed:")


FRONT = page(
    ":::{questions}\n:::\n\n:::{examples}\nOr go to:\n:::", title="Two questions", part="front"
)


def test_lists_say_whom_an_article_is_about(sphinx: Build, tmp_path: Path) -> None:
    """Where it is not just anybody."""
    done = sphinx("test-two-articles", edit={"docs/dogs/index.md": told("dogs", partner="she")})
    assert done.returncode == 0, done.stderr
    for name in ("index", "search"):
        (note,) = soup(tmp_path / "out" / f"{name}.html").select("main .about")
        assert " ".join(note.get_text().split()) == "about a wife"
        assert note.find_previous("a")["href"] == "dogs/index.html"  # type: ignore[index]


def test_each_page_of_an_article_says_whom_it_is_about(
    own: Path, sphinx: Build, tmp_path: Path
) -> None:
    """Beside the article's title, also where the page itself has not changed."""
    assert soup(own / "dogs" / "tips.html").select(".steps .about") == []
    done = sphinx("test-two-articles", edit={"docs/dogs/index.md": told("dogs", partner="she")})
    assert done.returncode == 0, done.stderr
    for part in ("question", "answer", "tips", "takeaways"):
        (note,) = soup(own / "dogs" / f"{part}.html").select(".steps .about")
        assert note.get_text() == "about a wife"
        assert soup(own / "rain" / f"{part}.html").select(".steps .about") == []


def test_of_one_article_alone_nobody_has_to_be_told_whom_it_is_about(
    sphinx: Build, tmp_path: Path
) -> None:
    folder = ROOTS / "test-two-articles/docs/rain"
    edit: dict[str, str | None] = {f"docs/rain/{file.name}": None for file in folder.iterdir()}
    done = sphinx(
        "test-two-articles", edit=edit | {"docs/dogs/index.md": told("dogs", partner="she")}
    )
    assert done.returncode == 0, done.stderr
    for name in ("index", "search"):
        assert soup(tmp_path / "out" / f"{name}.html").select("main .about") == []


def test_the_front_page_shows_examples_of_both(sphinx: Build, tmp_path: Path) -> None:
    """And of one alone as soon as the other names none, though nobody touched the front page."""
    short = {"examples": "\n  tips.md#short-way: A short way"}
    edit = {
        "docs/index.md": FRONT,
        "docs/dogs/index.md": told("dogs", **short),
        "docs/rain/index.md": told("rain", **short),
    }
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode == 0, done.stderr
    front = tmp_path / "out" / "index.html"
    assert [a["href"] for a in soup(front).select(".examples a")] == [
        "dogs/tips.html#short-way", "rain/tips.html#short-way",
    ]  # fmt: skip
    lead = soup(front).select_one(".question-list + p")
    assert lead is not None
    assert lead.get_text() == "Or go to:"
    done = sphinx("test-two-articles", edit={"docs/dogs/index.md": told("dogs")})
    assert done.returncode == 0, done.stderr
    assert [a["href"] for a in soup(front).select(".examples a")] == ["rain/tips.html#short-way"]


def test_without_examples_nothing_leads_to_them(sphinx: Build, tmp_path: Path) -> None:
    done = sphinx("test-two-articles", edit={"docs/index.md": FRONT})
    assert done.returncode == 0, done.stderr
    assert "Or go to" not in soup(tmp_path / "out" / "index.html").get_text()
