"""The generated handbooks that the benchmarks build are believable: the rules find nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pages import load
from test_bytes import files

from benchmarks.build.handbook import write
from benchmarks.build.plot import growth
from handbook.rules.check import review


def test_a_generated_handbook_passes_the_rules_and_is_the_same_each_time(tmp_path: Path) -> None:
    write(tmp_path / "two", 2)
    write(tmp_path / "three", 3)
    handbook, problems = load(tmp_path / "three" / "docs")
    assert problems == []
    assert review(handbook, tmp_path / "three" / "docs", date(2026, 11, 28)) == []
    assert len(handbook.articles) == 3
    two, three = files(tmp_path / "two"), files(tmp_path / "three")
    assert two.items() <= three.items()


def test_growth_is_drawn() -> None:
    picture = growth({"cold & plain": [(1, 2.0), (10, 5.0)], "quick": [(1, 0.5), (10, 0.5)]})
    assert picture.count("<polyline") == 2
    assert "cold &amp; plain" in picture
