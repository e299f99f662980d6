"""What a project may say about its book, checked: ``typst_book`` and ``typst_editions``.

The tables are closed. A key that is not known is a mistake in ``conf.py`` and says so.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from typing import Any, TypeVar

from handbook.files import edition_name
from handbook.palette import FOR_PRINT

PAPERS = {"a4": (595.28, 841.89), "us-letter": (612.0, 792.0)}
"""Width and height in points (1/72 inch) of the papers, by Typst's names."""

LARGE_PRINT = 16.0
"""Points. From this text size on nothing is set smaller, and lines are ragged and whole words:
16 pt is where the Clear Print and Large Print guides of the RNIB begin."""

SMALLEST = 8.5
"""Points. The smallest type in an edition of ordinary size."""

WORDS = {
    "answer": "The short answer",
    "checked": "The telephone numbers in it were last checked on {day}.",
    "contents": "Contents",
    "elsewhere": "volume {number}, “{section}”",
    "from": "Linked from",
    "glossary": "A word marked ° is explained in the glossary, page",
    "made": "This copy was made on {day}.",
    "numbered": "volume {number}",
    "page": "page",
    "pages": "pages",
    "questions": "Index of questions",
    "reference": "p.",
    "review": "Reviewed {reviewed}. Next review due {due}.",
    "see": "see",
    "subjects": "Index of subjects",
    "volume": "Volume {number} of {count}",
}
"""The words that the book itself says; ``typst_book["words"]`` replaces any of them."""


@dataclass(frozen=True)
class Opening:
    """How the pages of one ``part`` open: a word over the title, and its colour."""

    word: str
    colour: str = FOR_PRINT["accent"]


@dataclass(frozen=True)
class Book:
    """What is in the book and in which order.

    A page that ``front``, ``back`` or ``omit`` lists, by docname, leaves its place in the toctree,
    while its own children keep theirs.

    :ivar edition: a line on the back of the title page: the version.
    :ivar made: the line below it: on which day the book was made.
    :ivar checked: the line below that: on which day its telephone numbers were checked.
    :ivar licence: the line below that: what readers may do with the book.
    :ivar imprint: ids of sections that are printed there a second time.
    :ivar front: pages before the contents; ``back``: at the end; ``omit``: nowhere.
    :ivar openings: by the page metadata ``part``.
    :ivar tear_out: ids of sections that are printed a second time, on a leaf to tear out.
    :ivar tear_out_back: ids of those on its back, the most needed first; of two sections with
        one id, that of the same page, and never that of another article.
    :ivar small: classes of paragraphs that are set in small type.
    :ivar ways: classes of paragraphs that only say where to go on; a section that is printed a
        second time is without them.
    """

    title: str
    subtitle: str = ""
    author: str = ""
    edition: str = ""
    made: str = ""
    checked: str = ""
    licence: str = ""
    imprint: tuple[str, ...] = ()
    language: str = "en"
    front: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    omit: tuple[str, ...] = ()
    openings: Mapping[str, Opening] = field(default_factory=dict)
    tear_out: tuple[str, ...] = ()
    tear_out_back: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    contents_depth: int = 1  # levels of sections below each page that the contents list
    words: Mapping[str, str] = field(default_factory=lambda: WORDS)

    @property
    def repeated(self) -> frozenset[str]:
        """The ids of all sections that are printed a second time."""
        return frozenset((*self.imprint, *self.tear_out, *self.tear_out_back))


@dataclass(frozen=True)
class Edition:
    """One PDF: its paper (a key of `PAPERS`), text size in points, and file name."""

    paper: str
    size: float
    file: str

    def geometry(self) -> dict[str, Any]:
        """Return the page's measures in points, as the template takes them.

        The measure is 31 times the text size, about 70 letters of a book face, or what the
        paper leaves beside margins of 54 pt (three quarters of an inch).
        """
        width, height = PAPERS[self.paper]
        measure = min(31 * self.size, width - 2 * 54)
        large = self.size >= LARGE_PRINT
        return {
            "paper": self.paper,
            "size": self.size,
            "smallest": LARGE_PRINT if large else SMALLEST,
            "large": large,
            "side": round((width - measure) / 2, 2),
            "top": round(height * 0.095, 2),
            "bottom": round(height * 0.1, 2),
            "measure": measure,
            "depth": round(height * 0.805, 2),
        }


_T = TypeVar("_T")


def _build(kind: type[_T], given: object, where: str) -> _T:
    """Make the dataclass `kind` from a table of ``conf.py``.

    :raises ValueError: a key is unknown or missing, or the table is none.
    """
    if not isinstance(given, Mapping):
        raise ValueError(f"{where} is {type(given).__name__}: make it a dictionary")
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    unknown(given, known, where)
    for name, each in known.items():
        if each.default is MISSING and each.default_factory is MISSING and name not in given:
            raise ValueError(f'{where} has no "{name}": add it')
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in given.items()})


def unknown(given: Mapping[str, Any], known: Mapping[str, Any], where: str) -> None:
    """Let nothing pass that is not known.

    :raises ValueError: with the nearest name that is.
    """
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, 1)
            fix = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
            raise ValueError(f'{where} has no setting "{name}"; {fix}')


def read_book(given: object, defaults: Mapping[str, Any]) -> Book:
    """Return the book of ``typst_book`` with the project's `defaults` for what it leaves out.

    :raises ValueError: in one sentence, when a setting cannot be used.
    """
    where = "conf.py: typst_book"
    if not isinstance(given, Mapping):
        raise ValueError(f"{where} is {type(given).__name__}: make it a dictionary")
    table = dict(defaults) | dict(given)
    words = table.get("words", {})
    unknown(words, WORDS, f'{where}["words"]')
    table["words"] = WORDS | words
    table["openings"] = {
        part: _build(Opening, opening, f'{where}["openings"]["{part}"]')
        for part, opening in table.get("openings", {}).items()
    }
    for part, opening in table["openings"].items():
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", opening.colour):
            raise ValueError(
                f'{where}["openings"]["{part}"] has the colour "{opening.colour}": '
                "write it as #rrggbb"
            )
    return _build(Book, table, where)


def read_editions(given: Mapping[str, Any], project: str) -> dict[str, Edition]:
    """Return the editions of ``typst_editions`` by name; their files are named after the project.

    :raises ValueError: in one sentence, when a setting cannot be used.
    """
    editions: dict[str, Edition] = {}
    for name, table in given.items():
        where = f'conf.py: typst_editions["{name}"]'
        edition = _build(Edition, {"file": edition_name(project, f"{name}.pdf")} | table, where)
        if edition.paper not in PAPERS:
            raise ValueError(f'{where} has paper "{edition.paper}"; known are {", ".join(PAPERS)}')
        if not 6 <= edition.size <= 30:
            raise ValueError(f"{where} has size {edition.size}: give points from 6 to 30")
        editions[name] = edition
    return editions


def template_data(book: Book, edition: Edition) -> dict[str, Any]:
    """Return all that the template is told besides the body, ready for JSON."""
    data = asdict(book)
    read_by_book = ("edition", "made", "checked", "licence", "imprint", "tear_out", "tear_out_back")
    for unread in ("front", "back", "omit", "small", "ways", *read_by_book):
        del data[unread]
    return data | edition.geometry() | {"colours": FOR_PRINT}
