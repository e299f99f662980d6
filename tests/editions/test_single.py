"""The one file: everything inside, every link lands, nothing is asked of anyone."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from articles import ARTICLES, HANDBOOK
from browsers import listen
from bs4 import BeautifulSoup
from conftest import ROOT, ROOTS
from playwright.sync_api import Browser, Page, expect

from handbook.build.run import STRICT, run
from handbook.files import in_words
from handbook.single import budget
from handbook.single.builder import _gzip


@pytest.fixture
def page(used_page: Page) -> Page:
    return used_page


def test_it_keeps_to_its_budget(single: Path) -> None:
    """And so goes into a mail without a thought."""
    assert single.stat().st_size <= budget.budget(len(ARTICLES))


def test_its_budget_is_a_straight_line() -> None:
    assert [budget.budget(articles) for articles in (1, 2, 3)] == [500_000, 675_000, 850_000]


def test_the_build_says_what_of_its_budget_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    root = shutil.copytree(ROOTS / "test-two-articles", tmp_path / "root")
    file = run("single", root) / "small.html"
    said = f"small.html has {in_words(file.stat().st_size)} of the 675 kB that are its budget."
    assert said in capfd.readouterr().out


def test_whoever_makes_one_that_is_too_large_is_told_what_to_do() -> None:
    said = budget.account("rain.html", 675_001, 2)
    assert said.startswith("rain.html has 675 kB of the 675 kB that are its budget: shorten")


def test_what_is_packed_names_no_system() -> None:
    assert _gzip(b"rain")[:10] == bytes.fromhex("1f8b08000000000002ff")
    assert gzip.decompress(_gzip(b"rain")) == b"rain"


def test_it_opens_alone_and_asks_for_nothing(
    single: Path, fresh_page: Page, tmp_path: Path
) -> None:
    alone = tmp_path / "attachment.html"
    alone.write_bytes(single.read_bytes())
    asked: list[str] = []
    fresh_page.on("request", lambda request: asked.append(request.url))
    fresh_page.goto(alone.as_uri())
    assert asked == [alone.as_uri()]


def test_every_address_inside_it_lands(single: Path) -> None:
    soup = BeautifulSoup(single.read_text(encoding="utf-8"), "html.parser")
    ids = [str(tag["id"]) for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    links = {str(a["href"]) for a in soup.select("a[href]") if ":" not in str(a["href"])}
    assert {link for link in links if not link.startswith("#")} == set()
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_every_page_of_the_handbook_is_in_it(single: Path, site: Path) -> None:
    soup = BeautifulSoup(single.read_text(encoding="utf-8"), "html.parser")
    for path in site.rglob("*.html"):
        docname = path.relative_to(site).with_suffix("").as_posix()
        if docname not in ("404", "search"):
            assert soup.find(id=docname), docname


def test_a_link_leads_to_the_section_and_back_to_the_contents(single: Path, page: Page) -> None:
    page.goto(single.as_uri())
    for article in ARTICLES:
        section = f"{article}/tips/{HANDBOOK.pages[f'{article}/tips'].sections[-1].anchor}"
        page.goto(f"{single.as_uri()}#{section}")
        heading = page.locator(f"[id='{section}'] > :is(h2, h3)")
        expect(heading).to_be_in_viewport()
        box = heading.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 300, section


def test_the_exit_is_there_and_works_without_scripts(single: Path) -> None:
    soup = BeautifulSoup(single.read_text(encoding="utf-8"), "html.parser")
    [link] = soup.select("a.exit")
    assert str(link["href"]).startswith("https://")
    assert link["rel"] == ["nofollow", "noreferrer"]
    assert link.find_next_sibling("a", class_="to-help")["href"] == "#help/index"


def test_the_colours_can_be_chosen(single: Path, fresh_page: Page) -> None:
    fresh_page.set_viewport_size({"width": 1280, "height": 900})
    fresh_page.goto(single.as_uri())
    before = fresh_page.evaluate("getComputedStyle(document.body).backgroundColor")
    fresh_page.locator("button.theme").click()
    assert fresh_page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_controls_are_not_printed(single: Path, fresh_page: Page) -> None:
    fresh_page.goto(single.as_uri())
    fresh_page.emulate_media(media="print")
    for control in ("a.exit", "button.theme", ".menu", "a.skip"):
        assert not fresh_page.locator(control).first.is_visible(), control


def test_search_finds_and_leads_inside_the_file(single: Path, page: Page) -> None:
    page.goto(single.as_uri())
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("he refuses councelling")
    page.get_by_role("option").first.wait_for()
    assert "counselling" in page.locator(".search-note, [role=dialog]").first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash !== ''")
    assert page.url.startswith(f"{single.as_uri()}#")
    assert page.evaluate("document.querySelector(':target') !== null")


def test_every_question_stands_in_it(single: Path, site: Path) -> None:
    pages = BeautifulSoup((site / "search.html").read_text(encoding="utf-8"), "html.parser")
    one = BeautifulSoup(single.read_text(encoding="utf-8"), "html.parser")
    listed = one.select("section#search .search-list a")
    assert [a.get_text() for a in listed] == [a.get_text() for a in pages.select(".search-list a")]
    assert len(listed) > 50


def test_without_scripts_a_link_to_the_questions_takes_the_place_of_the_field(
    single: Path, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(single.as_uri())
    assert page.get_by_role("searchbox").count() == 0
    page.get_by_role("link", name="All questions").click()
    expect(page.locator("section#search h1")).to_be_in_viewport()
    page.locator("section#search .search-list li li a").first.click()
    assert page.url.partition("#")[2].startswith(f"{ARTICLES[0]}/")
    context.close()


def test_a_search_that_cannot_start_leads_to_the_questions(single: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True)
    context.add_init_script("delete window.TextDecoder")
    page = context.new_page()
    page.goto(single.as_uri())
    page.keyboard.press("/")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("section#search h1")).to_be_in_viewport()
    context.close()


WAYS = {
    "blob": """(text) => { const frame = document.createElement("iframe");
        frame.src = URL.createObjectURL(new Blob([text], { type: "text/html" }));
        return frame; }""",
    "srcdoc": """(text) => { const frame = document.createElement("iframe");
        frame.srcdoc = text; return frame; }""",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_search_works_where_web_mail_shows_it(
    single: Path, browser: Browser, tmp_path: Path, way: str
) -> None:
    """Neither has an address of its own that anything could be found beside."""
    mail = tmp_path / "mail.html"
    mail.write_text("<!doctype html><title>Mail</title>", encoding="utf-8")
    context = browser.new_context(offline=True)
    context.add_init_script("delete window.DecompressionStream")  # an iPhone of 2016 has none
    page = context.new_page()
    said = listen(page)
    page.goto(mail.as_uri())
    page.evaluate(
        f"""(text) => {{ const frame = ({way})(text); frame.style = "width: 800px; height: 600px";
        document.body.append(frame); }}""",
        single.read_text(encoding="utf-8"),
    )
    frame = page.frame_locator("iframe")
    frame.get_by_role("searchbox").click()
    frame.get_by_role("combobox").fill("what is stonewaling")
    first = frame.get_by_role("option").first
    expect(first).to_contain_text("stonewalling")
    first.click()
    expect(frame.locator("[id='glossary/term-stonewalling']")).to_be_in_viewport()
    frame.locator("a.to-help").click()
    expect(frame.locator("[id='help/index'] > h1")).to_be_in_viewport()
    assert said == []
    context.close()


def test_it_says_what_the_pages_say(single: Path, site: Path, fresh_page: Page) -> None:
    """Smaller scripts are the same scripts."""
    heard = {}
    for file in (site / "index.html", single):
        fresh_page.goto(file.as_uri())
        fresh_page.keyboard.press("/")
        fresh_page.get_by_role("combobox").fill("what is stonewaling ")
        status = fresh_page.locator("dialog .search-status")
        expect(status).to_have_text(re.compile(r"^\d+ results for what is stonewalling$"))
        heard[file] = [
            status.inner_text(),
            fresh_page.locator(".search-note").inner_text(),
            fresh_page.get_by_role("option").first.inner_text(),
            fresh_page.get_by_role("option").first.inner_html(),
        ]
    assert heard[single] == heard[site / "index.html"]


def test_results_stand_under_the_titles_of_their_pages(single: Path, page: Page) -> None:
    page.goto(single.as_uri())
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("he says he is done but he stays")
    page.get_by_role("option").first.wait_for()
    titles = page.locator("dialog .search-page").all_inner_texts()
    assert len(set(titles)) == len(titles) > 2


def test_a_result_shows_the_text_of_its_section_and_of_no_other(single: Path, page: Page) -> None:
    page.goto(single.as_uri())
    shown = page.evaluate(
        """async () => {
            const plain = (text) => text.replace(/[\\s.;]/g, ""); // blocks are parted by stops
            const results = [];
            for (const question of ["how much space", "stonewalling", "call in Ireland"]) {
                const found = await handbook.search(question);
                for (const { url, snippet, title } of found.slice(0, 5)) {
                    const named = document.getElementById(url.split("#")[1]);
                    const place = named.matches("dt") ? named.nextElementSibling : named;
                    const copy = place.cloneNode(true);
                    for (const inner of copy.querySelectorAll("section")) inner.remove();
                    const cut = snippet.replace(/^… | …$/g, "");
                    results.push([title, cut, plain(copy.textContent).includes(plain(cut))]);
                }
            }
            return results;
        }"""
    )
    assert len(shown) > 10
    assert all(len(cut) > 20 for _title, cut, _there in shown)
    assert [title for title, _cut, there in shown if not there] == []


NOTED = """\
---
title: What we had for breakfast
summary: A meal with notes.
part: reference
reviewed: 2026-11-23
review-by: 2027-11-23
---

(jam)=
## Jam

We had jam,[^a]\\
and tea.

(toast)=
## Toast

We had toast.

(tools)=
## Tools

A knife
: It cuts

We had:

- a spoon
- a fork

[^a]: It was marmalade, and it was good.
"""


def test_a_note_a_break_and_a_list_are_read_as_on_the_pages(
    sphinx: Callable[..., CompletedProcess[str]], page: Page, tmp_path: Path
) -> None:
    shown = {}
    listed = {}
    for builder in ("html", "single"):
        done = sphinx("test-two-articles", builder=builder, edit={"docs/meal.md": NOTED})
        assert done.returncode == 0, done.stderr
        [file, *_] = (tmp_path / "out").glob("index.html" if builder == "html" else "small.html")
        page.goto(file.as_uri())
        found = page.evaluate("handbook.search('jam and tea with marmalade')")
        shown[builder] = [(each["title"], each["snippet"]) for each in found]
        listed[builder] = page.evaluate("handbook.search('a knife, a spoon and a fork')")[0]
    assert shown["single"][0] == ("Jam", "We had jam, and tea. It was marmalade, and it was good.")
    assert shown["single"][0] == shown["html"][0]
    assert listed["single"]["snippet"] == "A knife: It cuts. We had: a spoon; a fork."
    assert listed["single"]["snippet"] == listed["html"]["snippet"]


def test_the_words_of_the_map_are_no_text_of_an_article(
    built: Callable[..., Path], page: Page
) -> None:
    shown = {}
    for builder, file in (("html", "index.html"), ("single", "small.html")):
        page.goto((built("test-two-articles", builder) / file).as_uri())
        found = page.evaluate("handbook.search('can i walk with rain, a short way first')")
        shown[builder] = [(each["title"], each["snippet"]) for each in found]
    assert ("Can I walk with rain?", "Plan a short way first.") in [
        (title, snippet.removeprefix("You can often walk with rain. "))
        for title, snippet in shown["html"]
    ]
    assert shown["single"] == shown["html"]


IN_SMALL_FILES = """
import gc, json, sys, weakref
from pathlib import Path
from sphinx.addnodes import pending_xref
from handbook.crossref.sections import SectionLinks
from handbook.search.listing import questions
from handbook.single import builder
from sphinx.cmd.build import main
builder.LARGEST = 1
gc.disable()
counted, pages, others = {"lists": 0}, [], []
groups, one = questions.groups, builder.SingleFileBuilder
write_doc, finish, resolve = one.write_doc, one.finish, SectionLinks.run
def counting(*given, **more):
    counted["lists"] += 1
    return groups(*given, **more)
def resolving(self, **given):
    found = self.document.findall(pending_xref)
    others.extend(weakref.ref(each) for each in found if each["refdomain"] == "doc")
    resolve(self, **given)
def noting(self, docname, doctree):
    pages.append(weakref.ref(doctree))
    write_doc(self, docname, doctree)
    others.append(weakref.ref(self.translator))
def ending(self):
    del self.translator
    counted["pages"], counted["others"] = len(pages), len(others)
    left = [each() for each in pages]
    counted["held"] = sum(each is not None and vars(each) != {} for each in left)
    counted["held"] += sum(each() is not None for each in others)
    finish(self)
questions.groups, SectionLinks.run, one.write_doc, one.finish = counting, resolving, noting, ending
status = main(sys.argv[2:])
Path(sys.argv[1]).write_text(json.dumps(counted))
sys.exit(status)
"""


@pytest.fixture(scope="module")
def in_small_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files lie of a small handbook that is too large for one, with what was counted."""
    root, out = ROOTS / "test-two-articles", tmp_path_factory.mktemp("volumes")
    places = ["-q", "-b", "single", "-c", root, "-d", out / "doctrees", root / "docs", out / "out"]
    code = [sys.executable, "-c", IN_SMALL_FILES, out / "counted.json"]
    subprocess.run([*code, *STRICT, *places], cwd=ROOT, check=True)
    return out


@pytest.fixture(scope="module")
def volumes(in_small_files: Path) -> dict[str, BeautifulSoup]:
    """The files, by topic."""
    return {
        file.name: BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for file in (in_small_files / "out").glob("*.html")
    }


def test_however_many_files_the_list_is_drawn_up_once_and_no_page_stays(
    in_small_files: Path, volumes: dict[str, BeautifulSoup]
) -> None:
    """For each file, or for each page, the whole handbook would be gone through."""
    counted = json.loads((in_small_files / "counted.json").read_bytes())
    assert len(volumes) > 1
    assert counted["lists"] == 1
    assert min(counted["pages"], counted["others"] - counted["pages"]) > 10
    assert counted["held"] == 0


def test_what_is_too_large_is_a_file_for_each_topic(volumes: dict[str, BeautifulSoup]) -> None:
    assert {*volumes} == {"small-animals.html", "small-weather.html"}
    ids = {name: {tag["id"] for tag in soup.select("[id]")} for name, soup in volumes.items()}
    assert "rain/tips" in ids["small-weather.html"] - ids["small-animals.html"]
    assert "dogs/tips" in ids["small-animals.html"] - ids["small-weather.html"]
    assert "index" in ids["small-animals.html"] & ids["small-weather.html"]


def test_every_address_in_a_file_for_a_topic_lands(volumes: dict[str, BeautifulSoup]) -> None:
    crossing = 0
    for name, soup in volumes.items():
        for link in soup.select("a[href]"):
            file, mark, anchor = str(link["href"]).partition("#")
            if mark and ":" not in file:
                crossing += bool(file)
                assert volumes[file or name].find(id=anchor), link
    assert crossing
