"""What is taken from others is what its origin gives, cut by the command that its head names."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENDORED = ROOT / "handbook" / "single" / "vendor" / "gunzip.js"


def test_it_is_fresh(tmp_path: Path) -> None:
    fresh = tmp_path / VENDORED.name
    subprocess.run([ROOT / "tools" / "vendor.sh", fresh], check=True)
    assert fresh.read_bytes() == VENDORED.read_bytes()


def test_it_says_where_it_is_from() -> None:
    head = VENDORED.read_text(encoding="utf-8").partition("*/")[0]
    for fact in ("fflate", "MIT License", "Copyright (c)", "make vendor"):
        assert fact in head
