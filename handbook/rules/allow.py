"""The escape hatch: ``% allow rule-name: reason`` lets one line break one rule.

It stands on the line above; anchors and attributes may lie between. In front matter, where
``%`` is no comment, it is written ``# allow``. A comment ends a paragraph in MyST, so what is
allowed starts a paragraph of its own: an exception shows on the page as well.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from handbook.model.page import Page
from handbook.model.problem import Problem, nearest

RULE = "allow"

_ALLOW = re.compile(r"\s*[%#] *allow +([\w-]+)(?:: *(.*))?")
_BETWEEN = re.compile(r"\s*(%.*|# *allow .*|\(.+\)=|\{[^`]*\})\s*")


@dataclass(frozen=True)
class Allow:
    """An exception.

    :ivar line: where it is written, from 1.
    :ivar name: the rule that may be broken.
    :ivar covers: the line that may break it.
    """

    line: int
    name: str
    reason: str
    covers: int


def read(source: str) -> list[Allow]:
    """Return the exceptions in the source of a page."""
    lines = source.split("\n")
    allows = []
    for index, line in enumerate(lines):
        if match := _ALLOW.fullmatch(line):
            covers = index + 1
            while covers < len(lines) and _BETWEEN.fullmatch(lines[covers]):
                covers += 1
            allows.append(Allow(index + 1, match[1], (match[2] or "").strip(), covers + 1))
    return allows


def apply(
    page: Page, allows: Iterable[Allow], problems: Iterable[Problem], rules: Collection[str]
) -> list[Problem]:
    """Take out the problems that are allowed; add those that the exceptions themselves have."""
    left = list(problems)
    for allow in allows:
        here = [p for p in left if (p.rule, p.line) == (allow.name, allow.covers)]
        if allow.name not in rules:
            near = nearest(allow.name, rules)
            fault = f"no rule is named {allow.name}" + (f"; did you mean {near}?" if near else "")
        elif not allow.reason:
            fault = f"say why: % allow {allow.name}: reason"
        elif not here:
            fault = f"line {allow.covers} keeps {allow.name}; take this exception out"
        else:
            left = [p for p in left if p not in here]
            continue
        left.append(Problem(page.path, allow.line, RULE, fault))
    return left
