"""The smallest e-book: what a site gets that lists ``handbook.epub`` alone."""

project = "Kettles"
author = "Nobody"
copyright = "2026, nobody"  # an e-book wants both, under -W
version = "1"
extensions = ["handbook.epub"]
