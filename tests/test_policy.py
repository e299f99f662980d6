"""The Content-Security-Policy of every built page, and that the page keeps it by itself."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from handbook.theme.csp import policy as policy_for

OUTSIDE = re.compile(r"^\s*(?!data:)(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
# Attributes whose address a browser fetches or sends to without a reader's choice.
FETCHED = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping")


@pytest.fixture(scope="module")
def pages(site: Path, single: Path) -> dict[str, BeautifulSoup]:
    """Every page of the built handbook by its name, and the one file."""
    return {
        file.as_posix(): BeautifulSoup(file.read_text("utf-8"), "html.parser")
        for file in sorted([*site.rglob("*.html"), single])
    }


def policy(page: BeautifulSoup) -> dict[str, list[str]]:
    """The page's one policy by directive."""
    (meta,) = page.select('meta[http-equiv="Content-Security-Policy" i]')
    rules = [rule.split() for rule in str(meta["content"]).split(";")]
    return {name: sources for name, *sources in rules}


def found(pages: dict[str, BeautifulSoup], selector: str) -> Iterator[tuple[str, Tag]]:
    for name, page in pages.items():
        for tag in page.select(selector):
            yield name, tag


def test_nothing_is_allowed_but_what_is_named(pages: dict[str, BeautifulSoup]) -> None:
    for page in pages.values():
        rules = policy(page)
        assert rules.pop("default-src") == ["'none'"]
        assert rules.pop("base-uri") == ["'none'"]
        assert rules.pop("form-action") == ["'self'", "file:"]  # the second for Firefox, on a disk
        own = re.compile(r"'self'|data:|'sha256-[A-Za-z0-9+/]{43}='")
        assert [s for sources in rules.values() for s in sources if not own.fullmatch(s)] == []
        assert "data:" not in rules["script-src"] + rules["style-src"]


def test_the_policy_comes_before_all_that_it_governs(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        first = page.select_one("script, link, style, meta[http-equiv]")
        assert first is not None and first.name == "meta", name


def test_each_inline_script_and_style_is_named_by_its_hash(
    pages: dict[str, BeautifulSoup],
) -> None:
    """What has the type of data is no script, and the policy says nothing of it."""
    data = "[type='application/ld+json'], [type='text/plain']"
    for name, tag in found(pages, f"style, script:not([src], {data})"):
        digest = b64encode(hashlib.sha256(tag.get_text().encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy(pages[name])[f"{tag.name}-src"], name


def test_no_page_needs_an_exception(pages: dict[str, BeautifulSoup]) -> None:
    """No handler, no style and no script in an attribute: the policy would refuse them."""
    refused = [
        (name, attribute)
        for name, tag in found(pages, "*")
        for attribute, value in tag.attrs.items()
        if attribute.startswith("on")
        or attribute == "style"
        or re.match(r"\s*(?:java|vb)script:", str(value), re.IGNORECASE)
    ]
    assert refused == []


def test_no_page_fetches_anything_from_outside(pages: dict[str, BeautifulSoup]) -> None:
    """Nor does it prepare to: a prefetch or a preconnect tells the other side as much."""
    fetched = [
        (name, str(tag[attribute]))
        for attribute in FETCHED
        for name, tag in found(pages, f"[{attribute}]")
        if OUTSIDE.match(str(tag[attribute]))
    ]
    linked = [
        (name, str(tag))
        for name, tag in found(pages, "link[href]")
        if OUTSIDE.match(str(tag["href"])) and tag["rel"] != ["canonical"]
    ]
    assert fetched + linked == []


def test_no_style_sheet_fetches_anything_from_outside(site: Path) -> None:
    sheets = list(site.rglob("*.css"))
    assert sheets
    reach = re.compile(r"""@import|url\(\s*["']?(?:https?:|//)""")
    assert [sheet.name for sheet in sheets if reach.search(sheet.read_text("utf-8"))] == []


def test_no_page_tells_where_its_reader_came_from(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        assert [m["content"] for m in page.select("meta[name=referrer]")] == ["no-referrer"], name
    weaker = list(found(pages, "[referrerpolicy]:not([referrerpolicy='no-referrer'])"))
    assert weaker == []


def test_a_policy_names_each_inline_text_by_its_hash() -> None:
    """The digest of the empty text is well known."""
    empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    rules = dict(rule.split(" ", 1) for rule in policy_for([""], [""]).split("; "))
    assert rules["script-src"] == rules["style-src"] == f"'self' {empty}"
    assert rules["default-src"] == "'none'"
