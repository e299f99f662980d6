"""Each mistake is one sentence with file, line and fix, and the last good edition stays."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, ROOTS
from pypdf import PdfReader

from handbook.files import ARCHIVED, replace_file, source_date

Run = Callable[..., "subprocess.CompletedProcess[str]"]

PAGE = "docs/page.md"
ONE_EDITION = 'typst_editions = {"a4": {"paper": "a4", "size": 12}}\n'
HEAD = "# A page\n\nA paragraph.\n"


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode != 0
    return done.stderr


MISTAKES = {
    "a letter that no font has": (
        f"{HEAD}Two lines,\nand a letter: \N{CJK UNIFIED IDEOGRAPH-6F22}.\n",
        f'{PAGE}:5: ERROR: no font has "\N{CJK UNIFIED IDEOGRAPH-6F22}" (U+6F22); '
        "write it another way",
    ),
    "an image without alt text": (
        f"{HEAD}\n![](map.svg)\n",
        f"{PAGE}:5: ERROR: the image has no alt text; say in a sentence what it shows",
    ),
    "an image from elsewhere": (
        f"{HEAD}\n![A far picture.](https://www.example.org/a.png)\n",
        f"{PAGE}:5: ERROR: https://www.example.org/a.png is not fetched; "
        "save the image beside the page",
    ),
    "a node that has no form": (
        f"{HEAD}\n```{{math}}\na^2\n```\n",
        f'{PAGE}:5: ERROR: the PDF has no form for a "math_block" node; give it one with '
        "app.add_node(math_block, typst=(visit, depart)), or keep it out with an {only} directive",
    ),
    "raw HTML": (
        f"{HEAD}\n<div>raw</div>\n",
        f"{PAGE}:5: ERROR: raw HTML has no form in print; write it in Markdown",
    ),
    "a skipped heading level": (
        f"{HEAD}\n#### Too deep\n\nText.\n",
        "docs/page.md:5: WARNING: Non-consecutive header level increase; H1 to H4",
    ),
    "a footnote in a heading": (
        f"{HEAD}\n## A heading[^a]\n\nText.\n\n[^a]: Note.\n",
        f"{PAGE}:5: ERROR: a footnote in a heading would print in the contents; move it below",
    ),
    "no title": (
        "Just text.\n",
        f"{PAGE}:1: ERROR: the page has no title; give it one, it is a heading of the book",
    ),
}


@pytest.mark.parametrize(("text", "said"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_in_a_page(sphinx: Run, text: str, said: str) -> None:
    assert said in complaint(sphinx("test-pdf-bare", "typst", {PAGE: text}))


def test_each_letter_that_no_font_has_is_told(sphinx: Run) -> None:
    page = f"{HEAD}\nOne \N{ROCKET}.\n\nAnother \N{SNAKE}.\n"
    said = complaint(sphinx("test-pdf-bare", "typst", {PAGE: page}))
    assert f"{PAGE}:5: ERROR: no font has" in said
    assert f"{PAGE}:7: ERROR: no font has" in said


@pytest.mark.parametrize(
    ("page", "above", "bad"),
    [
        ("docs/dogs/tips.md", "with dogs\n\n", ":::{asked}\nIs it \N{BROKEN HEART}\n:::\n\n"),
        ("docs/dogs/index.md", "title: ", "\N{BROKEN HEART} "),
    ],
)
def test_a_letter_that_the_book_repeats_is_told_where_it_stands(
    sphinx: Run, page: str, above: str, bad: str
) -> None:
    text = (ROOTS / "test-two-articles" / page).read_text(encoding="utf-8")
    head, mark, rest = text.partition(above)
    text = f"{head}{mark}{bad}{rest}"
    line = text[: text.index("\N{BROKEN HEART}")].count("\n") + 1
    said = complaint(sphinx("test-two-articles", "typst", {page: text}))
    assert f"{page}:{line}: ERROR: no font has" in said


def test_a_word_with_two_meanings_is_no_mistake(sphinx: Run, tmp_path: Path) -> None:
    conf = 'extensions = ["myst_parser", "handbook.typst"]\nmyst_enable_extensions = ["deflist"]\n'
    page = f"{HEAD}\nBank\n: Money lies there.\n\n: A river has two.\n"
    done = sphinx("test-pdf-bare", "typst", {"conf.py": conf + ONE_EDITION, PAGE: page})
    assert done.returncode == 0, done.stderr
    (book,) = (tmp_path / "out").glob("*.pdf")
    text = PdfReader(book).pages[-1].extract_text()
    assert "Money lies there." in text
    assert "A river has two." in text


def test_two_mistakes_are_both_told(sphinx: Run) -> None:
    page = f"{HEAD}\n![](map.svg)\n\n<div>raw</div>\n"
    said = complaint(sphinx("test-pdf-bare", "typst", {PAGE: page}))
    assert "no alt text" in said
    assert "raw HTML" in said


def test_a_link_of_another_extension_that_leads_nowhere(sphinx: Run) -> None:
    extension = """
from docutils import nodes
extensions = ["myst_parser", "handbook.typst"]
def link(app, document, docname):
    if docname == "page":
        document.findall(nodes.section).__next__().append(
            nodes.paragraph("", "", nodes.reference("", "there", refid="spcae")))
def setup(app):
    app.connect("doctree-resolved", link)
"""
    said = complaint(sphinx("test-pdf-bare", "typst", {"conf.py": extension}))
    assert (
        f'{PAGE}:1: ERROR: nothing in the book is called "page#spcae"; did you mean page#space?'
    ) in said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            'typst_book = {"frnot": []}',
            'conf.py: typst_book has no setting "frnot"; did you mean front?',
        ),
        (
            'typst_book = {"back": ["pag"]}',
            'conf.py: typst_book["back"] lists "pag", which no toctree holds; '
            "correct the name or add the page to one",
        ),
        (
            'typst_book = {"tear_out_back": ["spcae"]}',
            'conf.py: typst_book["tear_out_back"] lists "spcae", which no section has; '
            "correct the name or take it out",
        ),
        (
            'typst_book = {"openings": {"tips": {"word": "Tips", "colour": "green"}}}',
            'conf.py: typst_book["openings"]["tips"] has the colour "green": write it as #rrggbb',
        ),
        (
            'typst_editions = {"big": {"paper": "a3", "size": 12}}',
            'conf.py: typst_editions["big"] has paper "a3"; known are a4, us-letter',
        ),
        (
            'typst_editions = {"big": {"paper": "a4", "size": 120}}',
            'conf.py: typst_editions["big"] has size 120: give points from 6 to 30',
        ),
    ],
)
def test_a_mistake_in_the_settings(sphinx: Run, settings: str, said: str) -> None:
    conf = f'extensions = ["myst_parser", "handbook.typst"]\n{settings}\n'
    assert said in complaint(sphinx("test-pdf-bare", "typst", {"conf.py": conf}))


def test_a_section_to_tear_out_that_is_too_long(sphinx: Run) -> None:
    conf = 'extensions = ["myst_parser", "handbook.typst"]\ntypst_book = {"tear_out": ["space"]}\n'
    page = "# A page\n\nText.\n\n(space)=\n## Space\n\n" + "A long paragraph. " * 900
    said = complaint(sphinx("test-pdf-bare", "typst", {"conf.py": conf, PAGE: page}))
    assert f"{PAGE}:6: ERROR: the section to tear out is longer than one sheet; shorten it" in said


def test_the_last_good_edition_stays(sphinx: Run, tmp_path: Path) -> None:
    assert sphinx("test-pdf-bare", "typst").returncode == 0
    good = (tmp_path / "out" / "bare-a4.pdf").read_bytes()
    complaint(sphinx("test-pdf-bare", "typst", {PAGE: f"{HEAD}\n![](map.svg)\n"}))
    assert (tmp_path / "out" / "bare-a4.pdf").read_bytes() == good


def test_a_full_disk_leaves_the_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = tmp_path / "book.pdf"
    goal.write_bytes(b"the last good one")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left on device"):
        replace_file(goal, b"a new one")
    assert goal.read_bytes() == b"the last good one"
    assert list(tmp_path.iterdir()) == [goal]


def test_a_full_disk_is_said_in_a_sentence(sphinx: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "bare-a4.pdf").mkdir(parents=True)  # stands where the file should go
    said = complaint(sphinx("test-pdf-bare", "typst"))
    assert "cannot be written (Is a directory); mend that, and run this again;" in said


def git(folder: Path, *command: str) -> bytes:
    """Run Git as somebody, whatever settings the machine has."""
    someone = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(
        ["git", "-C", folder, *someone, *command], capture_output=True, check=True
    )
    return done.stdout


def test_an_archive_has_the_date_of_its_commit(tmp_path: Path) -> None:
    checkout, unpacked = tmp_path / "checkout", tmp_path / "unpacked"
    checkout.mkdir()
    unpacked.mkdir()
    for name in (".gitattributes", ARCHIVED):
        shutil.copy(ROOT / name, checkout)
    git(checkout, "init", "-q")
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", "x", "--date=2020-01-01T00:00:00Z")
    (tmp_path / "a.tar").write_bytes(git(checkout, "archive", "HEAD"))
    shutil.unpack_archive(tmp_path / "a.tar", unpacked)
    assert source_date(unpacked, {}) == source_date(checkout, {}) is not None


def test_a_repository_around_the_source_does_not_date_it(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "inside").mkdir()
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-q", "-m", "x")
    assert source_date(tmp_path, {}) is not None
    assert source_date(tmp_path / "inside", {}) is None


def test_a_book_without_a_date_says_none(sphinx: Run, tmp_path: Path) -> None:
    conf = f'extensions = ["myst_parser", "handbook.typst"]\n{ONE_EDITION}'
    assert sphinx("test-pdf-bare", "typst", {"conf.py": conf}).returncode == 0
    (book,) = (tmp_path / "out").glob("*.pdf")
    assert "1980" not in PdfReader(book).pages[0].extract_text()


def test_the_date_of_the_source(tmp_path: Path) -> None:
    assert source_date(tmp_path, {"SOURCE_DATE_EPOCH": "1700000000"}) == 1_700_000_000
    assert source_date(tmp_path, {}) is None  # no checkout
    assert source_date(Path(__file__).parent, {}) > 1_700_000_000  # the last commit
    with pytest.raises(ValueError, match="SOURCE_DATE_EPOCH is"):
        source_date(tmp_path, {"SOURCE_DATE_EPOCH": "today"})
