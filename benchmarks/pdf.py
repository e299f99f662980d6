"""A PDF of this handbook and of 1,000 generated pages, by each route that can make one.

    python benchmarks/pdf.py [--pages 1000] [--runs 3] [--weasyprint PYTHON]

All routes take the same pages in one run: our builder, Sphinx's ``singlehtml`` printed by
WeasyPrint and by Chromium, and Sphinx's LaTeX. The clock starts before Sphinx reads the first
page; on a busy machine trust the processor time. Memory is that of the largest process. A route
that is not installed says how to install it.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from resource import struct_rusage
from statistics import median

import page as validator
from pypdf import PdfReader

ROOT = Path(__file__).parents[1]
SEED = 2026
VOCABULARY = (
    "space time evening letter husband wife calm talk answer question tips remember love quiet "
    "counsellor marriage hope help walk kitchen phone weekend listen wait promise anger tears "
    "morning friend children house money work sleep trust change begin again often perhaps"
)
WORDS = VOCABULARY.split()
LIMIT = 600
"""Seconds after which a route is stopped and reported as too slow."""

CONF = """
project = "Generated"
author = "Nobody"
extensions = ["myst_parser", "handbook.typst"]
myst_heading_anchors = 3
typst_editions = {"a4": {"paper": "a4", "size": 12.5}}
typst_book = {"contents_depth": 0}  # a thousand titles are contents enough
latex_engine = "xelatex"
"""


@dataclass(frozen=True)
class Project:
    """Pages to print: the folder of ``conf.py``, the folder of the pages, and the PDF's stem."""

    name: str
    conf: Path
    source: Path
    stem: str


@dataclass(frozen=True)
class Measured:
    """One run of one route: by the clock, in processor time, its largest process."""

    seconds: float
    processor: float
    megabytes: float
    pdf: bytes


class RouteError(Exception):
    """A route did not come to its end."""


def generate(folder: Path, pages: int) -> Project:
    """Write `pages` pages in articles of five, each about a sheet of paper, with two links."""
    chance = random.Random(SEED)

    def sentence() -> str:
        words = chance.choices(WORDS, k=chance.randint(6, 16))
        return f"{' '.join(words).capitalize()}."

    def paragraph() -> str:
        return "\n".join(sentence() for _ in range(chance.randint(2, 3)))

    def name(number: int) -> str:
        return (
            f"a{number // 5:03}/{['index', 'question', 'answer', 'tips', 'takeaways'][number % 5]}"
        )

    docs = folder / "docs"
    for number in range(pages):
        parts = [f"# Page {number}: {' '.join(chance.choices(WORDS, k=4))}", paragraph()]
        for section in range(2):
            target = f"../{name(chance.randrange(pages))}.md"
            link = f"[{' '.join(chance.choices(WORDS, k=2))}]({target})"
            listed = "\n".join(f"- {sentence()}" for _ in range(3))
            parts += [f"## Section {number}.{section}", paragraph(), f"See {link}.", listed]
            parts.append(paragraph())
        if number % 5 == 0:
            rest = [name(other).partition("/")[2] for other in range(number + 1, number + 5)]
            parts.append("```{toctree}\n" + "\n".join(rest[: pages - number - 1]) + "\n```")
        path = docs / f"{name(number)}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    indexes = "\n".join(name(number) for number in range(0, pages, 5))
    (docs / "index.md").write_text(f"# Generated\n\n```{{toctree}}\n{indexes}\n```\n")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    return Project(f"{pages:,} generated pages", folder, docs, "generated")


def run(command: list[str], folder: Path) -> struct_rusage:
    """Run a step; return what it used.

    :raises RouteError: it failed or ran into the limit.
    """
    log = folder / "log.txt"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=output, start_new_session=True
        )
        deadline = time.monotonic() + LIMIT
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                os.killpg(process.pid, signal.SIGKILL)
                os.wait4(process.pid, 0)
                raise RouteError(f"stopped after {LIMIT} s")
            time.sleep(0.02)
    if status:
        lines = log.read_text(errors="replace").splitlines()
        reason = [line.strip() for line in lines if "Error" in line][-1:]
        code = os.waitstatus_to_exitcode(status)
        raise RouteError(f"failed ({code}): {' '.join(reason)[:110]}")
    return usage


def sphinx(project: Project, builder: str, out: Path, *options: str) -> list[str]:
    """The command for one Sphinx builder, quiet, from nothing."""
    command = [sys.executable, "-m", "sphinx", "-q", "-E", "-b", builder, *options]
    return [*command, "-c", str(project.conf), str(project.source), str(out)]


@dataclass(frozen=True)
class Route:
    """A way to a PDF; `steps` yields its commands, `pdf` names what they leave in `out`."""

    name: str
    install: str
    tool: str | None

    def steps(self, project: Project, out: Path) -> Iterator[list[str]]:
        raise NotImplementedError

    def pdf(self, project: Project, out: Path) -> Path:
        return out / "book.pdf"

    def measure(self, project: Project) -> Measured:
        """Run the route from nothing.

        :raises RouteError: it did not come to its end.
        """
        with tempfile.TemporaryDirectory() as place:
            out = Path(place)
            began = time.monotonic()
            used = [run(step, out) for step in self.steps(project, out)]
            return Measured(
                time.monotonic() - began,
                sum(each.ru_utime + each.ru_stime for each in used),
                max(each.ru_maxrss for each in used) / 1024,
                self.pdf(project, out).read_bytes(),
            )


class Typst(Route):
    """Our builder, one edition."""

    def steps(self, project: Project, out: Path) -> Iterator[list[str]]:
        yield sphinx(project, "typst", out)

    def pdf(self, project: Project, out: Path) -> Path:
        return out / f"{project.stem}-a4.pdf"


class WeasyPrint(Route):
    """One HTML page by Sphinx, printed by WeasyPrint."""

    def steps(self, project: Project, out: Path) -> Iterator[list[str]]:
        assert self.tool
        yield sphinx(project, "singlehtml", out)
        yield [self.tool, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1",
               str(out / "index.html"), str(out / "book.pdf")]  # fmt: skip


class Chromium(Route):
    """One HTML page by Sphinx, printed by Chromium."""

    def steps(self, project: Project, out: Path) -> Iterator[list[str]]:
        assert self.tool
        yield sphinx(project, "singlehtml", out)
        yield [self.tool, "--headless", "--no-sandbox", "--generate-pdf-document-outline",
               f"--print-to-pdf={out / 'book.pdf'}", (out / "index.html").as_uri()]  # fmt: skip


class Latex(Route):
    """Sphinx's LaTeX, set by XeLaTeX as often as it asks for."""

    def steps(self, project: Project, out: Path) -> Iterator[list[str]]:
        assert self.tool
        yield sphinx(project, "latex", out, "-D", "latex_engine=xelatex")
        yield [self.tool, "-cd", "-xelatex", "-interaction=nonstopmode", "-f", "-silent",
               str(out / f"{project.stem}.tex")]  # fmt: skip

    def pdf(self, project: Project, out: Path) -> Path:
        return out / f"{project.stem}.pdf"


def weasyprint(python: str) -> str | None:
    """Return the interpreter if it can import WeasyPrint."""
    tried = subprocess.run([python, "-c", "import weasyprint"], capture_output=True, check=False)
    return None if tried.returncode else python


def row(route: Route, project: Project, runs: int) -> list[str]:
    """Measure a route and return its line of the table."""
    if route.tool is None:
        return [route.name, f"not installed: {route.install}"]
    try:
        measured = [route.measure(project) for _ in range(runs)]
    except RouteError as error:
        return [route.name, str(error)]
    pdf = measured[0].pdf
    same = len({each.pdf for each in measured}) == 1 if runs > 1 else None
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        pages = len(PdfReader(file.name).pages)
    return [
        route.name,
        f"{median(each.seconds for each in measured):.1f}",
        f"{median(each.processor for each in measured):.1f}",
        f"{median(each.megabytes for each in measured):.0f}",
        str(pages),
        f"{len(pdf) / 1e6:.1f}",
        str(report.rules.failed),
        {True: "yes", False: "no", None: ""}[same],
    ]


def main() -> None:
    """Print one table for each project."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--weasyprint", default=sys.executable, metavar="PYTHON")
    arguments = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    python, latexmk = weasyprint(arguments.weasyprint), shutil.which("latexmk")
    packages = "latexmk texlive-xetex texlive-latex-extra tex-gyre fonts-freefont-otf"
    routes = (
        Typst("Typst (ours)", "", sys.executable),
        WeasyPrint("WeasyPrint", "pip install weasyprint, and libpango", python),
        Chromium("Chromium", "apt-get install chromium", chromium),
        Latex("LaTeX", f"apt-get install {packages}", latexmk),
    )
    head = ("route", "s", "CPU s", "MB", "pages", "MB of PDF", "UA-1 rules failed", "same bytes")
    with tempfile.TemporaryDirectory() as place:
        handbook = Project("This handbook", ROOT, ROOT / "docs", "steady")
        for project in (handbook, generate(Path(place), arguments.pages)):
            print(f"\n{project.name}, median of {arguments.runs}\n\n| {' | '.join(head)} |")
            print(f"|{'---|' * len(head)}")
            for route in routes:
                print(f"| {' | '.join(row(route, project, arguments.runs))} |", flush=True)


if __name__ == "__main__":
    main()
