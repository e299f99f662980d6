"""Of the pages' styles the one file keeps what it has a use for."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from handbook.single.styles import used


@pytest.mark.parametrize(
    "kept",
    [
        "p{margin:0}",
        ".rain{margin:0}",
        "#top{margin:0}",
        'p.rain:not(.sun)>a[href=".sun"]{margin:0}',
        ".rain,.sun{margin:0}",  # one of both is enough
        ":is(.sun,.rain){margin:0}",
        "@media print{.rain{margin:0}}",
        "@page{margin:2cm}",
        "@font-face{font-family:sun}",
        ":root{--sun:#fff}",
    ],
)
def test_a_rule_that_may_apply_stays(kept: str) -> None:
    assert used(kept, '<p class="rain" id="top">') == kept


@pytest.mark.parametrize(
    "gone",
    [
        ".sun{margin:0}",
        "#bottom{margin:0}",
        ".rain .sun a{margin:0}",
        ".sun,.rain.sun{margin:0}",
        "@media print{.sun{margin:0}@supports (top:0){.sun{margin:0}}}",
    ],
)
def test_a_rule_that_nothing_here_can_match_goes(gone: str) -> None:
    assert used(f"{gone}a{{top:0}}", '<p class="rain" id="top">') == "a{top:0}"


def test_a_class_that_a_script_gives_is_there() -> None:
    css = ".sun{margin:0}"
    assert used(css, '<script>page.className = "sun";</script>') == css


def test_it_looks_as_with_all_styles(single: Path, site: Path, used_page: Page) -> None:
    """Every element has the same style with the pages' whole sheet."""
    page = used_page
    page.goto(single.as_uri())
    soup = BeautifulSoup(single.read_text(encoding="utf-8"), "html.parser")
    whole = (site / "_static" / "handbook.css").read_text(encoding="utf-8")
    assert sum(len(style.text) for style in soup.select("style")) < 0.8 * len(whole)
    differing = page.evaluate(
        """(whole) => {
            const look = () => Array.from(document.querySelectorAll("body *"), (each) => {
                const style = getComputedStyle(each);
                const names = Array.from(style).filter((name) => !name.startsWith("--"));
                return names.map((name) => style.getPropertyValue(name)).join();
            });
            const before = look();
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(whole);
            document.querySelectorAll("style").forEach((style) => (style.sheet.disabled = true));
            document.adoptedStyleSheets = [sheet];
            return look().filter((style, place) => style !== before[place]).length;
        }""",
        whole,
    )
    assert differing == 0
