"""The scripts that hold the index: packed numbers, shards, runs, names."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handbook.search import index as indexing
from handbook.search import store
from handbook.search.english import english
from handbook.search.index import Document, Index, build
from handbook.search.packed import digits, postings
from handbook.search.packed.postings import Row


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
    packed = digits.number(value)
    worths = [digits.DIGITS.index(digit) for digit in packed]
    assert all(worth >= digits.HALF for worth in worths[:-1])
    assert worths[-1] < digits.HALF
    assert list(digits.numbers(packed.encode() * 2)) == [value, value]


def test_digits_need_no_escape_in_json_or_html() -> None:
    assert json.dumps(digits.DIGITS) == f'"{digits.DIGITS}"'
    assert not set("<&>\\\"'") & set(digits.DIGITS) - set("&>'")


def test_a_small_index_is_what_comes_first_and_the_rest_beside_the_entry() -> None:
    files = store.files(store.pieces(index(), {}), ["code.js"])
    assert len(files) == 3
    entry = taken(files[store.ENTRY_POINT])["entry"]
    assert entry["whole"]
    assert entry["ahead"] == 0
    assert entry["code"] == ["code.js"]
    assert taken(files[f"{entry['folder']}/first.js"]).keys() == {"head", "p0", "t0"}
    assert taken(files[f"{entry['folder']}/rest.js"]).keys() == {"q0", "b0", "l0"}


def sized(postings: tuple[int, ...], texts: tuple[int, ...]) -> tuple[Index, dict[str, Row]]:
    """An index whose texts have so many bytes, and the postings of terms that have so many."""
    nothing = store.record(Document("", "", ""))
    bare = len(json.dumps(nothing, separators=(",", ":")))
    terms = "abcdefgh"[: len(postings)]
    sections = [Document("x" * (size - bare), "", "") for size in texts]
    index = replace(
        build(sections, english()),
        vocabulary={term: term for term in terms},
        holding=dict.fromkeys(terms, 1),
    )
    # Of three digits how many, and for each a gap, none, and the impact.
    counts = [(size - 3) // 2 for size in postings]
    rows = [Row(bytearray(b"#" * count), bytearray(b"$" * count)) for count in counts]
    return index, dict(zip(terms, rows, strict=True))


@pytest.mark.parametrize(
    ("postings", "texts", "names"),
    [
        # Up to 768,000 bytes an index comes whole, with three for each text: one passage, its
        # length and its strength; above that each piece is a file.
        ((10_001, 9_999), (741_982, *[1_200] * 5), "head p0 q0 t0 b0 l0"),
        ((10_001, 9_999), (741_983, *[1_200] * 5), "head p0 q0 p1 q1 t0 b0 t1 b1 l0"),
        # Postings share a file up to 16,000 bytes, texts of four sections.
        ((8_001, 7_999), (800_000, *[900] * 3), "head p0 q0 t0 b0 l0"),
        ((8_001, 8_001), (800_000, *[900] * 4), "head p0 q0 p1 q1 t0 b0 t1 b1 l0"),
    ],
)
def test_what_shares_a_file(
    monkeypatch: pytest.MonkeyPatch, postings: tuple[int, ...], texts: tuple[int, ...], names: str
) -> None:
    index, rows = sized(postings, texts)
    monkeypatch.setattr(store, "postings", lambda *_: rows)
    assert list(store.pieces(index, {})) == names.split()


def test_the_places_in_passages_count_as_the_rest_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are most of an index that comes whole."""
    texts = sum(len(store._js(store.record(section)).encode()) for section in index().sections)
    packed = store.pieces(index(), {})
    columns = [*packed["p0"].values(), *packed["q0"].values()]
    size = texts + sum(len("".join(column)) for column in columns)
    monkeypatch.setattr(store, "WHOLE", size)
    assert "lengths" in store.pieces(index(), {})["q0"]
    monkeypatch.setattr(store, "WHOLE", size - 1)
    assert "lengths" not in store.pieces(index(), {})["q0"]


def test_a_large_index_is_cut_and_every_piece_has_its_home(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "WHOLE", 0)
    monkeypatch.setattr(store, "POSTINGS", 100)
    monkeypatch.setattr(store, "RUN", 3)
    pieces = store.pieces(index(40), {})
    files = store.files(pieces, [])
    entry = taken(files[store.ENTRY_POINT])["entry"]
    assert len(pieces) > 10
    assert not entry["whole"]
    for name in pieces:
        brings = {name, name.replace("b", "t"), name.replace("t", "b")} & pieces.keys()
        home = name.replace("b", "t")
        assert taken(files[f"{entry['folder']}/{home}.js"]).keys() == brings
    assert sum(len(piece) for name, piece in pieces.items() if name[0] == "t") == 40


def test_what_is_read_ahead_are_all_titles_and_the_largest_postings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = {"head": 500, "p0": 10, "q0": 90, "p1": 30, "p2": 20, "t0": 10, "b0": 90, "t1": 10}
    scripts = {name: "x" * size for name, size in sizes.items()}
    monkeypatch.setattr(store, "PACKED", {"t": 1.0, "p": 1.0})
    monkeypatch.setattr(store, "BUNDLE", 25)
    monkeypatch.setattr(store, "AHEAD", 79)
    assert store.ahead(scripts) == [["t0", "t1"], ["p1"], ["p2"]]
    monkeypatch.setattr(store, "AHEAD", 19)  # too little for the titles
    assert store.ahead(scripts) == []


def test_scripts_that_are_read_ahead_bring_pieces_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "WHOLE", 0)
    monkeypatch.setattr(store, "BUNDLE", 500)
    pieces = store.pieces(index(40), {})
    files = store.files(pieces, [])
    entry = taken(files[store.ENTRY_POINT])["entry"]
    ahead = [taken(files[f"{entry['folder']}/a{n}.js"]) for n in range(entry["ahead"])]
    assert len(ahead) > 1
    assert {name[0] for brought in ahead for name in brought} == {"t", "p"}
    for brought in ahead:
        assert brought == {name: pieces[name] for name in brought}


def test_what_every_question_reads_does_not_grow_with_a_large_index(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "WHOLE", 0)
    monkeypatch.setattr(store, "WORDS", 100)

    def size(count: int) -> int:
        sections = [
            Document(
                f"a{n}/b.html", f"Space {n}", "A", body=(f"Word{n} and{n}.",), article=f"On {n}"
            )
            for n in range(count)
        ]
        return len(store.script({"head": store.pieces(build(sections, english()), {})["head"]}))

    assert size(400) < 1.02 * size(100)


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


def test_a_dropped_word_keeps_its_best_sections_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "SMALL", 0)
    monkeypatch.setattr(postings, "STOP_SECTIONS", 1)
    found = build([Document("a", "", "", body=("it is",)), Document("b", "it", "")], english())
    best = found.postings(found.segments[0])[found.segments[0].terms.index("it")][1]
    rows = postings.postings(found)
    postings.add_places(found, rows)
    one, nowhere = digits.number(1), digits.number(0)
    assert rows["it"].postings == (one, one, digits.root(best.impact))
    assert rows["it"].places == [nowhere, "", "", ""]


def test_a_dropped_word_keeps_its_five_hundred_best_sections() -> None:
    """Those with its title alone are behind those that are full of it."""
    sections = [Document(str(n), "it" if n % 2 else "it it is", "") for n in range(1002)]
    found = postings.postings(build(sections, english()))["it"]
    assert len(found.impacts) == 500
    assert set(digits.numbers(found.gaps[1:])) == {2}


def test_the_vocabulary_tells_the_term_of_each_word_and_how_common_it_is() -> None:
    texts = ["happy", "happiness stays", "stays"]
    language = replace(english(), stop=frozenset({"so"}), spelled=frozenset({"rude"}))
    found = build(
        [Document(str(number), text, "") for number, text in enumerate(texts)],
        language,
        known=["unhappy"],
    )
    head = store.pieces(found, {})["head"]
    packed = head["vocabulary"]
    words, marks = unfolded(packed)
    assert words == ["happiness", "happy", "rude", "so", "stays", "unhappy"]
    ends = [head["endings"].get(mark) for mark in marks]
    terms = [
        end and word[: len(word) - end[0]] + end[1] for word, end in zip(words, ends, strict=True)
    ]
    assert terms == ["happi", "happi", None, None, "stay", "unhappi"]
    assert packed["levels"] == "".join(digits.DIGITS[digits.level(count)] for count in (2, 2, 0))


def test_a_level_is_a_half_step_of_the_logarithm() -> None:
    assert [digits.level(count) for count in (0, 1, 2, 3, 7, 8, 1023)] == [0, 2, 3, 4, 6, 6, 20]


def test_the_commonest_terms_have_the_smallest_numbers_and_share_gaps() -> None:
    texts = ["ab cd", "cd ef", "cd ef"]
    found = build([Document(str(n), text, "") for n, text in enumerate(texts)], english())
    assert postings.ordered(found) == ["cd", "ef", "ab"]
    rows = postings.postings(found)
    gaps = [rows[term].gaps.decode() for term in ("cd", "ef", "ab")]
    assert gaps == ["".join(map(digits.number, each)) for each in ((0, 1, 1), (1, 1), (0,))]


def test_a_passage_is_the_numbers_of_its_terms_and_what_is_there_twice_is_none() -> None:
    found = build([Document("a", "cd ab cd ab ef", "", body=("ef",))], english())
    packed = postings.packed_passages(found, ["ab", "cd", "ef"])
    assert packed["passages"] == digits.number(2)
    assert packed["lengths"] == digits.number(5) + digits.number(1)
    assert packed["terms"] == "".join(map(digits.number, (1, 0, 3, 3, 2, 2)))


def unfolded(packed: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The words of which each tells how many letters it shares with the one before, and marks."""
    words = [""]
    rests = re.findall("([^A-Z]+)([A-Z]+)", packed["rests"])
    for shared, (rest, _mark) in zip(packed["shared"], rests, strict=True):
        words.append(words[-1][: digits.DIGITS.index(shared)] + rest)
    return words[1:], [mark for _rest, mark in rests]


def test_a_small_index_has_its_impacts_by_section() -> None:
    texts = ["ab cd", "cd", "ab ab"]
    found = build([Document(str(n), text, "") for n, text in enumerate(texts)], english())
    rows = [postings.postings(found)[term] for term in ("ab", "cd")]
    (of_ab, twice), (of_cd, of_other) = (row.impacts.decode() for row in rows)
    assert postings.impacts_by_section(found, rows) == [of_ab + of_cd, of_other, twice]


def test_names_are_the_hash_of_the_content() -> None:
    one = store.files(store.pieces(index(3), {}), [])
    other = store.files(store.pieces(index(4), {}), [])
    assert set(one) & set(other) == {store.ENTRY_POINT}


def test_what_is_as_it_was_is_not_written_again_and_what_is_gone_goes(tmp_path: Path) -> None:
    store.write({"one/a.js": "a", "one/b.js": "b", "one/c.js": "c", "index.js": "one"}, tmp_path)
    (tmp_path / "own.js").write_text("not of the index")
    (tmp_path / "older").mkdir()
    same = (tmp_path / "one" / "a.js").stat()
    new = {"two/a.js": "a", "two/b.js": "another", "index.js": "two"}
    store.write(new, tmp_path, beside=["own.js"])
    found = {p.relative_to(tmp_path).as_posix(): p for p in tmp_path.rglob("*") if p.is_file()}
    assert {name: path.read_text() for name, path in found.items()} == {
        **new,
        "own.js": "not of the index",
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.js", "own.js", "two"]
    assert (found["two/a.js"].stat().st_ino, found["two/a.js"].stat().st_mtime_ns) == (
        same.st_ino,
        same.st_mtime_ns,
    )


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
