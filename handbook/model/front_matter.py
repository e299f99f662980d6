"""The front matter of a page: a closed, ordered, typed contract, kept as data.

It is read here and nowhere else.
YAML nodes are used, not loaded values, because a node knows its line.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

import yaml

from .problem import Problem, nearest

RULE = "front-matter"

#: The parts of an article in the order of reading: file name and ``part`` are one word.
ARTICLE_PARTS = ("question", "answer", "tips", "takeaways")
#: What the ``part`` of a page may be. The first is an article's ``index.md``, the last three are
#: pages outside articles.
PARTS = ("article", *ARTICLE_PARTS, "front", "help", "reference")
#: What ``partner`` of an article may be, the one whom its reader asks about, and what lists of
#: articles say of it. The last is what an article is that does not say, and leaves nothing to say.
PARTNERS = {"he": "about a husband", "she": "about a wife", "they": ""}

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Example:
    """A section that the front page may show beside the questions, and the words it shows.

    :ivar target: the section, as a link on the article's index page would be written.
    """

    target: str
    words: str
    line: int = field(compare=False)


@dataclass(frozen=True)
class FrontMatter:
    """What a page says about itself.

    :ivar partner: a key of `PARTNERS`; None where the page does not say.
    :ivar examples: the first is shown before the others.
    :ivar read_by: the professional who has read the page, ``read_as`` what, ``read_on`` which day;
        None where nobody has.
    :ivar lines: the line, from 1, of each key.
    """

    title: str
    summary: str
    part: str
    topic: str | None
    partner: str | None
    examples: tuple[Example, ...] | None
    reviewed: date
    review_by: date
    read_by: str | None
    read_as: str | None
    read_on: date | None
    lines: Mapping[str, int] = field(compare=False, repr=False)


def _text(node: yaml.Node) -> str:
    if node.tag != "tag:yaml.org,2002:str" or not str(node.value).strip():
        raise ValueError("must be text; put it in quotes if it looks like a number or a date")
    if _CONTROL.search(node.value):
        raise ValueError("must be one line, without tabs and other control characters")
    return str(node.value)


def _one_of(known: Collection[str]) -> Callable[[yaml.Node], str]:
    def read(node: yaml.Node) -> str:
        if node.value not in known:
            near = nearest(str(node.value), known)
            hint = f"; did you mean {near}?" if near else ""
            raise ValueError(f"must be one of {', '.join(known)}{hint}")
        return str(node.value)

    return read


def _examples(node: yaml.Node) -> tuple[Example, ...]:
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise ValueError("has lines below it, indented, such as tips.md#its-anchor: A few words")
    found = {}
    for key, value in node.value:
        example = Example(_text(key), _text(value), key.start_mark.line + 1)
        if example.target in found:
            raise ValueError(f"names {example.target} twice; take one out")
        found[example.target] = example
    return tuple(found.values())


def _day(node: yaml.Node) -> date:
    if node.tag == "tag:yaml.org,2002:timestamp":
        with suppress(ValueError):  # a time of day, or a day that no month has
            return date.fromisoformat(node.value)
    raise ValueError("must be a date such as 2026-11-23")


Value = str | date | tuple[Example, ...]
#: The contract: key, reader of its value (a ValueError says which type that is), in order.
CONTRACT: Mapping[str, Callable[[yaml.Node], Value]] = {
    "title": _text,
    "summary": _text,
    "part": _one_of(PARTS),
    "topic": _text,
    "partner": _one_of(PARTNERS),
    "examples": _examples,
    "reviewed": _day,
    "review-by": _day,
    "read-by": _text,
    "read-as": _text,
    "read-on": _day,
}
#: Keys of which a page has all or none: the professional who has read it.
READER = ("read-by", "read-as", "read-on")
#: Keys that pages of one part have and no other page may have.
ONLY_FOR: Mapping[str, str] = dict.fromkeys(("topic", "partner", "examples"), "article")
#: Keys that even such a page may leave out.
OPTIONAL = ("partner", "examples")


@dataclass(frozen=True)
class _KeyValue:
    """A key, its value, and the line of the page that it stands on."""

    key: str
    value: yaml.Node
    line: int


class _NotFrontMatterError(Exception):
    """The head of a page cannot be read as keys and values: line, and why."""


def parse(text: str, path: str) -> tuple[FrontMatter | None, list[Problem]]:
    """Read the front matter at the head of a page.

    :param text: the whole page with Unix line ends.
    :param path: the file as problems name it.
    :returns: what the page says; or None, and the problems, where the contract is broken.
    """
    values: dict[str, Value] = {}
    places: dict[str, int] = {}
    try:
        faults = list(_faults(_entries(text), values, places))
    except _NotFrontMatterError as error:
        faults = [error.args]
    if faults:
        return None, [Problem(path, line, RULE, message) for line, message in faults]
    fields = {key.replace("-", "_"): values.get(key) for key in CONTRACT}
    return FrontMatter(**fields, lines=places), []  # type: ignore[arg-type]


def _entries(text: str) -> Iterator[_KeyValue]:
    lines = text.split("\n")
    if lines[0] != "---":
        raise _NotFrontMatterError(1, "the page starts with front matter between two lines ---")
    if "---" not in lines[1:]:
        raise _NotFrontMatterError(1, "the front matter is not closed; add a line ---")
    try:
        # The leading line break makes the lines of the YAML the lines of the page.
        node = yaml.compose("\n" + "\n".join(lines[1 : lines.index("---", 1)]), yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", "unreadable")
        what = f"the front matter is not YAML ({why}); put text that holds a colon in quotes"
        raise _NotFrontMatterError(mark.line + 1 if mark else 1, what) from None
    if not isinstance(node, yaml.MappingNode):
        raise _NotFrontMatterError(1, "front matter is lines of key: value, first title:")
    for key, value in node.value:
        yield _KeyValue(str(key.value), value, key.start_mark.line + 1)


def _faults(
    entries: Iterable[_KeyValue], values: dict[str, Value], places: dict[str, int]
) -> Iterator[tuple[int, str]]:
    """Yield line and message of each breach; fill in the values and the lines of the keys."""
    for entry in entries:
        if fault := _fault(entry, values, places):
            yield entry.line, fault
        places.setdefault(entry.key, entry.line)

    misspelt = {nearest(name, CONTRACT) for name in places if name not in CONTRACT}
    unneeded = OPTIONAL if places.keys() & {*READER} else (*OPTIONAL, *READER)
    needed = [
        key
        for key in CONTRACT
        if key not in unneeded and ONLY_FOR.get(key) in (None, values.get("part"))
    ]
    if missing := [key for key in needed if key not in places and key not in misspelt]:
        hint = _TOGETHER if {*missing} <= {*READER} else _allowed()
        yield 1, f"the front matter lacks {', '.join(missing)}; {hint}"

    reviewed, review_by = values.get("reviewed"), values.get("review-by")
    if isinstance(reviewed, date) and isinstance(review_by, date) and review_by < reviewed:
        yield places["review-by"], f"review-by {review_by} is before reviewed {reviewed}"


def _fault(entry: _KeyValue, values: dict[str, Value], places: Mapping[str, int]) -> str | None:
    """Say what is wrong with one entry; put its value in ``values``."""
    key = entry.key
    if key not in CONTRACT:
        near = nearest(key, CONTRACT)
        return f"unknown key {key}; " + (f"did you mean {near}?" if near else _allowed())
    if key in places:
        return f"{key} stands twice, first on line {places[key]}"
    try:
        values[key] = CONTRACT[key](entry.value)
    except ValueError as refusal:
        return f"{key} {refusal}"
    order = list(CONTRACT)
    late = [name for name in places if name in CONTRACT and order.index(name) > order.index(key)]
    if late:
        return f"{key} stands before {late[0]}; {_allowed()}"
    if ONLY_FOR.get(key) not in (None, values.get("part")):
        return f"{key} stands only on a page with part: {ONLY_FOR[key]}; take it out"
    return None


_TOGETHER = f"{', '.join(READER)} say together who has read the page, as what and when"


def _allowed() -> str:
    keys = f"the keys are, in this order: {', '.join(CONTRACT)}"
    return f"{keys}; {', '.join(OPTIONAL)} and the last three may be left out"
