"""The picture of an article and its threads: pure, so tested on what comes out."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from handbook.crossref.drawing import CHARACTERS, COLUMN, FONT, TOUCH, WIDTH, Box, Part, draw
from handbook.crossref.threads import MOST, strongest, threads
from handbook.model.front_matter import ARTICLE_PARTS

SVG = "{http://www.w3.org/2000/svg}"
PARTS = (
    Part("question", (Box("q#a", "The letter", "question.html#a"),)),
    Part("answer", (Box("a#b", "Mixed <signals>", "#b"), Box("a#c", "Too late?", "#c"))),
    Part("tips", (Box("t#d", "Give him space"),)),
)
KEYS = [["q#a"], ["a#b", "a#c"], ["t#d"]]


def tree(links: dict[str, list[str]] | None = None, **more: bool) -> ElementTree.Element:
    return ElementTree.fromstring(draw(PARTS, links or {}, "Parts & links", "map", **more))


def of_class(picture: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [node for node in picture.iter() if name in (node.get("class") or "").split()]


def number(node: ElementTree.Element, name: str) -> float:
    return float(node.get(name) or "nan")


def article(*sections: int) -> list[Part]:
    """An article with so many sections in each of its parts."""
    label = "What it looks like when love goes"
    return [
        Part(name, tuple(Box(f"{name}#{one}", label[: 5 + one * 7], "#x") for one in range(count)))
        for name, count in zip(ARTICLE_PARTS, sections, strict=True)
    ]


# Threads


def test_a_thread_counts_the_links_both_ways() -> None:
    links = {"q#a": ["a#b", "x#y", "q#a"], "a#b": ["q#a"], "t#d": ["a#b"], "x#y": ["a#c"]}
    assert threads(KEYS, links) == {("q#a", "a#b"): 2, ("a#b", "t#d"): 1}


def test_links_both_ways_are_stronger_than_one() -> None:
    keys = [["x"], ["once", "twice"], ["r", "s"]]
    links = {"x": ["once", "twice"], "twice": ["x", "s"], "once": ["r"], "r": ["once"]}
    assert ("x", "twice") in strongest(keys, links)
    assert ("x", "once") not in strongest(keys, links)


def test_what_everything_links_to_is_not_the_closest_of_all() -> None:
    keys = [["hub"], ["a", "b", "c"], ["d"]]
    links = {key: ["hub"] for key in "abcd"} | {"a": ["hub", "d"]}
    assert ("a", "d") in strongest(keys, links)
    assert ("hub", "d") not in strongest(keys, links)


def test_a_thread_to_another_part_comes_first() -> None:
    links = {"a#b": ["a#c", "t#d"], "a#c": ["a#b"], "t#d": ["a#c"]}
    assert ("a#b", "a#c") not in strongest(KEYS, links)
    assert strongest(KEYS, {"a#b": ["a#c"]}) == [("a#b", "a#c")]


def test_the_strongest_do_not_hang_on_the_order_of_links() -> None:
    links = {"q#a": ["a#b", "a#c", "t#d"], "a#b": ["t#d"], "a#c": ["t#d"]}
    turned = {key: targets[::-1] for key, targets in reversed(links.items())}
    assert strongest(KEYS, links) == strongest(KEYS, turned)


def test_each_section_has_a_thread() -> None:
    keys = [[box.key for box in part.boxes] for part in article(3, 2, 5, 3)]
    every = [key for part in keys for key in part]
    found = strongest(keys, dict.fromkeys(every, every))
    assert {key for thread in found for key in thread} == set(every)


def test_there_are_no_more_threads_than_can_be_followed() -> None:
    """In an article of any length, and the strongest of them."""
    keys = [[box.key for box in part.boxes] for part in article(12, 12, 12, 12)]
    one, other = keys[2].pop(), keys[3].pop()
    every = [key for part in keys for key in part]
    links = dict.fromkeys(every, every) | {one: [other], other: [one]}
    found = strongest([*keys, [one], [other]], links)
    assert len(found) == MOST == 12
    assert (one, other) in found


# The picture


def test_each_box_with_an_address_is_a_link() -> None:
    assert [a.get("href") for a in tree().iter(f"{SVG}a")] == ["question.html#a", "#b", "#c"]


def test_labels_are_text_whatever_they_hold() -> None:
    words = ["".join(text.itertext()) for text in tree().iter(f"{SVG}text")]
    assert "Mixed <signals>" in words


def test_the_picture_has_an_accessible_name() -> None:
    picture = tree()
    title = picture.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Parts & links"
    assert picture.get("aria-labelledby") == title.get("id")


def test_the_name_of_a_part_stands_above_its_boxes() -> None:
    for part in of_class(tree(), "map-part"):
        (name,) = of_class(part, "map-heading")
        assert f"part-{''.join(name.itertext()).lower()}" in str(part.get("class"))
        line = number(name[0], "y")
        assert all(line < number(frame, "y") for frame in of_class(part, "map-frame"))


def test_parts_stand_left_and_right_by_turns() -> None:
    picture = ElementTree.fromstring(draw(article(1, 1, 1, 1), {}, "x", "m"))
    lefts = [number(frame, "x") for frame in of_class(picture, "map-frame")]
    assert lefts == [min(lefts), max(lefts)] * 2
    assert min(lefts) < max(lefts)


def test_only_the_strongest_are_drawn_and_a_link_brings_all_of_its_own() -> None:
    picture = tree({"q#a": ["a#b", "a#c", "t#d"], "t#d": ["q#a"], "a#b": ["t#d"], "a#c": ["t#d"]})
    assert len(of_class(picture, "map-thread")) == 3
    hidden = of_class(picture, "map-threads")
    assert [path.get("visibility") for path in hidden] == ["hidden"] * 3
    assert [str(path.get("d")).count("C") for path in hidden] == [3, 2, 2]


@pytest.mark.parametrize("sections", [(0, 1, 2, 0), (2, 2, 2, 2), (3, 6, 5, 3), (12, 12, 12, 12)])
def test_boxes_stay_inside_the_picture_and_apart(sections: tuple[int, ...]) -> None:
    picture = ElementTree.fromstring(draw(article(*sections), {}, "x", "m"))
    height = float((picture.get("viewBox") or "").split()[3])
    columns: dict[float, list[tuple[float, float]]] = {}
    for frame in of_class(picture, "map-frame"):
        x, y, high = (number(frame, name) for name in ("x", "y", "height"))
        assert 0 < x < WIDTH - COLUMN
        assert 0 < y < height - high
        columns.setdefault(x, []).append((y, y + high))
    assert len(columns) == 2
    for column in columns.values():
        assert all(one[1] < other[0] for one, other in pairwise(column))


def test_no_thread_passes_behind_a_box() -> None:
    """All its points lie in the gutter, and a curve never leaves what holds its four points."""
    parts = article(3, 6, 5, 3)
    every = [box.key for part in parts for box in part.boxes]
    picture = ElementTree.fromstring(draw(parts, dict.fromkeys(every, every), "x", "m"))
    lefts = {number(frame, "x") for frame in of_class(picture, "map-frame")}
    for path in of_class(picture, "map-thread"):
        across = [float(x) for x in str(path.get("d")).replace("C", " ").strip("M").split()[::2]]
        assert all(min(lefts) + COLUMN <= x <= max(lefts) for x in across)


def test_threads_that_share_a_box_meet_it_apart() -> None:
    parts = article(3, 6, 5, 3)
    every = [box.key for part in parts for box in part.boxes]
    picture = ElementTree.fromstring(draw(parts, dict.fromkeys(every, every[:1]), "x", "m"))
    starts = [str(path.get("d")).split("C")[0] for path in of_class(picture, "map-thread")]
    assert len(starts) > 9
    assert len(set(starts)) == len(starts)


def test_a_box_is_as_high_as_a_thumb_needs() -> None:
    """WCAG 2.2, 2.5.5 (target size, enhanced): 44 pixels, also for the shortest label."""
    assert TOUCH == 44
    assert {number(frame, "height") for frame in of_class(tree(), "map-frame")} == {TOUCH}


def test_type_is_large_enough_for_a_phone() -> None:
    assert {text.get("font-size") for text in tree().iter(f"{SVG}text")} == {str(FONT)}
    assert FONT >= 14


def test_a_long_label_makes_its_box_higher() -> None:
    part = Part("tips", (Box("t", "One two three four five six seven eight nine"), Box("u", "One")))
    high, low = of_class(ElementTree.fromstring(draw([part], {}, "x", "m")), "map-frame")
    assert number(high, "height") > number(low, "height")


def test_a_word_longer_than_a_line_is_squeezed_into_its_box() -> None:
    just = "Misunderstandings"
    assert len(just) == CHARACTERS
    part = Part("tips", (Box("t", f"{just}!"), Box("u", just)))
    picture = ElementTree.fromstring(draw([part], {}, "x", "m"))
    long, short = (label[0] for label in of_class(picture, "map-label"))
    assert number(long, "textLength") < COLUMN
    assert short.get("textLength") is None


def test_only_an_opaque_picture_has_a_ground() -> None:
    assert [rect.get("class") for rect in tree().findall(f"{SVG}rect")] == []
    (ground,) = tree(opaque=True).findall(f"{SVG}rect")
    assert number(ground, "width") == WIDTH
