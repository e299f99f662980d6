"""The zip: the pages as they are, for a stick."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from articles import ARTICLES
from playwright.sync_api import Page, expect

from handbook.files import EARLIEST, zip_bytes


@pytest.fixture(scope="session")
def unpacked(zipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    goal = tmp_path_factory.mktemp("stick")
    with ZipFile(zipped) as archive:
        archive.extractall(goal)
    return goal / "steady"


def test_it_is_one_folder_with_a_text_to_read_first(unpacked: Path) -> None:
    assert [path.name for path in unpacked.parent.iterdir()] == ["steady"]
    text = (unpacked / "READ-ME-FIRST.txt").read_text(encoding="utf-8")
    for name in ("index.html", "help/index.html", "help/reading.html"):
        assert f'"{name}"' in text
        assert (unpacked / name).exists()


def test_a_file_on_a_stick_is_named_after_the_handbook_alone(zipped: Path, single: Path) -> None:
    """Whoever sees the stick, the downloads or a mail reads the name, not what it is about."""
    names = {path.name for path in single.parent.iterdir()}
    assert {zipped.name, single.name} <= names
    paper = "-a4|-letter|-large-print"
    assert [name for name in names if not re.fullmatch(rf"steady({paper})?\.\w+", name)] == []


def test_it_holds_the_same_pages(unpacked: Path, site: Path) -> None:
    pages = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    files = {path.relative_to(unpacked) for path in unpacked.rglob("*") if path.is_file()}
    assert files - pages == {Path("READ-ME-FIRST.txt")}
    # A page for what is not found, and two lists for other programs, which nobody opens.
    assert {str(path) for path in pages - files} == {"404.html", "objects.inv", "robots.txt"}


def test_it_opens_from_a_disk(unpacked: Path, page: Page) -> None:
    for article in ARTICLES:
        page.goto((unpacked / "index.html").as_uri())
        page.locator(f"main a[href='{article}/index.html']").first.click()
        expect(page).to_have_url((unpacked / article / "index.html").as_uri())


def test_search_works_from_a_disk(unpacked: Path, page: Page) -> None:
    page.goto((unpacked / "help" / "reading.html").as_uri())
    urls = page.evaluate("handbook.search('he refuses councelling').then(r => r.map(x => x.url))")
    found = unpacked / "love-me-again" / "tips.html"
    assert f"{found.as_uri()}#go-to-counselling" in urls


def test_the_date_of_a_member_is_the_source_s() -> None:
    archive = zip_bytes([("a", b"x")], 1_700_000_000)
    assert archive == zip_bytes([("a", b"x")], 1_700_000_000)
    assert archive != zip_bytes([("a", b"x")], 1_700_000_002)


def test_a_date_before_zip_files_counts_as_their_first_day() -> None:
    assert zip_bytes([("a", b"x")], 0) == zip_bytes([("a", b"x")], EARLIEST)
