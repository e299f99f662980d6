"""Every colour, for every output: pages, PDF, e-book, pictures, cards, the icon.

Text has a contrast of 7:1 at least on paper and on panel, edges and rings 3:1 (WCAG 2.2: 1.4.6,
1.4.11; ``tests/test_palette.py`` computes them).
"""

from collections.abc import Mapping

from handbook.model.front_matter import ARTICLE_PARTS

#: What pages look like by day, and whatever is printed. By the names of the style sheet.
LIGHT = {
    "paper": "#FBF8F3",
    "panel": "#F4EFE6",
    "ink": "#26231F",
    "ink-soft": "#514B43",
    "link": "#0B4F5A",
    "rule": "#DDD4C5",
    "edge": "#857A69",
    "focus": "#0B4F5A",
    "mark": "#D0DAD8",
    "part-question": "#5B3A6B",
    "part-answer": "#0B4F5A",
    "part-tips": "#2F5223",
    "part-takeaways": "#6B4200",
    "part-help": "#8C1C13",
    "exit": "#8C1C13",
    "exit-ink": "#FFFFFF",
}
DARK = {
    "paper": "#171A1C",
    "panel": "#1E2224",
    "ink": "#ECE7DE",
    "ink-soft": "#BEB6A9",
    "link": "#8AD0DA",
    "rule": "#3A4043",
    "edge": "#8C8577",
    "focus": "#8AD0DA",
    "mark": "#2C3B3E",
    "part-question": "#D2B4E2",
    "part-answer": "#8AD0DA",
    "part-tips": "#A9D296",
    "part-takeaways": "#EBC27A",
    "part-help": "#FFB4A8",
    "exit": "#FFB4A8",
    "exit-ink": "#171A1C",
}

#: The colours of the parts that have one: an article's four, and help.
PART_COLOURS = {part: LIGHT[f"part-{part}"] for part in (*ARTICLE_PARTS, "help")}
#: For templates of pages and of the e-book; the sun is the icon's, the takeaways' by night.
FOR_TEMPLATES = {**LIGHT, "sun": DARK["part-takeaways"]}
#: For the book, on white. Hair lines are never text.
FOR_PRINT = {
    "ink": LIGHT["ink"],
    "quiet": LIGHT["ink-soft"],
    "accent": LIGHT["link"],
    "warning": LIGHT["part-help"],
    "hair": "#B9B0A2",
}


def css() -> str:
    """Return the colours as custom properties of CSS, and each part's colour as ``--part``.

    Dark stands twice because CSS cannot join a media query and a selector. The selectors are
    Furo's own, so that a choice of theme reaches its rules too.
    """
    parts = "".join(f".part-{part} {{ --part: var(--part-{part}); }}\n" for part in PART_COLOURS)
    return (
        f"body {{\n{_properties(LIGHT)}}}\n"
        f'@media not print {{\nbody[data-theme="dark"] {{\n{_properties(DARK)}}}\n'
        "@media (prefers-color-scheme: dark) {\n"
        f'body:not([data-theme="light"]) {{\n{_properties(DARK)}}}\n}}\n}}\n'
        # Scroll bars and controls follow the choice; without one, the device (templates' meta).
        'html[data-theme="light"] { color-scheme: light; }\n'
        'html[data-theme="dark"] { color-scheme: dark; }\n'
        # A page, a link, a box or a search result of a part takes the part's colour as --part.
        f"body {{ --part: var(--link); }}\n{parts}"
    )


def _properties(colours: Mapping[str, str]) -> str:
    return "".join(f"  --{name}: {colour};\n" for name, colour in colours.items())
