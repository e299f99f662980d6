"""The model that hears danger: what it weighs, what it says, and where it comes from."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from handbook.search import alert, listener, network
from handbook.search.buckets import bucket
from handbook.search.english import english
from handbook.search.text import tokens

ROOT = Path(__file__).parents[1]
SEARCH = ROOT / "handbook" / "search"
TERM = english().stemmer()
PATTERNS = alert.parse((SEARCH / "harm.txt").read_text(encoding="utf-8"), TERM)
KINDS = listener.kinds((SEARCH / "kinds.txt").read_text(encoding="utf-8"), TERM)
NETWORK = network.read((SEARCH / "network.txt").read_text(encoding="utf-8"))
TABLE = listener.read((SEARCH / "listener.txt").read_text(encoding="utf-8"), NETWORK)
NOTHING = network.Network({}, [], 1, 0)
# What may go with the first answer (kB): weights, network and levels, packed as a server does.
MOST = 26

ORDINARY = (
    "we have been married for eleven years and have two children and a dog, he works in a bank and"
    " I work in a school, on sundays we go for a walk by the lake and then we have lunch "
)


def signs(terms: Sequence[str]) -> list[str]:
    return alert.signs(PATTERNS, terms)


def heard(text: str) -> listener.Heard:
    return listener.heard([TERM(word) for word in tokens(text)], KINDS, signs, TABLE)


def weighs(weight: float, patient: float | None = None) -> listener.Heard:
    return listener.Heard(weight, weight if patient is None else patient, "abuse", {})


def level(text: str) -> str | None:
    return listener.level(heard(text), signs([TERM(word) for word in tokens(text)]), TABLE)


@pytest.fixture(scope="module")
def teacher() -> ModuleType:
    spec = importlib.util.spec_from_file_location("teacher", ROOT / "tools" / "listener.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["teacher"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(teacher: ModuleType) -> list[Any]:
    """What it learned from."""
    found: list[Any] = teacher.texts()
    return found


def test_a_stretch_is_its_words_their_kinds_and_the_pairs_of_both() -> None:
    kinds = listener.kinds("[he]\nhe she\n[hit]\nslap kick\n", TERM)
    assert listener.features(["he", "slap", "me"], kinds, ["abuse!"]) == {
        *("he", "slap", "me", "HE", "HIT", "^he", "abuse!"),
        *("HE HIT", "HIT me", "HE me"),
        *("he slap", "slap me"),
    }


def test_words_of_one_kind_weigh_alike() -> None:
    kinds = listener.kinds("[hit]\nslap kick\n", TERM)
    table = listener.Table(9, 5, 8, 0, (0, 0, 0), {bucket("HIT"): (12, 0, 0)}, NOTHING)
    weights = [
        listener.heard([word], kinds, lambda _: [], table).weight for word in ("slap", "kick")
    ]
    assert weights[0] == weights[1] > 0


def small(*filters: tuple[int, ...]) -> network.Network:
    """Two words that are alike and one that is the opposite."""
    vectors = {"lock": (2, 0, 0), "bolt": (2, 0, 0), "open": (-2, 0, 0), "door": (0, 3, 0)}
    return network.Network({bucket(word): v for word, v in vectors.items()}, filters, 1, 0)


# Looks for a word like "lock" with one like "door" two words later.
ROW = (1, 0, 0, 0, 1, 0, 0, *[0] * 6, 0, 1, 0)


def test_words_that_are_alike_count_alike_in_a_row() -> None:
    net = small((5, -4, *ROW[1:]))
    for first, worth in (("lock", 5), ("bolt", 5), ("open", 0)):
        rows = network.counted([first, "my", "own", "door"], net)
        assert network.total(rows) == worth, first
    assert network.total(network.counted(["door", "my", "own", "lock"], net)) == 0


def test_the_best_row_counts_and_is_named() -> None:
    terms = ["so", "he", "lock", "my", "own", "door", "again", "today"]
    [(row, count)] = network.counted(terms, small((2, 0, *ROW[1:])))
    assert (row, count) == ("he lock my own door", 10)


def test_a_filter_that_nothing_fits_counts_nothing() -> None:
    net = small((2, -100, *ROW[1:]), (-3, -100, *ROW[1:]))
    assert network.total(network.counted(["lock", "door"], net)) == 0
    assert network.total(network.counted([], net)) == 0


def test_what_the_network_counts_goes_into_the_weight() -> None:
    net = network.Network(small().vectors, [(8, -4, *ROW[1:])], 2, 0)
    table = listener.Table(9, 5, 8, 0, (1, 0, 0), {}, net)
    found = listener.heard(["bolt", "the", "old", "door"], {}, lambda _: [], table)
    assert found.weight == 1 + 8 * 1 / 2
    assert found.reasons["bolt the old door"] == 4


def test_a_word_that_is_in_no_table_weighs_nothing() -> None:
    table = listener.Table(9, 5, 8, 0, (7, 0, 0), {bucket("slap"): (12, 0, 0)}, NOTHING)
    assert listener.heard(["lamp"], {}, lambda _: [], table).weight == 7


@pytest.mark.parametrize(
    ("weight", "sign", "said"),
    [
        *((12, "-", "sure"), (6, "-", "perhaps"), (4, "-", None)),
        *((4, "!", "sure"), (-4, "!", "perhaps")),
        *((8, "?", "sure"), (4, "?", "perhaps"), (-4, "?", None)),
    ],
)
def test_two_levels(weight: float, sign: str, said: str | None) -> None:
    table = listener.Table(10, 5, 8, 0, (0, 0, 0), {}, NOTHING)
    assert listener.level(weighs(weight), [f"abuse{sign}"], table) == said


def test_a_long_story_has_to_weigh_more_where_no_pattern_stands() -> None:
    """Of many stretches one sounds grave by chance; a pattern does not stand there by chance."""
    once, often = (heard(ORDINARY * times + "he snapped my glasses") for times in (1, 8))
    assert once.weight == often.weight
    assert once.patient - often.patient == pytest.approx(listener.DOUBLED * 3, abs=3)
    table = listener.Table(10, 5, 8, 0, (0, 0, 0), {}, NOTHING)
    assert listener.level(weighs(12, patient=4), [], table) is None
    assert listener.level(weighs(12, patient=4), ["abuse!"], table) == "sure"


@pytest.mark.parametrize(
    ("text", "group", "because"),
    [
        ("he hit me last night", "abuse", "HIT"),
        ("I want to die", "despair", "DIE"),
        ("how do I stop hitting my wife", "hurting", "hurting!"),
        ("I give in because he won't let me sleep", "abuse", "ALLOW"),
    ],
)
def test_why_a_question_is_heard(text: str, group: str, because: str) -> None:
    found = heard(text)
    most = sorted(found.reasons, key=lambda each: -found.reasons[each])[:12]
    assert found.weight >= TABLE.perhaps
    assert (found.group, because in most) == (group, True), most


@pytest.mark.parametrize(
    "text",
    [
        "he pushed me into the wall",
        "he hurt me when I said no",
        "I'm terrified of him finding me",
        "I lie still and wait for it to be over, he never takes no for an answer",
        "my parents are forcing me to marry my cousin",
        "my stepdad hits me with his belt",
        "her carer slaps her and hides her pension",
        "I cut my arms when we fight",
        "he snapped my glasses and stands in front of the door",
        "How can I beat up my spouse?",
    ],
)
def test_one_clause_of_a_long_story_is_heard(text: str) -> None:
    assert level(text) == "sure"
    assert level(ORDINARY + text)
    assert level(f"{text} {ORDINARY}")


@pytest.mark.parametrize(
    "text",
    [
        "how do I kill a python process",
        "best way to shoot a portrait",
        "how to beat egg whites stiff",
        "my daughter beats me at chess",
        "the suspense is killing me",
        "we hit it off again",
        ORDINARY,
    ],
)
def test_words_that_only_sound_alike_are_left_in_peace(text: str) -> None:
    assert level(text) is None


@pytest.mark.parametrize(
    "text", ["my nan's abuse years ago", "essay on abuse", "suicide statistics"]
)
def test_a_topic_and_what_is_long_over_are_never_sure(text: str) -> None:
    assert level(text) != "sure"


def test_the_weights_are_what_their_sentences_teach(teacher: ModuleType, texts: list[Any]) -> None:
    made = teacher.written(*teacher.table(*teacher.train(texts)), teacher.names(texts))
    assert made == (SEARCH / "listener.txt").read_text(encoding="utf-8"), "say `make listener`"


def test_the_network_is_of_the_sentences_that_are_there(
    teacher: ModuleType, texts: list[Any]
) -> None:
    """To learn again would give other last digits on another processor."""
    text = (SEARCH / "network.txt").read_text(encoding="utf-8")
    assert f"# {teacher.ORIGIN}{teacher.digest(texts)}\n" in text, "say `make listener`"


def test_every_sentence_teaches_one_thing(texts: list[Any]) -> None:
    said = [each.text.lower() for each in texts]
    assert sorted(said) == sorted(set(said))


def test_the_table_is_small() -> None:
    packed = json.dumps(listener.packed(TABLE, KINDS), separators=(",", ":"))
    assert len(gzip.compress(packed.encode(), mtime=0)) < 1000 * MOST
