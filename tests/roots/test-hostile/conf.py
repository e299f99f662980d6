"""A handbook whose pages try to smuggle markup into every output."""

project = "Hostile"
author = "Nobody"
copyright = "2026, nobody"
version = "1"
language = "en"
extensions = ["myst_parser", "handbook"]
smartquotes = False  # so that a text is found as it was written
html_theme = "furo"
html_baseurl = "https://example.org/"
html_copy_source = False
epub_exclude_files = ["_static/favicon.svg"]
