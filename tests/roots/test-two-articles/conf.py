"""A small handbook of two articles that have anchors in common."""

project = "Small"
extensions = ["myst_parser", "handbook"]
html_theme = "furo"
