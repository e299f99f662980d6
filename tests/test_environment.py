"""The environment of a checkout is its own, also where the checkout was moved or copied."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Makes an environment without Python: its pip says what it is told to install.
PYTHON = """#!/bin/sh
[ "$1 $2" = "-m venv" ] || exit 0
mkdir -p .venv/bin
printf '#!/bin/sh\n# %s/.venv/bin/python\necho pip "$@"\n' "$(pwd -P)" >.venv/bin/pip
chmod +x .venv/bin/pip
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with an environment of which only the head of pip is there."""
    root = (tmp_path / "a checkout").resolve()
    shutil.copytree(ROOT / "tools", root / "tools")
    install(root, root)
    return root


def install(root: Path, place: Path) -> None:
    """Write the program that stands in an environment which was made at a place."""
    pip = root / ".venv" / "bin" / "pip"
    pip.parent.mkdir(parents=True)
    pip.write_text(f"#!{place}/.venv/bin/python3.11\n", encoding="utf-8")
    pip.chmod(0o755)


def was_moved(root: Path) -> bool:
    asked = subprocess.run([root / "tools" / "moved.sh"], stderr=subprocess.PIPE, check=False)
    assert asked.stderr == b""
    return asked.returncode == 0


def test_an_environment_stays_where_it_was_made(checkout: Path) -> None:
    assert not was_moved(checkout)


def test_a_moved_checkout_is_known(checkout: Path) -> None:
    assert was_moved(checkout.rename(checkout.with_name("elsewhere")))


def test_a_link_to_an_environment_was_not_moved(checkout: Path) -> None:
    second = checkout.with_name("second")
    shutil.copytree(checkout / "tools", second / "tools")
    (second / ".venv").symlink_to(checkout / ".venv")
    assert not was_moved(second)


def test_a_checkout_without_an_environment_was_not_moved(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    assert not was_moved(checkout)


def test_a_copied_checkout_gets_an_environment_of_its_own(checkout: Path, tmp_path: Path) -> None:
    copy = checkout.with_name("copy")
    shutil.copytree(checkout, copy)
    python = tmp_path / "bin" / "python3.11"
    python.parent.mkdir()
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)
    done = subprocess.run(
        [copy / "tools" / "environment.sh", "requirements.txt"],
        env=os.environ | {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == (
        "This checkout was moved or copied; its environment .venv is made anew.\n"
    )
    assert done.stdout.endswith("--require-hashes -r requirements.txt\n")
    assert not was_moved(copy)
    assert "#!" + str(checkout) in (checkout / ".venv" / "bin" / "pip").read_text("utf-8")


def test_make_installs_again_in_a_moved_checkout(checkout: Path) -> None:
    """It goes by the notes of what is installed, and those were moved along."""
    shutil.copy(ROOT / "Makefile", checkout)
    (checkout / "requirements.txt").touch()
    note = checkout / ".venv" / ".docs"
    note.touch()
    command = ["make", "--dry-run", "check"]
    assert "environment.sh" not in subprocess.check_output(command, cwd=checkout, text=True)
    moved = checkout.rename(checkout.with_name("elsewhere"))
    assert "environment.sh" in subprocess.check_output(command, cwd=moved, text=True)


def test_make_has_the_code_compiled_and_known_by_content(checkout: Path) -> None:
    """By time, Python takes what was edited twice in a second for what it was."""
    shutil.copy(ROOT / "Makefile", checkout)
    (checkout / "requirements.txt").touch()
    told = subprocess.check_output(["make", "--dry-run", "html"], cwd=checkout, text=True)
    assert "-m compileall -q --invalidation-mode checked-hash handbook" in told
