"""The pure half of the book: values, addresses, order, settings."""

from __future__ import annotations

import doctest

import pytest

from handbook.typst import labels as typst_labels
from handbook.typst import values
from handbook.typst.book import Repeated, TypesetPage, typeset
from handbook.typst.compiler import origin
from handbook.typst.errors import BookError
from handbook.typst.labels import CrossReference, Labels, says_address, web_address
from handbook.typst.reading_order import BookPage, ReadingOrder, reading_order
from handbook.typst.settings import Book, Edition
from handbook.typst.streams import mend_streams
from handbook.typst.values import Code, call, string, value


@pytest.mark.parametrize("module", [typst_labels, values])
def test_examples_in_docstrings(module: object) -> None:
    failed, tried = doctest.testmod(module)  # type: ignore[arg-type]
    assert tried > 1
    assert failed == 0


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("plain", '"plain"'),
        ('"\\', r'"\"\\"'),
        ("#let $x$ @y <z> *b* // c", '"#let $x$ @y <z> *b* // c"'),
        ("a\nb\tc\x07", r'"a\nb\u{9}c\u{7}"'),
        ("née “漢”", '"née “漢”"'),
    ],
)
def test_a_text_is_one_literal(text: str, literal: str) -> None:
    assert string(text) == literal


def test_values() -> None:
    assert value((1, 2.5, True, None)) == "(1, 2.5, true, none,)"
    assert value([]) == "()"
    assert value({}) == "(:)"
    assert call("f", Code("1em"), a_b="x") == 'f(1em, a-b: "x")'
    with pytest.raises(TypeError, match="no literal for object"):
        value(object())


@pytest.mark.parametrize(
    ("text", "uri", "says"),
    [
        ("116 123", "tel:116123", True),
        ("Samaritans", "https://www.samaritans.org", False),
        ("samaritans.org", "https://www.samaritans.org/", True),
        ("https://a.org/b", "https://a.org/b", True),
        ("doi:10.1/x", "https://doi.org/10.1/x", True),
        ("Furo", "https://github.com/pradyunsg/furo", False),
        ("a friend", "mailto:friend@example.org", False),
    ],
)
def test_when_a_link_says_its_address(text: str, uri: str, says: bool) -> None:
    assert says_address(text, uri) is says


def test_a_short_form_of_the_address() -> None:
    assert web_address("mailto:friend@example.org") == "friend@example.org"
    assert web_address("http://a.org/b/") == "a.org/b"


def test_all_ids_of_a_place_lead_to_one_label() -> None:
    labels = Labels()
    assert labels.define("tips", ["space", "give-him-space"]) == "tips#space"
    assert labels.resolve(CrossReference("tips#give-him-space", "a.md:1")) == "tips#space"
    with pytest.raises(BookError, match=r"^a.md:1: nothing .* did you mean tips#space\?$"):
        labels.resolve(CrossReference("tips#spaec", "a.md:1"))


TREE = {
    "index": [("One", ["a/index"]), (None, ["help/index", "glossary"])],
    "a/index": [(None, ["a/tips"])],
    "help/index": [(None, ["help/limits"])],
}


def test_the_order_without_settings_is_that_of_the_toctrees() -> None:
    row = reading_order("index", TREE, Book("T"))
    assert row.front == row.back == ()
    assert row.body == (
        BookPage("index", 1),
        BookPage("a/index", 2, part="One"),
        BookPage("a/tips", 3, chapter=False),
        BookPage("help/index", 1),
        BookPage("help/limits", 2, chapter=False),
        BookPage("glossary", 1),
    )


def test_a_page_that_moves_leaves_its_children_their_place() -> None:
    book = Book("T", front=("help/index",), back=("glossary",), omit=("index", "a/index"))
    row = reading_order("index", TREE, book)
    assert row.front == (BookPage("help/index", 1),)
    assert row.body == (BookPage("a/tips", 2, part="One"), BookPage("help/limits", 1))
    assert row.back == (BookPage("glossary", 1),)


def test_no_page_stands_twice() -> None:
    tree = {"index": [(None, ["a", "b"])], "a": [(None, ["b", "index"])]}
    assert [page.docname for page in reading_order("index", tree, Book("T")).body] == [
        "index",
        "a",
        "b",
    ]


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("size", [10, 12.5, 18, 24])
def test_the_measure_is_a_comfortable_one(paper: str, size: float) -> None:
    width = {"a4": 595.28, "us-letter": 612}[paper]
    measures = Edition(paper, size, "x.pdf").geometry()
    assert measures["side"] >= 54
    assert width - 2 * measures["side"] <= 31 * size + 0.02
    assert measures["large"] is (size >= 16)
    assert measures["smallest"] == (16 if size >= 16 else 8.5)


def test_a_stream_that_ends_like_a_line_is_told_apart() -> None:
    pdf, offsets = b"%PDF-1.7\n", []
    for number, data in enumerate((b"ends with CR\r", b"does not"), 1):
        offsets.append(len(pdf))
        pdf += b"%d 0 obj\n<</Length %d>>stream\n%s" % (number, len(data), data)
        pdf += b"\nendstream\nendobj\n"
    entries = b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    table = len(pdf)
    pdf += b"xref\n0 3\n0000000000 65535 f\r\n" + entries
    pdf += b"trailer\n<</Size 3>>\nstartxref\n%d\n%%%%EOF" % table

    mended = mend_streams(pdf)

    assert b"ends with CR\r\r\nendstream" in mended
    assert b"does not\nendstream" in mended
    second = mended.index(b"2 0 obj")
    assert second == offsets[1] + 1
    assert b"%010d 00000 n" % second in mended
    assert mended.endswith(b"startxref\n%d\n%%%%EOF" % mended.index(b"xref\n0 3"))


def test_a_line_of_the_source_knows_where_it_comes_from() -> None:
    source = ["#show: book", "// docs/a.md:3", "par({", '"text"', "// docs/b.md:9", "})"]
    assert origin(source, 4) == "docs/a.md:3"
    assert origin(source, 6) == "docs/b.md:9"
    assert origin(source, 1) is None


def leaves(**articles: tuple[str, ...]) -> list[str]:
    """The leaves to tear out of a book of these articles and a page of help.

    Each article has one page, with these sections.
    """
    pages = {
        name: TypesetPage(
            name, "", [], article=name, repeated={s: Repeated([f"{name}-{s}"], "") for s in has}
        )
        for name, has in articles.items()
    }
    pages["help"] = TypesetPage("help", "", [], repeated={"call": Repeated(["help-call"], "")})
    row = tuple(BookPage(name, 1) for name in pages)
    labels = Labels()
    for name in pages:
        labels.define_page(name, name)
    book = Book("T", tear_out=("points",), tear_out_back=("call", "start"))
    source = typeset(ReadingOrder((), row, ()), pages, book, labels)
    return [leaf.partition("#matter")[0] for leaf in source.split("#tear-out(")[1:]]


def test_a_leaf_has_the_words_of_its_article_and_of_help_alone() -> None:
    rain, snow = leaves(rain=("points", "start"), snow=("points",))
    assert [word in rain for word in ("rain-points", "help-call", "rain-start")] == [True] * 3
    assert "snow" not in rain
    assert "help-call" in snow
    assert "rain" not in snow


def test_a_leaf_says_whose_it_is_where_there_are_several_articles() -> None:
    rain, snow = leaves(rain=("points",), snow=("points",))
    assert rain.startswith('"", "rain", ')
    assert snow.startswith('"", "snow", ')
    (alone,) = leaves(rain=("points",))
    assert alone.startswith('"", "", ')


def test_a_book_of_one_article_has_no_other_and_no_part() -> None:
    tree = {"index": [("Weather", ["rain", "snow"]), (None, ["help"])]}
    whole = reading_order("index", tree, Book(title="Small", back=("help",), omit=("index",)))
    assert [page.level for page in whole.body] == [2, 2]
    alone = whole.only({"snow"})
    assert alone.body == (BookPage("snow", 1),)
    assert alone.back == whole.back
