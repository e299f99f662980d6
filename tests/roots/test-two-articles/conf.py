"""A small handbook of two articles that have anchors in common."""

project = "Small"
extensions = ["myst_parser", "handbook"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_title_to_header = True
html_theme = "furo"
