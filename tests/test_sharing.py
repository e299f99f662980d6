"""How the handbook is found and shared, once its address is known, and that it is silent else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from articles import ARTICLES
from bs4 import BeautifulSoup
from conftest import BASE, ROOTS
from playwright.sync_api import Page

from handbook.build.run import STRICT, run
from handbook.sharing import card, schema

Build = Callable[..., subprocess.CompletedProcess[str]]

PAGES = ("index", "question", "answer", "tips", "takeaways")
OF_SHARING = "[rel=canonical], [property^='og:'], [name^='twitter:'], [type='application/ld+json']"
# What the head of a help page must not hold: it would say what its reader is looking for.
TELLING = re.compile(
    r"afraid|fear|safe|danger|abus|violen|suicid|crisis|emergency|helpline|hidden|private|secret"
    r"|husband|wife|marriage|partner|love",
    re.IGNORECASE,
)


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def documents(site: Path) -> Iterator[tuple[Path, BeautifulSoup]]:
    """The pages that are to be found: all but the search and the page for wrong addresses."""
    for file in sorted(site.rglob("*.html")):
        if file.name not in ("404.html", "search.html"):
            yield file, soup(file)


def meta(page: BeautifulSoup, name: str) -> str | None:
    found = page.select(f"meta[property='{name}'], meta[name='{name}']")
    assert len(found) <= 1, name
    return str(found[0]["content"]) if found else None


def data(page: BeautifulSoup) -> dict[str, object] | None:
    script = page.select_one("script[type='application/ld+json']")
    return json.loads(script.string) if script else None


# Addresses


def test_a_page_has_one_address_and_it_is_where_the_page_lies(shared_site: Path) -> None:
    for file, page in documents(shared_site):
        address = BASE + file.relative_to(shared_site).as_posix()
        (canonical,) = page.select("link[rel=canonical]")
        assert canonical["href"] == meta(page, "og:url") == address


def test_the_sitemap_has_every_page_with_the_date_at_its_foot(shared_site: Path) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = ElementTree.parse(shared_site / "sitemap.xml").findall("s:url", space)
    found = {u.findtext("s:loc", "", space): u.findtext("s:lastmod", "", space) for u in listed}
    assert found == {
        BASE + file.relative_to(shared_site).as_posix(): page.select_one(".reviewed time")[
            "datetime"
        ]
        for file, page in documents(shared_site)
    }
    assert list(found) == sorted(found)


def test_crawlers_may_read_all_and_are_shown_the_sitemap(shared_site: Path) -> None:
    robots = (shared_site / "robots.txt").read_text("utf-8")
    assert robots == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"


@pytest.mark.parametrize("name", ["404", "search"])
def test_what_is_no_page_to_read_is_not_to_be_found(shared_site: Path, name: str) -> None:
    page = soup(shared_site / f"{name}.html")
    assert meta(page, "robots") == "noindex"
    assert page.select(OF_SHARING) == []


def test_every_other_page_may_be_found_help_too(shared_site: Path) -> None:
    assert [file for file, page in documents(shared_site) if meta(page, "robots")] == []


# Descriptions


def test_each_page_is_described_in_its_own_words_briefly(site: Path) -> None:
    said = [meta(page, "description") for _, page in documents(site)]
    assert all(words and len(words) <= 160 for words in said)
    assert len(set(said)) == len(said)


# Previews


def test_a_preview_says_what_the_page_says(shared_site: Path) -> None:
    for file, page in documents(shared_site):
        assert meta(page, "og:site_name") == "Steady"
        assert meta(page, "og:title") == page.h1.get_text(), file
        assert meta(page, "og:description") == meta(page, "description"), file
        kind = "article" if file.parent.name in ARTICLES else "website"
        assert meta(page, "og:type") == kind, file


def test_a_card_is_there_in_the_size_that_the_preview_says(shared_site: Path) -> None:
    used = set()
    for file, page in documents(shared_site):
        address = meta(page, "og:image")
        if file.parent.name == "help":
            assert address is None
            continue
        assert address.startswith(BASE)
        picture = shared_site / address.removeprefix(BASE)
        header = picture.read_bytes()[:24]
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        size = (int.from_bytes(header[16:20], "big"), int.from_bytes(header[20:24], "big"))
        assert size == (1200, 630)
        assert size == (int(meta(page, "og:image:width")), int(meta(page, "og:image:height")))
        used.add(picture)
    assert used == set((shared_site / "_static" / "cards").rglob("*.png"))


def test_an_article_has_a_card_of_its_own_and_so_has_the_handbook(shared_site: Path) -> None:
    titles = {
        file.relative_to(shared_site).as_posix(): meta(page, "og:image:alt")
        for file, page in documents(shared_site)
    }
    for article in ARTICLES:
        whole = soup(shared_site / article / "index.html").h1.get_text()
        assert {titles[f"{article}/{name}.html"] for name in PAGES} == {whole}
    front = soup(shared_site / "index.html").h1.get_text()
    assert titles["index.html"] == titles["glossary.html"] == front


def test_a_help_page_gives_nobody_away(shared_site: Path) -> None:
    for file in sorted((shared_site / "help").glob("*.html")):
        head = soup(file).head
        assert head.select("[property^='og:image'], [name^='twitter:'], script[type]") == []
        shown = [head.title.get_text(), *(tag["content"] for tag in head.select("meta[content]"))]
        assert [words for words in shown if TELLING.search(words)] == [], file


# Structured data


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_says_to_machines_what_it_shows_to_readers(
    shared_site: Path, article: str
) -> None:
    for name in PAGES:
        page = soup(shared_site / article / f"{name}.html")
        said = data(page)
        assert said["@type"] == "Article"
        assert said["headline"] == page.h1.get_text()
        assert said["dateModified"] == page.select_one(".reviewed time")["datetime"]
        assert said["author"]["name"].casefold() in page.footer.get_text().casefold()
        assert said["inLanguage"] == page.html["lang"]
        assert said["url"] == page.select_one("link[rel=canonical]")["href"]
        if name == "index":
            answer = page.select_one(".short-answer").get_text()
            assert said["abstract"] == " ".join(answer.split())
            assert "isPartOf" not in said
        else:
            way = page.select_one("nav.steps p a")
            assert said["isPartOf"]["headline"] == way.get_text()
            assert said["isPartOf"]["url"] == f"{BASE}{article}/{way['href']}"
            assert "abstract" not in said


def test_the_day_of_first_publication_is_not_known_and_not_said(shared_site: Path) -> None:
    texts = {file: file.read_text("utf-8") for file, _ in documents(shared_site)}
    assert any("dateModified" in text for text in texts.values())
    first = re.compile("published_time|datePublished")
    assert [file for file, text in texts.items() if first.search(text)] == []


def test_only_articles_say_that_they_are_articles(shared_site: Path) -> None:
    saying = {file.parent.name for file, page in documents(shared_site) if data(page)}
    assert saying == set(ARTICLES)


def test_the_policy_of_a_page_lets_its_data_be(shared_site: Path, page: Page) -> None:
    """Data is no script to Chromium: it needs no hash, and the console stays silent."""
    page.goto((shared_site / ARTICLES[0] / "index.html").as_uri())
    text = page.locator("script[type='application/ld+json']").inner_text()
    assert '"@type": "Article"' in text


def test_no_text_can_end_the_data() -> None:
    title = 'A "</script><script>alert(1)</script>" & <!-- <b>'
    text = schema.article(
        address=BASE, headline=title, author="A", reviewed="2026-11-23", language="en"
    )
    assert "<" not in text
    assert json.loads(text)["headline"] == title


# With and without an address


def test_without_an_address_a_page_has_none_of_it(site: Path) -> None:
    assert [file for file, page in documents(site) if page.select(OF_SHARING)] == []
    assert not (site / "sitemap.xml").exists()
    assert not (site / "_static" / "cards").exists()
    assert (site / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"


SMALL = (ROOTS / "test-two-articles" / "conf.py").read_text("utf-8")


def based(address: str) -> dict[str, str]:
    return {"conf.py": f"{SMALL}html_baseurl = {address!r}\n"}


def test_an_address_taken_back_leaves_nothing(sphinx: Build, tmp_path: Path) -> None:
    assert sphinx("test-two-articles", edit=based("https://example.org/steady")).returncode == 0
    assert (tmp_path / "out" / "_static" / "cards" / "rain" / "index.png").exists()
    assert sphinx("test-two-articles", edit=based("")).returncode == 0
    page = soup(tmp_path / "out" / "rain" / "index.html")
    assert page.select(OF_SHARING) == []
    assert not (tmp_path / "out" / "sitemap.xml").exists()
    assert not (tmp_path / "out" / "_static" / "cards").exists()


@pytest.mark.parametrize("address", ["example.org", "https://", "https://example.org/?page="])
def test_an_address_that_is_none_stops_the_build(sphinx: Build, address: str) -> None:
    done = sphinx("test-two-articles", edit=based(address))
    assert done.returncode != 0
    assert f"conf.py: html_baseurl is {address!r}; give it the address of" in done.stderr


@pytest.mark.parametrize("builder", ["epub", "single"])
def test_editions_have_none_of_it(project: Path, builder: str) -> None:
    out = run(builder, project, "-q", "-D", f"html_baseurl={BASE}", name=f"shared-{builder}")
    pages = [*out.rglob("*.xhtml"), *out.glob("*.html")]
    assert pages
    assert [file for file in pages if BASE in file.read_text("utf-8")] == []
    assert not {"sitemap.xml", "robots.txt"} & {file.name for file in out.iterdir()}


# Bad input


def titled(title: str) -> dict[str, str]:
    """A small handbook with an address and an article of this title."""
    path = "docs/rain/index.md"
    text = (ROOTS / "test-two-articles" / path).read_text("utf-8")
    text = re.sub("^title: .*$", lambda _: f"title: {json.dumps(title)}", text, flags=re.MULTILINE)
    return based("https://example.org/") | {path: text}


def test_a_hostile_title_stays_text(sphinx: Build, tmp_path: Path) -> None:
    done = sphinx("test-two-articles", edit=titled('Is "1" < 2 & </script> > <?'))
    assert done.returncode == 0, done.stderr
    page = soup(tmp_path / "out" / "rain" / "index.html")
    shown = "Is “1” < 2 & </script> > <?"
    assert meta(page, "og:title") == meta(page, "og:image:alt") == shown
    assert data(page)["headline"] == shown


def test_the_address_of_a_card_is_written_as_one(sphinx: Build, tmp_path: Path) -> None:
    rain = ROOTS / "test-two-articles" / "docs" / "rain"
    moved = {
        f"docs/häuser/{file.name}": file.read_text("utf-8").replace("Can I", "May I")
        for file in rain.glob("*.md")
    }
    done = sphinx("test-two-articles", edit=based("https://example.org/") | moved)
    assert done.returncode == 0, done.stderr
    address = meta(soup(tmp_path / "out" / "häuser" / "tips.html"), "og:image")
    assert address == "https://example.org/_static/cards/h%C3%A4user/index.png"
    assert (tmp_path / "out" / "_static" / "cards" / "häuser" / "index.png").is_file()


def test_a_letter_that_no_font_has_is_named(sphinx: Build) -> None:
    done = sphinx("test-two-articles", edit=titled("Why does it 雨 at night?"))
    assert done.returncode != 0
    assert "rain/index.md: no card: PDF/A-2u error: the text" in done.stderr
    assert "雨" in done.stderr


def test_a_card_has_room_for_the_longest_title_but_not_for_more() -> None:
    assert card.draw("How much of what he says " * 2 + "can I trust now", "A topic", "Name")
    with pytest.raises(ValueError, match="shorten"):
        card.draw("How much of what he says " * 20, "A topic", "Name")


# Bytes


def test_shared_pages_have_the_same_bytes_however_they_are_built(
    shared_site: Path, project: Path, tmp_path: Path
) -> None:
    def files(out: Path) -> dict[str, bytes]:
        return {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in sorted(out.rglob("*"))
            if path.is_file() and path.name != ".buildinfo"
        }

    together = tmp_path / "together"
    options = (*STRICT, "-q", "-j", "2", "-c", ".", "-D", f"html_baseurl={BASE}")
    places = ("-d", tmp_path / "doctrees", "docs", together)
    subprocess.run([sys.executable, "-m", "sphinx", *options, *places], cwd=project, check=True)
    assert files(together) == files(shared_site)
