"""The rules of a style sheet that a file has a use for.

Pages share one style sheet; the one file holds all that its rules could ever apply to. A rule goes
where each of its selectors asks for a class or an id that stands nowhere in the file, neither in
its pages nor in its scripts. Whatever else a selector asks for is let be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from copy import copy
from functools import cache

import tinycss2
from tinycss2.ast import Node

# Rules that hold rules.
NESTING = ("media", "supports", "layer", "container")


def used(css: str, text: str) -> str:
    """What is left of a style sheet.

    :param css: the style sheet.
    :param text: all else that the file holds.
    """
    return str(tinycss2.serialize(_kept(_parsed(css), set(re.findall(r"[\w-]+", text)))))


@cache
def _parsed(css: str) -> list[Node]:
    """Its rules; they are read for each file, and parsed once."""
    return list(tinycss2.parse_stylesheet(css))


def _kept(rules: Iterable[Node], words: Set[str]) -> Iterator[Node]:
    for rule in rules:
        if rule.type == "qualified-rule" and not _is_wanted(rule.prelude, words):
            continue
        if rule.type == "at-rule" and rule.lower_at_keyword in NESTING and rule.content:
            rule = copy(rule)
            rule.content = list(_kept(tinycss2.parse_rule_list(rule.content), words))
            if not rule.content:
                continue
        yield rule


def _is_wanted(prelude: Iterable[Node], words: Set[str]) -> bool:
    """Whether one of the selectors, which commas part, may match."""
    missing, last = False, ""
    for token in prelude:
        if token == ",":
            if not missing:
                return True
            missing = False
        elif (token.type == "ident" and last == ".") or token.type == "hash":
            missing |= token.value not in words
        last = token.value if token.type == "literal" else ""
    return not missing
