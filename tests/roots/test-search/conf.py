project = "Kettles"
extensions = ["handbook.search"]
html_theme = "alabaster"
exclude_patterns: list[str] = []
