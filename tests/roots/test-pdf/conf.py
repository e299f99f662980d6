"""A small book with everything in it, made by ``handbook.typst`` and a stranger."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Calm"
author = "The Calm authors"
release = "1.0"
language = "en"
extensions = ["myst_parser", "handbook.typst", "calm"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "strikethrough"]
myst_url_schemes = ["http", "https", "mailto", "tel"]
myst_heading_anchors = 4
suppress_warnings = ["myst.strikethrough"]  # it is printed all the same

typst_book = {
    "subtitle": "A very small book",
    "licence": "Free to copy",
    "language": "en-GB",
    "front": ["help"],
    "back": ["glossary"],
    "omit": ["index"],
    "openings": {
        "tips": {"word": "Tips", "colour": "#2F5223"},
        "help": {"word": "Help", "colour": "#8C1C13"},
    },
    "imprint": ["mistakes"],
    "ways": ["leads-on"],
    "tear_out": ["points"],
    "tear_out_back": ["call", "start"],
}
