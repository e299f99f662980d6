"""The helplines as a reader finds them: each with its number and site, to read and to press.

``helplines.tsv`` has one line a row: its section, the words beside it, its number, its site.
"""

import csv
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

LINES = list(
    csv.DictReader(
        (Path(__file__).parent / "helplines.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
    )
)
HOURS = re.compile(
    r"24/7|24 hours|day and night|round the clock|opening hours|\bopen (?:from|on)\b"
)


def article(file: Path) -> Tag:
    """The text of a page, with straight apostrophes."""
    text = file.read_text(encoding="utf-8").replace("’", "'")
    found = BeautifulSoup(text, "html.parser").find("article")
    assert isinstance(found, Tag)
    return found


@pytest.fixture(scope="module")
def contacts(site: Path) -> Tag:
    return article(site / "help" / "contacts.html")


@pytest.fixture(scope="module")
def first_help(site: Path) -> Tag:
    return article(site / "help" / "index.html")


def links(tag: Tag) -> dict[str, str]:
    return {a.get_text(): str(a["href"]) for a in tag.select("a[href]")}


def test_there_are_20_lines() -> None:
    assert len({tuple(line.values()) for line in LINES}) == len(LINES) == 20


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['section']}-{line['service']}")
def test_a_helpline_has_its_number_and_site_beside_its_name(
    contacts: Tag, line: dict[str, str]
) -> None:
    entries = contacts.select(f"#{line['section']} :is(p, li)")
    beside = [links(entry) for entry in entries if line["service"] in entry.get_text()]
    assert beside
    number, site = line["number"], line["site"]
    if number:
        assert beside[-1][number] == "tel:" + re.sub(r"\D", "", number)
    if site:
        assert beside[-1][site] == f"https://{site}"


def test_the_help_page_repeats_numbers_as_the_contacts_have_them(
    contacts: Tag, first_help: Tag
) -> None:
    repeated = {text: to for text, to in links(first_help).items() if to.startswith("tel:")}
    assert repeated.items() <= links(contacts).items()
    assert {line["number"] for line in LINES if "danger" in line["service"]} <= repeated.keys()


def test_the_help_page_leads_straight_to_each_country(contacts: Tag, first_help: Tag) -> None:
    countries = {line["section"] for line in LINES}
    assert {f"contacts.html#{place}" for place in countries} <= set(links(first_help).values())
    assert all(contacts.select_one(f"section[id='{place}']") for place in countries)


def test_no_number_comes_with_opening_hours(contacts: Tag, first_help: Tag) -> None:
    """They change, and a reader who believes a closed line does not try the next."""
    assert HOURS.findall(contacts.get_text() + first_help.get_text()) == []


@pytest.mark.parametrize("words", ["last checked on", "call log", "bill", "call you back"])
def test_what_to_know_before_a_call_stands_above_the_numbers(contacts: Tag, words: str) -> None:
    assert words in contacts.get_text().partition("Who to call in the USA")[0]


def test_who_cannot_speak_is_told_what_to_press(contacts: Tag) -> None:
    section = contacts.select_one("#united-kingdom")
    assert section is not None
    assert "cannot speak, press 55" in section.get_text()


@pytest.mark.parametrize("name", ["index", "limits", "contacts", "reading"])
def test_a_history_does_not_tell_what_was_read(site: Path, name: str) -> None:
    """The file name and the title are what a history shows."""
    page = BeautifulSoup((site / "help" / f"{name}.html").read_text("utf-8"), "html.parser")
    assert page.title is not None
    telling = re.compile(r"abuse|violen|danger|safe|suicid|crisis|afraid|private|exit|escape", re.I)
    assert telling.findall(f"{name} {page.title.get_text()}") == []
