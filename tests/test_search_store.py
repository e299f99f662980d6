"""The scripts that hold the index: packed numbers, shards, runs, names."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from handbook.search import index as indexing
from handbook.search import store
from handbook.search.english import english
from handbook.search.index import Document, Index, build


def index(count: int = 3) -> Index:
    return build(
        [
            Document(f"a.html#s{n}", f"Space {n}", "A", "tips", ("leave him",), (f"Word{n} <b>.",))
            for n in range(count)
        ],
        english(),
    )


def taken(script: str) -> dict[str, Any]:
    """What a script hands over, read as the browser would."""
    calls = re.findall(r"^handbook\.take\((.*)\);$", script, re.M)
    return dict(json.loads(f"[{call}]") for call in calls)


@pytest.mark.parametrize("value", [0, 1, 44, 45, 2024, 2025, 91_124, 91_125, 10**9])
def test_numbers_come_back(value: int) -> None:
    packed = store.number(value)
    digits = [store.DIGITS.index(digit) for digit in packed]
    assert all(digit >= store.HALF for digit in digits[:-1])
    assert digits[-1] < store.HALF
    assert sum(d % store.HALF * store.HALF**n for n, d in enumerate(digits)) == value


def test_digits_need_no_escape_in_json_or_html() -> None:
    assert json.dumps(store.DIGITS) == f'"{store.DIGITS}"'
    assert not set("<&>\\\"'") & set(store.DIGITS) - set("&>'")


def test_a_small_index_is_one_file_beside_the_entry() -> None:
    files = store.files(store.pieces(index(), {}), ["code.js"])
    assert len(files) == 2
    entry = taken(files[store.ENTRY_POINT])["entry"]
    assert entry["whole"]
    assert entry["code"] == ["code.js"]
    assert taken(files[f"{entry['folder']}/whole.js"]).keys() == {"head", "p0", "t0"}


def sized(postings: tuple[int, ...], texts: tuple[int, ...]) -> Index:
    """An index whose postings, each of a term of its own, and texts have so many bytes."""
    nothing = store.record(Document("", "", ""))
    bare = len(json.dumps(nothing, separators=(",", ":")))
    return replace(
        build([], english()),
        postings={letter * (size - 7): [] for letter, size in zip("abc", postings, strict=False)},
        sections=tuple(Document("", "x" * (size - bare), "") for size in texts),
    )


@pytest.mark.parametrize(
    ("postings", "texts", "names"),
    [
        # Up to 768,000 bytes an index is one file; above that each piece is one.
        ((66_000, 66_000), (624_000, 12_000), {"head", "p0", "t0"}),
        ((66_000, 66_000), (624_000, 12_001), {"head", "p0", "p1", "t0", "t1"}),
        # Postings share a file up to 64,000 bytes, texts up to 12,000.
        ((32_000, 32_000), (800_000, 6_000, 6_000), {"head", "p0", "t0", "t1"}),
        ((32_000, 32_001), (800_000, 6_000, 6_001), {"head", "p0", "p1", "t0", "t1", "t2"}),
    ],
)
def test_what_shares_a_file(
    postings: tuple[int, ...], texts: tuple[int, ...], names: set[str]
) -> None:
    assert store.pieces(sized(postings, texts), {}).keys() == names


def test_a_large_index_is_cut_and_every_piece_has_its_home(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "ONE_FILE", 0)
    monkeypatch.setattr(store, "POSTINGS", 200)
    monkeypatch.setattr(store, "TEXTS", 300)
    pieces = store.pieces(index(40), {})
    files = store.files(pieces, [])
    entry = taken(files[store.ENTRY_POINT])["entry"]
    assert len(pieces) > 10
    assert not entry["whole"]
    for name in pieces:
        assert taken(files[f"{entry['folder']}/{name}.js"]).keys() == {name}
    assert sum(len(piece) for name, piece in pieces.items() if name[0] == "t") == 40


def test_shards_begin_with_two_letters_and_split_where_they_are_too_large() -> None:
    sizes = {"he": 5, "help": 60, "hell": 60, "him": 5, "a": 5}
    assert store.shards(sizes, 1000) == {"": ["a", "he", "hell", "help", "him"]}
    assert store.shards(sizes, 100) == {
        "a": ["a"],
        "he": ["he"],
        "hell": ["hell"],
        "help": ["help"],
        "hi": ["him"],
    }


def test_one_term_that_is_too_large_stays_whole() -> None:
    assert store.shards({"husband": 500}, 100) == {"": ["husband"]}


def test_runs_end_before_they_grow_over_the_limit() -> None:
    assert store.runs([60, 60, 30, 200, 10], 100) == [0, 1, 3, 4]


def test_a_dropped_word_keeps_its_best_sections_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "SMALL", 0)
    monkeypatch.setattr(store, "STOP_SECTIONS", 1)
    found = build([Document("a", "", "", body=("it is",)), Document("b", "it", "")], english())
    assert store.pack_postings(found, "it") == (
        store.number(1) + store.number(1) + store.share(found.postings["it"][1].impact) + "#"
    )


def test_a_dropped_word_keeps_five_hundred_sections() -> None:
    found = build([Document(str(number), "it", "") for number in range(501)], english())
    assert store.pack_postings(found, "it").startswith(store.number(500))


def test_a_word_of_the_vocabulary_tells_how_many_sections_have_it() -> None:
    """The first digit is for shared letters, the second for log2(1 + sections) of 20."""
    texts = ["ab cd", "cd", "cd"]
    found = build(
        [Document(str(number), text, "") for number, text in enumerate(texts)],
        english(),
        known=["ef"],
    )
    none, one, three = (store.DIGITS[round(store.TOP * log / 20)] for log in (0, 1, 2))
    same = store.DIGITS[0]
    assert store.pack_vocabulary(found) == f"{same}{one}ab {same}{three}cd {same}{none}ef"


def test_names_are_the_hash_of_the_content() -> None:
    one = store.files(store.pieces(index(3), {}), [])
    other = store.files(store.pieces(index(4), {}), [])
    assert set(one) & set(other) == {store.ENTRY_POINT}


def test_a_script_may_stand_inside_a_page() -> None:
    assert "<" not in store.script(store.pieces(index(), {"note": "</script><!--"}))


def test_same_sections_make_the_same_bytes_whatever_the_hash_seed() -> None:
    program = """if True:
        from handbook.search import store
        from handbook.search.index import Document, build
        from handbook.search.english import english
        body = ("He left me in spring.", "Nobody knows why he keeps the house and the dog.")
        sections = [Document(str(n), "Why he left", "p", "", ("why",), body) for n in range(9)]
        print(sorted(store.files(store.pieces(build(sections, english()), {}), [])))
    """
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
