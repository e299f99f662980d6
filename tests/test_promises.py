"""Every test that tests/README.md names as holding a promise is there."""

import ast
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
README = (HERE / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## What is promised, and what holds it")[2].partition("\n## ")[0]
ROWS = [row.strip("| ").split(" | ") for row in SECTION.splitlines() if row.startswith("| ")][1:]


@pytest.mark.parametrize(("promise", "held_by"), ROWS, ids=[promise for promise, _ in ROWS])
def test_a_promise_is_held(promise: str, held_by: str) -> None:
    named = re.findall(r"`(\S+)::(\S+)`", held_by)
    assert named
    assert [test for file, test in named if test not in defined(HERE / file)] == []


def test_there_are_promises() -> None:
    assert len(ROWS) > 10


def defined(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
