"""How the search grows: what it reads and how long it takes, with one article and with many.

    python -m benchmarks.search.growth [--articles 1 100 1000] [FOLDER ...]

The handbooks are those of ``benchmarks/build``, built as any other; a folder that is given is one
that was built before. On a disk: from the key that opens the search to the results, and from a key
to the results that it changes. On a phone: see ``phone.py``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser

from benchmarks.browser import chromium
from benchmarks.build import handbook

from . import phone
from .tables import table

ROOT = handbook.ROOT
# The second of each pair is asked after the first has been answered.
QUESTIONS = (
    ("my husband left me", "should I wait for him"),
    ("how much space", "what about the children"),
    ("is it too late", "can we be friends again"),
    ("he will not talk", "how do I say sorry"),
)

# Types every beginning of a question into the dialog, twice: what is not there yet comes in the
# first round; the second is timed, from the key to the results laid out.
TYPE = """async (questions) => {
  const channel = new MessageChannel();
  const turn = () => new Promise((done) => {
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  });
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "/" }));
  while (!document.querySelector("dialog[open]")) await turn();
  const input = document.querySelector("dialog [role=combobox]");
  const times = [];
  for (const timed of [false, true]) {
    for (const question of questions) {
      for (let length = 1; length <= question.length; length++) {
        const typed = question.slice(0, length);
        const start = performance.now();
        input.value = typed;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        if (!timed) await handbook.search(typed);
        await turn();
        document.querySelector("dialog [role=listbox]").getBoundingClientRect();
        if (timed) times.push(performance.now() - start);
      }
    }
  }
  return times;
}"""


def built(goal: Path, count: int) -> Path:
    """Write and build a handbook of so many articles; return its pages."""
    handbook.write(goal, count)
    command = [sys.executable, "-m", "handbook", "html"]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=goal, env=environ, check=True, stdout=subprocess.DEVNULL)
    return goal / "build" / "html"


def on_a_disk(browser: Browser, site: Path) -> list[str]:
    """The size of the index, and how long the first result and each key take, as cells."""
    page = browser.new_page()
    address = (site / "index.html").as_uri()
    first = []
    for question, second in QUESTIONS:
        page.goto(address)
        first.append(page.evaluate(phone.ASK, [question, second, "pasted at once", 0, 0]))
    page.goto(address)
    keys = page.evaluate(TYPE, [question for pair in QUESTIONS for question in pair])
    page.close()
    times = [found["first"]["time"] for found in first]
    index = [path.stat().st_size for path in (site / "_static" / "search").glob("*/*.js")]
    return [
        f"{sum(index) / 1e6:.2f} MB",
        f"{len(index):,}",
        f"{median(times):.0f} ms",
        f"{max(times):.0f} ms",
        f"{median(keys):.1f} ms",
        f"{quantiles(keys, n=20)[-1]:.1f} ms",
    ]


def on_a_phone(browser: Browser, site: Path) -> tuple[list[str], list[list[str]]]:
    """What a slow phone reads over a slow line, and how long it takes, as cells.

    Of the first question; and of the second, a row for each way to ask it.
    """
    found = {
        way: [phone.measure(browser, site, "index.html", pair, way) for pair in QUESTIONS]
        for way in phone.WAYS
    }
    all_of_them = [each for measured in found.values() for each in measured]
    refined = [each.refined_time for each in all_of_them if each.refined_time is not None]
    first = [
        f"{max(each.first for each in all_of_them) / 1e3:.0f} kB",
        f"{max(each.files for each in all_of_them)}",
        f"{median(each.first_time for each in all_of_them) / 1e3:.2f} s",
        f"{median(refined) / 1e3:.2f} s",
        f"{max(each.ahead for each in all_of_them) / 1e3:.0f} kB",
    ]
    second = [
        [
            way,
            f"{max(each.second for each in measured) / 1e3:.0f} kB",
            f"{median(each.second_time for each in measured) / 1e3:.2f} s",
            f"{max(each.second_time for each in measured) / 1e3:.2f} s",
        ]
        for way, measured in found.items()
    ]
    return first, second


def measure(browser: Browser, sites: Sequence[Path]) -> None:
    """Print the tables of some handbooks."""
    disk, slow, next_ones = [], [], []
    for site in sites:
        count = len(list(site.glob("*/takeaways.html")))
        name = f"{count:,} article{'' if count == 1 else 's'}"
        disk.append([name, *on_a_disk(browser, site)])
        first, second = on_a_phone(browser, site)
        slow.append([name, *first])
        next_ones += [[name, *row] for row in second]
    head = ["", "index", "files", "first result", "slowest", "key, median", "key, 95 %"]
    table("From a disk, questions of three to five words", head, disk)
    head = ["", "first answer, most", "files", "after", "refined", "then read ahead"]
    table("The same over a slow line, on a slow phone (phone.py), packed with gzip", head, slow)
    head = ["", "the second question", "reads, most", "after", "slowest"]
    table("A second question there", head, next_ones)


def main() -> None:
    """Build what is asked for, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search.growth")
    parser.add_argument("folders", type=Path, nargs="*", help="handbooks that are built already")
    parser.add_argument("--articles", type=int, nargs="*", help="handbooks to build")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        sites = [folder.resolve() / "build" / "html" for folder in options.folders]
        sites += [built(Path(name, str(count)), count) for count in options.articles or ()]
        measure(browser, sites)


if __name__ == "__main__":
    main()
