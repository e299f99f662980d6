"""What the tests share: the built handbook, small sites, and a real browser without a network.

Tests write into temporary folders alone, never into the checkout. What they only read is made
once a run, also where several programs share the run (pytest-xdist).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from articles import DOCS
from filelock import FileLock
from forked import run_forked
from many import CUT, WORDS, many

from handbook.build import run as running
from handbook.build.run import STRICT, alone, run
from handbook.editions import make

pytest_plugins = ["browsers", "guard", "needs"]
ROOT = Path(__file__).parents[1]
ROOTS = Path(__file__).parent / "roots"
BASE = "https://example.org/steady/"  # where the shared site says that it stands
os.environ["NO_COLOR"] = "1"  # Sphinx colours what it says wherever CI is set, and tests read it

Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make something that tests only read, the first time that one asks for it in this run.

    ``once("name", make)`` calls ``make`` with a folder to make, and returns that folder; programs
    that share the run wait for each other (the way that pytest-xdist documents).
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # one folder a run, and in it one for each program

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, made = shared / name, shared / f"{name}.made"
        with FileLock(shared / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                fill(folder)
                made.touch()
        return folder

    return make


def copy_project(goal: Path) -> Path:
    """Copy what a build of the handbook needs, with both articles, into the folder ``goal``."""
    for folder in (DOCS, ROOT / "handbook"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(folder, goal / folder.name, ignore=ignored)
    shutil.copy(ROOT / "conf.py", goal)
    return goal


@pytest.fixture(scope="session")
def project(once: Once) -> Path:
    """A copy of the handbook's sources, in which the tests build it."""
    return once("project", copy_project)


def _alone(root: Path, build: Callable[..., object], *given: object, **named: str) -> None:
    """Build while no other program of this run does, as commands wait for each other."""
    with alone(root):
        build(*given, **named)


@pytest.fixture(scope="session")
def zipped(once: Once, project: Path) -> Path:
    """The zip of the pages, as `make zip` makes it."""
    once("pages", lambda _: _alone(project, make.folder, project))
    return project / "build" / "editions" / "steady.zip"


@pytest.fixture(scope="session")
def site(zipped: Path) -> Path:
    """The folder of the built handbook, as `make html` leaves it; its zip is made of it."""
    return zipped.parents[1] / "html"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, *message: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where a server on this machine shows the built handbook, ending in a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def shared_site(once: Once, project: Path) -> Path:
    """The folder of the handbook, built as for a server whose address is known."""
    address = ("-D", f"html_baseurl={BASE}")
    once("shared", lambda _: _alone(project, run, "html", project, "-q", *address, name="shared"))
    return project / "build" / "work" / "shared" / "out"


@pytest.fixture(scope="session")
def e_book(once: Once, project: Path) -> Path:
    """The e-book, a zip of pages."""
    once("epub", lambda _: _alone(project, make.epub, project))
    return project / "build" / "editions" / "steady.epub"


@pytest.fixture(scope="session")
def single(once: Once, project: Path) -> Path:
    """The whole handbook as one file."""
    once("single", lambda _: _alone(project, make.single, project))
    return project / "build" / "editions" / "steady.html"


@pytest.fixture(scope="module")
def forks() -> Iterator[None]:
    """Builds are forks of one program, in which Sphinx has been imported once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "_run", run_forked)
        yield


def build_small(root: Path, builder: str, goal: Path) -> subprocess.CompletedProcess[str]:
    """Run Sphinx strictly over a small site, into ``goal / "out"``; return the finished process."""
    source = root / "docs" if (root / "docs").is_dir() else root
    command = [sys.executable, "-m", "sphinx", *STRICT, "-q", "-b", builder, "-c", str(root)]
    places = ["-d", str(goal / "doctrees"), str(source), str(goal / "out")]
    return subprocess.run(
        [*command, *places], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="session")
def built(once: Once) -> Callable[..., Path]:
    """Build a small site under tests/roots as it is; return the output, which is to be read only.

    ``built("test-name", "epub")`` builds once a run, however many tests read it.
    """

    def build(name: str, builder: str = "html") -> Path:
        def fill(folder: Path) -> None:
            done = build_small(ROOTS / name, builder, folder)
            assert done.returncode == 0, done.stderr

        return once(f"{name}-{builder}", fill) / "out"

    return build


@pytest.fixture(scope="session")
def forty(once: Once) -> Path:
    """The small site with forty more articles, its lists cut early."""

    def fill(folder: Path) -> None:
        root = folder / "root"
        shutil.copytree(ROOTS / "test-two-articles", root)
        with (root / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(CUT)
        for path, text in many(len(WORDS)).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(str(text), "utf-8")
        done = build_small(root, "html", folder)
        assert done.returncode == 0, done.stderr

    return once("forty", fill) / "out"


@pytest.fixture
def sphinx(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Build a copy of a small site under tests/roots, strictly; return the finished process.

    ``sphinx("test-name", builder="html", edit={"docs/a.md": text})`` builds into
    ``tmp_path / "out"`` from a copy in ``tmp_path / "root"``.
    """

    def build(
        name: str, builder: str = "html", edit: dict[str, str | bytes | None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        root = tmp_path / "root"
        if not root.exists():
            shutil.copytree(ROOTS / name, root)
        for path, content in (edit or {}).items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                place.unlink()
            else:
                place.write_bytes(content.encode() if isinstance(content, str) else content)
        return build_small(root, builder, tmp_path)

    return build
