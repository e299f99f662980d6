"""The picture that a link to a page shows in a chat: its title, on the handbook's paper.

Typst draws it with the fonts it brings along, so that it is the same on every machine; about ten
milliseconds a card. Not sphinxext-opengraph (0.13): its cards need matplotlib, and it describes a
page by its first words, which on a help page tell what the reader is looking for.
"""

from __future__ import annotations

import json
from pathlib import Path

import typst

from handbook.model.front_matter import ARTICLE_PARTS
from handbook.palette import LIGHT, PART_COLOURS

TEMPLATE = Path(__file__).parent / "card.typ"


def draw(title: str, topic: str, name: str) -> bytes:
    """Return a PNG of 1200 by 630 pixels, the size that link previews are made for.

    :param topic: the line above the title; may be empty.
    :param name: the name of the handbook.
    :raises ValueError: where the fonts lack a letter, or the words do not fit.
    """
    words = {"title": title, "topic": topic, "name": name}
    colours = {
        "paper": LIGHT["paper"],
        "ink": LIGHT["ink"],
        "parts": {part.capitalize(): PART_COLOURS[part] for part in ARTICLE_PARTS},
    }
    compiler = typst.Compiler(
        str(TEMPLATE), ignore_system_fonts=True, sys_inputs={"card": json.dumps(words | colours)}
    )
    try:
        # In a PNG a missing letter is an empty box; this standard for PDFs refuses it.
        compiler.compile(format="pdf", pdf_standards="a-2u", timestamp=0)
    except typst.TypstError as error:
        raise ValueError(error.message) from error
    picture = compiler.compile(format="png", ppi=144)
    if not isinstance(picture, bytes):
        raise ValueError("the words need more than one picture; shorten title or topic")
    return picture
