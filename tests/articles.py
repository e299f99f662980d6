"""The pages that the tests read: those of the handbook, and among them a second article.

Whatever holds for the handbook has to hold for one more article, so every test of it runs on the
two together. The second is an example and stands under ``second``; it is never published.
"""

import atexit
import csv
import shutil
import tempfile
from pathlib import Path

from pages import load

SECOND = Path(__file__).with_name("second")
_FOLDER = Path(tempfile.mkdtemp(prefix="handbook-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
#: The folder of all pages. It is there as long as the program runs, to be read and to be copied.
DOCS = Path(shutil.copytree(Path(__file__).parents[1] / "docs", _FOLDER / "docs"))
shutil.copytree(SECOND, DOCS, dirs_exist_ok=True)
HANDBOOK, _ = load(DOCS)
#: The folder of each article, below the folder of all pages.
ARTICLES = [article.folder for article in HANDBOOK.articles]


def table(article: str, name: str) -> list[dict[str, str]]:
    """The rows of ``points.tsv``, ``threads.tsv`` or ``limits.tsv`` of an article."""
    text = (DOCS / article / f"{name}.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))
