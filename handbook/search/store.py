"""From the index to classic scripts that a page loads from a disk.

A script hands its pieces to one callback, ``handbook.take(name, value)``; nothing is fetched, so
that it works on ``file://``. There are six kinds of pieces:

head      the language, the weights, the commonest words, and where everything else is
p0, p1..  postings of the terms that begin alike: sections and impacts; their words that are rarer
t0, t1..  titles of sections that follow each other
q0, q1..  where the terms of p0, p1.. stand in passages
b0, b1..  the bodies of the sections of t0, t1..
l0        how long each section is, against which its pairs of words are counted

The first three give an answer. The places in passages are most of the index and change the order
of the first results a little; they come after it with the bodies, and the answer is refined.

A small index has one piece of each kind, in two scripts: ``first``, and ``rest``. They are loaded
whatever is asked. Of a large one a question reads the head, the postings of its words, and the
sections that were found, each with its body. Of these the postings of the commonest words alone
grow with the handbook. The scripts lie in a folder that is named by the hash of them all;
`ENTRY_POINT`, the one name that a page knows, only tells which.

What repeats is packed by columns, each a string of its own, for gzip packs like beside like.
Numbers are packed into printable digits: see `number`. Same index, same bytes.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import shutil
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from operator import sub
from pathlib import Path
from typing import Any

from handbook.kept import Shelf, digest

from .index import Document, Index, Posting

ENTRY_POINT = "index.js"

# An index comes whole up to this size, and what is loaded tells nobody what was asked (bytes).
WHOLE = 768_000
# Terms that begin alike share a file up to this size, then are told apart by one more letter.
POSTINGS = 16_000
# The columns of postings.
POSTING = ("counts", "gaps", "impacts")
# About so many words come with the head, the commonest: most questions are asked in them, and to
# them a slip is corrected. A rarer one is known once its postings have come.
WORDS = 8_000
# Ten results come from ten places: each a small bite. So many sections share a file; the head would
# grow with the handbook if it had to say where each file begins.
RUN = 4
# A word that questions do without is searched where nothing else is left; its best will do.
STOP_SECTIONS = 500

# The digits are printable, and none needs an escape in JSON or in HTML.
DIGITS = "".join(chr(code) for code in range(35, 127) if chr(code) not in "<\\")
TOP = len(DIGITS) - 1
# Whole numbers are written to the base HALF, lowest digit first, all but the last HALF higher.
HALF = len(DIGITS) // 2

# `Index.halves` are kept in tenths.
TENTHS = 10
# Impacts are so many steps of their root: fine enough for small ones, and they pack well.
IMPACTS = 64
# Strengths of passages are steps on a logarithmic scale between these.
WEAKEST, STRONGEST = 0.01, 4.0


@cache
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


@cache
def root(impact: float) -> str:
    """An impact, between 0 and 1, as one digit."""
    return DIGITS[round(IMPACTS * math.sqrt(impact))]


def scaled(strength: float) -> str:
    """The strength of a passage as one digit."""
    return share(math.log(max(strength, WEAKEST) / WEAKEST) / math.log(STRONGEST / WEAKEST))


def level(count: int) -> int:
    """How common a term is, from the number of sections that hold it: half steps of log2."""
    return round(2 * math.log2(1 + count))


def held(index: Index, term: str) -> Sequence[Posting]:
    """The postings of a term that are kept, by ascending section."""
    found = index.postings.get(term, [])
    if term in index.dropped and len(found) > STOP_SECTIONS:
        return sorted(sorted(found, key=lambda posting: -posting.impact)[:STOP_SECTIONS])
    return found


def ordered(index: Index) -> list[str]:
    """The terms, the commonest first: so gaps and numbers of terms are small together.

    Those of one `level` are in the order in which the sorted vocabulary has them.
    """
    terms = dict.fromkeys(term for _word, term in sorted(index.vocabulary.items()))
    return sorted(
        filter(index.postings.get, terms), key=lambda term: -level(len(held(index, term)))
    )


def pack_postings(index: Index, terms: Iterable[str]) -> dict[str, str]:
    """How many sections hold each term; for each of them the gap from the last, and the impact."""
    return _joined(POSTING, [_postings(index, term) for term in terms])


def _postings(index: Index, term: str) -> tuple[str, str, str]:
    kept = held(index, term)
    numbers = [posting.section for posting in kept]
    gaps = map(number, map(sub, numbers, [0, *numbers]))
    impacts = [root(posting.impact) for posting in kept]
    return number(len(kept)), "".join(gaps), "".join(impacts)


def _joined(names: Iterable[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Rows of strings as one string a column."""
    return {name: "".join([row[place] for row in rows]) for place, name in enumerate(names)}


#: Of a term in a section: in how many passages it stands, and then of each of these the gap from
#: the one before, its strength, and how many words stand before the term.
Places = tuple[str, str, str, str]
PLACES = ("counts", "gaps", "strengths", "before")
NOWHERE: Places = (number(0), "", "", "")


def places_in(index: Index, section: int) -> list[Places]:
    """Where the terms of a section stand in it.

    How many words stand before is one digit, for nobody asks about the ninetieth of a sentence.
    """
    strengths = [scaled(strength) for strength in index.strengths(section)]
    found: list[Places] = []
    for places in index.cuts[section].places:
        passages, before = places[::2], places[1::2]
        found.append(
            (
                number(len(passages)),
                "".join(map(number, map(sub, passages, [0, *passages]))),
                "".join([strengths[passage] for passage in passages]),
                "".join([DIGITS[min(words, TOP)] for words in before]),
            )
        )
    return found


def places_of(index: Index, kept: Shelf) -> list[list[Places]]:
    """Where terms stand, section by section; worked out where a section, or how rare one of its
    terms is, has changed.
    """
    holding = {term: str(index.holding(term)) for term in index.postings}
    found = []
    for place, (section, cut) in enumerate(zip(index.sections, index.cuts, strict=True)):
        rare = " ".join(map(holding.__getitem__, cut.terms))
        key = digest(cut.key, str(section.weight), str(len(index.sections)), rare)
        known = kept.get(key)
        if known is None:
            columns = [" ".join(column) for column in zip(*places_in(index, place), strict=True)]
            known = "\n".join(columns).encode()
            kept.put(key, known)
        columns = known.decode().split("\n")
        found.append(list(zip(*(column.split(" ") for column in columns), strict=True)))
    return found


def pack_places(
    index: Index, terms: Iterable[str], places: Sequence[Sequence[Places]]
) -> dict[str, str]:
    """For each section of each term in how many passages it stands, and where.

    :param places: as `places_of` has them.
    """
    rows = [
        NOWHERE if term in index.dropped or own is None else places[section][own]
        for term in terms
        for section, _impact, own in held(index, term)
    ]
    return _joined(PLACES, rows)


def pack_passages(index: Index, terms: Sequence[str]) -> dict[str, str]:
    """The same of a whole index, by section: each passage as the numbers of its terms.

    That is two thirds of what the places of each term are. A word that stands in a passage a
    second time, or of which no places are kept, is the number after the last.
    """
    strengths = [index.strengths(section) for section in range(len(index.sections))]
    nothing = number(len(terms))
    digits = {
        term: nothing if term in index.dropped else number(place)
        for place, term in enumerate(terms)
    }
    packed: list[str] = []
    lengths: list[str] = []
    for cut in index.cuts:
        own = [*map(digits.__getitem__, cut.terms), nothing]  # the last is that of `AGAIN`
        for said in cut.said:
            length = len(said)
            while length and own[said[length - 1]] == nothing:
                length -= 1
            lengths.append(number(length))
            packed += map(own.__getitem__, said[:length])
    return {
        "passages": "".join(number(len(section)) for section in strengths),
        "lengths": "".join(lengths),
        "strengths": "".join(map(scaled, itertools.chain.from_iterable(strengths))),
        "terms": "".join(packed),
    }


def alike(one: str, other: str) -> int:
    """With how many same letters two words begin."""
    same = 0
    for letter, beside in zip(one, other, strict=False):
        if letter != beside:
            break
        same += 1
    return same


def fronts(words: Iterable[str]) -> tuple[str, str]:
    """Words, sorted: digits for the letters that each shares with the one before, and the rests."""
    shared, rests = "", []
    before = ""
    for word in sorted(words):
        common = alike(word[:TOP], before)
        shared += DIGITS[common]
        rests.append(word[common:])
        before = word
    return shared, " ".join(rests)


@dataclass(frozen=True)
class Words:
    """How the words of an index are packed: those of the head, and those that come with postings.

    Terms are words without their ends, nearly all: an ending is how many letters go, and what
    comes instead. The commonest has the smallest number; a word that no section has, but that is
    spelled right all the same, has the number after the last.
    """

    index: Index
    endings: Mapping[tuple[int, str], str]

    @classmethod
    def of(cls, index: Index) -> Words:
        """Number the endings."""
        counted = Counter(itertools.starmap(_ending, index.vocabulary.items()))
        endings = sorted(counted, key=lambda end: (-counted[end], end))
        return cls(index, {end: number(place) for place, end in enumerate(endings)})

    def pack(self, words: Iterable[str]) -> dict[str, str]:
        """Words, how each becomes its term, and the `level` of each term."""
        vocabulary = self.index.vocabulary
        ordered = sorted(words)
        shared, rests = fronts(ordered)
        none = number(len(self.endings))
        made = [
            self.endings[_ending(word, vocabulary[word])] if word in vocabulary else none
            for word in ordered
        ]
        terms = dict.fromkeys(vocabulary[word] for word in ordered if word in vocabulary)
        levels = [DIGITS[level(len(held(self.index, term)))] for term in terms]
        return {
            "shared": shared,
            "rests": rests,
            "made": "".join(made),
            "levels": "".join(levels),
        }


def _ending(word: str, term: str) -> tuple[int, str]:
    same = len(term) if word.startswith(term) else alike(word, term)
    return len(word) - same, term[same:]


def first_terms(index: Index, terms: Iterable[str], most: int) -> set[str]:
    """The terms whose words come with the head: the commonest, those of stop words and of danger.

    :param terms: the commonest first.
    :param most: about how many words there may be.
    """
    always = {*index.known, *index.language.stop} & index.vocabulary.keys()
    found = {index.vocabulary[word] for word in always}
    words = Counter(index.vocabulary.values())
    room = most - sum(words[term] for term in found)
    for term in terms:
        if room <= 0:
            break
        if term not in found:
            found.add(term)
            room -= words[term]
    return found


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
    :param kept: what was packed before, of the same code.
    """
    index = replace(index, postings={term: held(index, term) for term in index.postings})
    terms = ordered(index)
    texts = [record(section) for section in index.sections]
    rows = {term: _postings(index, term) for term in terms}
    weights = {term: sum(map(len, row)) for term, row in rows.items()}
    sizes = [_size(_js(text)) for text in texts]
    first = sum(weights.values()) + sum(sizes)
    passages = pack_passages(index, terms) if first <= WHOLE else {}
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
        "endings": list(words.endings),
        "vocabulary": words.pack(at_once),
        "beginnings": _joined(("shared", "rests"), [fronts(groups)]),
        "run": run,
        **site,
    }
    found: dict[str, Any] = {"head": head}
    place_of = {term: place for place, group in enumerate(groups.values()) for term in group}
    members: list[list[str]] = [[] for _ in groups]
    for term in sorted(terms, key=lambda term: term not in common):  # as the browser meets them
        members[place_of[term]].append(term)
    places = [] if small else places_of(index, kept or Shelf())
    for place, group in enumerate(members):
        found[f"p{place}"] = _joined(POSTING, [rows[term] for term in group])
        if not small:
            found[f"p{place}"]["words"] = words.pack(later[place])
        found[f"q{place}"] = passages if small else pack_places(index, group, places)
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


def files(pieces: Mapping[str, Any], code: Iterable[str]) -> dict[str, str]:
    """Scripts by their paths; `ENTRY_POINT` names the folder of the others and the ``code``."""
    whole = len(pieces) <= 6
    scripts: dict[str, str] = defaultdict(str)
    for name, value in pieces.items():
        home = name.replace("b", "t")
        if whole:
            home = "rest" if name[0] in "qbl" else "first"
        scripts[home] += script({name: value})
    folder = hashlib.sha256("".join(scripts.values()).encode()).hexdigest()[:10]
    entry = {"code": list(code), "folder": folder, "whole": whole}
    return {
        **{f"{folder}/{name}.js": text for name, text in scripts.items()},
        ENTRY_POINT: script({"entry": entry}),
    }


def write(files: Mapping[str, str], folder: Path, beside: Collection[str] = ()) -> None:
    """Write scripts below a folder that is there, and remove those of before.

    Most of a large index is as it was, under a new name.

    :param beside: names of files in the folder that are none of the index's.
    """
    new = next(name for name in files if "/" in name).partition("/")[0]
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


def _size(text: str) -> int:
    return len(text.encode())


def _js(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # "</script" would end an inline script.
    return text.replace("<", "\\u003c")
