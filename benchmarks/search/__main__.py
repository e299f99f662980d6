"""Measure the search: ``python -m benchmarks.search [--cranfield FOLDER] [--lay FOLDER]``.

The tables, every engine in the same run: how well it ranks the handbook's own questions, long
letters to counsellors (``lay.py``) and the Cranfield collection (``cranfield.py``); ours alone:
how far few phrasings go (``curve.py``), whether new sections have a fair place (``fairness.py``),
what it says beside its results (``heard.py``), how large and how quick it is as the handbook grows
(``growth.py``).
The site must be built. npm brings the peers; the collections are left out without their folders.

A question that is nearly one of the phrasings would measure memory. The first table says how many
stand too near: those that share with one phrasing three quarters or more of the content words
(no stop words, stemmed) of the larger of the two sets, and so too those whose words are the same
(``tests/likeness.py``). A test keeps it at none.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.browser import chromium
from handbook.search.index import Document

from . import cranfield, curve, fairness, growth, heard, lay
from .cranfield import Question
from .engines import ENGINES, Engine, Ours, Site, fetch_peers
from .questions import FRESH, SETS, SITE, handbook_questions, handbook_sections, likeness, rank
from .tables import table


def figures(measured: dict[str, float]) -> list[str]:
    """What `rank` has found, to print."""
    return [f"{value:.3f}" for value in measured.values()]


def ranking(page: Page, folder: Path, modules: Path) -> None:
    """The handbook's own questions, with and without the phrasings that its pages bring."""
    sections = handbook_sections()
    seen = handbook_questions(sections, "questions.yaml")
    unseen = handbook_questions(sections, "unseen.yaml")
    fresh = [handbook_questions(sections, name) for name in FRESH]
    asked = [*seen, *unseen]
    bare = [dataclasses.replace(section, asked=(), taught=()) for section in sections]
    rows, new = [], []

    def of_fresh(engine: Engine) -> list[str]:
        found = [rank(engine, page, questions) for questions in fresh]
        return [f"{each['hit@1']:.3f} / {each['hit@3']:.3f}" for each in found]

    for kind in ENGINES:
        row = [kind.name]
        for documents in (bare, sections):
            engine = kind(folder, modules)
            engine.index(documents)
            row += figures(rank(engine, page, asked))
        rows.append(row)
        new.append([kind.name, *of_fresh(engine)])
    new.append([Site.name, *of_fresh(Site(folder, modules))])
    for name, some in (("", asked), (", unseen", unseen)):
        built = rank(Site(folder, modules), page, some)
        rows.append([f"{Site.name}{name}", *[""] * len(built), *figures(built)])
    measures = ["hit@1", "hit@3", "MRR@10", "none"]
    head = ["engine", *measures, *(f"{measure} *" for measure in measures)]
    about = f"{len(asked)} questions, {len(unseen)} of them unseen, on {len(sections)} sections"
    table(f"{about} (* with phrasings);\n{likeness(asked)}", head, rows)
    about = "questions from titles alone and stories, with phrasings: hit@1 / hit@3"
    table(about, ["engine", *FRESH], new)


def few_phrasings(page: Page, folder: Path, modules: Path) -> None:
    """Ours with every section cut to some phrasings: first, and among the first three."""
    sections = handbook_sections()
    names = SETS[:3]
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


def a_fair_place(page: Page, folder: Path, modules: Path) -> None:
    """Ours with a half of the sections new: how often they come first, and the old ones."""
    sections = handbook_sections()
    asked = [each for name in SETS for each in handbook_questions(sections, name)]
    new, old = fairness.halves(sections, asked)

    def first(documents: list[Document], *some: list[Question]) -> list[float]:
        engine = Ours(folder, modules)
        engine.index(documents)
        return [rank(engine, page, questions)["hit@1"] for questions in some]

    rows = []
    for most in fairness.KEPT:
        beside, of_old = first(fairness.beside(sections, most), new, old)
        [alike] = first(curve.cut(sections, most), new)
        figures = (beside, alike, beside / alike, of_old)
        rows.append([str(most), *(f"{figure:.3f}" for figure in figures)])
    title = f"a half of the sections new, {len(new)} questions for them, {len(old)} for the others"
    table(title, ["phrasings of a new one", "new", "all cut", "share", "old"], rows)


def beside_results(page: Page, folder: Path, modules: Path, letters: Path | None) -> None:
    """What the built handbook says of sentences that the tests keep, and of letters."""
    with Site(folder, modules).opened(page):
        some = heard.sets() | (lay.letters(letters) if letters else {})
        rows = [
            [name, str(len(each)), *(f"{share:.0%}" for share in heard.said(page, each))]
            for name, each in some.items()
        ]
    title = "what the built handbook says beside its results"
    table(title, ["", "asked", "nothing fits", "help first", "or in a line"], rows)


def letters_to_counsellors(page: Page, folder: Path, modules: Path, data: Path) -> None:
    """Letters, each with the one answer to be found: MRR@10."""
    rows = {kind.name: [kind.name] for kind in ENGINES}
    for documents, asked in (some := lay.sets(data)).values():
        for kind in ENGINES:
            engine = kind(folder, modules)
            engine.index(documents)
            rows[kind.name].append(f"{rank(engine, page, asked)['MRR@10']:.3f}")
    title = f"{len(documents)} answers to letters, without phrasings: MRR@10"
    table(title, ["engine", *some], list(rows.values()))


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
    parser.add_argument("--lay", type=Path, help="folder of letters to counsellors")
    parser.add_argument("--articles", type=int, nargs="*", default=[100])
    options = parser.parse_args()
    if not SITE.exists():
        print("the handbook is not built; see `make html`", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        modules = fetch_peers(folder / "peers")
        page = browser.new_page()
        ranking(page, folder / "engine", modules)
        few_phrasings(page, folder / "engine", modules)
        a_fair_place(page, folder / "engine", modules)
        beside_results(page, folder / "engine", modules, options.lay)
        if options.lay:
            letters_to_counsellors(page, folder / "engine", modules, options.lay)
        if options.cranfield:
            collection(page, folder / "engine", modules, options.cranfield)
        many = [growth.built(folder / str(count), count) for count in options.articles]
        growth.measure(browser, [SITE, *many])
    return 0


if __name__ == "__main__":
    sys.exit(main())
