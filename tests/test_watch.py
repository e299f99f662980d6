"""`make watch` builds in its own program, as long as that has the code of the files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, ROOTS, build_small
from test_quick_build import unlike

# What the server does for each change, in a fork each, without the server.
CHANGES = """
import os, sys
from pathlib import Path
from handbook.build import watch
docs = Path("docs")
build = watch.BuilderHere(
    ["-n", "-c", ".", "-b", "html", "docs", "out"],
    url_host="here", pre_build_commands=[], post_build_commands=[],
)

def change(*changed):
    sys.stdout.flush()
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0
    else:
        build(changed_paths=changed)
        sys.stdout.flush()
        os._exit(0)

build(changed_paths=())
page = docs / "rain" / "tips.md"
text = page.read_text()
page.write_text(text + "\\nRain always stops.\\n")  # the rules refuse it
change(page)
page.write_text(text + "\\nRain is wet.\\n")
change(page)
watch.LOADED = "other code"
watch.Builder.__call__ = lambda self, changed_paths: print("a new program builds")
change(page)
"""


def test_a_change_is_built_and_what_is_refused_ends_nothing(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(ROOTS / "test-two-articles", root)
    done = subprocess.run(
        [sys.executable, "-c", CHANGES],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "docs/rain/tips.md" in done.stderr
    assert "1 to mend; nothing is written." in done.stderr
    assert done.stdout.splitlines()[-2:] == [
        "http://here shows the change.",
        "a new program builds",
    ]
    assert "Rain is wet." in (root / "out" / "rain" / "tips.html").read_text("utf-8")
    clean = build_small(root, "html", tmp_path / "clean")
    assert clean.returncode == 0, clean.stderr
    ours = [
        name for name in unlike(root / "out", tmp_path / "clean" / "out") if ".doctrees" not in name
    ]
    assert ours == []
