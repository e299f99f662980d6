"""What a build and each edition cost, from one article to many, beside plain Sphinx with Furo.

    make bench [FULL=1] [RUNS=3]

It writes generated handbooks, builds each in every way, and keeps the tables and a picture in
``benchmarks/build/results``, after each number of articles. FULL adds a thousand, of which no PDF
is made: a book is printed by volumes of some ten articles, all of them in ten minutes of a
processor. A step that takes more than a minute is run once. Processor time is that of all processes
together; memory that of the largest.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from . import handbook, plot, report

ROOT = handbook.ROOT
RESULTS = Path(__file__).with_name("results")
SIZES = (1, 10, 100)
FULL = 1000
PLAIN_MOST = 100  # of more, Furo writes the contents of all into each page: hours
PAPER = re.compile("a4|letter|large-print")
PDF, PDF_MOST = "pdf, three papers", 100
LONG = 60.0  # seconds

PLAIN = """
project = "Plain"
extensions = ["myst_parser"]
html_theme = "furo"
myst_enable_extensions = ["attrs_block", "colon_fence", "deflist"]
exclude_patterns = ["404.md"]
suppress_warnings = ["myst", "ref", "toc", "docutils"]
"""


@dataclass(frozen=True)
class Cost:
    """What a step took: seconds of all processors and of the clock, bytes of memory."""

    processor: float
    clock: float
    memory: int


@dataclass(frozen=True)
class Step:
    """A step to measure: its name, what makes it ready, and the command."""

    name: str
    prepare: Callable[[], None]
    command: tuple[str, ...]
    cores: int = 0  # 0: all


def run(step: Step, root: Path) -> Cost:
    """Run a step once.

    :raises RuntimeError: where it failed.
    """
    step.prepare()
    began = time.perf_counter()

    def narrow() -> None:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: step.cores])

    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *step.command],
            cwd=root,
            env=environ,
            stdout=said,
            stderr=said,
            preexec_fn=narrow if step.cores else None,
        )
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{step.name}: {said.read().decode()[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss * 1024)


def measure(step: Step, root: Path, runs: int) -> Cost:
    """The medians of some runs; of one run where that is long."""
    costs = [run(step, root)]
    while len(costs) < runs and costs[0].clock < LONG:
        costs.append(run(step, root))
    middle = Cost(
        median(cost.processor for cost in costs),
        median(cost.clock for cost in costs),
        int(median(cost.memory for cost in costs)),
    )
    print(
        f"  {step.name:32} {middle.processor:7.1f} s of processors {middle.clock:7.1f} s by the"
        f" clock {middle.memory / 1e6:6.0f} MB",
        flush=True,
    )
    return middle


def steps(root: Path) -> list[Step]:
    """What is measured of a handbook, in this order: each stands on the ones before it."""
    build, folders = root / "build", sorted(root.glob("docs/*/tips.md"))
    page, sentences = folders[-1], iter(range(1_000_000))

    def clean() -> None:
        shutil.rmtree(build, ignore_errors=True)

    def edit() -> None:
        text = page.read_text(encoding="utf-8").rpartition("\n\nIt may be the time ")[0]
        text = text or page.read_text(encoding="utf-8").rstrip("\n")
        page.write_text(
            f"{text}\n\nIt may be the time number {next(sentences)}.\n", encoding="utf-8"
        )

    def nothing() -> None:
        pass

    html, check = ("handbook", "html"), ("handbook", "check")
    return [
        Step("cold, one core", clean, html, cores=1),
        Step("cold", clean, html),
        Step("nothing changed", nothing, html),
        Step("one sentence changed", edit, html),
        Step("check, nothing changed", nothing, check),
        Step("check, one sentence changed", edit, check),
        Step("epub", nothing, ("handbook", "epub")),
        Step("one file", nothing, ("handbook", "single")),
        Step("zip", nothing, ("handbook", "zip")),
        Step(PDF, nothing, ("handbook", "pdf")),
    ]


def plain_steps(root: Path) -> list[Step]:
    """The same of Sphinx with Furo and MyST, and of nothing else, on the same articles."""
    page = sorted(root.glob("docs/*/tips.md"))[-1]

    def clean() -> None:
        shutil.rmtree(root / "build", ignore_errors=True)

    def edit() -> None:
        with page.open("a", encoding="utf-8") as file:
            file.write("\nIt may be the time.\n")

    def nothing() -> None:
        pass

    build = ("sphinx", "-q", "-c", ".", "-d", "build/doctrees", "docs", "build/html")
    return [
        Step("plain: cold", clean, build),
        Step("plain: nothing changed", nothing, build),
        Step("plain: one sentence changed", edit, build),
    ]


def make_plain(source: Path, goal: Path) -> None:
    """Write the same pages for plain Sphinx, with the toctrees that it needs."""
    shutil.copytree(source / "docs", goal / "docs")
    (goal / "conf.py").write_text(PLAIN, encoding="utf-8")
    docs = goal / "docs"
    articles = sorted(page.parent.name for page in docs.glob("*/tips.md"))
    for name in articles:
        _append_toctree(docs / name / "index.md", ("question", "answer", "tips", "takeaways"))
    beside = sorted(page.stem for page in docs.glob("*.md") if page.stem not in ("index", "404"))
    help_pages = sorted(page.stem for page in (docs / "help").glob("*.md") if page.stem != "index")
    _append_toctree(docs / "help" / "index.md", help_pages)
    names = (*(f"{name}/index" for name in articles), "help/index", *beside)
    _append_toctree(docs / "index.md", names)


def _append_toctree(page: Path, names: object) -> None:
    lines = "\n".join(names)  # type: ignore[call-overload]
    with page.open("a", encoding="utf-8") as file:
        file.write(f"\n```{{toctree}}\n:hidden:\n\n{lines}\n```\n")


def sizes_of(root: Path) -> dict[str, int]:
    """The bytes that readers load or take along; of an edition in volumes all of them."""
    html, editions = root / "build" / "html", root / "build" / "editions"
    pages = [path.stat().st_size for path in html.rglob("*.html")]
    index = html / "_static" / "search"
    parts = [path for path in index.rglob("*") if path.is_file() and path.suffix == ".js"]
    named = {"code.js", "loader.js"}
    sizes = {
        "a page": sum(pages) // max(len(pages), 1),
        "index of the search": sum(p.stat().st_size for p in parts if p.name not in named),
    }
    for file in sorted(editions.glob("*")):
        paper = PAPER.search(file.stem)
        name = f"{file.suffix[1:]}, {paper[0]}" if paper else file.suffix[1:]
        sizes[name] = sizes.get(name, 0) + file.stat().st_size
    return sizes


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[*SIZES])
    parser.add_argument("--full", action="store_true", help="a thousand articles too")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], help="steps to leave out")
    arguments = parser.parse_args()
    sizes = sorted({*arguments.sizes, *([FULL] if arguments.full else [])})
    costs: dict[tuple[str, int], Cost] = {}
    weights: dict[tuple[str, int], int] = {}
    for size in sizes:
        print(f"{size} articles", flush=True)
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            root, plain = Path(folder, "handbook"), Path(folder, "plain")
            handbook.write(root, size)
            todo = [(step, root) for step in steps(root)]
            if size <= PLAIN_MOST:
                make_plain(root, plain)
                todo += [(step, plain) for step in plain_steps(plain)]
            without = {*arguments.without, *([PDF] if size > PDF_MOST else [])}
            for step, where in todo:
                if step.name not in without:
                    costs[step.name, size] = measure(step, where, arguments.runs)
            weights |= {(name, size): weight for name, weight in sizes_of(root).items()}
        keep(costs, weights, sizes[: sizes.index(size) + 1])
    print((RESULTS / "README.md").read_text(encoding="utf-8"))


def keep(
    costs: dict[tuple[str, int], Cost], weights: dict[tuple[str, int], int], sizes: list[int]
) -> None:
    """Write the tables and the picture of what was measured so far."""
    RESULTS.mkdir(exist_ok=True)
    text = report.tables(costs, weights, sizes)
    (RESULTS / "README.md").write_text(text, encoding="utf-8")
    lines = {
        name: [(size, costs[name, size].processor) for size in sizes if (name, size) in costs]
        for name in ("plain: cold", "cold", "one sentence changed", "nothing changed")
    }
    (RESULTS / "growth.svg").write_text(plot.growth(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
