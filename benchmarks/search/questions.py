"""The handbook's own sections and questions, and how well an engine ranks them."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

import yaml
from playwright.sync_api import Page

from handbook.model import handbook, lists
from handbook.search.index import Document
from handbook.sources import files_in

from .cranfield import Question
from .engines import Engine

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "html"
DOCS = ROOT / "docs"
QUESTIONS = ROOT / "tests" / "search"
# Those for one section each, in short words; then those written from titles alone, with stories.
SETS = (
    *("questions.yaml", "unseen.yaml"),
    *("titles.yaml", "fresh.yaml", "fresh-2.yaml", "fresh-3.yaml"),
)
FRESH = (*SETS[2:], "stories.yaml")


def handbook_sections(site: Path = SITE) -> list[Document]:
    """The sections of the built handbook, read from its index and the lists beside its pages."""
    taught = defaultdict(list)
    for path in sorted(DOCS.rglob(f"*{lists.SUFFIX}")):
        page = path.relative_to(DOCS).as_posix().removesuffix(lists.SUFFIX)
        for line in lists.lines(path.read_text(encoding="utf-8")):
            taught[f"{page}.html#{line.name}"].append(line.text)
    pieces = {}
    for path in sorted((site / "_static" / "search").rglob("*.js")):
        for call in re.findall(r"^handbook\.take\((.*)\);$", path.read_text("utf-8"), re.M):
            name, value = json.loads(f"[{call}]")
            pieces[name] = value
    runs = sorted(int(name[1:]) for name in pieces if re.fullmatch(r"t\d+", name))
    return [
        Document(
            url, title, page, part, (asked,) * bool(asked), tuple(body), taught=tuple(taught[url])
        )
        for run in runs
        for (url, title, page, part, asked, *_article), body in zip(
            pieces[f"t{run}"], pieces[f"b{run}"], strict=True
        )
    ]


def named(url: str) -> str:
    """A section as questions name it, ``page#anchor``."""
    return url.replace(".html", "", 1)


def is_right(first: str | Sequence[str], url: str) -> bool:
    """Whether a section may come first: one of those in ``first``, ``*`` for anything."""
    targets = [first] if isinstance(first, str) else first
    patterns = [re.sub(r"^([^#]*)", r"\1.html", target) for target in targets]
    return any(fnmatch(place, pattern) for place in (url, f"{url}#") for pattern in patterns)


def handbook_questions(sections: Sequence[Document], name: str) -> list[Question]:
    """Questions that the tests keep, with the urls of the sections that may come first."""
    found = []
    for entry in yaml.safe_load(QUESTIONS.joinpath(name).read_text(encoding="utf-8")):
        right = (section.url for section in sections if is_right(entry["first"], section.url))
        found.append(Question(entry["ask"], frozenset(right)))
    return found


def likeness(questions: Sequence[Question]) -> str:
    """How many questions stand too near to a phrasing, and what that means."""
    # The tests are no package, and one of the tools installs a package of that name.
    sys.path.append(str(ROOT / "tests"))
    from likeness import TOO_LIKE, too_like

    phrasings = handbook.load(DOCS, files_in(DOCS, {}))[0].phrasings
    near = too_like([question.ask for question in questions], phrasings)
    return (
        f"{len(near)} too near to one of {len(phrasings):,} phrasings "
        f"({TOO_LIKE} or more of the content words of the larger of the two are in both)"
    )


def rank(engine: Engine, page: Page, questions: Sequence[Question]) -> dict[str, float]:
    """hit@1, hit@3, MRR@10 and the share without results."""
    places = []
    empty = 0
    with engine.opened(page):
        for question in questions:
            urls = page.evaluate("text => ask(text)", question.ask)[:10]
            empty += not urls
            places.append(next((n for n, url in enumerate(urls, 1) if url in question.right), 0))
    count = len(questions)
    return {
        "hit@1": sum(place == 1 for place in places) / count,
        "hit@3": sum(1 <= place <= 3 for place in places) / count,
        "MRR@10": sum(1 / place for place in places if place) / count,
        "none": empty / count,
    }
