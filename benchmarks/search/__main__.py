"""Measure the search: ``python -m benchmarks.search [--cranfield FOLDER] [--pages N ...]``.

The tables, every engine in the same run: how well it ranks the handbook's own questions, how well
it ranks the Cranfield collection; then ours alone: how far few phrasings go (``curve.py``), how
large and how quick it is as the handbook grows.
The site must be built. npm brings the peers; Cranfield is the folder with ``cran.all.1400``,
``cran.qry`` and ``cranqrel`` as the Glasgow IR group gives them away, and is left out without.

A question that is nearly one of the phrasings would measure memory. The first table says how many
stand too near: those that share with one phrasing three quarters or more of the content words
(no stop words, stemmed) of the larger of the two sets, and so too those whose words are the same
(``tests/likeness.py``). A test keeps it at none.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

import yaml
from playwright.sync_api import Page, sync_playwright

from handbook.model import handbook, lists
from handbook.search.index import Document
from handbook.sources import files_in

from . import cranfield, curve, growth
from .cranfield import Question
from .engines import ENGINES, Engine, Ours, Site, fetch_peers
from .tables import table

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "html"
DOCS = ROOT / "docs"
QUESTIONS = ROOT / "tests" / "search"


def handbook_sections() -> list[Document]:
    """The sections of the built handbook, read from its index and the lists beside its pages."""
    taught = defaultdict(list)
    for path in sorted(DOCS.rglob(f"*{lists.SUFFIX}")):
        page = path.relative_to(DOCS).as_posix().removesuffix(lists.SUFFIX)
        for line in lists.lines(path.read_text(encoding="utf-8")):
            taught[f"{page}.html#{line.name}"].append(line.text)
    pieces = {}
    for path in sorted((SITE / "_static" / "search").rglob("*.js")):
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


def handbook_questions(sections: Sequence[Document], name: str) -> list[Question]:
    """Questions that the tests keep, with the urls of the sections that may come first."""
    found = []
    for entry in yaml.safe_load(QUESTIONS.joinpath(name).read_text(encoding="utf-8")):
        first = entry["first"] if isinstance(entry["first"], list) else [entry["first"]]
        patterns = [re.sub(r"^([^#]*)", r"\1.html", target) for target in first]
        urls = {
            section.url
            for section in sections
            for place in (section.url, f"{section.url}#")
            if any(fnmatch(place, pattern) for pattern in patterns)
        }
        found.append(Question(entry["ask"], frozenset(urls)))
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


def figures(measured: dict[str, float]) -> list[str]:
    """What `rank` has found, to print."""
    return [f"{value:.3f}" for value in measured.values()]


def ranking(page: Page, folder: Path, modules: Path) -> None:
    """The handbook's own questions, with and without the phrasings that its pages bring."""
    sections = handbook_sections()
    seen = handbook_questions(sections, "questions.yaml")
    unseen = handbook_questions(sections, "unseen.yaml")
    titles = handbook_questions(sections, "titles.yaml")
    asked = [*seen, *unseen]
    bare = [dataclasses.replace(section, asked=(), taught=()) for section in sections]
    rows, new = [], []
    for kind in ENGINES:
        row = [kind.name]
        for documents in (bare, sections):
            engine = kind(folder, modules)
            engine.index(documents)
            row += figures(rank(engine, page, asked))
        rows.append(row)
        new.append([kind.name, *figures(rank(engine, page, titles))])
    new.append([Site.name, *figures(rank(Site(folder, modules), page, titles))])
    for name, some in (("", asked), (", unseen", unseen)):
        built = rank(Site(folder, modules), page, some)
        rows.append([f"{Site.name}{name}", *[""] * len(built), *figures(built)])
    measures = ["hit@1", "hit@3", "MRR@10", "none"]
    head = ["engine", *measures, *(f"{measure} *" for measure in measures)]
    about = f"{len(asked)} questions, {len(unseen)} of them unseen, on {len(sections)} sections"
    table(f"{about} (* with phrasings);\n{likeness(asked)}", head, rows)
    about = f"{len(titles)} questions from the titles of new sections alone, with phrasings"
    table(about, ["engine", *measures], new)


def few_phrasings(page: Page, folder: Path, modules: Path) -> None:
    """Ours with every section cut to some phrasings: first, and among the first three."""
    sections = handbook_sections()
    names = ("questions.yaml", "unseen.yaml", "titles.yaml")
    asked = [handbook_questions(sections, name) for name in names]
    rows = []
    for most in curve.KEPT:
        engine = Ours(folder, modules)
        engine.index(curve.cut(sections, most))
        row = ["all" if most is None else str(most)]
        for questions in asked:
            found = rank(engine, page, questions)
            row.append(f"{found['hit@1']:.3f} / {found['hit@3']:.3f}")
        rows.append(row)
    title = "handbook.search with so many phrasings a section: hit@1 / hit@3"
    table(title, ["phrasings", *names], rows)


def collection(page: Page, folder: Path, modules: Path, data: Path) -> None:
    """The Cranfield collection: MRR@10, and the share without results."""
    documents = cranfield.sections(data)
    asked = cranfield.sets(data)
    rows = []
    for kind in ENGINES:
        engine = kind(folder, modules)
        engine.index(documents)
        row = [kind.name]
        for questions in asked.values():
            found = rank(engine, page, questions)
            row.append(f"{found['MRR@10']:.3f} ({found['none']:.2f})")
        rows.append(row)
    title = f"Cranfield, {len(documents):,} abstracts: MRR@10 (share without results)"
    table(title, ["engine", *asked], rows)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search")
    parser.add_argument("--cranfield", type=Path, help="folder of the Cranfield collection")
    parser.add_argument("--articles", type=int, nargs="*", default=[100])
    options = parser.parse_args()
    if not SITE.exists():
        print("the handbook is not built; see `make html`", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        modules = fetch_peers(folder / "peers")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        ranking(page, folder / "engine", modules)
        few_phrasings(page, folder / "engine", modules)
        if options.cranfield:
            collection(page, folder / "engine", modules, options.cranfield)
        many = [growth.built(folder / str(count), count) for count in options.articles]
        growth.measure(browser, [SITE, *many])
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
