"""The rooms: what is pure imports no Sphinx, no room is crowded, no imports go round."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "handbook"
# The shell, and nothing else: every other module is pure, also one that is new. A room's
# ``__init__`` names Sphinx for types alone and imports the shell inside ``setup``.
SHELL = {
    "handbook.crossref.backlinks",
    "handbook.crossref.map",
    "handbook.crossref.on_this_page",
    "handbook.crossref.section_link",
    "handbook.crossref.sections",
    "handbook.editions.offer",
    "handbook.epub.builder",
    "handbook.freshness",
    "handbook.imprint.days",
    "handbook.imprint.old_numbers",
    "handbook.imprint.report",
    "handbook.outline",
    "handbook.pictures",
    "handbook.plain",
    "handbook.rules.gate",
    "handbook.build.run_sphinx",
    "handbook.search.asked",
    "handbook.search.documents",
    "handbook.search.listing.lists",
    "handbook.search.listing.questions",
    "handbook.search.site",
    "handbook.sharing.site",
    "handbook.single.anchors",
    "handbook.single.builder",
    "handbook.sources",
    "handbook.theme.compiled",
    "handbook.theme.frame",
    "handbook.theme.leftovers",
    "handbook.theme.navigation",
    "handbook.theme.not_found",
    "handbook.theme.paper",
    "handbook.theme.search_place",
    "handbook.theme.short_answer",
    "handbook.theme.stylesheet",
    "handbook.theme.wide_table",
    "handbook.typst.builder",
    "handbook.typst.questions",
    "handbook.build.watch",
    "handbook.build.workers",
    "handbook.web",
}
# Rooms of which no part belongs to the shell.
PURE_ROOMS = ("model", "rules")
MOST = 15  # modules of a room
FORBIDDEN = {"docutils", "furo", "myst_parser", "sphinx"}


def source(name: str) -> Path:
    place = ROOT / name.replace(".", "/")
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def imports(name: str) -> set[str]:
    """Return what a module imports, anywhere in its text, as absolute names."""
    names = set()
    package = name if source(name).name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(source(name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            inside = {f"{base}.{alias.name}" for alias in node.names}
            names |= {each for each in inside if source(each).exists()} or {base}
    return names


def module(file: Path) -> str:
    """The name under which a file is imported."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FILES = sorted(PACKAGE.rglob("*.py"))
TRANSLATOR = "handbook.typst.translator"  # a room of the shell as a whole
PURE = [
    name
    for file in FILES
    if (name := module(file)) not in SHELL
    and file.name not in ("__init__.py", "__main__.py")
    and not name.startswith(TRANSLATOR)
]


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_imports_only_pure_ones(name: str) -> None:
    names = imports(name)
    assert {each.partition(".")[0] for each in names} & FORBIDDEN == set()
    ours = {each for each in names if each.startswith("handbook")}
    assert ours <= {*PURE, "handbook"}


@pytest.mark.parametrize("name", sorted(SHELL))
def test_a_module_of_the_shell_needs_sphinx(name: str) -> None:
    assert {each.partition(".")[0] for each in imports(name)} & FORBIDDEN, "list it no longer"


def test_the_model_is_pure_and_the_rules_are_but_for_their_gate() -> None:
    inside = {name for name in SHELL if name.split(".")[1] in PURE_ROOMS}
    assert inside == {"handbook.rules.gate"}


def test_a_room_loads_without_sphinx() -> None:
    rooms = [module(file) for file in PACKAGE.glob("*/__init__.py")]
    pure = [name for name in PURE if name not in rooms]
    code = f"import sys; [__import__(name) for name in {rooms + pure}]; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {name.partition(".")[0] for name in done.stdout.split()} & FORBIDDEN == set()


def test_no_room_is_crowded() -> None:
    rooms = {file.parent for file in FILES}
    crowded = {str(room): len(list(room.glob("*.py"))) for room in rooms}
    assert {room: count for room, count in crowded.items() if count > MOST} == {}


def test_no_module_imports_the_one_that_imports_it() -> None:
    """The imports, those for types among them, make no circle."""
    arrows = {name: imports(name) & {*map(module, FILES)} for name in map(module, FILES)}
    for name in arrows:  # a room's ``setup`` imports the room
        if source(name).name == "__init__.py" and name != TRANSLATOR:
            arrows[name] = set()
    assert list(TopologicalSorter(arrows).static_order())
