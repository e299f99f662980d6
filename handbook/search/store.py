"""From the index to classic scripts that a page loads from a disk.

A script hands its pieces to one callback, ``handbook.take(name, value)``; nothing is fetched, so
that it works on ``file://``. There are seven kinds of pieces:

head      the language, the weights, the commonest words, and where everything else is
p0, p1..  postings of the terms that begin alike: sections and impacts; their words that are rarer
t0, t1..  titles of sections that follow each other
q0, q1..  where the terms of p0, p1.. stand in passages
b0, b1..  the bodies of the sections of t0, t1..
l0        how long each section is, against which its pairs of words are counted
m0        what hears danger better than the part of it that comes with the head

The first three give an answer. The places in passages are most of the index and change the order
of the first results a little; they come after it with the bodies, and the answer is refined.

A small index has one piece of each kind, in two scripts: ``first``, and ``rest``. They are loaded
whatever is asked. Of a large one a question reads the head, the postings of its words, and the
sections that were found, each with its body. Of these the postings of the commonest words alone
grow with the handbook. While its answer is read, the page reads ahead what the next question will
most likely need: see `ahead`. The scripts lie in a folder that is named by the hash of them all;
`ENTRY_POINT`, the one name that a page knows, only tells which.

What repeats is packed by columns, each a string of its own, for gzip packs like beside like.
Numbers are packed into printable digits: see `packed.digits`. Same index, same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from handbook.kept import Shelf

from .index import Document, Index
from .packed.digits import STRONGEST, TENTHS, WEAKEST, number
from .packed.postings import (
    PLACES,
    POSTING,
    add_places,
    impacts_by_section,
    ordered,
    packed_passages,
    postings,
)
from .packed.vocabulary import Words, first_terms, fronts, mark

ENTRY_POINT = "index.js"

# An index comes whole up to this size, and what is loaded tells nobody what was asked (bytes).
WHOLE = 768_000
# Terms that begin alike share a file up to this size, then are told apart by one more letter.
POSTINGS = 16_000
# About so many words come with the head, the commonest: most questions are asked in them, and to
# them a slip is corrected. A rarer one is known once its postings have come.
WORDS = 8_000
# Ten results come from ten places: each a small bite. So many sections share a file; the head would
# grow with the handbook if it had to say where each file begins.
RUN = 4
# So much is read ahead, in scripts of so much, for one of them may be in a question's way: bytes as
# gzip leaves them, which is about so much of titles and of postings.
AHEAD, BUNDLE = 180_000, 16_000
PACKED = {"t": 0.18, "p": 0.58}


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


def record(section: Document) -> list[Any]:
    """A section as the browser shows it; the body is the last."""
    question = section.asked[0] if section.asked else ""
    names = (section.url, section.title, section.page, section.part)
    return [*names, question, section.article, section.about, section.body]


def pieces(index: Index, site: Mapping[str, Any], kept: Shelf | None = None) -> dict[str, Any]:
    """The whole index by the names of its pieces, the head first.

    :param site: what the dialog needs to know beside the index; it goes into the head as it is.
    :param kept: segments that were packed before, of the same code.
    """
    terms = ordered(index)
    texts = [record(section) for section in index.sections]
    rows = postings(index, kept)
    weights = {term: rows[term].size for term in terms}
    first = sum(weights.values())
    if first <= WHOLE:
        first += sum(_size(_js(text)) for text in texts)
    passages = packed_passages(index, terms) if first <= WHOLE else {}
    small = first + sum(map(_size, passages.values())) <= WHOLE
    groups = shards(weights, sum(weights.values()) if small else POSTINGS)
    run = max(1, len(texts)) if small else RUN
    words = Words.of(index)
    common = first_terms(index, terms, len(index.vocabulary) if small else WORDS)
    at_once, later = _by_group(index, common, list(groups), is_whole=small)
    head = {
        "sections": len(texts),
        "stop": sorted(index.stop),
        "drop": bool(index.dropped),
        "variants": index.language.variants,
        "weights": {name: getattr(index.weights, name) for name in index.weights.IN_BROWSER},
        "strengths": [WEAKEST, STRONGEST],
        "endings": {ends: ending for ending, ends in words.endings.items()},
        "vocabulary": words.pack(at_once),
        "beginnings": _joined(("shared", "rests"), [fronts(dict.fromkeys(groups, mark(0)))]),
        "run": run,
        **site,
    }
    found: dict[str, Any] = {"head": head}
    place_of = {term: place for place, group in enumerate(groups.values()) for term in group}
    members: list[list[str]] = [[] for _ in groups]
    for term in sorted(terms, key=lambda term: term not in common):  # as the browser meets them
        members[place_of[term]].append(term)
    if not small:
        add_places(index, rows, kept)
    for place, group in enumerate(members):
        own = [rows[term] for term in group]
        found[f"p{place}"] = _joined(POSTING, [row.postings for row in own])
        if small:
            found[f"p{place}"]["impacts"] = impacts_by_section(index, own)
        else:
            found[f"p{place}"]["words"] = words.pack(later[place])
        found[f"q{place}"] = passages if small else _joined(PLACES, [row.places for row in own])
    for place, start in enumerate(range(0, len(texts), run)):
        found[f"t{place}"] = [titles for *titles, _body in texts[start : start + run]]
        found[f"b{place}"] = [body for *_titles, body in texts[start : start + run]]
    found["l0"] = "".join(number(round(TENTHS * half)) for half in index.halves)
    return found


def _by_group(
    index: Index, first: Set[str], beginnings: Sequence[str], *, is_whole: bool
) -> tuple[set[str], list[set[str]]]:
    """The words that come with the head, and those that come with each group of terms.

    Each of the others comes with the last group whose beginning is not above its term, also a word
    that no section has: by that the browser finds it.
    """
    others = index.language.spelled - index.vocabulary.keys()
    at_once = {word for word, term in index.vocabulary.items() if term in first}
    at_once |= index.language.stop - index.vocabulary.keys()
    if is_whole:
        return at_once | others, []
    later: list[set[str]] = [set() for _ in beginnings]
    term_of = index.language.stemmer()
    for word in (index.vocabulary.keys() | others) - at_once:
        place = bisect_right(beginnings, index.vocabulary.get(word) or term_of(word))
        later[max(0, place - 1)].add(word)
    return at_once, later


def script(pieces: Mapping[str, Any]) -> str:
    """Pieces as one classic script; it may also stand inside a page."""
    return "".join(f"handbook.take({_js(name)},{_js(value)});\n" for name, value in pieces.items())


def ahead(scripts: Mapping[str, str]) -> list[list[str]]:
    """The pieces that are read before a second question is asked, together those of one script.

    All titles, for an answer then comes a round earlier; where they are too many, nothing, for few
    of so many postings help no question either. Then the largest postings, as far as there is room:
    they are those of the commonest words.

    :param scripts: the pieces as `script` has them, by name.
    """
    sizes = {
        name: _size(text) * PACKED[name[0]] for name, text in scripts.items() if name[0] in PACKED
    }
    titles = [name for name in sizes if name[0] == "t"]
    postings = sorted(sizes.keys() - titles, key=lambda name: (-sizes[name], name))
    found: list[list[str]] = []
    room, here = float(AHEAD), float(BUNDLE)
    for name in [*titles, *postings]:
        room -= sizes[name]
        if room < 0:
            return found if name in postings else []
        here += sizes[name]
        if here > BUNDLE:
            found.append([])
            here = sizes[name]
        found[-1].append(name)
    return found


def files(pieces: Mapping[str, Any], code: Iterable[str]) -> dict[str, str]:
    """Scripts by their paths; `ENTRY_POINT` names the folder of the others and the ``code``."""
    whole = len({name[0] for name in pieces}) == len(pieces)  # one of each kind
    scripts: dict[str, str] = defaultdict(str)
    single = {name: script({name: value}) for name, value in pieces.items()}
    for name, text in single.items():
        home = name.replace("b", "t")
        if whole:
            home = "rest" if name[0] in "qblm" else "first"
        scripts[home] += text
    bundles = [] if whole else ahead(single)
    for place, names in enumerate(bundles):
        scripts[f"a{place}"] = "".join(map(single.__getitem__, names))
    folder = hashlib.sha256("".join(scripts.values()).encode()).hexdigest()[:10]
    entry = {"code": list(code), "folder": folder, "whole": whole, "ahead": len(bundles)}
    return {
        **{f"{folder}/{name}.js": text for name, text in scripts.items()},
        ENTRY_POINT: script({"entry": entry}),
    }


def write(files: Mapping[str, str], folder: Path, beside: Collection[str] = ()) -> None:
    """Write scripts below a folder, and remove those of before.

    Most of a large index is as it was, under a new name.

    :param beside: names of files in the folder that are none of the index's.
    """
    new = next(name for name in files if "/" in name).partition("/")[0]
    folder.mkdir(parents=True, exist_ok=True)
    for old in [path for path in folder.iterdir() if path.is_dir()]:
        if old.name != new and not (folder / new).exists():
            old.rename(folder / new)
        elif old.name != new:
            shutil.rmtree(old)
    (folder / new).mkdir(exist_ok=True)
    for name, text in files.items():
        path, data = folder / name, text.encode()
        if not (path.is_file() and path.read_bytes() == data):
            path.write_bytes(data)
    for path in [*folder.iterdir(), *(folder / new).iterdir()]:
        name = path.relative_to(folder).as_posix()
        if name not in files and name not in (new, *beside):
            path.unlink()


def _joined(names: Iterable[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Rows of strings as one string a column."""
    return {name: "".join([row[place] for row in rows]) for place, name in enumerate(names)}


def _size(text: str) -> int:
    return len(text.encode())


def _js(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # "</script" would end an inline script.
    return text.replace("<", "\\u003c")
