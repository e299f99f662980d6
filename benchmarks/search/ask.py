"""Which questions of a bank land wrong: ``python -m benchmarks.search.ask [BANK ...]``.

A bank is a list of questions in YAML, each with ``ask`` and ``first``, the section that may come
first (``tests/search``). For every section that others were taken for, the questions with their
lines and what came instead, and the place where five more ways to ask for it belong.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from benchmarks.browser import chromium
from handbook.model.lists import SUFFIX

from .questions import QUESTIONS, SETS, SITE, is_right, named

WANTED = 5  # ways to ask, of a section that is not found
ASK = """(questions) => Promise.all(questions.map(async (text) => {
  const results = await handbook.search(text);
  return results.map(({ url, urgent }) => [url.slice(handbook.root.href.length), urgent]);
}))"""


class Question(NamedTuple):
    """A question of a bank.

    :ivar where: the file and the line.
    :ivar first: the sections that may come first, as ``page#anchor``, ``*`` for anything.
    """

    where: str
    ask: str
    first: list[str]


def read(bank: Path) -> list[Question]:
    """The questions of a bank.

    :raises ValueError: an entry has no question or no section, with its file and line.
    """
    text = bank.read_text(encoding="utf-8")
    found = []
    for entry, node in zip(yaml.safe_load(text) or [], _entries(text), strict=True):
        where = f"{bank}:{node.start_mark.line + 1}"
        if not (isinstance(entry, dict) and entry.get("ask") and entry.get("first")):
            raise ValueError(f"{where}: write `ask:` and `first:`, a question and its section")
        first = entry["first"]
        found.append(Question(where, entry["ask"], first if isinstance(first, list) else [first]))
    return found


def _entries(text: str) -> list[yaml.Node]:
    return (yaml.compose(text) or yaml.SequenceNode("", [])).value  # type: ignore[no-any-return]


def below_alarm(first: Sequence[str], answer: Sequence[tuple[str, bool]]) -> list[str]:
    """The addresses in an answer but for those that the alarm alone has lifted.

    :param answer: addresses of sections, and whether the alarm has lifted each.
    """
    return [url for url, urgent in answer if not urgent or is_right(first, url)]


def report(
    questions: Sequence[Question], answers: Sequence[Sequence[tuple[str, bool]]]
) -> list[str]:
    """The lines to print: how many land, and by section those that do not."""
    late: dict[str, list[str]] = defaultdict(list)
    for question, answer in zip(questions, answers, strict=True):
        urls = below_alarm(question.first, answer)
        right = [is_right(question.first, url) for url in urls]
        if right[:1] != [True]:
            at = f"at place {right.index(True) + 1}" if any(right) else "not among ten"
            late[question.first[0]] += [
                f"  {question.where}: {question.ask}",
                f"    {at}; first came {named(urls[0]) if urls else 'nothing'}",
            ]
    wrong = sum(map(len, late.values())) // 2
    lines = [f"{len(questions) - wrong} of {len(questions)} questions land, {wrong} do not."]
    for section in sorted(late, key=lambda each: (-len(late[each]), each)):
        page, _, anchor = section.partition("#")
        below = f" below [{anchor}]" if anchor else ""
        lines += ["", f"{section}: write {WANTED} more ways to ask in docs/{page}{SUFFIX}{below}"]
        lines += late[section]
    return lines


def main(names: Sequence[str]) -> int:
    """Print what lands wrong."""
    if not SITE.exists():
        print("the handbook is not built; see `make html`", file=sys.stderr)
        return 1
    try:
        banks = [Path(name) for name in names] or [
            Path(os.path.relpath(QUESTIONS / name)) for name in SETS
        ]
        questions = [question for bank in banks for question in read(bank)]
    except (OSError, ValueError, yaml.YAMLError) as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 1
    with chromium() as browser:
        page = browser.new_page()
        page.goto((SITE / "index.html").as_uri())
        asked = [question.ask for question in questions]
        print("\n".join(report(questions, page.evaluate(ASK, asked))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
