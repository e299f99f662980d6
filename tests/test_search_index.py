"""Impacts, passages and their strength: what the browser only has to add up."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handbook.kept import Shelf
from handbook.search import index as indexing
from handbook.search import store
from handbook.search.english import english
from handbook.search.index import Document, Index, Posting, Weights, build, rarity, rounded
from handbook.search.segments import runs
from handbook.search.text import Language


def index(*sections: Document) -> Index:
    return build(sections, english())


def places(of: Index, term: str, section: int = 0) -> list[int]:
    """Passages that have a term, each with the number of words before it."""
    cut = of.cuts[section]
    return cut.places[cut.terms.index(term)]


def postings(of: Index, term: str) -> list[Posting]:
    return [
        posting
        for segment in of.segments
        for each, found in zip(segment.terms, of.postings(segment), strict=True)
        for posting in found
        if each == term
    ]


def impact(of: Index, term: str, section: int) -> float:
    return next(each.impact for each in postings(of, term) if each.section == section)


# Two sections, counted by hand: titles of 1 and 2 words, pages of 1 and 3, phrasings of 3 and 0,
# texts of 4 and 2; on average, where there are any, 1.5, 2, 3 and 3.
COUNTED = (
    Document("a", "rain", "weather", "", ("is it wet",), ("Rain falls on rain.",)),
    Document("b", "snow storm", "winter months north", "", (), ("Cold wind.",)),
)


@pytest.mark.parametrize(
    ("term", "amount"),
    [
        # Its weight, over 1 - b + b * (the length of the field / the average), and summed up.
        ("rain", 4.0 / (1 - 0.5 + 0.5 * 1 / 1.5) + 2 * 1.0 / (1 - 0.6 + 0.6 * 4 / 3)),
        ("fall", 1.0 / (1 - 0.6 + 0.6 * 4 / 3)),
        ("wet", 1.0),
        ("weather", 0.6 / (1 - 0.4 + 0.4 * 1 / 2)),
    ],
    ids=["title and text", "text", "phrasing", "page"],
)
def test_an_impact_is_that_of_bm25f(term: str, amount: float) -> None:
    assert impact(index(*COUNTED), term, 0) == pytest.approx(amount / (2.0 + amount))


def test_a_strength_is_that_of_its_kind_diluted_by_its_words() -> None:
    """Of two sections one has each word, so that its rarity is the logarithm of two."""
    found = index(*COUNTED).strengths(0)
    words = [1, 3, 3]  # different ones, in the title, the phrasing and the sentence
    full = [max(1.0, count * math.log(2)) for count in words]
    assert found == pytest.approx([2.0, 1.0 / full[1] ** 0.3, 0.5 / full[2] ** 0.3])


def test_half_of_what_pairs_can_say_is_reached_by_the_length_of_the_section() -> None:
    """8 words of a section and 4 of the other; a half weight doubles it."""
    light = replace(COUNTED[1], weight=0.5)
    expected = [2.0 * (0.6 + 0.4 * 8 / 6), 2.0 * (0.6 + 0.4 * 4 / 6) / 0.5]
    assert index(COUNTED[0], light).halves == pytest.approx(expected)


def test_a_word_in_the_title_speaks_louder_than_in_the_text() -> None:
    found = index(
        Document("a", "space", "", body=("something else here",)),
        Document("b", "something", "", body=("else here is space",)),
    )
    assert impact(found, "space", 0) > impact(found, "space", 1)


def test_a_second_occurrence_adds_less_than_the_first() -> None:
    found = index(
        Document("a", "", "", body=("space one two three",)),
        Document("b", "", "", body=("space space two three",)),
        Document("c", "", "", body=("space space space three",)),
    )
    once, twice, thrice = (impact(found, "space", section) for section in range(3))
    assert 0 < thrice - twice < twice - once < once < 1


def test_a_long_text_dilutes_a_word() -> None:
    long = tuple(f"word{n} other{n} more{n}" for n in range(50))
    found = index(
        Document("a", "", "", body=("space here",)),
        Document("b", "", "", body=("space here", *long)),
    )
    assert impact(found, "space", 0) > impact(found, "space", 1)


# The mean of those that have phrasings is 30.
COUNTS = (10, 20, 60, 0)


def test_a_section_of_few_phrasings_stands_beside_one_of_many() -> None:
    """What counts is the share that has the word; of very few the share says little."""
    few = ("is it wet", "how cold is it", "will it last", "may I go out")
    many = tuple(f"{phrasing} {n}" for phrasing in few for n in range(10))
    found = index(
        Document("a", "", "", asked=many), *(Document(str(n), "", "", asked=few) for n in range(9))
    )
    assert impact(found, "wet", 1) >= impact(found, "wet", 0)
    sections = [Document("a", "", "", asked=many), Document("b", "", "", asked=("wet",))]
    found = build(sections, english(), weights=Weights(lent=0))
    assert impact(found, "wet", 1) == pytest.approx(1 / (1 + 2 * 0.1))


def test_a_section_of_few_phrasings_is_lent_what_words_are_worth_on_the_whole() -> None:
    """So much more, the fewer it has; none to one that has as many as others, or none at all."""
    asked = [
        tuple(f"{word}{n}" for n in range(count))
        for word, count in zip("abcd", COUNTS, strict=True)
    ]
    sections = [Document(str(n), "", "", asked=some, body=("wet",)) for n, some in enumerate(asked)]
    alone = build(sections, english(), weights=Weights(lent=0))
    found = build(sections, english())
    average = sum(impact(alone, "wet", n) for n in range(len(COUNTS))) / len(COUNTS)
    mean = sum(COUNTS) / 3
    for n, loan in enumerate([mean / 10 - 1, mean / 20 - 1, 0, 0]):
        assert impact(found, "wet", n) == pytest.approx(
            impact(alone, "wet", n) + Weights.lent * average * loan
        )


def test_passages_are_title_then_phrasings_then_sentences() -> None:
    section = Document(
        "a", "space", "The space page", "", ("leave him alone", "his space"), ("No.", "Space!")
    )
    assert places(index(section), "space") == [0, 0, 2, 1, 4, 0]


def test_what_is_taught_stands_behind_the_phrasings_that_are_shown() -> None:
    section = Document("a", "title", "", "", ("shown",), ("Text.",), taught=("space", "his space"))
    assert places(index(section), "space") == [2, 0, 3, 1]
    assert places(index(section), "text") == [4, 0]


def test_a_pair_says_less_where_much_is_said_or_the_section_is_light() -> None:
    long = tuple(f"word{n} other{n} more{n}" for n in range(50))
    found = index(
        Document("a", "space", ""),
        Document("b", "space", "", asked=long),
        Document("c", "space", "", weight=0.5),
    )
    short, wordy, light = found.halves
    assert wordy > short
    assert light == pytest.approx(2 * short)


def test_the_title_of_the_page_is_a_field_and_no_passage() -> None:
    posting = postings(index(Document("a", "space", "tips", body=("quiet",))), "tip")[0]
    assert posting.impact > 0
    assert posting.term is None


def test_a_short_passage_is_stronger_than_a_long_one_of_its_kind() -> None:
    found = index(
        Document("a", "", "", asked=("space", "space rooms walks hobbies friends work")),
        *(Document(f"s{n}", "", "", body=(f"filler{n}",)) for n in range(9)),
    )
    _, short, long = found.strengths(0)
    assert short > long


def test_a_small_index_keeps_stop_words() -> None:
    assert index(Document("a", "he and I", "")).dropped == frozenset()


def test_five_hundred_sections_keep_stop_words_and_one_more_does_not() -> None:
    sections = [Document(str(number), "he and I", "") for number in range(501)]
    assert index(*sections[:500]).dropped == frozenset()
    assert index(*sections).dropped != frozenset()


def test_a_large_index_drops_stop_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "SMALL", 0)
    found = index(Document("a", "he and I", ""))
    assert found.dropped == found.stop
    assert {"he", "and", "i"} <= found.stop


def test_a_light_section_speaks_softer_with_its_passages_too() -> None:
    found = index(Document("a", "space", ""), Document("b", "space", "", weight=0.5))
    assert impact(found, "space", 1) == pytest.approx(impact(found, "space", 0) / 2)
    assert found.strengths(1)[0] == pytest.approx(found.strengths(0)[0] / 2)


def test_dropped_words_do_not_fill_a_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "SMALL", 0)
    found = index(
        Document("a", "", "", asked=("space", "should I give him his space")),
        *(Document(f"s{n}", "", "", body=("should I give him his",)) for n in range(9)),
    )
    _, bare, wordy = found.strengths(0)
    assert wordy > bare / 2


def test_rarity_is_that_of_bm25_and_never_negative() -> None:
    assert rarity(10, 1) == pytest.approx(math.log(1 + 9.5 / 1.5))
    assert rarity(10, 10) > 0


def test_known_words_are_in_the_vocabulary_and_in_no_section() -> None:
    found = build([Document("a", "space", "")], english(), known=["strangled"])
    assert found.vocabulary["strangled"] == "strangl"
    assert "strangl" not in found.holding


def test_no_sections_make_an_empty_index() -> None:
    assert index().holding == {}


def test_weights_that_the_browser_needs_exist() -> None:
    assert all(hasattr(Weights(), name) for name in Weights.IN_BROWSER)


def test_sections_that_were_cut_before_make_the_same_index(tmp_path: Path) -> None:
    """Also where others came between, and where what is kept is damaged."""
    old = [Document(str(n), f"About rain {n}", "Rain", body=("It rains cats.",)) for n in range(9)]
    new = [*old[4:], replace(old[0], taught=("why does it pour",)), *old[1:4]]
    for sections in (old, new):
        shelf = Shelf(tmp_path / "sections")
        kept = build(sections, english(), kept=shelf)
        shelf.save()
        assert store.pieces(kept, {}) == store.pieces(build(sections, english()), {})
    (tmp_path / "sections").write_bytes(b"damaged")
    kept = build(new, english(), kept=Shelf(tmp_path / "sections"))
    assert store.pieces(kept, {}) == store.pieces(build(new, english()), {})


@pytest.mark.parametrize("small", [0, 500], ids=["large", "small"])
@pytest.mark.parametrize(
    "edit",
    [{"body": ("It is quiet.",)}, {"body": ("Grey cats chase dogs.",)}, {"weight": 0.5}],
    ids=["rarer", "commoner", "lighter"],
)
def test_what_was_packed_before_makes_the_same_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int, edit: dict[str, Any]
) -> None:
    """Where a section tells how rare its words are in the others, and what they are worth there."""
    monkeypatch.setattr(store, "WHOLE", 0)
    monkeypatch.setattr(indexing, "SMALL", small)
    said = ["Grey cats chase dogs.", "Grey cats chase dogs.", *["Rain falls on roofs."] * 7]
    old = [
        Document(f"{n}/a", f"Rain {n}", "Rain", asked=("why grey",) * (n + 1), body=(each,))
        for n, each in enumerate(said)
    ]
    other = [Document(f"x{n}/a", f"snow {n}", "Snow") for n in range(20, 40)]
    place = 0 if "quiet" in str(edit) else 8
    new = [*old[:place], replace(old[place], **edit), *old[place + 1 :]]
    for sections in (old, new, [*other, *new]):
        shelf = Shelf(tmp_path / "sections")
        kept = store.pieces(build(sections, english(), kept=shelf), {}, shelf)
        shelf.save()
        assert kept == store.pieces(build(sections, english()), {})


def test_in_a_large_index_a_sentence_changes_its_segment_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known of the whole is rounded, or every section would be worth a little else."""
    monkeypatch.setattr(store, "WHOLE", 0)
    sections = [
        Document(
            f"{n}/a", f"rain {n}", "Rain", asked=("why so wet",) * (n % 20), body=("It pours.",)
        )
        for n in range(600)
    ]
    shelf = Shelf(tmp_path / "sections")
    store.pieces(build(sections, english(), kept=shelf), {}, shelf)
    shelf.save()
    made = []
    monkeypatch.setattr(Shelf, "put", lambda _self, _key, data: made.append(data))
    sections[300] = replace(sections[300], body=("It pours and pours on foggy days.",))
    shelf = Shelf(tmp_path / "sections")
    store.pieces(build(sections, english(), kept=shelf), {}, shelf)
    assert len(made) == 5  # it is cut, counted, summed up, and its postings and places are packed


def test_what_is_known_of_the_whole_is_rounded_to_eighths_of_a_doubling() -> None:
    steps = {rounded(value, 8) for value in range(1, 1025)}
    assert len(steps) < 80
    assert {rounded(value, 8) for value in steps} == steps
    assert all(abs(rounded(value, 8) / value - 1) < 0.045 for value in range(1, 1025))
    assert rounded(0, 8) == 0


def test_a_segment_is_the_sections_of_a_folder() -> None:
    urls = ["index.html", "one/a.html#x", "one/b.html", "two/a.html", "index.html#end"]
    assert [*runs(urls)] == [range(1), range(1, 3), range(3, 4), range(4, 5)]
    assert [*runs([])] == []


def test_a_page_that_comes_leaves_most_segments_of_a_long_folder_as_they_were() -> None:
    pages = [f"{n}.html" for n in range(2000)]
    before, after = (
        {tuple(urls[n] for n in run) for run in runs(urls)}
        for urls in (pages, ["new.html", *pages])
    )
    assert len(before) > 10
    assert max(map(len, before)) < 150
    assert len(before - after) < 5


def test_only_the_words_of_what_has_changed_are_stemmed(tmp_path: Path) -> None:
    stemmed = []

    def stem(word: str) -> str:
        stemmed.append(word)
        return word

    language = Language(frozenset(), (), stem)
    sections = [Document("a", "rain", "", body=("it pours",)), Document("b", "snow", "")]
    shelf = Shelf(tmp_path / "sections")
    build(sections, language, kept=shelf)
    shelf.save()
    assert set(stemmed) == {"rain", "it", "pours", "snow"}
    stemmed.clear()
    sections[1] = replace(sections[1], body=("it falls",))
    build(sections, language, kept=Shelf(tmp_path / "sections"))
    assert set(stemmed) == {"snow", "it", "falls"}
