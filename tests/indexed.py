"""A page on the disk that searches an index of a few sections."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import sphinx.search

from handbook.search import store
from handbook.search.english import english
from handbook.search.index import Document, build
from handbook.search.site import CODE, OURS

STEMMER = Path(sphinx.search.__file__).parent / "minified-js"


def indexed(folder: Path, sections: Sequence[Document]) -> Path:
    """Write the page with its search into a folder; another index there is replaced."""
    home = folder / "_static" / "search"
    shutil.copytree(OURS, home, dirs_exist_ok=True)
    for name in ("base-stemmer.js", "english-stemmer.js"):
        shutil.copy(STEMMER / name, home)
    head = {"stemmer": "EnglishStemmer", "parts": {}, "list": ["", ""], "help": None}
    head |= {"start": [], "alerts": [], "guarded": [], "languages": [], "elsewhere": []}
    pieces = store.pieces(build(sections, english()), head)
    code = ["base-stemmer.js", "english-stemmer.js", *CODE]
    store.write(store.files(pieces, code), home, beside=[*code, "loader.js"])
    script = '<script src="_static/search/loader.js"></script>'
    page = folder / "ask.html"
    page.write_text(f"<!doctype html><meta charset=utf-8>{script}", "utf-8")
    return page
