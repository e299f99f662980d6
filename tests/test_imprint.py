"""What a copy says of itself: its days, who has read a page, and where to report a mistake."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS
from pages import load, page, write

from handbook.files import source_date

Build = Callable[..., subprocess.CompletedProcess[str]]
Edit = dict[str, str | bytes | None]
CONF = (ROOTS / "test-two-articles" / "conf.py").read_text(encoding="utf-8")
CONF += 'copyright = "2026, Ann Example"\nversion = "1"\n'  # an e-book has both
LIST = "{{.last-checked}}\nThis list was last checked on {day}.\n\nCall this:\n\n- [999](tel:999)"
CHECK = "\n\n(check-a-number)=\n## Check a number in an old copy\n\nLook it up."
NUMBERS: Edit = {
    "docs/numbers.md": page(LIST.format(day="2026-11-23") + CHECK, title="All numbers"),
    "conf.py": CONF + 'handbook_check_numbers = "numbers#check-a-number"\n',
}
MADE: Edit = {".source-date": "1795392000\n"}  # 23 November 2026


@pytest.fixture(autouse=True)
def day_of_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of what a test builds is what its folder says."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def built(sphinx: Build, builder: str, edit: Edit) -> None:
    done = sphinx("test-two-articles", builder, edit)
    assert done.returncode == 0, done.stderr


def book(out: Path) -> ZipFile:
    [file] = out.glob("*.epub")
    return ZipFile(file)


# The days


def test_the_day_of_the_oldest_check_counts(tmp_path: Path) -> None:
    days = {"a.md": "2026-11-23", "b.md": "2026-10-02", "c.md": "2026-12-01"}
    files = {name: page(LIST.format(day=day)) for name, day in days.items()}
    handbook, problems = load(write(tmp_path / "docs", files | {"d.md": page("Text.")}))
    assert problems == []
    assert str(handbook.last_checked) == "2026-10-02"


def test_each_page_says_the_days_of_its_copy_and_leads_to_a_check(
    sphinx: Build, tmp_path: Path
) -> None:
    built(sphinx, "html", NUMBERS | MADE)
    out = tmp_path / "out"
    assert source_date(tmp_path / "root", {}) == 1795392000
    pages = sorted(out.rglob("*.html"))
    assert out / "search.html" in pages
    for file in pages:
        [foot] = soup(file).select("main > .imprint")
        said = "This copy was made on 23 November 2026. The helplines were checked on 23 November"
        assert foot.get_text().startswith(said), file
        to, _, anchor = str(foot.a["href"]).partition("#")
        there = soup(file.parent / to) if to else soup(file)
        assert there.find(id=anchor).h2.get_text().startswith("Check a number"), file


def test_the_one_file_says_them_once(sphinx: Build, tmp_path: Path) -> None:
    built(sphinx, "single", NUMBERS | MADE)
    one = soup(tmp_path / "out" / "small.html")
    [foot] = one.select(".imprint")
    assert "made on 23 November 2026" in foot.get_text()
    assert one.find(id=str(foot.a["href"]).removeprefix("#")).h2


def test_the_e_book_says_them_before_its_contents(sphinx: Build, tmp_path: Path) -> None:
    built(sphinx, "epub", NUMBERS | MADE)
    with book(tmp_path / "out") as file:
        nav = BeautifulSoup(file.read("nav.xhtml"), "html.parser")
        said = nav.select_one("nav").find_previous_sibling(class_="imprint")
        assert "made on 23 November 2026. The helplines were checked on" in said.get_text()
        to, _, anchor = said.a["href"].partition("#")
        assert BeautifulSoup(file.read(to), "html.parser").find(id=anchor)
        assert b"when-old" not in file.read(to)  # no script would show it
        opf = file.read("content.opf").decode()
    assert '<meta property="dcterms:modified">2026-11-23T' in opf
    assert "<dc:date>2026-11-23T" in opf


def test_what_is_not_known_is_not_said(sphinx: Build, tmp_path: Path) -> None:
    built(sphinx, "html", {})
    for file in sorted((tmp_path / "out").rglob("*.html")):
        told = soup(file)
        assert told.select(".imprint, .when-old, meta[name=helplines-due]") == [], file


def test_a_section_that_is_not_there_stops_the_build(sphinx: Build) -> None:
    conf = CONF + 'handbook_check_numbers = "numbers#chek"\n'
    done = sphinx("test-two-articles", edit=NUMBERS | {"conf.py": conf})
    assert done.returncode != 0
    assert 'conf.py: no section "numbers#chek" for handbook_check_numbers' in done.stderr


# Who has read a page

READER: Edit = {
    "conf.py": CONF,
    "docs/rain/tips.md": (ROOTS / "test-two-articles" / "docs" / "rain" / "tips.md")
    .read_text(encoding="utf-8")
    .replace(
        "review-by: 2027-11-23\n",
        "review-by: 2027-11-23\nread-by: Ann <i>Example</i>\nread-as: family therapist\n"
        "read-on: 2026-11-24\n",
    ),
}
READ = "Read by Ann <i>Example</i>, family therapist, on 24 November 2026."


def test_a_page_names_who_has_read_it(sphinx: Build, tmp_path: Path) -> None:
    built(sphinx, "html", READER | {"conf.py": CONF + 'html_baseurl = "https://a.example/"\n'})
    told = soup(tmp_path / "out" / "rain" / "tips.html")
    assert told.select("main > .reviewed")[-1].get_text() == READ
    data = json.loads(told.select_one("script[type='application/ld+json']").get_text())
    reader = data["mainEntityOfPage"]["reviewedBy"]
    assert (reader["name"], reader["jobTitle"]) == ("Ann <i>Example</i>", "family therapist")
    others = soup(tmp_path / "out" / "rain" / "answer.html").get_text()
    assert "Read by" not in others
    assert "reviewedBy" not in others


def test_so_does_the_one_file(sphinx: Build, tmp_path: Path) -> None:
    built(sphinx, "single", READER)
    [said] = soup(tmp_path / "out" / "small.html").select("article.part-tips > .reviewed")
    assert said.get_text() == READ


def test_so_does_the_e_book(sphinx: Build, tmp_path: Path) -> None:
    built(sphinx, "epub", READER)
    with book(tmp_path / "out") as file:
        tips = BeautifulSoup(file.read("rain/tips.xhtml"), "html.parser")
    assert tips.select(".reviewed")[-1].get_text() == READ


def test_so_does_the_book(sphinx: Build, tmp_path: Path) -> None:
    built(sphinx, "typst", READER)
    assert READ in (tmp_path / "out" / "source" / "book.typ").read_text("utf-8")


# Where to report a mistake

REPORT: Edit = {"conf.py": CONF, "docs/numbers.md": page(":::{report}\n:::", title="Reports")}


@pytest.mark.parametrize(
    ("setting", "shown"),
    [
        ("https://a.example/report/", "a.example/report"),
        ("mailto:ann@a.example", "ann@a.example"),
    ],
)
def test_a_page_says_where_in_words_too(
    sphinx: Build, tmp_path: Path, setting: str, shown: str
) -> None:
    edit = REPORT | {"conf.py": f'{CONF}handbook_report = "{setting}"\n'}
    built(sphinx, "html", edit)
    links = soup(tmp_path / "out" / "numbers.html").select("article p a[href]")
    assert (unquote(str(links[0]["href"])), links[0].get_text()) == (setting, shown)
    built(sphinx, "typst", edit)
    assert shown in (tmp_path / "out" / "source" / "book.typ").read_text("utf-8")


@pytest.mark.parametrize("builder", ["html", "single", "epub", "typst"])
def test_without_an_address_every_edition_says_whom_to_tell(
    sphinx: Build, tmp_path: Path, builder: str
) -> None:
    built(sphinx, builder, REPORT)
    out = tmp_path / "out"
    if builder == "epub":
        with book(out) as file:
            text = file.read("numbers.xhtml").decode()
    else:
        name = {"html": "numbers.html", "single": "small.html", "typst": "source/book.typ"}
        text = (out / name[builder]).read_text("utf-8")
    assert "tell whoever gave you this copy" in text


@pytest.mark.parametrize(
    "setting", ["http://a.example", "https://", "mailto:ann", "ann@a.example", "javascript:1"]
)
def test_what_nobody_can_write_to_stops_the_build(sphinx: Build, setting: str) -> None:
    done = sphinx("test-two-articles", edit={"conf.py": f'{CONF}handbook_report = "{setting}"\n'})
    assert done.returncode != 0
    assert f"conf.py: handbook_report is '{setting}'; give it an address that" in done.stderr


@pytest.mark.parametrize("name", ["about", "help/contacts"])
def test_the_handbook_says_it_where_one_looks(site: Path, name: str) -> None:
    assert "If you find a mistake or a wrong number" in soup(site / f"{name}.html").get_text()


def test_the_handbook_says_that_no_professional_has_read_it_as_long_as_none_has(
    site: Path,
) -> None:
    read = [file for file in site.rglob("*.html") if "Read by " in soup(file).main.get_text()]
    about = soup(site / "about.html").get_text()
    assert ("No professional has reviewed these pages yet" in about) == (read == [])
