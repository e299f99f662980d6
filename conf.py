"""Settings of the handbook, and nothing else: behaviour lives in ``handbook/``."""

project = "Steady"
author = "The Steady authors"
copyright = "2026, the Steady authors"
version = release = "0.1.0"
language = "en"

extensions = ["myst_parser", "handbook"]
exclude_patterns: list[str] = []

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_url_schemes = ["http", "https", "tel"]  # what leads out of the handbook
myst_title_to_header = True  # the front matter's title is the page's one first heading

html_theme = "furo"
html_title = project
html_permalinks = False
html_use_index = False
html_copy_source = False

handbook_exit_url = "https://www.bbc.co.uk/weather"  # where "Exit this page" leads

handbook_search_exclude = ["404"]
handbook_search_parts = {
    "article": "Overview",
    "question": "Question",
    "answer": "Answer",
    "tips": "Tip",
    "takeaways": "Takeaway",
    "help": "Help",
    "glossary": "Glossary",
}
handbook_search_help = "help/index"
handbook_search_alert = {
    "danger": "help/index",
    "abuse": "help/limits#signs-of-abuse",
    "despair": "help/limits#when-you-cannot-cope",
}
