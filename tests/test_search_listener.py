"""The model that hears danger: what it weighs, what it says, and where it comes from."""

from __future__ import annotations

import gzip
import importlib.util
import json
import runpy
import sys
from collections.abc import Mapping, Sequence
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
NOTHING = network.Network({}, [[]] * network.PARTS, [], (0, 0, 0), 1)
# What may go with the first answer, and after it (kB), packed as a server does.
AT_ONCE, LATER = 24, 18

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
    terms = [TERM(word) for word in tokens(text)]
    return listener.level(heard(text), signs(terms), TABLE.levels)


def of(weights: Mapping[str, int], net: network.Network = NOTHING) -> listener.Table:
    """A table with these weights."""
    levels = listener.Levels(10, 5, 8, 0)
    return listener.Table(levels, levels, {bucket(name): w for name, w in weights.items()}, net)


@pytest.fixture(scope="module")
def lessons() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lessons", ROOT / "tools" / "listener.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["lessons"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(lessons: ModuleType) -> list[Any]:
    """What it learned from."""
    found: list[Any] = lessons.texts()
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
    weights = [
        listener.heard([word], kinds, lambda _: [], of({"HIT": 12})).weight
        for word in ("slap", "kick")
    ]
    assert weights[0] == weights[1] > 0


# Words that are alike have the same part; the others are nothing in it.
WORDS = {"lock": (1, 0), "bolt": (1, 0), "open": (2, 0), "door": (0, 1)}
NOWHERE = (0,) * network.PART
CODES = [
    [NOWHERE, (2, *NOWHERE[1:]), (-2, *NOWHERE[1:])],
    [NOWHERE, (*NOWHERE[1:], 3)],
    *([NOWHERE] for _ in range(network.PARTS - 2)),
]
NO_WORD = NOWHERE * network.PARTS
# Looks for a word like "lock" with one like "door" three words later.
LOCK = (1, *NO_WORD[1:])
DOOR = (*NOWHERE, *NOWHERE[1:], 1, *NOWHERE * (network.PARTS - 2))
ROW = (*NO_WORD, *LOCK, *NO_WORD * 2, *DOOR)


def small(*filters: tuple[int, int]) -> network.Network:
    """A network whose filters count so much, and begin with so much."""
    words = {bucket(word): codes + (0,) * (network.PARTS - 2) for word, codes in WORDS.items()}
    found = [network.Filter((worth, 0, worth), least, ROW) for worth, least in filters]
    return network.Network(words, CODES, found, (2, 0, 0), 2)


def fits(terms: Sequence[str], net: network.Network) -> list[int]:
    return [fit for _row, fit in network.best_rows(terms, net)]


def test_words_that_are_alike_count_alike_in_a_row() -> None:
    for first, fit in (("lock", 1), ("bolt", 1), ("open", 0)):
        assert fits([first, "my", "own", "door"], small((5, -4))) == [fit], first
    assert fits(["door", "my", "own", "lock"], small((5, -4))) == [0]


def test_the_best_row_counts_and_is_named() -> None:
    terms = ["so", "he", "lock", "my", "own", "door", "again", "today"]
    assert network.best_rows(terms, small((2, 0))) == [("he lock my own door", 5)]


def test_a_filter_that_nothing_fits_counts_nothing() -> None:
    net = small((2, -100), (-3, -100))
    assert fits(["lock", "door"], net) == fits([], net) == [0, 0]


def test_what_the_network_counts_goes_into_the_weight_and_the_group() -> None:
    found = listener.heard(["bolt", "the", "old", "door"], {}, lambda _: [], of({}, small((8, -4))))
    assert found.weight == 1 + 8 * 1 / 2
    assert found.reasons["bolt the old door"] == 4
    assert found.group == "hurting"


def test_a_word_that_is_in_no_table_weighs_nothing() -> None:
    assert listener.heard(["lamp"], {}, lambda _: [], of({"slap": 12}, small())).weight == 1


@pytest.mark.parametrize(
    ("weight", "sign", "said"),
    [
        *((12, "-", "sure"), (6, "-", "perhaps"), (4, "-", None)),
        *((4, "!", "sure"), (-4, "!", "perhaps")),
        *((8, "?", "sure"), (4, "?", "perhaps"), (-4, "?", None)),
    ],
)
def test_two_levels(weight: float, sign: str, said: str | None) -> None:
    assert listener.level(weighs(weight), [f"abuse{sign}"], of({}).levels) == said


def test_a_long_story_has_to_weigh_more_where_no_pattern_stands() -> None:
    """Of many stretches one sounds grave by chance; a pattern does not stand there by chance."""
    once, often = (heard(ORDINARY * times + "he snapped my glasses") for times in (1, 8))
    assert once.weight == often.weight
    assert once.patient - often.patient == pytest.approx(listener.DOUBLED * 3, abs=3)
    levels = of({}).levels
    assert listener.level(weighs(12, patient=4), [], levels) is None
    assert listener.level(weighs(12, patient=4), ["abuse!"], levels) == "sure"


@pytest.mark.parametrize(
    ("text", "group", "because"),
    [
        ("he hit me last night", "abuse", "hit"),
        ("I want to die", "despair", "die"),
        ("how do I stop hitting my wife", "hurting", "hit"),
        ("I give in because he won't let me sleep", "abuse", "sleep"),
    ],
)
def test_why_a_question_is_heard(text: str, group: str, because: str) -> None:
    found = heard(text)
    most = sorted(found.reasons, key=lambda each: -found.reasons[each])[:12]
    assert found.weight >= TABLE.levels.perhaps
    assert found.group == group
    assert any(because in each.lower().split() for each in most), most


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


@pytest.mark.parametrize("name", ["listener.txt", "network.txt"])
def test_the_tables_are_of_the_sentences_that_are_there(
    name: str, lessons: ModuleType, texts: list[Any]
) -> None:
    """To learn again takes long, and would give other last digits on another processor."""
    text = (SEARCH / name).read_text(encoding="utf-8")
    assert f"# {lessons.ORIGIN}{lessons.digest(texts)}\n" in text, "say `make listener`"


def test_the_levels_are_those_that_were_chosen(lessons: ModuleType) -> None:
    assert {"alone": TABLE.alone, "levels": TABLE.levels} == lessons.LEVELS


def test_variants_have_near_words_and_are_the_same_each_time() -> None:
    variants = runpy.run_path(str(ROOT / "tools" / "variants.py"))["variants"]
    texts = ["he locked the door and took my key", "she hid it under the stairs", "why?", ""]
    near = {"locked": ["bolted"], "hid": ["buried"]}
    made = variants(texts, near)
    assert made == variants(texts, near)
    assert len(made) == len(set(made)) > 10
    words = {word for text in made for word in text.split()}
    assert words >= {"bolted", "buried"}
    assert words <= {"bolted", "buried", ".", "?", *" ".join(texts).replace("?", "").split()}


def test_every_sentence_teaches_one_thing(texts: list[Any]) -> None:
    said = [each.text.lower() for each in texts]
    assert sorted(said) == sorted(set(said))


def test_the_tables_are_small() -> None:
    for packed, most in (
        (listener.at_once(TABLE, KINDS), AT_ONCE),
        (listener.later(TABLE, KINDS), LATER),
    ):
        text = json.dumps(packed, separators=(",", ":"))
        assert len(gzip.compress(text.encode(), mtime=0)) < 1000 * most
