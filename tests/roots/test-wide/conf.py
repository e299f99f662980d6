"""A small handbook in which everything is too wide."""

project = "Wide"
copyright = "2026"
version = "1"
extensions = ["myst_parser", "handbook"]
html_theme = "furo"
html_permalinks = False
