"""The picture of an article: pure, so tested on its text."""

from itertools import pairwise
from xml.etree import ElementTree

from handbook.crossref.drawing import COLUMN, WIDTH, Box, Column, draw

SVG = "{http://www.w3.org/2000/svg}"
COLUMNS = (
    Column("Question", "question", (Box("q#a", "The letter", "question.html#a"),)),
    Column("Answer", "answer", (Box("a#b", "Mixed <signals>", "#b"), Box("a#c", "Too late?"))),
)


def tree(**links: list[str]) -> ElementTree.Element:
    keys = {"q": "q#a", "b": "a#b", "c": "a#c"}
    real = {keys[key]: [keys.get(to, to) for to in targets] for key, targets in links.items()}
    return ElementTree.fromstring(draw(COLUMNS, real, "Parts & links", "map"))


def curves(picture: ElementTree.Element) -> list[ElementTree.Element]:
    return picture.findall(f"{SVG}path")


def test_each_box_with_an_address_is_a_link() -> None:
    assert [a.get("href") for a in tree().iter(f"{SVG}a")] == ["question.html#a", "#b"]


def test_labels_are_text_whatever_they_hold() -> None:
    words = " ".join("".join(text.itertext()) for text in tree().iter(f"{SVG}text"))
    assert "Mixed <signals>" in words


def test_the_picture_has_an_accessible_name() -> None:
    picture = tree()
    title = picture.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Parts & links"
    assert picture.get("aria-labelledby") == title.get("id")


def test_a_pair_is_drawn_once_even_if_both_link() -> None:
    assert len(curves(tree(q=["b"], b=["q"]))) == 1


def test_links_to_nowhere_are_left_out() -> None:
    assert curves(tree(q=["x#y"])) == []


def test_sections_of_one_column_are_joined_too() -> None:
    assert len(curves(tree(b=["c"]))) == 1


def test_boxes_stay_inside_the_picture_and_apart() -> None:
    picture = tree()
    height = float((picture.get("viewBox") or "").split()[3])
    frames = [f for f in picture.iter(f"{SVG}rect") if f.get("class") == "map-frame"]
    spans: dict[str, list[tuple[float, float]]] = {}
    for frame in frames:
        x, y, high = (float(frame.get(name) or "nan") for name in ("x", "y", "height"))
        assert 0 <= x <= WIDTH - COLUMN + 1
        assert 0 <= y <= height - high
        spans.setdefault(str(x), []).append((y, y + high))
    for column in spans.values():
        ordered = sorted(column)
        assert all(a[1] < b[0] for a, b in pairwise(ordered))


def test_a_box_is_as_high_as_a_thumb_needs() -> None:
    """WCAG 2.2, 2.5.5 (target size, enhanced): 44 pixels, also for the shortest label."""
    frames = [f for f in tree().iter(f"{SVG}rect") if f.get("class") == "map-frame"]
    assert {float(frame.get("height") or "nan") for frame in frames} == {44.0}


def test_a_long_label_makes_every_box_higher() -> None:
    long = (Column("Tips", "tips", (Box("t", "One two three four five six seven eight nine"),)),)
    short = (Column("Tips", "tips", (Box("t", "One"),)),)

    def high(columns: tuple[Column, ...]) -> float:
        picture = ElementTree.fromstring(draw(columns, {}, "x", "m"))
        return float(next(picture.iter(f"{SVG}g")).find(f".//{SVG}rect").get("height"))  # type: ignore[union-attr, arg-type]

    assert high(long) > high(short)
