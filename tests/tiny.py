"""A handbook of one page, and commands run in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from edits import SETTINGS
from pages import page
from test_bytes import files

CONF = 'project = "Tiny"\nextensions = ["myst_parser", "handbook"]\nhtml_theme = "furo"\n'


def lay_out(root: Path) -> Path:
    """Write it; return its folder."""
    (root / "docs").mkdir(parents=True)
    (root / "conf.py").write_text(CONF + SETTINGS, encoding="utf-8")
    (root / "docs" / "READ-ME-FIRST.txt").write_text("Open index.html.\n", encoding="utf-8")
    write(root, "It rains.")
    return root


def write(root: Path, text: str) -> None:
    """Write its page."""
    body = f"(rain)=\n## Rain\n\n{text}"
    index = page(body, part="front", title="A book of rain")
    (root / "docs" / "index.md").write_text(index, encoding="utf-8")


def start(root: Path, command: str, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Begin ``python -m handbook`` in it, as a terminal would."""
    return subprocess.Popen(
        [sys.executable, "-m", "handbook", command],
        cwd=root, env=environment, text=True, process_group=0,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def run(root: Path, command: str, environment: Mapping[str, str]) -> tuple[int, str]:
    """Do it to its end; return the exit status and what was said of faults."""
    with start(root, command, environment) as program:
        _, said = program.communicate()
    return program.returncode, said


def left(root: Path) -> list[str]:
    """What lies in ``build`` that no command has promised to put there."""
    build = root / "build"
    promised = {".lock", "html", "site", "editions", "work", "kept"}
    attempts = [path.name for path in build.iterdir() if path.name not in promised]
    hidden = [path.name for name in ("editions", "kept") for path in build.glob(f"{name}/.*")]
    return attempts + hidden


def good(root: Path) -> dict[str, bytes]:
    """What readers have."""
    found = {}
    for name in ("html", "site", "editions"):
        found |= {f"{name}/{file}": data for file, data in files(root / "build" / name).items()}
    return found
