"""Whatever goes wrong in a build: a sentence with what to do, and the last good output whole.

``audit/test_every_fault.py`` lets each change on the disk go wrong, here it is some of them.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import faults
import pytest
import tiny
from conftest import ROOT, Once
from sphinx.errors import ConfigError, ExtensionError, SphinxParallelError
from tiny import good, left

from handbook.build.run_sphinx import sentence
from handbook.build.seal import is_intact

OURS = os.environ | {"PYTHONPATH": str(ROOT)}
RUNNING = f"{tiny.CONF}\nimport time\nopen('running', 'w').close()\ntime.sleep(60)\n"


@pytest.fixture
def built(once: Once, tmp_path: Path) -> Path:
    """The tiny handbook, built, and edited since; the places where that makes changes are known."""

    def fill(folder: Path) -> None:
        root = tiny.lay_out(folder / "root")
        status, said = tiny.run(root, "html", faults.environment(folder / "told"))
        assert status == 0, said

    shutil.copytree(once("tiny", fill), tmp_path, dirs_exist_ok=True)
    tiny.write(tmp_path / "root", "It has been raining.")
    return tmp_path / "root"


def goes_wrong(root: Path, fault: str, number: int, command: str = "html") -> str:
    """Let a change go wrong, and hold what has to hold then; return what was said of it."""
    before = good(root)
    told = root.with_name("going-wrong")
    status, said = tiny.run(root, command, faults.environment(told, fault, number))
    place = faults.places(told)[number - 1]
    assert "Traceback" not in said, said
    assert left(root) == [], place
    if status:
        assert good(root) == before, place
        assert all(map(is_intact, (root / "build").glob("work/*"))), place
        first = said.splitlines()[0]
        assert first.startswith("error: ") and "run this again" in first, said
    return said


@pytest.mark.parametrize(("fault", "share"), [(faults.FULL, 0.5), (faults.REFUSED, 0.9)])
def test_the_disk_is_full_or_may_not_be_written(built: Path, fault: str, share: float) -> None:
    shutil.rmtree(built / "build" / "work")  # so that as much is written as was the first time
    numbers = faults.first_of_each(faults.places(built.with_name("told")))
    said = goes_wrong(built, fault, numbers[int(share * len(numbers))])
    words = {faults.FULL: "no room is left", faults.REFUSED: "may not be read or written"}
    assert words[fault] in said
    status, said = tiny.run(built, "html", OURS)
    assert status == 0, said
    assert b"It has been raining." in good(built)["html/index.html"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_somebody_stops_it(built: Path, number: signal.Signals) -> None:
    """What it has started is stopped too."""
    # A shell has what it starts in the background ignore this one, and so would the build.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    before = good(built)
    (built / "conf.py").write_text(RUNNING, encoding="utf-8")
    with tiny.start(built, "html", OURS) as program:
        while not (built / "running").exists():
            time.sleep(0.01)
        program.send_signal(number)
        _, said = program.communicate(timeout=60)
    assert program.returncode == 128 + number
    assert said == (
        f"error: stopped ({number.name}); what stood there still stands, run this again\n"
    )
    assert good(built) == before
    assert left(built) == []
    assert list((built / "build").glob("work/*")) == []


def test_what_a_killed_build_has_started_holds_the_lock_until_it_ends(built: Path) -> None:
    (built / "conf.py").write_text(RUNNING.replace("60", "2"), encoding="utf-8")
    with tiny.start(built, "html", OURS) as program:
        while not (built / "running").exists():
            time.sleep(0.01)
        program.kill()
    (built / "conf.py").write_text(tiny.CONF, encoding="utf-8")
    status, said = tiny.run(built, "html", OURS)
    assert status == 0, said
    assert said.startswith("Another build is at work here")


KILLED = """
import os, signal, time

if os.fork():
    os.kill(os.getpid(), signal.SIGKILL)
time.sleep(600)
"""


def test_where_sphinx_is_killed_its_workers_wait_for_it_no_longer(built: Path) -> None:
    before = good(built)
    (built / "conf.py").write_text(KILLED, encoding="utf-8")
    status, said = tiny.run(built, "html", OURS)
    assert status == 1
    assert said == "error: html was not built; what stood there still stands\n"
    assert good(built) == before
    (built / "conf.py").write_text(tiny.CONF, encoding="utf-8")
    status, said = tiny.run(built, "html", OURS)
    assert (status, said) == (0, "")


VANISHES = """

def setup(app):
    app.connect("env-before-read-docs", vanish)


def vanish(app, env, pages):
    (app.srcdir / "index.md").unlink()
"""


def test_a_page_vanishes_while_it_builds(built: Path) -> None:
    before = good(built)
    (built / "conf.py").write_text(tiny.CONF + VANISHES, encoding="utf-8")
    status, said = tiny.run(built, "html", OURS)
    assert status == 1
    assert said.startswith("error: docs/index.md is gone; put it back if it is yours, and run this")
    assert good(built) == before
    assert left(built) == []


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("exception", "said"),
    [
        (FULL, "no room is left on the disk; free some, and run this again"),
        (ExtensionError("a handler threw", FULL), "no room is left on the disk"),
        (SphinxParallelError("OSError: [Errno 28] No space left on device: '/a/b'", "Trace"),
         "no room is left on the disk for /a/b;"),
        (PermissionError(errno.EACCES, "Permission denied", "/a/b"), "/a/b may not be read or"),
        (OSError(errno.EIO, "Input/output error", "/a/b"), "/a/b: Input/output error; mend that"),
        (ConfigError("conf.py: no page"), "conf.py: no page"),
        (SphinxParallelError("KeyError: 'a'", "Traceback"), ""),
        (ExtensionError("a handler threw", KeyError("a")), ""),
        (KeyError("a"), ""),
    ],
)  # fmt: skip
def test_a_fault_of_the_system_is_a_sentence_and_one_of_a_program_is_none(
    exception: Exception, said: str
) -> None:
    """The second comes with its traceback, for whoever mends it."""
    assert sentence(exception).startswith(said)
    assert bool(sentence(exception)) == bool(said)


def test_a_setting_that_names_no_page_is_a_sentence(built: Path) -> None:
    conf = f'{tiny.CONF}handbook_search_help = "nowhere"\n'
    (built / "conf.py").write_text(conf, encoding="utf-8")
    status, said = tiny.run(built, "html", OURS)
    assert status == 1
    assert said.splitlines() == [
        'error: conf.py: no page "nowhere" for handbook_search_help',
        "error: html was not built; what stood there still stands",
    ]


def test_a_folder_that_vanished_is_a_sentence(tmp_path: Path) -> None:
    root = tiny.lay_out(tmp_path / "root")
    shutil.rmtree(root / "docs")
    for command in ("html", "check"):
        status, said = tiny.run(root, command, OURS)
        assert status == 1
        assert "Traceback" not in said
        assert "docs" in said


def test_the_list_of_rules_cannot_be_written(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "handbook", "rules", str(tmp_path / "nowhere" / "RULES.md")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=OURS)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
