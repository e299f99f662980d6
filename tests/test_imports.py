"""Text to text needs no Sphinx: the pure modules import none of it, not even inside functions."""

import ast
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PURE = (
    "handbook.article",
    "handbook.check",
    "handbook.editions.archive",
    "handbook.editions.output",
    "handbook.editions.pdf.book",
    "handbook.editions.pdf.compiler",
    "handbook.editions.pdf.errors",
    "handbook.editions.pdf.links",
    "handbook.editions.pdf.settings",
    "handbook.editions.pdf.spine",
    "handbook.editions.pdf.streams",
    "handbook.editions.pdf.values",
    "handbook.front_matter",
    "handbook.inline",
    "handbook.links",
    "handbook.lint",
    "handbook.lint.allow",
    "handbook.lint.headings",
    "handbook.lint.helplines",
    "handbook.lint.prose",
    "handbook.lint.rule",
    "handbook.lint.structure",
    "handbook.lint.text",
    "handbook.lint.wording",
    "handbook.map",
    "handbook.markdown",
    "handbook.markup",
    "handbook.page",
    "handbook.palette",
    "handbook.problem",
    "handbook.sharing",
    "handbook.sharing.card",
    "handbook.sharing.listing",
    "handbook.sharing.schema",
    "handbook.search.alert",
    "handbook.search.english",
    "handbook.search.index",
    "handbook.search.lists",
    "handbook.search.spelled",
    "handbook.search.store",
    "handbook.search.text",
)
FORBIDDEN = {"docutils", "furo", "myst_parser", "sphinx"}


def source(module: str) -> Path:
    place = ROOT / module.replace(".", "/")
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def imports(module: str) -> set[str]:
    """Return what a module imports, anywhere in its text, as absolute names."""
    names = set()
    package = module if source(module).name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source(module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            inside = {f"{base}.{alias.name}" for alias in node.names}
            names |= {name for name in inside if source(name).exists()} or {base}
    return names


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_imports_only_pure_ones(module: str) -> None:
    names = imports(module)
    assert {name.partition(".")[0] for name in names} & FORBIDDEN == set()
    assert {name for name in names if name.startswith("handbook")} <= set(PURE)


def test_a_module_of_the_shell_would_be_caught() -> None:
    assert any(name.partition(".")[0] in FORBIDDEN for name in imports("handbook.structure"))
