"""A small handbook of two articles that have anchors in common."""

project = "Small"
extensions = ["myst_parser", "handbook"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_disable_syntax = ["html_block", "html_inline"]  # markup in a page is shown, never run
myst_title_to_header = True
html_theme = "furo"
