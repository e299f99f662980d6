"""Settings of the handbook, and nothing else: behaviour lives in ``handbook/``."""

from handbook import __version__
from handbook.palette import PART_COLOURS

project = "Steady"
author = "The Steady authors"
copyright = "2026, the Steady authors"
handbook_licence = {  # of the words (LICENSE-DOCS): at the foot of each page and in every edition
    "name": "CC BY 4.0",
    "address": "https://creativecommons.org/licenses/by/4.0/",
}
handbook_report = ""  # where readers report a mistake, https: or mailto:; no address exists yet
handbook_check_numbers = "help/contacts#check-a-number"  # linked from the foot of each page
version = release = __version__
language = "en"

extensions = ["myst_parser", "handbook"]

html_theme = "furo"
html_permalinks = False
html_use_index = False
html_copy_source = False
html_baseurl = ""  # where the pages stand on the web, once they do; see handbook/sharing

handbook_search_exclude = ["404"]
handbook_search_omit = ["goes-with"]
handbook_search_parts = {
    "article": "Overview",
    "question": "Question",
    "answer": "Answer",
    "tips": "Tip",
    "takeaways": "Takeaway",
    "help": "Help",
    "glossary": "Glossary",
}
# Advice a little before explanations; what is not answered yet is asked for like advice.
handbook_search_weights = {"glossary": 0.85, "reference": 0.8, "not-answered": 1.0}
handbook_search_help = "help/index"
handbook_search_perhaps = "Is this about fear, force or not wanting to live?"
handbook_search_elsewhere = "not-answered#where-else-to-ask"
handbook_search_languages = "help/contacts"
handbook_search_alert = {
    "danger": "help/index#in-danger-now",
    "abuse": "help/limits#signs-of-abuse",
    "despair": "help/index#thinking-of-suicide",
    "hurting": "help/index#if-you-hurt-someone",
}

# The PDF: the order of the book, and the parts by word and colour (handbook/typst).
typst_book = {
    "subtitle": "A handbook for hard times in a marriage",
    "licence": "Free to share: {name}, {address}".format(**handbook_licence),
    "language": "en-GB",
    "front": ["help/index"],
    "back": [
        *("help/limits", "help/contacts", "help/reading"),
        *("not-answered", "glossary", "sources", "about"),
    ],
    "omit": ["index", "read-offline"],
    "openings": {
        part: {"word": part.capitalize(), "colour": colour} for part, colour in PART_COLOURS.items()
    },
    "small": ["record", "last-checked", "goes-with"],
    "ways": ["goes-with", "leads-on"],
    "imprint": ["check-a-number"],  # and how to report a mistake
    "tear_out": ["points-to-remember"],
    "tear_out_back": ["in-danger-now", "thinking-of-suicide", "start-where-you-can"],
}

# The e-book. The identifier is this book's for good.
epub_copyright = f"{copyright}. {typst_book['licence']}"
epub_description = "A handbook for hard times in a marriage"
epub_identifier = "urn:uuid:6d0a5e60-6f0e-4e54-9d1c-0d3c9c6b1a7e"
epub_uid = "book-id"
epub_show_urls = "no"  # a reading system opens links; addresses between the words disturb
epub_tocdepth = 6  # every section
epub_use_index = False
# What Sphinx keeps for itself after a change of settings is no part of the book either.
epub_exclude_files = ["404.xhtml", "_static/favicon.svg", ".buildinfo.bak"]
epub_landmarks = {  # beside where to start reading; a "notice" stands above the contents too
    "help/index": "notice",
    "glossary": "glossary",
    "sources": "bibliography",
}
epub_accessibility_summary = (
    "Headings, lists and links are marked as such; each picture has a link to the same in words;"
    " nothing is said by colour alone, moves or makes a sound."
    " The checkers EPUBCheck and Ace find no fault; nobody has certified it."
)

# The editions that readers are offered, in this order, on docs/read-offline.md.
handbook_offer = {
    "a4.pdf": "PDF for A4 paper",
    "letter.pdf": "PDF for US Letter paper",
    "large-print.pdf": "PDF in large print",
    "epub": "EPUB, for an e-reader or a reading app",
    "html": "One HTML file, with search",
    "zip": "Zip of all pages, with search",
}
