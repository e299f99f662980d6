"""What the rules found is kept by all that they looked at, and never longer."""

from __future__ import annotations

import json
import pickle
import sys
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pages import DOT, article, page, write

from handbook.kept import Shelf
from handbook.model import markdown
from handbook.model.page import Text
from handbook.model.problem import Problem
from handbook.rules.check import RULES, check
from handbook.rules.rule import Setting
from handbook.rules.sentences import SPOKEN
from handbook.sources import files_in

TODAY = date(2026, 12, 1)
TABLES = {
    "points.tsv": "id\tsection\tstems\n1\ttips\theading\n",
    "limits.tsv": "section\tlimit\twhy\ntips#tips\tnone\tit rains\n",
}
START = {
    **article("rain"),
    **article("snow", title="Will it snow?"),
    **{f"rain/{name}": text for name, text in TABLES.items()},
    "rain/tips.asked.txt": "[tips]\nwill it rain today\n",
    "words.md": page(":::{glossary}\nmixed signals\n  Words.\n:::", title="Words"),
    "numbers.md": page(
        "{.last-checked}\nThis list was last checked on 2026-11-23.\n\nCall [999](tel:999).",
        title="Numbers",
    ),
    "notes.md": page(
        "(a-note)=\n## A note\n\nThese are {term}`mixed signals`, see [tips](rain/tips.md#tips) or"
        " call [999](tel:999).\n\n![A dot](dot.svg)",
        title="Notes",
    ),
    "dot.svg": DOT,
}
#: Each thing that a rule looks at: the file, what stands there, what stands there instead.
EDITS = {
    "the page": ("notes.md", "see [tips]", "always see [tips]"),
    "the page's front matter": ("notes.md", "review-by: 2027", "review-by: 2026"),
    "an anchor of another page": ("rain/tips.md", "(tips)=", "(wet)="),
    "a term that is used": ("words.md", "mixed signals", "plain signals"),
    "a term that is not linked": ("words.md", "mixed signals", "water"),
    "the numbers that are checked": ("numbers.md", "tel:999", "tel:998"),
    "the day of a check": ("numbers.md", "2026-11-23", "2026-05-01"),
    "a topic that is nearly the same": ("snow/index.md", "topic: Weather", "topic: Wether"),
    "a title that is the same": ("snow/index.md", "Will it snow?", "Will it rain?"),
    "a phrasing": ("rain/tips.asked.txt", "[tips]", "[taps]"),
    "a question of a page": (
        "notes.md",
        "## A note\n",
        "## A note\n\n:::{asked}\nWill it rain today?\n:::\n",
    ),
    "what is in a picture": ("dot.svg", "<circle", "<script>x</script><circle"),
    "a table": ("rain/points.tsv", "heading", "thunder"),
    "a table of another article": ("rain/limits.tsv", None, None),
    "a picture": ("dot.svg", None, None),
    "a list": ("rain/tips.asked.txt", None, None),
}  # fmt: skip


def judged(docs: Path, folder: Path | None, today: date = TODAY) -> list[Problem]:
    return check(docs, files_in(docs, {}), today, folder)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A small handbook that was checked a moment ago, as `Snapshot` has it: not just now."""
    docs = write(tmp_path / "docs", START)
    judged(docs, tmp_path / "kept")
    return docs


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
@pytest.mark.parametrize("lost", ["", "said"])
def test_an_edit_is_judged_anew(
    docs: Path, edit: tuple[str, str | None, str], lost: str, always_holds: None
) -> None:
    kept = docs.parent / "kept"
    before = judged(docs, kept)
    assert before == judged(docs, None)
    name, old, new = edit
    if old is None:
        (docs / name).unlink()
    else:
        text = (docs / name).read_text("utf-8")
        assert old in text
        (docs / name).write_text(text.replace(old, new), "utf-8")
    if lost:
        (kept / lost).unlink()
    after = judged(docs, kept)
    assert after == judged(docs, None)
    assert after != before, "an edit that no rule minds shows nothing here"


@pytest.fixture
def always_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what was made of files that were written this very moment."""
    monkeypatch.setattr("handbook.kept.TICK", -(10**12))


@pytest.mark.parametrize("day", [date(2027, 6, 1), date(2028, 1, 1), date(2026, 1, 1)])
def test_another_day_is_judged_anew(tmp_path: Path, day: date, always_holds: None) -> None:
    docs, kept = write(tmp_path / "docs", START), tmp_path / "kept"
    assert judged(docs, kept) != judged(docs, kept, day) == judged(docs, None, day)


def test_what_is_known_is_not_parsed_or_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, always_holds: None
) -> None:
    docs, kept = write(tmp_path / "docs", START), tmp_path / "kept"
    before = judged(docs, kept)
    assert {path.name for path in kept.iterdir()} == {"said", "pages", "findings"}

    def never(*given: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr(markdown, "parse", never)
        assert judged(docs, kept) == before
        (kept / "said").unlink()
        for rule in RULES:
            if not rule.by_day:
                patch.setitem(rule.__dict__, "findings", never)
        assert judged(docs, kept) == before


def test_no_page_is_unpacked_but_the_one_that_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, always_holds: None
) -> None:
    docs, kept = write(tmp_path / "docs", START), tmp_path / "kept"
    judged(docs, kept)
    notes, unpacked = docs / "notes.md", list[object]()

    def unpack(data: bytes, loads: Callable[[bytes], object] = pickle.loads) -> object:
        unpacked.append(found := loads(data))
        return found

    monkeypatch.setattr(pickle, "loads", unpack)
    notes.write_text(notes.read_text("utf-8") + "\nIt may rain.\n", "utf-8")
    judged(docs, kept)
    (text,) = (found for found in unpacked if isinstance(found, Text))
    assert text.source.endswith("It may rain.\n")


@pytest.mark.parametrize("cores", [1, 2])
def test_a_word_is_looked_up_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, always_holds: None, cores: int
) -> None:
    monkeypatch.setattr("handbook.cores.cores", lambda pages: cores)
    docs, kept = write(tmp_path / "docs", START), tmp_path / "kept"
    notes = docs / "notes.md"

    def add(sentence: str, *, times: int) -> None:
        text = notes.read_text("utf-8") + f"\n{sentence * times}\n"
        notes.write_text(text, "utf-8")
        SPOKEN.clear()
        judged(docs, kept)

    add("It may rain. ", times=40)
    monkeypatch.setitem(sys.modules, "pysyllables", None)  # to import it fails
    add("It may rain. ", times=1)
    with pytest.raises(ImportError):
        add("It may snow. ", times=1)


def test_what_was_edited_meanwhile_is_not_kept(tmp_path: Path) -> None:
    docs, kept = write(tmp_path / "docs", START), tmp_path / "kept"
    judged(docs, kept)  # it was written this moment
    assert not (kept / "said").exists()
    assert not (kept / "findings").exists()


@pytest.mark.parametrize("name", ["said", "pages", "findings"])
@pytest.mark.parametrize("damage", ["cut", "flipped", "gone", "empty", "a folder"])
def test_what_is_damaged_is_thrown_away(
    tmp_path: Path, name: str, damage: str, always_holds: None
) -> None:
    docs, kept = write(tmp_path / "docs", START), tmp_path / "kept"
    before = judged(docs, kept)
    if name != "said":
        (kept / "said").unlink()
    file = kept / name
    data = file.read_bytes()
    file.unlink()
    if damage == "flipped":
        file.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    elif damage == "a folder":
        file.mkdir()
    elif damage != "gone":
        file.write_bytes(data[: len(data) // 2] if damage == "cut" else b"")
    assert judged(docs, kept) == before


def test_what_other_code_has_kept_is_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf", "this code")
    shelf.put("a", b"1")
    shelf.put("b", json.dumps(["\n", 2]).encode())
    shelf.save()
    assert Shelf(tmp_path / "shelf", "that code").get("a") is None
    again = Shelf(tmp_path / "shelf", "this code")
    assert (again.get("a"), again.get("b")) == (b"1", b'["\\n", 2]')


def test_what_nobody_asks_for_is_kept_no_longer(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    for key in "ab":
        shelf.put(key, key.encode())
    shelf.save()
    shelf = Shelf(tmp_path / "shelf")
    shelf.get("b")
    shelf.save()
    assert (Shelf(tmp_path / "shelf").get("a"), Shelf(tmp_path / "shelf").get("b")) == (None, b"b")


def test_what_is_kept_takes_no_memory_before_it_is_asked_for(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    shelf.put("a", b"1" * 4_000_000)
    tracemalloc.start()
    shelf.save()
    again = Shelf(tmp_path / "shelf")
    assert "a" in again
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (most < 2_000_000, again.get("a") == shelf.get("a")) == (True, True)


class _Timeless(Setting):
    """A setting without a day."""

    def __getattribute__(self, name: str) -> object:
        assert name != "today", "this rule judges by the day: say by_day=True"
        return super().__getattribute__(name)


@pytest.mark.parametrize("rule", [r for r in RULES if not r.by_day], ids=lambda rule: rule.name)
def test_a_rule_that_does_not_say_so_judges_by_no_day(rule: object) -> None:
    folder = Path(__file__).parent / "fixtures" / "rules" / rule.name  # type: ignore[attr-defined]
    for name in ("bad.md", "good.md"):
        text = (folder / name).read_text("utf-8")
        parsed, _ = markdown.parse(text, "love/tips", "docs/love/tips.md")
        assert parsed is not None
        list(rule.findings(parsed, _Timeless(TODAY)))  # type: ignore[attr-defined]
