"""What is no Markdown is refused where the pages are read, and again where Sphinx reads them."""

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOTS
from intruder import png
from pages import BODY_LINE, article, check, page, write

from handbook.model import front_matter, markdown

Build = Callable[..., subprocess.CompletedProcess[str]]
TIPS = "docs/rain/tips.md"


def refused(tmp_path: Path, body: str) -> list[tuple[int, str, str]]:
    """Return line (from 1 in the body), rule and message of what is wrong with a page."""
    docs = write(tmp_path / "docs", {"a.md": page(body)})
    return [(p.line - BODY_LINE + 1, p.rule, p.message) for p in check(docs, date(2026, 12, 1))]


@pytest.mark.parametrize(
    ("body", "line", "start"),
    [
        ("Text.\n\n<script>\nalert(1)\n</script>", 3, "raw HTML <script>:"),
        ("It falls\nand <b>falls</b>.", 2, "raw HTML <b>:"),
        ("(a)=\n## Rain <i>falls</i>\n\nText.", 2, "raw HTML <i>:"),
        ("| <u>a</u> |\n|---|\n| b |", 1, "raw HTML <u>:"),
        (":::{note}\nIt is <br> wet.\n:::", 2, "raw HTML <br>:"),
        ("Text.\n\n<!-- later -->", 3, "an HTML comment would be printed;"),
    ],
)
def test_raw_html_is_refused(tmp_path: Path, body: str, line: int, start: str) -> None:
    ((at, rule, message),) = refused(tmp_path, body)
    assert (at, rule) == (line, "raw-html")
    assert message.startswith(start)


@pytest.mark.parametrize(
    "body",
    ["Write `<b>` so.", "```html\n<b>\n```", r"Rain \<b> falls.", "At 3 < 4 and 5 > 4.", "% <b>"],
)
def test_a_tag_that_is_shown_is_text(tmp_path: Path, body: str) -> None:
    assert refused(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "scheme"),
    [
        ("[Rain](javascript:alert(1)).", "javascript:"),
        ("[Rain](JavaScript:alert(1)).", "JavaScript:"),
        ("[Rain](JAVASCRIPT:alert(1)).", "JAVASCRIPT:"),
        ("[Rain](&#106;avascript:alert(1)).", "javascript:"),
        ("[Rain](data:text/html,rain).", "data:"),
        ("[Rain][1].\n\n[1]: vbscript:rain", "vbscript:"),
        ("[Rain](//example.org/rain).", "//"),
        ("[Rain](ftp://example.org/rain).", "ftp:"),
        ("[Rain](file:///etc/passwd).", "file:"),
    ],
)
def test_a_link_leads_somewhere(tmp_path: Path, body: str, scheme: str) -> None:
    ((line, rule, message),) = refused(tmp_path, body)
    assert (line, rule) == (1, "link-target")
    assert message == f"no link starts with {scheme}; link a page, or https, http, tel, mailto"


@pytest.mark.parametrize("address", ["HTTPS://example.org", "Http://example.org", "TEL:999"])
def test_a_scheme_in_capitals_is_named_before_the_build_fails(tmp_path: Path, address: str) -> None:
    (message,) = {
        each[2] for each in refused(tmp_path, f"[Rain]({address}).") if "small" in each[2]
    }
    assert message == f"write {address.partition(':')[0]}: in small letters"


@pytest.mark.parametrize(
    "address",
    ["https:", "https://", "https:/example.org", "https:example.org", "http:///rain", "mailto:"],
)
def test_an_address_without_its_end_is_refused(tmp_path: Path, address: str) -> None:
    ((line, rule, message),) = refused(tmp_path, f"[Rain]({address}).")
    assert (line, rule) == (1, "link-target")
    assert message == f'"{address}" leads nowhere; write all of it'


@pytest.mark.parametrize("source", ["https://example.org/a.png", "data:image/png;base64,AA=="])
def test_a_picture_is_a_file_of_the_handbook(tmp_path: Path, source: str) -> None:
    ((line, _, message),) = refused(tmp_path, f"![Rain]({source})")
    assert (line, message.partition(";")[2]) == (1, " put its file beside the page")


@pytest.mark.parametrize(
    ("name", "start", "is_one"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n", True),
        ("a.PNG", b"\x89PNG\r\n\x1a\n", True),
        ("a.jpg", b"\xff\xd8\xff\xe0", True),
        ("a.Jpeg", b"\xff\xd8\xff\xdb", True),
        ("a.gif", b"GIF89a", True),
        ("a.webp", b"RIFF\n\0\0\0WEBP", True),
        ("a.png", b"\xff\xd8\xff\xe0", False),
        ("a.jpeg", b"\x89PNG\r\n\x1a\n", False),
        ("a.gif", b"", False),
        ("a.WEBP", b"<svg/>", False),
    ],
)
def test_a_picture_is_what_its_name_says(
    tmp_path: Path, name: str, start: bytes, is_one: bool
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / name).write_bytes(start)
    found = [message for _, _, message in refused(tmp_path, f"![Rain]({name})")]
    what = f'"{name}" is no picture of the kind that its name says; save it again as one'
    assert found == ([] if is_one else [what])


def test_a_title_is_one_line() -> None:
    """MyST reads a title as Markdown: a second line could be anything."""
    front, (problem,) = front_matter.parse(page(title='"Rain\\n\\n# Snow"'), "docs/a.md")
    assert front is None
    assert (problem.line, problem.message) == (
        2,
        "title must be one line, without tabs and other control characters",
    )


@pytest.mark.parametrize("title", ["[Rain](a.md)", "![Rain](a.png)", "{kbd}`Rain`", "<tel:999>"])
def test_a_title_is_words(tmp_path: Path, title: str) -> None:
    docs = write(tmp_path / "docs", {"a.md": page(title=f'"{title}"')})
    found = [
        problem.line for problem in check(docs, date(2026, 12, 1)) if problem.rule == "plain-words"
    ]
    assert found == [2]


def test_a_character_that_an_e_book_cannot_hold_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(page("Rain\nfalls\x0b."), encoding="utf-8")
    _, (problem,) = markdown.read(file, "a", "docs/a.md")
    assert (problem.line, problem.message) == (
        BODY_LINE + 1,
        "the character U+000B cannot be printed; take it out",
    )


def test_a_syntax_that_the_rules_do_not_read_stops_the_build(sphinx: Build) -> None:
    conf = (ROOTS / "test-two-articles" / "conf.py").read_text(encoding="utf-8")
    setting = 'myst_enable_extensions = ["colon_fence", "html_image"]\n'
    done = sphinx("test-two-articles", edit={"conf.py": conf + setting})
    assert done.returncode != 0
    assert "conf.py: myst_enable_extensions has html_image, which the rules do not" in done.stderr


# What only Sphinx would read, were the rules not there: a second lock behind the first.
UNCHECKED = """
from handbook.rules import gate

gate.check = lambda *anything: []
"""


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("```{image} a.png\n:alt: A\n:target: javascript:alert(1)\n```", "starts with javascript:"),
        ("```{csv-table}\n:url: https://example.org/a.csv\n```", "File and URL access deactivated"),
        ("```{include} notes.txt\n```", '"include" disabled'),
        ("```{role} tag(raw)\n:format: html\n```\n\n{tag}`<hr>`", "disabled"),
        ("```{toctree}\nx <javascript://%0aalert(1)>\n```", "is no page of the handbook"),
        ("[x](../../secret.txt)", "lies outside docs"),
        ("{download}`../../secret.txt`", "lies outside docs"),
        ("![x](../../secret.png)", "lies outside docs"),
        ("```{figure} ../../secret.png\n:alt: A\n```", "lies outside docs"),
        ("[x](notes.sh)", "is not offered to readers"),
        ("```{eval-rst}\n.. meta::\n   :a: b\n```", "meta is not for pages"),
        ("It is {math}`1`.", "math is not for pages"),
        ("```{math}\n1\n```", "math_block is not for pages"),
    ],
)
def test_a_directive_cannot_bring_it_in(sphinx: Build, body: str, sentence: str) -> None:
    text = (ROOTS / "test-two-articles" / TIPS).read_text(encoding="utf-8")
    conf = (ROOTS / "test-two-articles" / "conf.py").read_text(encoding="utf-8")
    head, mark, rest = text.partition("(short-way)=")
    edit: dict[str, str | bytes | None] = {
        TIPS: f"{head}{body}\n\n{mark}{rest}",
        "docs/rain/a.png": png(1, 1, "rain"),
        "docs/rain/notes.txt": "Notes.",
        "docs/rain/notes.sh": "true",
        "secret.txt": "Secret.",
        "secret.png": b"",
        "conf.py": conf + UNCHECKED,
    }
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode != 0
    assert f"{TIPS}:" in done.stderr
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("body", "line", "name"),
    [
        ("```{raw} html\n<hr>\n```", 1, "directive {raw}"),
        ("```{eval-rst}\nText.\n```", 1, "directive {eval-rst}"),
        ("```{toctree}\nx <javascript:alert(1)>\n```", 1, "directive {toctree}"),
        ("Text.\n\n```{include} notes.txt\n```", 3, "directive {include}"),
        (":::{meta}\n:http-equiv: refresh\n:::", 1, "directive {meta}"),
        ("```{csv-table}\n:url: https://example.org/a.csv\n```", 1, "directive {csv-table}"),
        (":::{note}\n```{literalinclude} /etc/passwd\n```\n:::", 2, "directive {literalinclude}"),
        ("It is\n{download}`../a.txt`.", 2, "role {download}"),
    ],
)
def test_a_page_has_only_what_is_for_pages(tmp_path: Path, body: str, line: int, name: str) -> None:
    found = [(at, message) for at, _, message in refused(tmp_path, body)]
    assert found[0][0] == line
    assert found[0][1].startswith(f"the {name} is not for pages; ")


def test_a_file_that_sphinx_takes_instead_is_judged_too(sphinx: Build, tmp_path: Path) -> None:
    """It prefers the picture of the language, ``a.en.png``, to the one that a page names."""
    text = (ROOTS / "test-two-articles" / TIPS).read_text(encoding="utf-8")
    edit: dict[str, str | bytes | None] = {
        TIPS: text.replace("Go round", "![A wall](a.png)\n\nGo round"),
        "docs/rain/a.png": png(1, 1, "rain"),
        "secret.png": b"Secret.",
    }
    assert sphinx("test-two-articles", edit=edit).returncode == 0
    (tmp_path / "root/docs/rain/a.en.png").symlink_to("../../secret.png")
    edit[TIPS] = f"{edit[TIPS]}\n"
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode != 0
    assert f'{TIPS}:1: "../secret.png" lies outside docs; copy the file beside' in done.stderr
    assert not [
        f for f in (tmp_path / "out").rglob("*") if f.is_file() and b"Secret." in f.read_bytes()
    ]


def test_the_rows_of_a_list_table_need_no_lead_in(tmp_path: Path) -> None:
    rows = "* - Rain\n  - Snow\n* - wet\n  - white"
    assert refused(tmp_path, f":::{{list-table}}\n:header-rows: 1\n\n{rows}\n:::") == []
    assert {rule for _, rule, _ in refused(tmp_path, rows)} == {"bullets"}


# Where no mark could be more than a sign.


def marked(tmp_path: Path, files: dict[str, str]) -> list[tuple[int, str]]:
    """Return line and message where marks would be seen."""
    found = check(write(tmp_path / "docs", files), date(2026, 12, 1))
    return [(problem.line, problem.message) for problem in found if problem.rule == "plain-words"]


SEEN = "is plain words, its marks would be seen; write"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Some *storms* pass", "Some storms pass"),
        ("Some __storms__ pass", "Some storms pass"),
        ("Some `storms` pass", "Some storms pass"),
        ("Some [storms](b.md) pass", "Some storms pass"),
        ("Some \\*storms\\* pass", "Some *storms* pass"),
        ("Some storms &amp; rain", "Some storms & rain"),
        ("Some {abbr}`storms` pass", "Some storms pass"),
        ("Some [storms]{.wet} pass", "Some storms pass"),
    ],
)
def test_a_title_with_marks_is_refused(tmp_path: Path, written: str, plain: str) -> None:
    found = marked(tmp_path, {"a.md": page("Text.", title=f"'{written}'")})
    assert found == [(2, f"the title {SEEN} {plain}")]


def test_so_is_a_summary(tmp_path: Path) -> None:
    found = marked(tmp_path, {"a.md": page("Text.", summary="'*Rain* is water that falls.'")})
    assert found == [(3, f"the summary {SEEN} Rain is water that falls.")]


def test_so_is_a_topic(tmp_path: Path) -> None:
    found = marked(tmp_path, article("rain", topic="'*Wet* weather'"))
    assert found == [(5, f"the topic {SEEN} Wet weather")]


def test_so_is_who_has_read_a_page(tmp_path: Path) -> None:
    read = {"read_by": "Ann *Example*", "read_as": "a __doctor__", "read_on": "2026-11-24"}
    found = marked(tmp_path, {"a.md": page("Text.", **read)})
    assert found == [
        (7, f"the read-by {SEEN} Ann Example"),
        (8, f"the read-as {SEEN} a doctor"),
    ]


def test_so_is_a_question(tmp_path: Path) -> None:
    body = "(wet)=\n## Rain is wet\n\n:::{asked}\nis *it* wet\n:::\n\nIt falls."
    found = marked(tmp_path, {"a.md": page(body)})
    assert found == [(BODY_LINE + 4, f"a question {SEEN} is it wet")]


def test_so_is_the_text_of_a_picture(tmp_path: Path) -> None:
    body = "```{image} rain.svg\n:alt: Rain *falls*\n```"
    found = marked(tmp_path, {"a.md": page(body)})
    assert found == [(BODY_LINE, f"the alt text {SEEN} Rain falls")]


@pytest.mark.parametrize(
    "title",
    [
        "5 * 3 and 2 * 4",
        "A snake_case_name",
        "Rain & <b>snow</b>",
        'Rain, "so called" [again]',
    ],
)
def test_a_sign_that_is_no_mark_may_stand(tmp_path: Path, title: str) -> None:
    assert marked(tmp_path, {"a.md": page("Text.", title=f"'{title}'")}) == []


def test_a_heading_of_two_lines_is_refused(tmp_path: Path) -> None:
    """Menus and the contents of an e-book would show the tag of its break."""
    found = marked(tmp_path, {"a.md": page("(wet)=\nRain is\\\nvery wet\n---\n\nIt falls.")})
    assert found == [(BODY_LINE + 1, "a heading is one line, as menus show it; write it after ##")]
