"""Every kind of edit of a small handbook: what a quick build has to get right."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOTS
from pages import page

Edit = dict[str, str | bytes | None]
SITE = ROOTS / "test-two-articles"
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="{}"/></svg>'
GLOSSARY = ":::{glossary}\ndrizzle\n  Light rain.\n\nshower\n  Short rain.\n:::"
NUMBERS = "{{.last-checked}}\nThis list was last checked on {}.\n\nCall [999](tel:999)."
NOTES = "See a {term}`shower`.\n\n![A dot](dot.svg)"
#: What an e-book wants to know, beside the settings of the small site.
SETTINGS = """
copyright = "2026, nobody"
version = "1"
epub_theme = "handbook-epub"
epub_exclude_files = ["_static/favicon.svg", ".buildinfo.bak"]
"""


def text(name: str) -> str:
    return (SITE / name).read_text(encoding="utf-8")


def changed(name: str, old: str, new: str) -> Edit:
    before = str(START.get(name) or text(name))
    assert old in before
    return {name: before.replace(old, new)}


START: Edit = {
    "conf.py": text("conf.py") + SETTINGS,
    "docs/notes.md": page(NOTES, title="Notes about rain"),
    "docs/words.md": page(GLOSSARY, title="Words for rain"),
    "docs/numbers.md": page(NUMBERS.format("2026-11-23"), title="Numbers for rain"),
    ".source-date": "1795392000\n",
    "docs/dot.svg": DOT.format(3),
    "docs/old.svg": DOT.format(2),
    "docs/rain/tips.asked.txt": "[short-way]\nmay I run when it rains\n",
    "docs/READ-ME-FIRST.txt": "Open index.html.\n",
}
RAIN = {f"docs/rain/{file.name}": file.read_text("utf-8") for file in SITE.glob("docs/rain/*.md")}
SNOW: Edit = {
    name.replace("rain", "snow"): words.replace("rain", "snow") for name, words in RAIN.items()
}
GONE: Edit = {**dict.fromkeys(RAIN), "docs/rain/tips.asked.txt": None}
#: Edits of which none hides what another has left stale, as far as one can see.
TOGETHER: dict[str, list[str]] = {
    "inside pages": [
        "a text", "a link removed", "a picture changed", "a phrasing", "a term", "a reviewed day",
    ],
    "between pages": ["a second anchor", "a heading", "a link added", "a list of phrasings"],
    "of the whole": ["a topic", "a summary", "a page added", "a check of helplines"],
}  # fmt: skip
EDITS: dict[str, Edit] = {
    "nothing": {},
    "a text": changed("docs/dogs/tips.md", "Go round the house.", "Go round the garden."),
    "a heading": changed("docs/dogs/answer.md", "## A plan for dogs", "## Plans for dogs"),
    "a title": changed("docs/rain/index.md", "Can I walk with rain?", "May I walk with rain?"),
    "a title of a part": changed("docs/rain/tips.md", "Tips for rain", "Some tips for rain"),
    "a title that another page has": changed("docs/rain/tips.md", "Tips for rain", "Tips for dogs"),
    "a summary": changed("docs/rain/index.md", "You can often walk with", "Walk with"),
    "a topic": changed("docs/rain/index.md", "topic: Weather", "topic: Air"),
    "a topic that another has": changed("docs/rain/index.md", "topic: Weather", "topic: Animals"),
    "a partner": changed("docs/rain/index.md", "topic: Weather", "topic: Weather\npartner: she"),
    "a part": {"docs/notes.md": page(NOTES, title="Notes about rain", part="help")},
    "a reviewed day": changed("docs/rain/answer.md", "reviewed: 2026-11-2", "reviewed: 2026-11-1"),
    "an anchor": changed("docs/rain/tips.md", "(short-way)=", "(new-way)=")
    | changed("docs/rain/takeaways.md", "#short-way", "#new-way")
    | changed("docs/rain/answer.md", "#short-way", "#new-way")
    | {"docs/rain/tips.asked.txt": "[new-way]\nmay I run when it rains\n"},
    "a second anchor": changed("docs/rain/tips.md", "(short-way)=", "(short-way)=\n(new-way)=")
    | {"docs/rain/tips.asked.txt": "[new-way]\nmay I run when it rains\n"},
    "an anchor from before": changed("docs/rain/tips.md", "(short-way)=", "(old)=\n(short-way)="),
    "a link added": {
        "docs/notes.md": page(f"{NOTES}\n\nTake a [short way](rain/tips.md#short-way).",
                              title="Notes about rain")
    },
    "a link removed": changed("docs/rain/tips.md", "[plan](answer.md#plan)", "plan"),
    "a picture added": {"docs/words.md": page(f"![A dot](old.svg)\n\n{GLOSSARY}",
                                              title="Words for rain")},
    "a picture removed": {"docs/notes.md": page("See a {term}`shower`.",
                                                title="Notes about rain")},
    "a picture changed": {"docs/dot.svg": DOT.format(4)},
    "a picture of the same name": {
        "docs/a/dot.svg": DOT.format(5),
        "docs/a.md": page("![A dot](a/dot.svg)", title="More about rain"),
    },
    "a page added": {"docs/more.md": page("It rains.", title="More about rain")},
    "a page removed": {"docs/notes.md": None},
    "a page renamed": {"docs/notes.md": None, "docs/noted.md": START["docs/notes.md"]},
    "a page moved": {
        "docs/notes.md": None,
        "docs/a/notes.md": page(NOTES.replace("dot.svg", "../dot.svg"), title="Notes about rain"),
    },
    "an article added": SNOW,
    "an article removed": GONE,
    "an article renamed": {
        **GONE, **{name.replace("rain/", "wet/"): words for name, words in RAIN.items()},
    },
    "a phrasing": {"docs/rain/tips.asked.txt": "[short-way]\nis it wet today\n"},
    "a list of phrasings": {"docs/rain/answer.asked.txt": "[plan]\nwhat do I do when it pours\n"},
    "a list of phrasings removed": {"docs/rain/tips.asked.txt": None},
    "a text of the glossary": {"docs/words.md": page(GLOSSARY.replace("Short", "Brief"),
                                                     title="Words for rain")},
    "a term": {"docs/words.md": page(GLOSSARY.replace("drizzle", "mist"),
                                     title="Words for rain")},
    "a check of helplines": {
        "docs/numbers.md": page(NUMBERS.format("2026-11-20"), title="Numbers for rain")
    },
    "a day of the source": {".source-date": "1795478400\n"},
    "a setting": {"conf.py": str(START["conf.py"]) + 'html_baseurl = "https://example.org/"\n'},
    "a name of the handbook": {"conf.py": str(START["conf.py"]).replace("Small", "Little")},
}  # fmt: skip


def lay_out(root: Path) -> None:
    """Write the small handbook."""
    shutil.copytree(SITE, root)
    apply(root, START)


def apply(root: Path, edit: Edit) -> None:
    """Write, change and remove files."""
    for name, content in edit.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            place.unlink()
        else:
            place.write_bytes(content.encode() if isinstance(content, str) else content)
    for folder in sorted(root.glob("docs/**/"), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
