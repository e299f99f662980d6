"""What the handbook cannot hide its pages say, since no reader reads THREATS.md."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup


@pytest.mark.parametrize(
    ("page", "section", "words"),
    [
        ("help/reading", "reading-this-handbook", "No step on this page hides everything."),
        ("help/reading", "exit-control", "It does not clear your history."),
        ("help/reading", "exit-control", "It does not stop the Back button"),
        ("help/reading", "exit-control", "It does not close other tabs"),
        ("help/reading", "private-window", "does not hide your visit from an app that watches"),
        ("help/reading", "private-window", "may still see the name of the site"),
        ("help/reading", "delete-single-entries", "An address may end in the name of a section"),
        ("help/reading", "delete-single-entries", "the list of tabs you closed"),
        ("help/reading", "delete-single-entries", "your history may also show on your other"),
        ("help/reading", "another-device", "if someone knows your passcode or your passwords"),
        ("help/reading", "another-device", "Do not remove it yet."),
        ("help/reading", "paper-and-files", "A file that you download stays on the device."),
        ("help/reading", "paper-and-files", "a shared printer may list what it printed"),
        ("read-offline", "send-it-to-someone", "A copy can be changed by whoever passes it on."),
        ("about", "your-privacy", "the people who run the server or your network may see"),
        ("about", "what-it-is-not", "No clinician has reviewed this handbook."),
    ],
)
def test_a_reader_is_told(site: Path, page: str, section: str, words: str) -> None:
    text = BeautifulSoup((site / f"{page}.html").read_text("utf-8"), "html.parser")
    found = text.select_one(f"article [id='{section}']")
    assert found is not None
    assert words in " ".join(found.get_text().split())
