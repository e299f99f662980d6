"""A book that is too large for one is a volume for each topic, or several."""

from __future__ import annotations

import doctest
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import page as validator
import pytest
from pdf_book import Book

from handbook.build.run import STRICT
from handbook.editions.make import _keep
from handbook.editions.offer import Offered, catalogue
from handbook.typst import volumes as typst_volumes
from handbook.typst.volumes import Article, volumes

ROOT = Path(__file__).parents[2]

IN_SMALL_VOLUMES = """
import sys
from handbook.typst import builder
from sphinx.cmd.build import main
builder.LARGEST = int(sys.argv.pop(1))
sys.exit(main(sys.argv[1:]))
"""


# The same, and what is left of the pages is counted when the book is set.
COUNTING = (
    """
import gc, json, sys, weakref
from pathlib import Path
from handbook.typst import builder
from sphinx.domains.std import StandardDomain
counted, left, named = Path(sys.argv[-1]).with_name("counted.json"), [], []
one, objects = builder.TypstBuilder, StandardDomain.get_objects
create, press = one.create_translator, one._print
def creating(self, document, *others):
    left.append(weakref.ref(translator := create(self, document, *others)))
    return translator
def pressing(self, ready):
    held = sum(each() is not None for each in left)
    counted.write_text(json.dumps([len(ready), len(named), len(left), held]))
    return press(self, ready)
def naming(self):
    if sys._getframe(1).f_code.co_filename == builder.__file__:
        named.append(self)
    return objects(self)
one.create_translator, one._print = creating, pressing
StandardDomain.get_objects = naming
gc.disable()
"""
    + IN_SMALL_VOLUMES
)


def test_examples_in_docstrings() -> None:
    failed, tried = doctest.testmod(typst_volumes)
    assert tried > 2
    assert failed == 0


def articles(*sizes: int, topic: str = "Weather") -> list[Article]:
    return [Article(topic, (str(number),), size) for number, size in enumerate(sizes)]


def test_shares_are_even_and_keep_the_order() -> None:
    found = volumes(articles(*[10] * 9), largest=40)
    assert [len(each.docnames) for each in found] == [3, 3, 3]
    assert [name for each in found for name in each.docnames] == [*"012345678"]
    assert [each.number for each in found] == [1, 2, 3]


def test_an_article_is_never_parted() -> None:
    assert [each.docnames for each in volumes(articles(5, 500, 5), largest=50)] == [
        ("0", "1"),
        ("2",),
    ]
    assert volumes(articles(500), largest=50) == []


# Whatever Python starts ends at once, with an error.
IN_NO_MEMORY = f"import sys\nsys.executable = {shutil.which('false')!r}\n{IN_SMALL_VOLUMES}"


def print_volumes(root: Path, goal: Path, largest: int, program: str = IN_SMALL_VOLUMES) -> Path:
    """Print the book in ``root``, in volumes if it is larger."""
    dated = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    places = ["-q", "-b", "typst", "-c", root, "-d", goal / "read", root / "docs", goal / "out"]
    command = [sys.executable, "-c", program, str(largest), *STRICT, *map(str, places)]
    subprocess.run(command, cwd=ROOT, env=dated, check=True, capture_output=True, text=True)
    return goal / "out"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a small handbook, and with its volumes below ``out``."""
    folder = tmp_path_factory.mktemp("volumes")
    shutil.copytree(ROOT / "tests" / "roots" / "test-two-articles", folder / "root")
    tips = folder / "root" / "docs" / "rain" / "tips.md"
    told = "\nDogs like [a short way](../dogs/tips.md#short-way) too.\n"
    told += "See [tips for dogs](../dogs/tips.md).\n"
    tips.write_text(tips.read_text(encoding="utf-8") + told, encoding="utf-8")
    print_volumes(folder / "root", folder, 1, COUNTING)
    return folder


def test_however_many_volumes_terms_are_looked_for_once_and_nothing_stays(printed: Path) -> None:
    volumes, looked_for, pages, held = json.loads((printed / "counted.json").read_bytes())
    assert volumes == 2
    assert pages > 10
    assert looked_for == 1
    assert held == 0


def test_each_topic_is_a_volume_on_every_paper(printed: Path) -> None:
    assert sorted(file.name for file in (printed / "out").glob("*.pdf")) == [
        f"small-{paper}-volume-{volume}.pdf"
        for paper in ("a4", "large-print", "letter")
        for volume in ("1-animals", "2-weather")
    ]


def text_of(printed: Path, volume: str) -> str:
    book = Book(printed / "out" / f"small-a4-volume-{volume}.pdf")
    return " ".join(map(book.text, book.pages()))


def test_no_page_is_lost(printed: Path) -> None:
    dogs, rain = text_of(printed, "1-animals"), text_of(printed, "2-weather")
    assert "Animals. Volume 1 of 2" in dogs
    assert "Weather. Volume 2 of 2" in rain
    assert "Two questions about walks." in dogs  # the page of no article
    assert "A plan for rain" in rain
    assert "A plan for rain" not in dogs
    assert "A plan for dogs" in dogs


def test_what_stands_in_another_volume_is_called_by_its_section(printed: Path) -> None:
    rain = text_of(printed, "2-weather")
    assert "Dogs like a short way (volume 1, “Take a short way with dogs”) too." in rain
    assert "See tips for dogs (volume 1)." in rain


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_no_rule_of_the_standards_fails(printed: Path, profile: str) -> None:
    for file in (printed / "out").glob("*-volume-2-weather.pdf"):
        report = validator.validate_pdf(file, profile=profile)
        assert [(each.rule_id, each.message) for each in report.failures] == []


def test_volumes_go_when_one_book_is_enough(printed: Path, tmp_path: Path) -> None:
    shutil.copytree(printed / "out", tmp_path / "out")
    print_volumes(printed / "root", tmp_path, largest=100_000)
    assert {file.name for file in (tmp_path / "out").glob("*.pdf")} == {
        f"small-{paper}.pdf" for paper in ("a4", "large-print", "letter")
    }


def test_a_fault_on_a_page_of_every_volume_is_told_once(printed: Path, tmp_path: Path) -> None:
    shutil.copytree(printed / "root", tmp_path / "root")
    dated = "reviewed: 2026-11-23\nreview-by: 2027-11-23"
    front = f"---\ntitle: Beside\nsummary: Words.\npart: reference\n{dated}\n---\n"
    shared = tmp_path / "root" / "docs" / "beside.md"
    shared.write_text(
        f"{front}\nWords.\n\n(a)=\n## A[^1]\n\nWords.\n\n[^1]: Note.\n", encoding="utf-8"
    )
    with (tmp_path / "root" / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('typst_book = {"back": ["beside"]}\n')
    with pytest.raises(subprocess.CalledProcessError) as told:
        print_volumes(tmp_path / "root", tmp_path, largest=1)
    assert told.value.stderr.count("a footnote in a heading") == 1


def test_a_program_that_dies_at_its_book_is_told_of_once(printed: Path, tmp_path: Path) -> None:
    shutil.copytree(printed / "out", tmp_path / "out")
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").glob("*.pdf")}
    with pytest.raises(subprocess.CalledProcessError) as told:
        print_volumes(printed / "root", tmp_path, largest=1, program=IN_NO_MEMORY)
    assert told.value.stderr.count("Typst was killed; give it more memory") == 1
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").glob("*.pdf")} == before


def test_volumes_and_the_whole_book_do_not_lie_beside_each_other(tmp_path: Path) -> None:
    _keep(tmp_path, {"small-a4.pdf": b"1", "small-rain-a4.pdf": b"2"})
    kept = tmp_path / "build" / "editions"
    _keep(tmp_path, {"small-a4-volume-1-rain.pdf": b"3", "small-a4-volume-2-dogs.pdf": b"4"})
    assert {file.name for file in kept.iterdir()} == {
        "small-a4-volume-1-rain.pdf",
        "small-a4-volume-2-dogs.pdf",
        "small-rain-a4.pdf",
    }
    _keep(tmp_path, {"small-a4.pdf": b"5"})
    assert {file.name for file in kept.iterdir()} == {"small-a4.pdf", "small-rain-a4.pdf"}


def test_every_volume_is_offered_in_its_order(tmp_path: Path) -> None:
    for number in (1, 2, 10):
        (tmp_path / f"small-a4-volume-{number}-wet-dogs.pdf").write_bytes(b"12")
    (tmp_path / "small-letter.pdf").write_bytes(b"12")
    (tmp_path / "small-letter-volume-1-dogs.pdf").write_bytes(b"12")  # of another day
    found = catalogue("Small", {"a4.pdf": "A4", "letter.pdf": "Letter"}, tmp_path)
    assert found == [
        *(
            Offered(f"small-a4-volume-{n}-wet-dogs.pdf", f"A4, volume {n}: wet dogs", "1 kB")
            for n in (1, 2, 10)
        ),
        Offered("small-letter.pdf", "Letter", "1 kB"),
    ]
