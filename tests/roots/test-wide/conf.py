"""A small handbook in which everything is too wide."""

project = "Wide"
extensions = ["myst_parser", "handbook"]
html_theme = "furo"
html_permalinks = False
