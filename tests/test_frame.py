"""What a project adds to the frame of its pages: style sheets, scripts, the place of the field."""

import base64
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS
from pages import page

Build = Callable[..., subprocess.CompletedProcess[str]]
CONF = (ROOTS / "test-two-articles" / "conf.py").read_text(encoding="utf-8")
# A picture of one dot.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg=="


def test_a_sheet_of_the_project_is_joined_to_the_others(sphinx: Build, tmp_path: Path) -> None:
    settings = 'html_static_path = ["own"]\nhtml_css_files = ["own.css"]\n'
    edit = {"conf.py": CONF + settings, "own/own.css": ".own { color: inherit; }"}
    assert sphinx("test-two-articles", edit=edit).returncode == 0
    sheet = (tmp_path / "out" / "_static" / "handbook.css").read_text(encoding="utf-8")
    assert sheet.rstrip().endswith(".own{color:inherit}")


def test_a_folder_of_the_project_may_have_a_name_of_the_theme_s(
    sphinx: Build, tmp_path: Path
) -> None:
    edit = {"conf.py": CONF + 'html_static_path = ["own"]\n', "own/scripts/own.js": "// own"}
    assert sphinx("test-two-articles", edit=edit).returncode == 0
    assert (tmp_path / "out" / "_static" / "scripts" / "own.js").read_text() == "// own"


@pytest.mark.parametrize(
    ("body", "around"),
    [
        ("- A list.\n\n:::{search-field}\n:::\n\nText.", ("<p>A list.</p>", "<p>Text.</p>")),
        ("Text.\n\nMore.", ('<main id="text"', "")),
    ],
    ids=["where it is asked for", "above the text"],
)
def test_the_field_stands_once_in_its_place(
    sphinx: Build, tmp_path: Path, body: str, around: tuple[str, str]
) -> None:
    body = f"These are:\n\n{body}\n\n:::{{questions}}\n:::"
    edit = {"docs/index.md": page(body, part="front")}
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert html.count('id="search-input"') == 1
    field = html.index('id="search-input"')
    if "search-field" in body:
        assert html.index(around[0]) < field < html.index(around[1])
    else:
        assert field < html.index(around[0])


@pytest.mark.parametrize("builder", ["html", "single"])
def test_a_scaled_picture_is_no_link(sphinx: Build, tmp_path: Path, builder: str) -> None:
    body = ":::{image} photo.png\n:alt: A blue field\n:width: 120px\n:::"
    dot = base64.b64decode(DOT)
    edit = {"docs/a.md": page(body, part="reference"), "docs/photo.png": dot}
    done = sphinx("test-two-articles", builder, edit)
    assert done.returncode == 0, done.stderr
    file = tmp_path / "out" / ("a.html" if builder == "html" else "small.html")
    soup = BeautifulSoup(file.read_text("utf-8"), "html.parser")
    [picture] = soup.select("article img")
    assert picture.find_parent("a") is None
