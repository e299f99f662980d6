"""What a screen reader is told, step by step, from the tree that a browser makes for it.

The table stands in ``tests/announced.tsv``: what is told at each step, in its order. The pages are
those of the small site of two articles, with help, a question and an alarm of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from a11y import PHONE
from browsers import listen
from conftest import ROOTS, build_small
from playwright.sync_api import Browser, Page, expect

Node = dict[str, Any]
Line = tuple[str, ...]  # role, name, description, state
Table = dict[str, list[Line]]

CONF = """
html_permalinks = False
handbook_search_parts = {"article": "Overview", "tips": "Tip", "help": "Help"}
handbook_search_help = "help/index"
handbook_search_alert = {group: "help/index#in-danger-now" for group in ("abuse", "danger")}
"""
HELP = """\
---
title: Help
summary: Who to call in a storm.
part: help
reviewed: 2026-11-23
review-by: 2027-11-23
---

(in-danger-now)=
## If you are in danger now

Call one of these:

- the fire brigade
- the coast guard
"""
QUESTION = """
:::{asked}
How do I keep dry?
:::
"""


def read(path: Path) -> Table:
    """The table: lines by their step."""
    table: Table = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        step, *cells = line.split("\t")
        table.setdefault(step, []).append((*cells, "", "", "")[:4])
    return table


EXPECTED = read(Path(__file__).parents[1] / "announced.tsv")


@pytest.fixture(scope="module")
def pages(once: Callable[..., Path]) -> Path:
    """The folder of the built site."""

    def fill(folder: Path) -> None:
        root = folder / "root"
        shutil.copytree(ROOTS / "test-two-articles", root)
        with (root / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(CONF)
        (root / "docs" / "help").mkdir()
        (root / "docs" / "help" / "index.md").write_text(HELP, encoding="utf-8")
        tips = root / "docs" / "rain" / "tips.md"
        tips.write_text(tips.read_text("utf-8").replace("rain\n\nGo", f"rain\n{QUESTION}\nGo"))
        done = build_small(root, "html", folder)
        assert done.returncode == 0, done.stderr

    return once("announced", fill) / "out"


class Reader:
    """What a screen reader has of a page: the browser's tree."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.ask = page.context.new_cdp_session(page).send

    def hear(self, *selectors: str) -> list[Line]:
        """What is told of some elements and all in them, in the order of reading."""
        nodes: list[Node] = self.ask("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}
        by_element = {node.get("backendDOMNodeId"): node for node in nodes}
        root = self.ask("DOM.getDocument")["root"]["nodeId"]
        lines: list[Line] = []
        for selector in selectors:
            query = {"nodeId": root, "selector": selector}
            found = self.ask("DOM.querySelector", query)["nodeId"]
            if not found:
                continue  # nothing is told of it
            element = self.ask("DOM.describeNode", {"nodeId": found})["node"]["backendNodeId"]
            lines += told(by_element[element], by_id, by_element)
        return lines

    def focus(self) -> list[Line]:
        """What is told of the element that has the focus."""
        self.page.evaluate(
            """() => {
                document.querySelector("[data-here]")?.removeAttribute("data-here");
                document.activeElement.dataset.here = "";
            }"""
        )
        return self.hear("[data-here]")


#: Told as they are named, without what is in them.
LEAVES = {"button", "checkbox", "heading", "link", "option", "searchbox", "combobox", "summary"}
#: Told by their text.
TEXTS = {"paragraph", "status", "alert"}
#: What is not told, though what is in it may be.
SILENT = {"", "generic", "none", "StaticText", "InlineTextBox", "LabelText"}
SILENT |= {"ListMarker", "listitem", "mark"}


def told(node: Node, by_id: dict[str, Node], by_element: dict[Any, Node]) -> Iterator[Line]:
    """A node as role, name, description and state, then those in it."""
    role = value(node, "role")
    if role.startswith("DisclosureTriangle"):
        role = "summary"
    name = value(node, "name")
    if not node["ignored"] and role not in SILENT and (name or role != "group"):
        if role in TEXTS:
            name = " ".join(text(node, by_id).split())
        yield role, name, value(node, "description"), ", ".join(states(node, by_element))
        if role in LEAVES | TEXTS:
            return
    for child in node.get("childIds", []):
        yield from told(by_id[child], by_id, by_element)


def value(node: Node, key: str) -> str:
    """A text of a node, in one line."""
    return " ".join(str(node.get(key, {}).get("value") or "").split())


def text(node: Node, by_id: dict[str, Node]) -> str:
    """The text in a node."""
    if value(node, "role") == "StaticText":
        return str(node["name"]["value"])
    return "".join(text(by_id[each], by_id) for each in node.get("childIds", []))


def states(node: Node, by_element: dict[Any, Node]) -> Iterator[str]:
    """What a screen reader adds: how a control is, and what it has to do with."""
    has = {each["name"]: each["value"] for each in node.get("properties", [])}

    def given(name: str) -> Any:
        return has.get(name, {}).get("value")

    if "level" in has and value(node, "role") == "heading":
        yield f"level {given('level')}"
    if given("focused"):
        yield "focused"
    for name in ("modal", "selected"):
        if given(name):
            yield name
    if "expanded" in has:
        yield "expanded" if given("expanded") else "collapsed"
    if "checked" in has:
        yield "checked" if given("checked") == "true" else "not checked"
    if given("hasPopup"):
        yield f"opens a {given('hasPopup')}"
    if given("live"):
        yield f"told when it changes, {given('live')}ly"
    for name, said in (("controls", "controls"), ("activedescendant", "at")):
        for related in has.get(name, {}).get("relatedNodes", []):
            yield f"{said} {value(by_element[related['backendDOMNodeId']], 'name')}"


DIALOG = "dialog[open]"
FIELD = f"{DIALOG} [role=combobox]"
STATUS = f"{DIALOG} .search-status"
RESULTS = f"{DIALOG} [role=listbox]"
OPTION = f"{DIALOG} [role=option]"


@pytest.fixture(scope="module")
def heard(browser: Browser, pages: Path) -> Iterator[Table]:
    """One walk through everything; what was told, by step."""
    page = browser.new_context(offline=True, viewport=PHONE).new_page()
    said = listen(page)
    yield walk(page, pages)
    assert said == []
    page.context.close()


def walk(page: Page, pages: Path) -> Table:
    """Go through everything by keyboard, as a reader would; what is told, by step."""
    reader, keys = Reader(page), page.keyboard
    table: Table = {}

    def ask(question: str, count: str) -> None:
        page.locator(FIELD).fill(question)
        expect(page.locator(STATUS)).to_have_text(count)

    page.goto((pages / "index.html").as_uri())
    table["the field of a page"] = reader.hear(".search-field")
    page.locator("main a").first.focus()
    table["a link before the search"] = reader.focus()
    keys.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    table["the search opens"] = reader.hear(DIALOG)
    ask("how to keep dry with rain ", "10 results")
    table["a question is typed"] = reader.hear(FIELD, STATUS)
    table["its results"] = reader.hear(RESULTS)[:3]
    keys.press("ArrowDown")
    table["arrow down"] = reader.hear(FIELD, f"{OPTION}[aria-selected=true]")
    keys.press("ArrowDown")
    table["arrow down again"] = reader.hear(FIELD, f"{OPTION}[aria-selected=true]")
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    table["arrow up to the field"] = reader.hear(FIELD)
    ask("he hits me in the rain ", "10 results")
    table["a question that speaks of danger"] = reader.hear(STATUS, RESULTS)[:4]
    ask("zzzz", "No results")
    table["letters without meaning"] = reader.hear(FIELD, STATUS, f"{DIALOG} .search-nothing")
    keys.press("Shift")
    table["Shift in the search"] = reader.hear(f"{DIALOG} .exit-status")
    keys.press("Escape")
    table["Escape"] = reader.focus()
    keys.press("/")
    ask("how to keep dry with rain ", "10 results")
    keys.press("Enter")
    page.wait_for_url("**/rain/tips.html#short-way")
    table["Enter arrives"] = reader.hear(":target > h2")
    keys.press("Tab")
    table["Tab goes on from there"] = reader.focus()

    table["the exit"] = reader.hear(".bar .exit", ".bar .exit-status")
    for step in ("Shift", "Shift again"):
        keys.press("Shift")
        table[step] = reader.hear(".bar .exit-status")

    page.goto((pages / "rain" / "answer.html").as_uri())
    table["the menu"] = reader.hear(".menu")
    page.locator(".menu > summary").focus()
    keys.press("Enter")
    table["the menu opens"] = reader.hear(".menu", ".sidebar")
    keys.press("Escape")
    table["Escape closes the menu"] = reader.focus()
    linked = page.locator(".linked-from summary")
    table["what links here"] = reader.hear(".linked-from")
    linked.focus()
    keys.press("Enter")
    table["what links here opens"] = reader.hear(".linked-from")

    page.goto((pages / "rain" / "index.html").as_uri())
    table["the map"] = reader.hear(".article-map")
    page.locator(".article-map summary").focus()
    keys.press("Enter")
    table["the map in words"] = reader.hear(".article-map details")
    return table


def test_each_step_is_in_the_table(heard: Table) -> None:
    assert list(heard) == list(EXPECTED)


@pytest.mark.parametrize("step", EXPECTED)
def test_a_step_is_announced(heard: Table, step: str) -> None:
    assert heard[step] == EXPECTED[step]
