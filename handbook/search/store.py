"""From the index to classic scripts that a page loads from a disk.

A script hands its pieces to one callback, ``handbook.take(name, value)``; nothing is fetched, so
that it works on ``file://``. There are three kinds of pieces:

head      the language, the weights, the vocabulary, and where everything else is
p0, p1..  postings of the terms that begin alike; a small index has one piece
t0, t1..  texts of sections that follow each other; a small index has one piece

A small index is one script. Of a large one a question reads the head, the postings of its words
and the texts of what was found. The scripts lie in a folder that is named by the hash of them
all; `ENTRY_POINT`, the one name that a page knows, only tells which.

Postings are numbers packed into printable digits: see `number`. Same index, same bytes.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .index import Document, Index

ENTRY_POINT = "index.js"

# A reader on a disk waits for one file of this size less than for several smaller ones (bytes).
ONE_FILE = 768_000
# Terms that begin alike share a file up to this size, then are told apart by one more letter.
POSTINGS = 64_000
# Ten results come from ten places: each a small bite (bytes).
TEXTS = 12_000
# A word that questions do without is searched where nothing else is left; its best will do.
STOP_SECTIONS = 500

# The digits are printable, and none needs an escape in JSON or in HTML.
DIGITS = "".join(chr(code) for code in range(35, 127) if chr(code) not in "<\\")
TOP = len(DIGITS) - 1
# Whole numbers are written to the base HALF, lowest digit first, all but the last HALF higher.
HALF = len(DIGITS) // 2

# `Index.halves` are kept in tenths.
TENTHS = 10
# Strengths of passages are steps on a logarithmic scale between these.
WEAKEST, STRONGEST = 0.01, 4.0


def number(value: int) -> str:
    """A whole number, 0 or more, in digits: one below 45, two below 2,025."""
    packed = ""
    while value >= HALF:
        value, low = divmod(value, HALF)
        packed += DIGITS[low + HALF]
    return packed + DIGITS[value]


def share(value: float) -> str:
    """A number between 0 and 1 as one digit."""
    return DIGITS[round(min(1.0, max(0.0, value)) * TOP)]


def scaled(strength: float) -> str:
    """The strength of a passage as one digit."""
    return share(math.log(max(strength, WEAKEST) / WEAKEST) / math.log(STRONGEST / WEAKEST))


def pack_postings(index: Index, term: str) -> str:
    """How many sections hold a term; for each the gap from the last, the impact, its positions.

    A position is the gap from the passage before, the passage's strength, and how many words stand
    before the term: as one digit, for nobody asks about the ninetieth word of a sentence.
    """
    found = index.postings[term]
    if dropped := term in index.dropped:
        best = sorted(found, key=lambda posting: -posting.impact)[:STOP_SECTIONS]
        found = sorted(best)
    packed = [number(len(found))]
    last = 0
    for posting in found:
        positions = () if dropped else posting.positions
        packed += number(posting.section - last), share(posting.impact), number(len(positions))
        last = posting.section
        before = 0
        for position in positions:
            strength = index.strengths[posting.section][position.passage]
            packed += number(position.passage - before), scaled(strength)
            packed += DIGITS[min(position.before, TOP)]
            before = position.passage
    return "".join(packed)


def fronts(words: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Words, sorted: each with a digit for the letters it shares with the one before, the rest."""
    before = ""
    for word in sorted(words):
        shared = 0
        for ours, theirs in zip(word[:TOP], before, strict=False):
            if ours != theirs:
                break
            shared += 1
        yield word, DIGITS[shared], word[shared:]
        before = word


def pack_vocabulary(index: Index) -> str:
    """The words: how much each shares with the one before, how common it is, the rest."""

    def common(word: str) -> str:
        held = len(index.postings.get(index.vocabulary[word], ()))
        return share(math.log2(1 + held) / 20)

    return " ".join(f"{s}{common(word)}{rest}" for word, s, rest in fronts(index.vocabulary))


def pack_spelled(index: Index) -> str:
    """The words that no section has but that are spelled right all the same."""
    others = (index.language.spelled | index.language.stop) - index.vocabulary.keys()
    return " ".join(f"{shared}{rest}" for _word, shared, rest in fronts(others))


def shards(sizes: Mapping[str, int], limit: int) -> dict[str, list[str]]:
    """Terms grouped by their first letters: none, then two, then more, until a group fits.

    A term that is too large alone stays alone.

    :param sizes: the bytes of each term's postings.
    """
    done: dict[str, list[str]] = {}
    todo = [("", sorted(sizes))]
    while todo:
        beginning, terms = todo.pop()
        if len(terms) == 1 or sum(sizes[term] for term in terms) <= limit:
            done[beginning] = terms
            continue
        length = max(2, len(beginning) + 1)
        groups: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            groups[term[:length]].append(term)
        todo += groups.items()
    return dict(sorted(done.items()))


def runs(sizes: list[int], limit: int) -> list[int]:
    """Where to cut a row of texts, so that no run of them is much larger than the limit."""
    starts: list[int] = []
    room = 0
    for place, size in enumerate(sizes):
        if size > room:
            starts.append(place)
            room = limit
        room -= size
    return starts


def record(section: Document) -> list[Any]:
    """A section as the browser shows it."""
    question = section.asked[0] if section.asked else ""
    return [section.url, section.title, section.page, section.part, question, section.body]


def pieces(index: Index, site: Mapping[str, Any]) -> dict[str, Any]:
    """The whole index by the names of its pieces, the head first.

    :param site: what the dialog needs to know beside the index; it goes into the head as it is.
    """
    postings = {term: pack_postings(index, term) for term in sorted(index.postings)}
    texts = [record(section) for section in index.sections]
    weights = {term: len(term) + len(packed) + 6 for term, packed in postings.items()}
    sizes = [len(_js(text).encode()) for text in texts]
    small = sum(weights.values()) + sum(sizes) <= ONE_FILE
    groups = shards(weights, sum(weights.values()) if small else POSTINGS)
    starts = runs(sizes, sum(sizes) if small else TEXTS)
    head = {
        "sections": len(texts),
        "stop": sorted(index.stop),
        "drop": bool(index.dropped),
        "variants": index.language.variants,
        "weights": {name: getattr(index.weights, name) for name in index.weights.IN_BROWSER},
        "strengths": [WEAKEST, STRONGEST],
        "halves": "".join(number(round(TENTHS * half)) for half in index.halves),
        "vocabulary": pack_vocabulary(index),
        "spelled": pack_spelled(index),
        "beginnings": list(groups),
        "starts": starts,
        **site,
    }
    found: dict[str, Any] = {"head": head}
    for place, terms in enumerate(groups.values()):
        found[f"p{place}"] = {term: postings[term] for term in terms}
    for place, (start, end) in enumerate(itertools.pairwise([*starts, len(texts)])):
        found[f"t{place}"] = texts[start:end]
    return found


def script(pieces: Mapping[str, Any]) -> str:
    """Pieces as one classic script; it may also stand inside a page."""
    return "".join(f"handbook.take({_js(name)},{_js(value)});\n" for name, value in pieces.items())


def files(pieces: Mapping[str, Any], code: Iterable[str]) -> dict[str, str]:
    """Scripts by their paths; `ENTRY_POINT` names the folder of the others and the ``code``."""
    whole = len(pieces) <= 3
    if whole:
        scripts = {"whole": script(pieces)}
    else:
        scripts = {name: script({name: value}) for name, value in pieces.items()}
    folder = hashlib.sha256("".join(scripts.values()).encode()).hexdigest()[:10]
    entry = {"code": list(code), "folder": folder, "whole": whole}
    return {
        **{f"{folder}/{name}.js": text for name, text in scripts.items()},
        ENTRY_POINT: script({"entry": entry}),
    }


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write scripts below a folder that is there."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _js(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # "</script" would end an inline script.
    return text.replace("<", "\\u003c")
