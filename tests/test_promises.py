"""Every test that a page names as holding what it says is there."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def rows(text: str) -> Iterator[list[str]]:
    """The rows of each table, without their heads."""
    for line, below in pairwise([*text.splitlines(), ""]):
        if line.startswith("| ") and not below.startswith("|--"):
            yield line.strip("| ").split(" | ")


README = (HERE / "README.md").read_text(encoding="utf-8")
PROMISED = README.partition("## What is promised, and what holds it")[2].partition("\n## ")[0]
PROMISES = list(rows(PROMISED))
THREATS = list(rows((HERE.parent / "THREATS.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize("row", PROMISES + THREATS, ids=lambda row: row[0])
def test_a_promise_is_held(row: list[str]) -> None:
    """By what its last cell names."""
    named = re.findall(r"`(\S+)::(\S+)`", row[-1])
    assert named
    assert [test for file, test in named if test not in defined(HERE / file)] == []


@pytest.mark.parametrize(
    ("table", "cells"), [(PROMISES, 2), (THREATS, 3)], ids=["promise", "threat"]
)
def test_there_are_promises(table: list[list[str]], cells: int) -> None:
    assert len(table) > 10
    assert [row for row in table if len(row) != cells] == []


def defined(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
