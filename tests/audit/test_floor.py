"""Scripts and styles use what the oldest browsers that are promised to work have (floor.mjs)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from .conftest import HERE, ROOT

#: Lines that use more, and why they may. One that has gone must go here too.
SCRIPTS = {
    # Not the method of a text, but a property of the reader's own.
    ("digits.js", "this.at = at;"),
    ("digits.js", "return VALUE[this.packed.charCodeAt(this.at++)];"),
    (
        "listener.js",
        "for (let at = 0; from.at < gaps.length; ) "
        "found.set((at += from.number()), valueOf(found.size));",
    ),
    ("reader.js", "while (read.at < packed.length) {"),
    # Where it is unknown, no reader can have told the browser to save data.
    (
        "loader.js",
        "while (done < entry.ahead && isWanted() && !navigator.connection?.saveData) {",
    ),
}
STYLES = {
    # Where it is unknown, nothing glides anyway.
    ("frame.css", "scroll-behavior: auto;"),
    ("frame.css", "scroll-behavior: auto !important;"),
    # Where it is unknown, the browser draws its own ring: no rule takes that away.
    ("frame.css", ":focus-visible {"),
    (
        "search.css",
        ".search-dialog :focus-visible { outline: 3px solid var(--s-link); outline-offset: -3px; }",
    ),
    # Hides half of a row while a page comes. Where it is unknown the half is seen.
    (
        "frame.css",
        ":is(.bar, .steps):not(:has(+ *)), main:not(:has(+ footer)) .examples"
        " { visibility: hidden; }",
    ),
    # Where it is unknown, a long list of topics stands in one column.
    (
        "text.css",
        ".topic-list:has(li:nth-child(9)) { column-count: 2; column-gap: 2.5rem; }",
    ),
    # Where it is unknown, the browser's own margins are there.
    ("print.css", "@page { margin: 18mm 20mm; }"),
    # Where it is unknown, some faces look larger than others.
    ("text.css", "font-size-adjust: 0.48;"),
    ("text.css", "font-size-adjust: none; /* its lines are broken by the size of the letters */"),
    # Where it is unknown, the page behind goes on scrolling at the end of the results.
    (
        "search.css",
        '.search-dialog > [role="listbox"]'
        " { flex: 0 1 auto; overflow-y: auto; overscroll-behavior: contain; }",
    ),
}
#: Lines that use more after one that does not: what must stand directly above.
ABOVE = {
    ("search.css", "height: 100dvh; /* less, where a phone's own bars cover a part */"): (
        "height: 100vh;"
    ),
}


def faults(linter: str, *arguments: str) -> set[tuple[str, str]]:
    """The lines that a linter names, each with its file's name."""
    program = HERE / "node_modules" / ".bin" / linter
    assert program.exists(), f"{linter} is not installed; run: tools/judges.sh"
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [program, *arguments],
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout or done.stderr  # Stylelint's report is what others would call an error
    assert said.startswith("["), said
    reports = [(Path(it.get("filePath") or it["source"]), it) for it in json.loads(said)]
    assert len(reports) > 1
    return {
        (path.name, path.read_text("utf-8").splitlines()[fault["line"] - 1].strip())
        for path, report in reports
        for fault in report.get("messages", []) + report.get("warnings", [])
    }


def test_scripts_run_in_the_oldest_browsers() -> None:
    config = ("-c", "tests/audit/eslint.config.mjs", "--format", "json")
    assert faults("eslint", *config, "handbook/**/*.js") == SCRIPTS


def test_styles_are_understood_by_the_oldest_browsers() -> None:
    config = ("--config", "tests/audit/stylelint.config.mjs", "--formatter", "json")
    assert faults("stylelint", *config, "handbook/{search,theme}/**/*.css") == STYLES | set(ABOVE)


def test_what_is_not_understood_stands_below_what_is() -> None:
    """Scrolling in the oldest engine shows it too (test_engines.py); here the line is named."""
    files = {path.name: path for path in (ROOT / "handbook").rglob("*.css")}
    for (name, line), fallback in ABOVE.items():
        lines = [each.strip() for each in files[name].read_text("utf-8").splitlines()]
        assert lines[lines.index(line) - 1] == fallback, f"{name}: {line}"
