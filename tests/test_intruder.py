"""Whatever is written into a page: nothing outside ``docs`` is read, nothing foreign is fetched,
nothing runs.

Twice, since there are two locks: the rules alone, before anything else reads the page; and what
stands between Sphinx and the outputs alone, with the rules switched off.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch
from urllib.parse import unquote

import hypothesis
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.body import Container
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir
from intruder import MARK, heads, lay_out, links, pieces
from myst_parser.parsers.docutils_ import Parser
from pages import FRONT, article, load, page, write

from handbook.model import markdown
from handbook.model.handbook import Handbook
from handbook.rules import markup, targets

# The same examples in every run, none kept, and as slow as the machine likes.
set_hypothesis_home_dir(Path(tempfile.gettempdir(), "hypothesis"))
STEADY = {"derandomize": True, "database": None, "deadline": None, "phases": [Phase.generate]}
TIPS = "rain/tips.md"

# An oracle of its own: what a browser makes of an address (WHATWG URL, "basic URL parser").
OUT = re.compile(r"([a-z][a-z0-9+.-]*):|[/\\]{2}", re.IGNORECASE)
WAYS_OUT = {"https", "http", "tel", "mailto"}


def leads(address: str) -> str:
    """The scheme that a browser leaves the handbook by, or ``//``; "" for an address inside."""
    seen = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33)))))
    out = OUT.match(seen)
    return (out[1] or "//").lower() if out else ""


def reaches(docs: Path, address: str) -> bool:
    """Whether an address of a file leads to one outside ``docs``, however it is read."""
    for name in {address, re.split("[?#]", address)[0], unquote(address)}:
        file = docs / name[1:] if name.startswith("/") else docs / "rain" / name
        for read_as in (os.path.realpath(file), os.path.normpath(file)):
            if Path(read_as).is_file() and not Path(read_as).is_relative_to(docs):
                return True
    return False


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook of one article, with files beside and among its pages."""
    root = tmp_path_factory.mktemp("intruder").resolve()
    lay_out(root)
    answer = page("(plan)=\n## A plan\n\nGo round.", part="answer")
    return write(root / "docs", {**article("rain"), "rain/answer.md": answer})


Refusals = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def refusals(docs: Path) -> Refusals:
    """Say what the rules about what may come in find in a page of tips, each with its line."""
    others, problems = load(docs)
    assert problems == []

    def found(text: str) -> list[str]:
        tips, problems = markdown.parse(text, "rain/tips", f"docs/{TIPS}")
        if tips is not None:
            handbook = Handbook(others.articles, {**others.pages, "rain/tips": tips})
            problems = [
                *targets.unresolved(handbook, docs),
                *markup.foreign(tips),
                *markup.marked(tips),
            ]
        for problem in problems:
            assert problem.path == f"docs/{TIPS}"
            assert 1 <= problem.line <= text.count("\n") + 1
            assert len(str(problem).splitlines()) == 1
        return [str(problem) for problem in problems]

    return found


def read(text: str, folder: Path) -> nodes.document:
    """The tree that MyST makes of a page where docutils may read files and take raw markup."""
    set_up = {
        "myst_enable_extensions": markdown.EXTENSIONS,
        "myst_disable_syntax": ["html_block", "html_inline"],
        "myst_all_links_external": True,  # so that each address is there as it was read
        "myst_title_to_header": True,
        "raw_enabled": True,
        "file_insertion_enabled": True,
        "report_level": 5,
        "halt_level": 5,
        "_disable_config": True,
    }
    # What only Sphinx has is a box to docutils, so that what stands in it is read.
    boxes = dict.fromkeys(("only", "short-answer", "glossary", "seealso"), Container)
    with patch.dict(directives._directives, boxes):
        source = str(folder / "tips.md")
        return publish_doctree(text, source, parser=Parser(), settings_overrides=set_up)


def harms(tree: nodes.document, docs: Path) -> Iterator[str]:
    """Say what is wrong with the tree of a page that was let in."""
    for node in tree.findall(nodes.Element):
        if isinstance(node, nodes.raw | nodes.meta) and node.astext() not in ("<br />", "\\\\"):
            yield f"<{node.tagname}> {node}"
        address = node.get("refuri", "")
        if address and (out := leads(address)):
            if out not in WAYS_OUT:
                yield f"leads out by {out}: {address}"
        elif address and reaches(docs, address):
            yield f"leads outside: {address}"
        if isinstance(node, nodes.image):
            source = unquote(node["uri"])  # as it is before Sphinx reads it
            if leads(node["uri"]) or leads(source) or reaches(docs, source):
                yield f"shows what is not of the handbook: {source}"
        yield from (f"runs {key}" for key in node.attributes if key.startswith("on"))
    if MARK in tree.astext():
        yield "shows a file that lies outside"


@settings(**STEADY, max_examples=800, suppress_health_check=list(HealthCheck))
@given(body=st.one_of(links, st.lists(pieces, min_size=1, max_size=2).map("\n\n".join)))
def test_the_rules_alone_refuse_it_or_it_is_harmless(
    body: str, docs: Path, refusals: Refusals
) -> None:
    text = page(body.replace("ROOT", str(docs.parent)), part="tips")
    if not refusals(text):
        hypothesis.event("let in")
        assert list(harms(read(text, docs / "rain"), docs)) == []


@settings(**STEADY, max_examples=300, suppress_health_check=list(HealthCheck))
@given(head=heads)
def test_the_head_of_a_page_is_refused_or_harmless(
    head: str, docs: Path, refusals: Refusals
) -> None:
    key, _, value = head.partition(": ")
    front = {key: value} if key in FRONT else {"review-by": f"2027-11-23\n{head}"}
    text = page("It rains.", **{"part": "tips", **front}).replace("ROOT", str(docs.parent))
    if not refusals(text):
        hypothesis.event("let in")
        assert list(harms(read(text, docs / "rain"), docs)) == []
