"""What a small site gets that lists ``handbook.search`` alone: index, page, refusals."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import minify
import pytest
from docutils import nodes

from handbook.search import site
from handbook.search.documents import (
    PackedDocuments,
    PageDocuments,
    Phrasing,
    check_phrasings,
    documents_of,
)
from handbook.search.index import Document
from handbook.search.packed.digits import DIGITS

Sphinx = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parent / "roots" / "test-search"


@pytest.fixture
def out(built: Callable[[str], Path]) -> Path:
    """The built site about kettles."""
    return built("test-search")


def pieces(out: Path) -> dict[str, Any]:
    """All that the scripts of a site's index hand over."""
    found: dict[str, Any] = {}
    for path in (out / "_static" / "search").rglob("*.js"):
        for call in re.findall(r"^handbook\.take\((.*)\);$", path.read_text("utf-8"), re.M):
            name, value = json.loads(f"[{call}]")
            found[name] = value
    return found


def words(out: Path) -> set[str]:
    """The words of a site's pages, each of which tells what it shares with the one before."""
    head = pieces(out)["head"]
    packed = head["vocabulary"]
    found = {"": ""}
    word = ""
    rests = re.findall("([^A-Z]+)([A-Z]+)", packed["rests"])
    for shared, (rest, mark) in zip(packed["shared"], rests, strict=True):
        word = word[: DIGITS.index(shared)] + rest
        found[word] = mark
    return {word for word, mark in found.items() if mark in head["endings"]}


def records(out: Path) -> dict[str, list[Any]]:
    """Sections by their address: title, page, part, question, sentences."""
    found = pieces(out)
    return {
        url: [*rest, body]
        for name in found
        if re.fullmatch(r"t\d+", name)
        for (url, *rest, _article, _about), body in zip(
            found[name], found[name.replace("t", "b")], strict=True
        )
    }


def test_a_section_is_found_at_its_anchor_with_its_own_text(out: Path) -> None:
    assert records(out)["care.html#limescale"] == [
        "Limescale",
        "Care",
        "",
        "white stuff in my kettle",
        ["Boil vinegar in it.", "Then rinse it twice.", "Never descale a kettle that is on."],
    ]


def test_whatever_is_shown_is_found(sphinx: Sphinx, tmp_path: Path) -> None:
    """What has no place in a paragraph, too."""
    text = """
Above every heading.

Evening
-------

Bedtime
   Switch it off.

.. admonition:: Before you pour

   Wait.

.. table:: How long it takes

   ======= =======
   a litre minutes
   ======= =======

.. figure:: kettle.svg
   :alt: A kettle

   It whistles.

Morning
-------

Tea.
"""
    index = (ROOT / "index.rst").read_text("utf-8") + "   day\n"
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    edit = {"index.rst": index, "day.rst": text, "kettle.svg": picture}
    done = sphinx("test-search", edit=edit)
    assert done.returncode == 0, done.stderr
    found = records(tmp_path / "out")
    assert found["day.html"][-1] == ["Above every heading."]
    assert found["day.html#evening"][-1] == [
        "Bedtime:", "Switch it off.", "Before you pour.", "Wait.", "How long it takes.",
        "a litre.", "minutes.", "It whistles.",
    ]  # fmt: skip
    assert found["day.html#morning"][-1] == ["Tea."]


def test_a_link_without_words_is_found_by_the_title_that_it_shows(
    sphinx: Sphinx, tmp_path: Path
) -> None:
    links = "See :ref:`scale`, :ref:`this <scale>` and :doc:`care`. Or a :term:`hob`."
    care = (ROOT / "care.rst").read_text("utf-8")
    index = (ROOT / "index.rst").read_text("utf-8") + f"\n{links}\n"
    edit = {
        "index.rst": index,
        "care.rst": care.replace("Limescale\n", ".. _scale:\n\nLimescale\n", 1),
    }
    done = sphinx("test-search", edit=edit)
    assert done.returncode == 0, done.stderr
    assert "See Limescale, this and Care." in records(tmp_path / "out")["index.html"][-1]


def test_a_page_is_found_without_anchor_and_without_the_text_of_its_sections(out: Path) -> None:
    assert records(out)["care.html"] == [
        "Care", "Care", "", "my kettle is dirty", ["A kettle lasts."]
    ]  # fmt: skip


def test_a_term_of_the_glossary_is_found_by_itself(out: Path) -> None:
    found = records(out)
    assert found["words.html#term-limescale"][0] == "limescale"
    assert found["words.html#term-limescale"][2:4] == ["glossary", "what is scale"]
    assert found["words.html#term-hob"][0] == "hob, stove"
    assert found["words.html"][4] == []


def test_the_weight_of_one_page_goes_before_that_of_its_part() -> None:
    names = ["index", "terms", "open"]
    env = SimpleNamespace(
        metadata={name: {"part": "reference"} for name in names},
        toctree_includes={},
        titles={name: nodes.title(text=name) for name in names},
        handbook_search={
            name: PackedDocuments.of(PageDocuments([Document("", name, "")])) for name in names
        },
    )
    config = SimpleNamespace(
        root_doc="index",
        handbook_search_exclude=[],
        handbook_search_weights={"reference": 0.7, "open": 0.9},
    )
    app: Any = SimpleNamespace(env=env, config=config)
    found = {document.url: document.weight for document in documents_of(app, lambda name, _: name)}
    assert found == {"index": 0.7, "terms": 0.7, "open": 0.9}


def test_phrasings_are_compared_once_while_they_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {
        name: PackedDocuments.of(PageDocuments(asked=[Phrasing(f"will it {name}", name, 1)]))
        for name in ("rain", "snow")
    }
    monkeypatch.setenv("HANDBOOK_KEPT", str(tmp_path))
    app = cast(Any, None)
    check_phrasings(app, cast(Any, SimpleNamespace(handbook_search=pages)))
    again = dict(reversed(pages.items()))  # the first was read again
    monkeypatch.setattr("handbook.search.documents.tokens", None)
    check_phrasings(app, cast(Any, SimpleNamespace(handbook_search=again)))


def test_nobody_finds_comments_raw_markup_or_pages_that_say_nosearch(out: Path) -> None:
    text = json.dumps(records(out))
    assert "nobody" not in text.casefold()
    assert "Raw markup" not in text
    assert "hidden" not in text


def with_page(text: str) -> dict[str, str]:
    """An edit of the site about kettles: a page more."""
    index = (ROOT / "index.rst").read_text("utf-8")
    return {"more.rst": text, "index.rst": index.replace("   care\n", "   care\n   more\n")}


def test_what_is_found_is_what_the_page_shows(sphinx: Sphinx, tmp_path: Path) -> None:
    text = """\
More [#t]_
==========

A cup. [#a]_
Two |br| cups\\ [#b]_, and more. [#a]_

.. |br| raw:: html

   <br />

Below
-----

Not yet. [#b]_

.. only:: html

   Seen in a browser.

   Inside
   ~~~~~~

   Seen too.

.. only:: latex

   Marmalade is for paper.

   Paper
   ~~~~~

   More marmalade.

.. rubric:: Notes

.. [#t] Of titles.
.. [#a] Of cups. And spoons.
.. [#b] Of more cups.
"""
    done = sphinx("test-search", edit=with_page(text))
    assert done.returncode == 0, done.stderr
    found = {url: rest for url, rest in records(tmp_path / "out").items() if "more" in url}
    notes = ["Of titles.", "Of cups.", "And spoons.", "Of more cups."]
    assert {url: (title, body) for url, (title, _page, _part, _asked, body) in found.items()} == {
        "more.html": ("More", ["A cup.", "Two cups, and more.", *notes]),
        "more.html#below": ("Below", ["Not yet.", "Seen in a browser.", "Notes.", "Of more cups."]),
        "more.html#inside": ("Inside", ["Seen too."]),
    }
    assert "marmalade" not in json.dumps(pieces(tmp_path / "out")).casefold()


def test_the_items_of_a_list_are_parted_and_its_end_is_one(sphinx: Sphinx, tmp_path: Path) -> None:
    text = """\
More
====

You need:

- two cups
- one spoon

  - of silver
  - of tin
- water. Is it hot?
- sugar

Then wait
"""
    done = sphinx("test-search", edit=with_page(text))
    assert done.returncode == 0, done.stderr
    assert records(tmp_path / "out")["more.html"][4] == [
        "You need:",
        "two cups;",
        "one spoon;",
        "of silver;",
        "of tin.",
        "water.",
        "Is it hot?",
        "sugar.",
        "Then wait.",
    ]


def test_a_tag_that_comes_is_noticed(sphinx: Sphinx, tmp_path: Path) -> None:
    page = with_page("More\n====\n\n.. only:: paper\n\n   Marmalade.\n")
    conf = (ROOT / "conf.py").read_text("utf-8")
    for more, body in [("", []), ("tags.add('paper')\n", ["Marmalade."]), ("", [])]:
        done = sphinx("test-search", edit=page | {"conf.py": conf + more})
        assert done.returncode == 0, done.stderr
        assert records(tmp_path / "out")["more.html"][4] == body


def test_a_line_that_only_shows_the_way_cannot_be_found(sphinx: Sphinx, tmp_path: Path) -> None:
    page = with_page("More\n====\n\nText.\n\n.. rst-class:: way\n\nMarmalade.\n")
    conf = (ROOT / "conf.py").read_text("utf-8")
    for more, body in [
        ("", ["Text.", "Marmalade."]),
        ("handbook_search_omit = ['way']", ["Text."]),
    ]:
        done = sphinx("test-search", edit=page | {"conf.py": conf + more})
        assert done.returncode == 0, done.stderr
        assert records(tmp_path / "out")["more.html"][4] == body


def test_pages_come_in_the_order_of_reading(out: Path) -> None:
    pages = [url for url in records(out) if "#" not in url]
    assert pages == ["index.html", "care.html", "words.html"]


def test_the_index_of_sphinx_is_not_shipped_beside_ours(out: Path) -> None:
    names = {path.name for path in out.rglob("*")}
    assert names & {"searchindex.js", "searchtools.js", "language_data.js"} == set()


def test_every_page_has_the_field_and_only_the_loader(out: Path) -> None:
    page = (out / "care.html").read_text("utf-8")
    assert 'class="search-field"' in page
    assert re.findall(r"_static/search/(\w+\.js)", page) == ["loader.js"]


def test_the_field_has_no_name_so_that_the_address_gets_no_question(out: Path) -> None:
    form = re.search(r'<form class="search-field".*?</form>', (out / "care.html").read_text(), re.S)
    assert form
    assert "name=" not in form[0]
    assert 'action="search.html"' in form[0]


def listed(out: Path, heading: str) -> list[tuple[str, str]]:
    """Text and address of each link under a heading of the search page."""
    page = (out / "search.html").read_text("utf-8")
    links = re.search(rf"<h2>{heading}</h2>(.*?)</section>", page, re.S)
    assert links
    return [(text, url) for url, text in re.findall(r'<a href="([^"]+)">([^<]+)</a>', links[1])]


def test_without_scripts_the_search_page_lists_every_page_and_question(out: Path) -> None:
    assert listed(out, "All pages") == [
        ("Kettles", "index.html"),
        ("Care", "care.html"),
        ("my kettle is dirty", "care.html"),
        ("white stuff in my kettle", "care.html#limescale"),
        ("Words", "words.html"),
        ("what is scale", "words.html#term-limescale"),
    ]


def test_pages_with_a_topic_are_listed_under_it(sphinx: Sphinx, tmp_path: Path) -> None:
    care = (ROOT / "care.rst").read_text("utf-8")
    sphinx("test-search", edit={"care.rst": f":topic: Long life\n\n{care}"})
    out = tmp_path / "out"
    assert [url for _text, url in listed(out, "Long life")] == [
        "care.html",
        "care.html",
        "care.html#limescale",
    ]
    assert [url for _text, url in listed(out, "Other pages")] == [
        "words.html",
        "words.html#term-limescale",
    ]
    head = pieces(out)["head"]
    assert (head["list"], head["start"]) == (
        ["All questions", "search.html"], [["Care", "care.html"]]
    )  # fmt: skip


def test_a_page_for_readers_in_need_is_the_first_of_the_others(
    sphinx: Sphinx, tmp_path: Path
) -> None:
    conf = (ROOT / "conf.py").read_text("utf-8")
    index = (ROOT / "index.rst").read_text("utf-8")
    edit = {
        "conf.py": f'{conf}handbook_search_help = "words"\n',
        "index.rst": f":topic: Kettles\n\n{index}",
        "care.rst": ":orphan:\n\n" + (ROOT / "care.rst").read_text("utf-8"),
    }
    edit["index.rst"] = edit["index.rst"].replace("   care\n", "").replace("   words\n", "")
    edit["words.rst"] = ":orphan:\n\n" + (ROOT / "words.rst").read_text("utf-8")
    sphinx("test-search", edit=edit)
    pages = [url for _text, url in listed(tmp_path / "out", "Other pages") if "#" not in url]
    assert pages[0] == "words.html"


def test_what_no_search_leads_to_is_in_no_list(sphinx: Sphinx, tmp_path: Path) -> None:
    hidden = (ROOT / "hidden.rst").read_text(
        "utf-8"
    ) + "\nSecret\n------\n\n.. asked:: a secret\n\nYes.\n"
    sphinx("test-search", edit={"hidden.rst": hidden})
    assert not any("secret" in text for text, _url in listed(tmp_path / "out", "All pages"))


def test_a_long_list_is_one_of_pages_alone(sphinx: Sphinx, tmp_path: Path) -> None:
    sections = [
        f"Section {n}\n----------\n\n.. asked:: what about {n}\n\nText.\n" for n in range(600)
    ]
    long = ":orphan:\n\nMany\n====\n\n" + "\n".join(sections)
    sphinx("test-search", edit={"many.rst": long})
    assert [url for _text, url in listed(tmp_path / "out", "All pages")] == [
        "index.html",
        "care.html",
        "words.html",
        "many.html",
    ]


def test_the_build_says_how_large_the_index_is(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "html", str(ROOT), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT.parents[2],
    )
    assert re.search(r"search: 7 sections; index of \d+ kB in 3 files", done.stdout)


def test_an_edit_gives_the_index_of_a_clean_build(sphinx: Sphinx, tmp_path: Path) -> None:
    def index() -> dict[str, bytes]:
        folder = tmp_path / "out" / "_static" / "search"
        return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    sphinx("test-search")
    before = index()
    care = (ROOT / "care.rst").read_text("utf-8")
    sphinx("test-search", edit={"care.rst": care.replace("twice", "thrice")})
    assert index().keys() != before.keys()
    sphinx("test-search", edit={"care.rst": care})
    assert index() == before


def test_what_is_kept_of_sections_is_kept_for_each_output(sphinx: Sphinx, tmp_path: Path) -> None:
    for builder in ("html", "dirhtml"):
        sphinx("test-search", builder=builder)
    kept = {path.name for path in tmp_path.rglob("sections-*")}
    assert kept == {"sections-html", "sections-dirhtml"}


def test_an_e_book_has_no_search(sphinx: Sphinx, tmp_path: Path) -> None:
    conf = (ROOT / "conf.py").read_text("utf-8")
    more = 'copyright = "2026, us"\nversion = "1"\n'
    done = sphinx("test-search", builder="epub", edit={"conf.py": conf + more})
    assert done.returncode == 0, done.stderr
    assert not list((tmp_path / "out").rglob("loader.js"))
    assert "search-field" not in (tmp_path / "out" / "care.xhtml").read_text("utf-8")


def test_folders_as_addresses(sphinx: Sphinx, tmp_path: Path) -> None:
    sphinx("test-search", builder="dirhtml")
    assert "care/#limescale" in records(tmp_path / "out")


def test_another_language_brings_its_own_stemmer(sphinx: Sphinx, tmp_path: Path) -> None:
    conf = (ROOT / "conf.py").read_text("utf-8")
    done = sphinx("test-search", edit={"conf.py": conf + 'language = "de"\n'})
    assert done.returncode == 0, done.stderr
    found = pieces(tmp_path / "out")
    assert found["head"]["stemmer"] == "GermanStemmer"
    code = (tmp_path / "out" / "_static" / "search" / "code.js").read_text("utf-8")
    assert "GermanStemmer=" in code.replace(" ", "")
    assert "und" in found["head"]["stop"]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"abuse": "care#rust"}, 'no section "care#rust" for handbook_search_alert'),
        ({"rust": "care#limescale"}, 'no group "rust" for handbook_search_alert'),
    ],
)
def test_an_alert_that_leads_nowhere_fails_the_build(
    sphinx: Sphinx, settings: dict[str, str], message: str
) -> None:
    conf = (ROOT / "conf.py").read_text("utf-8")
    done = sphinx("test-search", edit={"conf.py": f"{conf}handbook_search_alert = {settings}\n"})
    assert done.returncode != 0
    assert message in done.stderr


@pytest.mark.parametrize(
    ("page", "place", "message"),
    [
        ("Rust\n====\n\n.. asked::\n\nText.\n", "rust.rst:4", "asked: no phrasing"),
        ("Rust\n====\n\nText.\n\n.. asked:: red\n", "rust.rst:6", "directly under its heading"),
        (
            "Rust\n====\n\n.. note::\n\n   .. asked:: red\n",
            "rust.rst:6",
            "directly under its heading",
        ),
        (
            "Rust\n====\n\n.. asked:: My kettle  is DIRTY!\n",
            "rust.rst:4",
            '"My kettle is DIRTY!" already stands in care.rst:4',
        ),
    ],
)
def test_phrasings_that_are_refused(sphinx: Sphinx, page: str, place: str, message: str) -> None:
    done = sphinx("test-search", edit={"rust.rst": f":orphan:\n\n{page}"})
    assert done.returncode != 0
    line = next(line for line in done.stderr.splitlines() if message in line)
    number = int(place.partition(":")[2]) + 2  # below ":orphan:"
    assert f"rust.rst:{number}:" in line


TAUGHT = """# How people ask for a clean kettle.
the inside is furry; my kettle looks ill

[limescale]
rock in the spout
"""


def test_a_list_beside_a_page_teaches_the_search_and_is_not_in_the_index(
    sphinx: Sphinx, tmp_path: Path
) -> None:
    done = sphinx("test-search", edit={"care.asked.txt": TAUGHT})
    assert done.returncode == 0, done.stderr
    assert {"furry", "ill", "spout"} <= words(tmp_path / "out")
    assert "spout" not in json.dumps(records(tmp_path / "out"))


def test_a_list_that_comes_changes_or_goes_is_noticed(sphinx: Sphinx, tmp_path: Path) -> None:
    out = tmp_path / "out"
    sphinx("test-search")
    assert "spout" not in words(out)
    sphinx("test-search", edit={"care.asked.txt": TAUGHT})
    assert "spout" in words(out)
    sphinx("test-search", edit={"care.asked.txt": TAUGHT.replace("spout", "lid")})
    assert "lid" in words(out)
    sphinx("test-search", edit={"care.asked.txt": None})
    assert "lid" not in words(out)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "# no such place\n[limescail]\nrock\nfur\n",
            'care.asked.txt:3: WARNING: asked: no section "limescail" in this page; did you mean '
            "limescale?",
        ),
        (
            "my kettle is dirty\n",
            'care.asked.txt:1: WARNING: asked: "my kettle is dirty" already stands in care.rst:',
        ),
    ],
)
def test_a_list_beside_a_page_is_refused_with_its_line(
    sphinx: Sphinx, text: str, message: str
) -> None:
    done = sphinx("test-search", edit={"care.asked.txt": text})
    assert done.returncode != 0
    assert message in done.stderr
    assert done.stderr.count("WARNING") == 1


@pytest.mark.parametrize("builder", ["html", "text", "latex", "xml", "gettext", "man"])
def test_phrasings_print_nothing(sphinx: Sphinx, tmp_path: Path, builder: str) -> None:
    done = sphinx("test-search", builder=builder)
    assert done.returncode == 0, done.stderr
    printed = [
        path.read_text("utf-8")
        for path in (tmp_path / "out").rglob("*")
        if path.is_file() and path.suffix in (".html", ".txt", ".tex", ".xml", ".pot", ".1")
        if path.name != "search.html"  # a list of questions, and that is what they are
    ]
    assert printed
    assert not any("white stuff" in text for text in printed if "asked::" not in text)


def weight(*paths: Path) -> int:
    """Bytes of scripts, minified and packed."""
    text = "".join(
        minify.string("application/javascript", path.read_text("utf-8")) for path in paths
    )
    return len(gzip.compress(text.encode()))


def test_the_scripts_are_light() -> None:
    hearing = [site.OURS / name for name in ("listener.js", "alert.js")]
    assert weight(*hearing) <= 1_536
    assert weight(*[path for path in site.code() if path not in hearing]) <= 10_240
    assert weight(site.OURS / "loader.js") <= 2_048  # all that comes with a page


def test_the_first_answer_is_light(site: Path) -> None:
    """A phone on a slow line waits for all but the rest (browser/test_search_dialog.py)."""
    folder = site / "_static" / "search"
    scripts = {path.name: path.read_bytes() for path in folder.rglob("*.js")}
    assert scripts.keys() == {"loader.js", "index.js", "code.js", "first.js", "rest.js"}
    first = [scripts[name] for name in ("index.js", "code.js", "first.js")]
    assert sum(len(gzip.compress(script)) for script in first) <= 130_000
