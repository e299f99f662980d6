"""What Chromium prints: numbers and addresses as they are read, once and apart."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from bs4 import BeautifulSoup
from pages import page as source
from playwright.sync_api import Page
from pypdf import PdfReader

Build = Callable[..., subprocess.CompletedProcess[str]]


def printed(page: Page, file: Path) -> str:
    """The text of the file's print-out, its lines as spaces."""
    page.goto(file.as_uri())
    reader = PdfReader(BytesIO(page.pdf(format="A4")))
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


# A number at whose end a sign stands.
SIGNED = re.compile(r'href="tel:[^"]*">([^<]+)</a>([,.;])')
# Where the ink of a line of text lies. Chromium prints these same boxes.
GAPS = """() => [...document.querySelectorAll('a[href^="tel:"]')].flatMap((link) => {
  const boxOf = (node, start, end) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return range.getBoundingClientRect();
  };
  const number = boxOf(link.firstChild, 0, link.firstChild.length);
  const [before, after] = [link.previousSibling, link.nextSibling];
  const gaps = [];
  if (before?.nodeType === 3 && before.data.length) {
    const box = boxOf(before, before.length - 1, before.length);
    if (box.top < number.bottom && number.top < box.bottom) gaps.push(number.left - box.right);
  }
  if (after?.nodeType === 3 && after.data.length) {
    const box = boxOf(after, 0, 1);
    if (box.top < number.bottom && number.top < box.bottom) gaps.push(box.left - number.right);
  }
  return gaps.map((gap) => [link.textContent, gap]).filter(([, gap]) => gap < -0.5);
})"""


def test_nothing_is_printed_on_a_telephone_number(site: Path, single: Path, page: Page) -> None:
    files = [file for file in sorted(site.rglob("*.html")) if 'href="tel:' in file.read_text()]
    assert files
    page.set_viewport_size({"width": 640, "height": 900})  # A4 inside its margins
    page.emulate_media(media="print")
    for file in (*files, single):
        page.goto(file.as_uri())
        assert page.evaluate(GAPS) == [], file
        text = printed(page, file)
        for number, sign in SIGNED.findall(file.read_text("utf-8")):
            assert f" {number}{sign}" in text or f"({number}{sign}" in text, file


def test_an_address_that_is_its_own_text_is_printed_once(
    site: Path, single: Path, page: Page
) -> None:
    for file in (site / "help" / "contacts.html", single):
        text = printed(page, file)
        soup = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        own = {str(a["href"]) for a in soup.select("a.says-address[href^=https]")}
        assert own, file
        assert [address for address in own if f"({address})" in text] == []


def test_the_address_behind_other_words_is_printed(
    sphinx: Build, tmp_path: Path, page: Page
) -> None:
    body = "See [the guide](https://example.org/guide) or [example.net](https://example.net/)."
    done = sphinx("test-two-articles", edit={"docs/see.md": source(body, part="reference")})
    assert done.returncode == 0, done.stderr
    text = printed(page, tmp_path / "out" / "see.html")
    assert "the guide (https://example.org/guide) or example.net." in text
