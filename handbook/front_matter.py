"""The front matter of a page: a closed, ordered, typed contract, kept as data.

It is read here and nowhere else.
YAML nodes are used, not loaded values, because a node knows its line.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

import yaml

from handbook.problem import Problem, nearest

RULE = "front-matter"

#: What the ``part`` of a page may be. The first is an article's ``index.md``, the next four are
#: the files beside it, the last three are pages outside articles.
PARTS = ("article", "question", "answer", "tips", "takeaways", "front", "help", "reference")


@dataclass(frozen=True)
class FrontMatter:
    """What a page says about itself. ``lines`` has the line, from 1, of each key."""

    title: str
    summary: str
    part: str
    topic: str | None
    reviewed: date
    review_by: date
    lines: Mapping[str, int] = field(compare=False, repr=False)


def _text(node: yaml.Node) -> str:
    if node.tag != "tag:yaml.org,2002:str" or not str(node.value).strip():
        raise ValueError("must be text; put it in quotes if it looks like a number or a date")
    return str(node.value)


def _part(node: yaml.Node) -> str:
    if node.value not in PARTS:
        near = nearest(str(node.value), PARTS)
        hint = f"; did you mean {near}?" if near else ""
        raise ValueError(f"must be one of {', '.join(PARTS)}{hint}")
    return str(node.value)


def _day(node: yaml.Node) -> date:
    if node.tag == "tag:yaml.org,2002:timestamp":
        with suppress(ValueError):  # a time of day, or a day that no month has
            return date.fromisoformat(node.value)
    raise ValueError("must be a date such as 2026-11-23")


#: The contract: key, reader of its value (a ValueError says which type that is), in order.
CONTRACT: Mapping[str, Callable[[yaml.Node], str | date]] = {
    "title": _text,
    "summary": _text,
    "part": _part,
    "topic": _text,
    "reviewed": _day,
    "review-by": _day,
}
#: Keys that pages of one part have and no other page may have.
ONLY_FOR: Mapping[str, str] = {"topic": "article"}


def parse(text: str, path: str) -> tuple[FrontMatter | None, list[Problem]]:
    """Read the front matter at the head of a page.

    ``text`` is the whole page with Unix line ends.
    Returns None and the problems where the contract is broken; ``path`` is named in them.
    """
    lines = text.split("\n")
    if lines[0] != "---":
        return None, [Problem(path, 1, RULE, "the page starts with front matter between two ---")]
    if "---" not in lines[1:]:
        return None, [Problem(path, 1, RULE, "the front matter is not closed; add a line ---")]
    try:
        # The leading line break makes the lines of the YAML the lines of the page.
        node = yaml.compose("\n" + "\n".join(lines[1 : lines.index("---", 1)]), yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = "the front matter is not YAML; put text that holds a colon in quotes"
        return None, [Problem(path, mark.line + 1 if mark else 1, RULE, what)]
    if not isinstance(node, yaml.MappingNode):
        return None, [Problem(path, 1, RULE, "front matter is lines of key: value, first title:")]

    problems: list[Problem] = []
    values: dict[str, str | date] = {}
    places: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if fault := _fault(key, value_node, places, values):
            problems.append(Problem(path, line, RULE, fault))
        places.setdefault(key, line)
    for line, fault in _missing(places, values):
        problems.append(Problem(path, line, RULE, fault))

    reviewed, review_by = values.get("reviewed"), values.get("review-by")
    if isinstance(reviewed, date) and isinstance(review_by, date) and review_by < reviewed:
        what = f"review-by {review_by} is before reviewed {reviewed}"
        problems.append(Problem(path, places["review-by"], RULE, what))
    if problems:
        return None, problems
    fields = {key.replace("-", "_"): value for key, value in values.items()}
    return FrontMatter(**{"topic": None, **fields}, lines=places), []  # type: ignore[arg-type]


def _fault(
    key: str, node: yaml.Node, places: Mapping[str, int], values: dict[str, str | date]
) -> str | None:
    """Say what is wrong with one key; where nothing is, put its value in ``values``."""
    if key not in CONTRACT:
        near = nearest(key, CONTRACT)
        return f"unknown key {key}; " + (f"did you mean {near}?" if near else _allowed())
    if key in places:
        return f"{key} stands twice, first on line {places[key]}"
    order = list(CONTRACT)
    late = [name for name in places if name in CONTRACT and order.index(name) > order.index(key)]
    try:
        values[key] = CONTRACT[key](node)
    except ValueError as refusal:
        return f"{key} {refusal}"
    return f"{key} stands before {late[0]}; {_allowed()}" if late else None


def _missing(
    places: Mapping[str, int], values: Mapping[str, str | date]
) -> Iterator[tuple[int, str]]:
    """Say which keys are absent, and which stand on a page of another part."""
    misspelt = {nearest(name, CONTRACT) for name in places if name not in CONTRACT}
    for key in CONTRACT:
        part = ONLY_FOR.get(key)
        if key not in places and key not in misspelt and part in (None, values.get("part")):
            yield 1, f"{key} is missing; {_allowed()}"
        elif key in places and part is not None and values.get("part", part) != part:
            yield places[key], f"{key} stands only on a page with part: {part}; take it out"


def _allowed() -> str:
    return "the keys are, in this order: " + ", ".join(CONTRACT)
