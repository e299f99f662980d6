"""What a rule is: a named generator of (line, message) over one page."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from handbook.page import Page

Finding = tuple[int, str]

GUIDE_START = "<!-- written by python -m handbook rules, from the docstrings -->"
GUIDE_END = "<!-- the end of what is written -->"


@dataclass(frozen=True)
class Setting:
    """What a rule knows beside the page: the day, and what other pages hold.

    ``terms`` are those of the glossary; ``checked_numbers`` are the telephone numbers on pages
    that say when they were last checked; ``phrased`` says that some page has phrasings.
    """

    terms: tuple[str, ...]
    today: date
    checked_numbers: frozenset[str] = frozenset()
    phrased: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule; its words are those of its function's docstring, which CONTRIBUTING repeats.

    ``after`` says whose rule it was first. A breach of a rule that is not ``fatal`` is reported
    and fails nothing.
    """

    name: str
    text: str
    bad: str
    good: str
    after: str
    fatal: bool
    check: Callable[[Page, Setting], Iterator[Finding]]


def rule(
    after: str, *, fatal: bool = True
) -> Callable[[Callable[[Page, Setting], Iterator[Finding]]], Rule]:
    """Make a ``Rule`` of the function below: ``heading_case`` becomes ``heading-case``."""

    def decorate(check: Callable[[Page, Setting], Iterator[Finding]]) -> Rule:
        parts = re.split(r"\n\n?(?:Bad|Good): ", inspect.getdoc(check) or "")
        text, bad, good = (" ".join(part.split()) for part in parts)
        name = check.__name__.replace("_", "-")
        return Rule(name, text, bad, good, after, fatal, check)

    return decorate


def fill_in(guide: str, rules: tuple[Rule, ...]) -> str:
    """Return the editors' guide with the list of rules between its two marks made new.

    :raises ValueError: when a mark is missing.
    """
    above, _, rest = guide.partition(GUIDE_START)
    _, end, below = rest.partition(GUIDE_END)
    if not end:
        raise ValueError(f"the list of rules stands between {GUIDE_START} and {GUIDE_END}")
    listed = "".join(
        f"- **{rule.name}** (after {rule.after}): {rule.text}\n"
        f"  - Bad: {rule.bad}\n"
        f"  - Good: {rule.good}\n"
        for rule in rules
    )
    return f"{above}{GUIDE_START}\n\n{listed}\n{GUIDE_END}{below}"
