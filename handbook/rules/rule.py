"""What a rule is: a named generator of (line, message) over one page."""

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from handbook.model.page import Page

Finding = tuple[int, str]

LIST_START = "<!-- written by python -m handbook rules, from the docstrings -->"
LIST_END = "<!-- the end of what is written -->"


@dataclass(frozen=True)
class Setting:
    """What a rule knows beside the page: the day, and what the handbook holds.

    :ivar today: decides what is overdue.
    :ivar terms: those of the glossary.
    :ivar checked_numbers: the telephone numbers on pages that say when they were last checked.
    :ivar phrasings: docname and anchor to the number of phrasings; empty where there are none.
    :ivar topics: how many articles have each topic.
    """

    today: date
    terms: tuple[str, ...] = ()
    checked_numbers: frozenset[str] = frozenset()
    phrasings: Mapping[tuple[str, str], int] = field(default_factory=dict)
    topics: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Rule:
    """A rule; its words are those of its function's docstring, which RULES.md repeats.

    :ivar after: whose rule it was first.
    :ivar fatal: whether a breach fails the build; any other is reported.
    :ivar by_day: whether it judges by the day, so that what it found holds for no other.
    :ivar findings: yields line and message of each breach.
    """

    name: str
    text: str
    bad: str
    good: str
    after: str
    fatal: bool
    by_day: bool
    findings: Callable[[Page, Setting], Iterator[Finding]]


def rule(
    after: str, *, fatal: bool = True, by_day: bool = False
) -> Callable[[Callable[[Page, Setting], Iterator[Finding]]], Rule]:
    """Make a ``Rule`` of the function below: ``heading_case`` becomes ``heading-case``."""

    def decorate(findings: Callable[[Page, Setting], Iterator[Finding]]) -> Rule:
        parts = re.split(r"\n\n?(?:Bad|Good): ", inspect.getdoc(findings) or "")
        text, bad, good = (" ".join(part.split()) for part in parts)
        name = findings.__name__.replace("_", "-")
        return Rule(name, text, bad, good, after, fatal, by_day, findings)

    return decorate


def fill_in(listing: str, rules: tuple[Rule, ...]) -> str:
    """Return RULES.md with what stands between its two marks made new.

    :raises ValueError: when a mark is missing.
    """
    above, _, rest = listing.partition(LIST_START)
    _, end, below = rest.partition(LIST_END)
    if not end:
        raise ValueError(f"the list of rules stands between {LIST_START} and {LIST_END}")
    listed = "".join(
        f"- **{rule.name}** (after {rule.after}): {rule.text}\n"
        f"  - Bad: {rule.bad}\n"
        f"  - Good: {rule.good}\n"
        for rule in rules
    )
    return f"{above}{LIST_START}\n\n{listed}\n{LIST_END}{below}"
