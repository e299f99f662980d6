"""Lighthouse, as an old phone on a slow line sees the pages: 100 in every category."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from a11y import READ

from .conftest import report

PAGES = ("index.html", READ, "help/index.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 5  # performance is measured and scatters; its median counts


@pytest.mark.parametrize("page", PAGES)
def test_a_hundred_in_every_category(
    page: str, address: str, judge: Callable[..., None], tmp_path: Path
) -> None:
    scores: dict[str, list[float]] = {}
    faults: set[str] = set()
    for run in range(RUNS):
        path = tmp_path / f"{run}.json"
        judge(
            "lighthouse",
            f"{address}/{page}",
            "--quiet",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless --disable-background-networking",
            "--output=json",
            f"--output-path={path}",
        )
        result = report(path)
        for name, category in result["categories"].items():
            scores.setdefault(name, []).append(category["score"])
            if category["score"] < 1:
                audits = (result["audits"][ref["id"]] for ref in category["auditRefs"])
                faults |= {a["title"] for a in audits if a["score"] is not None and a["score"] < 1}
    medians = {name: median(values) for name, values in scores.items()}
    assert medians == dict.fromkeys(CATEGORIES, 1.0), faults
