"""Publishing is one step: the pages of before or the new ones, whole, at any moment."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import faults
import pytest

from handbook.build import publish
from handbook.build.run import alone

OLD = {"index.html": "the last good one", "tips/a.html": "a tip", "gone.html": "an old page"}
NEW = {"index.html": "the new one", "tips/a.html": "a tip", "tips/b.html": "another tip"}


def folder(place: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def held(place: Path) -> dict[str, str]:
    return {name: path.read_text("utf-8") for name, path in publish.files_in(place).items()}


@pytest.fixture
def goal(tmp_path: Path) -> Path:
    return folder(tmp_path / "build" / "html", OLD)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return folder(tmp_path / "out", NEW)


@pytest.fixture(params=["one step", "two"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system that lets folders trade names, and on one that does not."""
    if request.param == "two":

        def unknown(one: Path, other: Path) -> None:
            raise OSError(errno.ENOSYS, "nobody knows how")

        monkeypatch.setattr(publish, "exchange", unknown)


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no such step there")
def test_there_is_no_moment_without_the_pages(goal: Path, new: Path, tmp_path: Path) -> None:
    before, done, met = folder(tmp_path / "before", OLD), Event(), set[str]()

    def read() -> Iterator[str]:
        while not done.is_set():
            try:
                yield (goal / "index.html").read_text("utf-8")
            except OSError as error:
                yield str(error)

    reader = Thread(target=lambda: met.update(read()))
    reader.start()
    for source in (new, before) * 50:
        publish.publish(source, goal)
    done.set()
    reader.join()
    assert met <= {OLD["index.html"], NEW["index.html"]}


@pytest.mark.usefixtures("either")
def test_the_folder_holds_what_was_published_and_no_more(goal: Path, new: Path) -> None:
    publish.publish(new, goal)
    assert held(goal) == NEW
    assert names(goal.parent) == [goal.name]


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("fault", [faults.REFUSED, faults.FULL, faults.KILLED])
def test_whatever_goes_wrong_at_any_change_one_of_both_is_whole(
    goal: Path, new: Path, tmp_path: Path, fault: str
) -> None:
    """And nothing else is there: at once after an error, with the next run where one was killed."""
    before, told = folder(tmp_path / "before", OLD), tmp_path / "told"
    number = 0
    while number <= len(faults.places(told) if number else [""]):
        number += 1
        ended = faults.forked(lambda: publish.publish(new, goal), told, fault, number)
        if fault != faults.KILLED:
            assert names(goal.parent) == [goal.name]
            assert ended or held(goal) == OLD
        with alone(tmp_path):
            assert held(goal) in (OLD, NEW)
        (goal.parent / ".lock").unlink()
        assert names(goal.parent) == [goal.name]
        publish.publish(before, goal)
    assert number > 5, "or it was not at each of them"


def test_what_is_the_same_is_not_copied(goal: Path, new: Path) -> None:
    publish.publish(new, goal)
    first = {name: path.stat().st_ino for name, path in publish.files_in(goal).items()}
    (new / "index.html").write_text("another one", encoding="utf-8")
    publish.publish(new, goal)
    second = {name: path.stat().st_ino for name, path in publish.files_in(goal).items()}
    assert {name for name in first if first[name] != second[name]} == {"index.html"}


@pytest.mark.parametrize("edited", [False, True])
def test_what_is_the_same_in_a_folder_of_another_name_is_not_copied(
    goal: Path, new: Path, *, edited: bool
) -> None:
    """But where its bytes are others, whatever its size and its times."""
    publish.publish(new, goal)
    before = goal / "tips" / "b.html"
    if edited:
        times = before.stat().st_atime_ns, before.stat().st_mtime_ns
        before.write_text(NEW["tips/b.html"].upper(), encoding="utf-8")
        os.utime(before, ns=times)
    inode = before.stat().st_ino
    (new / "tips").rename(new / "hints")
    publish.publish(new, goal)
    assert held(goal) == {name.replace("tips", "hints"): text for name, text in NEW.items()}
    assert ((goal / "hints" / "b.html").stat().st_ino == inode) is not edited


def test_where_nothing_is_new_nothing_is_touched(goal: Path, new: Path) -> None:
    publish.publish(new, goal)
    before = goal.stat().st_ino
    publish.publish(new, goal)
    assert goal.stat().st_ino == before


def test_no_later_edit_reaches_what_was_published(goal: Path, new: Path) -> None:
    publish.publish(new, goal)
    publish.publish(new, goal)
    with (new / "index.html").open("a", encoding="utf-8") as page:
        page.write(" and more")
    assert held(goal) == NEW
    assert {path.stat().st_nlink for path in publish.files_in(goal).values()} == {1}


@pytest.mark.parametrize("where", ["out", "build/html"])
def test_other_bytes_of_the_same_size_and_time_are_seen(
    goal: Path, new: Path, tmp_path: Path, where: str
) -> None:
    publish.publish(new, goal)
    page = tmp_path / where / "index.html"
    times = page.stat().st_atime_ns, page.stat().st_mtime_ns
    page.write_text(NEW["index.html"].upper(), encoding="utf-8")
    if where == "out":
        os.utime(page, ns=times)
    publish.publish(new, goal)
    assert held(goal) == held(new)


def test_files_that_do_not_stand_there_yet_are_put_beside_the_others(goal: Path) -> None:
    publish.put(publish.files_in(goal) | {"more.zip": b"zipped"}, goal)
    assert held(goal) == OLD | {"more.zip": "zipped"}
