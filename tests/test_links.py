"""A link leads to a page and a section, or the right name is told."""

from datetime import date
from pathlib import Path

import pytest
from pages import BODY_LINE, DOT, article, check, load, page, write

from handbook.model.target import split
from handbook.rules.targets import unresolved


@pytest.mark.parametrize(
    ("docname", "target", "place"),
    [
        ("love/tips", "answer.md#hope", ("love/answer", "hope")),
        ("love/tips", "../help/limits.md", ("help/limits", "")),
        ("love/tips", "#space", ("love/tips", "space")),
        ("index", "love/tips.md#space", ("love/tips", "space")),
        ("love/tips", "/about.md", ("about", "")),
        ("love/tips", "https://example.org/a.md", None),
        ("love/tips", "tel:999", None),
        ("love/tips", "//example.org/a.md", None),
        ("love/tips", "plan.pdf", None),
    ],
)
def test_the_place_that_a_target_stands_for(
    docname: str, target: str, place: tuple[str, str] | None
) -> None:
    assert split(docname, target) == place


def test_a_file_beside_the_pages_may_be_linked(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a/b.md": page("[A plan](plan.txt), ![A map](m.svg).")})
    write(docs, {"a/plan.txt": "Plan.", "a/m.svg": "<svg/>"})
    assert unresolved(load(docs)[0], docs) == []


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("[A plan](a%2Fb/../../../plan.txt)", "a%2Fb/../../../plan.txt"),
        ("[A plan](/%2Fplan.txt)", "/%2Fplan.txt"),
        ("![A map](a%2Fb/../../../m.png)", "a/b/../../../m.png"),
    ],
)
def test_a_path_means_to_us_what_it_means_to_sphinx(tmp_path: Path, body: str, named: str) -> None:
    """Else one file is judged, and another is published."""
    docs = write(tmp_path / "docs", {"a/b.md": page(body), "plan.txt": "Plan.", "a/m.svg": "x"})
    write(tmp_path, {"plan.txt": "Outside.", "m.png": "Outside."})
    (problem,) = unresolved(load(docs)[0], docs)
    assert f'"{named}"' in problem.message


@pytest.mark.parametrize("name", ["a%00.txt", "x" * 300 + ".txt", "circle.txt"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    docs = write(tmp_path / "docs", {"a.md": page(f"[A plan]({name}), ![A map]({name}).")})
    (docs / "circle.txt").symlink_to("circle.txt")
    first, second = unresolved(load(docs)[0], docs)
    assert first.line == second.line == BODY_LINE


def test_a_sentence_about_a_page_is_one_line_of_what_can_be_shown(tmp_path: Path) -> None:
    """A name could otherwise write lines of its own, or command a terminal."""
    docs = write(tmp_path / "docs", {"a.md": page("[A plan](a%0adocs/b.md:1:%1b[2J).")})
    (problem,) = unresolved(load(docs)[0], docs)
    assert str(problem).isprintable()


@pytest.mark.parametrize("name", ["b.md", "a.asked.txt"])
def test_a_text_is_no_symbolic_link(tmp_path: Path, name: str) -> None:
    docs = write(tmp_path / "docs", {"a.md": page()})
    (docs / name).symlink_to(write(tmp_path, {"passwd": "root"}) / "passwd")
    (problem,) = load(docs)[1]
    assert str(problem).startswith(f"docs/{name}:1: a text is a file of its own, no symbolic link")


DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink'>{}</svg>"


@pytest.mark.parametrize(
    "inside",
    [
        "<script/>",
        "<a x:href='https://example.org/'/>",
        "<g onload='evil()'/>",
        "<image href='data:image/svg+xml,%3Csvg/%3E'/>",
        "<a href='#'><animate attributeName='href' values='javascript:evil()'/></a>",
        "<a href='#'><set attributeName='x:href' to='javascript:evil()'/></a>",
        "<set attributeName='onclick' to='evil()'/>",
        "<?xml-stylesheet href='https://example.org/a.css'?>",
        "<meta xmlns='http://www.w3.org/1999/xhtml' http-equiv='refresh' content='0'/>",
        "<video xmlns='http://www.w3.org/1999/xhtml' poster='https://example.org/a.png'/>",
        "<style>g { fill: url(https://example.org/a.svg) }</style>",
        "<style>g { fill: u\\72l(https://example.org/a.svg) }</style>",
        "<style>@\\69mport 'https://example.org/a.css'</style>",
        "<style>g { mask: image-set('https://example.org/a.png' 1x) }</style>",
        "<g style='fill: URL( https://example.org/a.svg )'/>",
        "<g fill='u\\72l(https://example.org/a.svg)'/>",
    ],
)
def test_a_drawing_only_shows_something(tmp_path: Path, inside: str) -> None:
    docs = write(tmp_path / "docs", {"a.md": page("![A map](m.svg)")})
    write(docs, {"m.svg": DRAWING.format(inside)})
    (problem,) = unresolved(load(docs)[0], docs)
    assert problem.message.endswith("; save it again as a plain picture")


@pytest.mark.parametrize("start", ["<!DOCTYPE svg>", "<?xml version='1.0' encoding='gbk'?>"])
def test_a_drawing_is_plain_xml(tmp_path: Path, start: str) -> None:
    docs = write(tmp_path / "docs", {"a.md": page("![A map](m.svg)")})
    write(docs, {"m.svg": start + DRAWING.format("")})
    (problem,) = unresolved(load(docs)[0], docs)
    assert problem.message.endswith("; save it again as a plain picture")


def test_a_drawing_may_use_its_own_parts_and_pictures_in_it(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a.md": page("![A map](m.svg)")})
    inside = "<g fill='url(#a)'/><use x:href='#a'/><image href='data:image/png;base64,AA=='/>"
    start = "<?xml version='1.0' encoding='UTF-8'?>"
    write(docs, {"m.svg": start + DRAWING.format(inside)})
    assert unresolved(load(docs)[0], docs) == []


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("FAQ.MD", '"FAQ.MD" is no page of the handbook; name it .md, in small letters'),
        ("faq.Md", '"faq.Md" is no page of the handbook; did you mean faq.md?'),
    ],
)
def test_a_page_is_never_served_raw(tmp_path: Path, target: str, what: str) -> None:
    docs = write(tmp_path / "docs", {"a.md": page(f"[The questions]({target}).")})
    write(docs, {target: page("It falls.")})
    if target == "faq.Md":
        write(docs, {"faq.md": page("It falls.")})
    (problem,) = unresolved(load(docs)[0], docs)
    assert str(problem) == f"docs/a.md:{BODY_LINE}: {what} [link-target]"


def test_a_picture_as_a_link_says_where_it_leads(tmp_path: Path) -> None:
    files = {"a.md": page("[![The way to the water](dot.svg)](b.md)"), "b.md": page("It falls.")}
    docs = write(tmp_path / "docs", files | {"dot.svg": DOT})
    assert check(docs, date(2026, 11, 24)) == []
    write(docs, {"a.md": page("[![](dot.svg)](b.md)")})
    assert "link-text" in {problem.rule for problem in check(docs, date(2026, 11, 24))}


GLOSSARY = page(":::{glossary}\nrain\n  Water.\n:::")


def said(docs: Path, text: str) -> list[str]:
    """Check a tips page beside an answer, a page of help and a glossary."""
    files = {
        **article("love"),
        "love/answer.md": page("(old-hope)=\n(is-there-hope)=\n## Hope", part="answer"),
        "love/tips.md": page(text, part="tips"),
        "help/limits.md": page("(safety)=\n## Safety", part="help"),
        "glossary.md": GLOSSARY,
    }
    handbook, problems = load(write(docs, files))
    assert problems == []
    return [str(problem) for problem in unresolved(handbook, docs)]


@pytest.mark.parametrize(
    "text",
    [
        "[A section](answer.md#is-there-hope).",
        "[By its old name](answer.md#old-hope).",
        "[A page](../help/limits.md).",
        "[Here below](#space).\n\n(space)=\n## Space",
        "[Outside](https://example.org), [a number](tel:999).",
        "A {term}`rain` and {term}`some Rain <Rain>`.",
    ],
)
def test_what_leads_somewhere(tmp_path: Path, text: str) -> None:
    assert said(tmp_path / "docs", text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[x](answer.md#there-is-hope)",
            'answer.md has no section "there-is-hope"; did you mean answer.md#is-there-hope?',
        ),
        ("[x](answer.md#safety)", "did you mean ../help/limits.md#safety?"),
        (
            "[x](answer.md#zzz)",
            'answer.md has no section "zzz"; its sections are is-there-hope, old-hope',
        ),
        (
            "[x](#spac)\n\n(space)=\n## Space",
            'this page has no section "spac"; did you mean #space?',
        ),
        ("[x](anwser.md)", "there is no page anwser.md; did you mean answer.md?"),
        ("[x](help/limits.md#safety)", "did you mean ../help/limits.md#safety?"),
        ("[x](../helpp/limit.md)", "there is no page ../helpp/limit.md; did you mean ../help/"),
        ("A {term}`rian`.", 'the glossary has no "rian"; did you mean rain?'),
        ("A {term}`zzz`.", 'the glossary has no "zzz"; add it, or take the role away'),
        ("![A path](path.svg)", 'there is no picture "path.svg" beside the page'),
        ("[x](answer.html)", 'there is no file "answer.html"; a page is linked as file.md'),
        ("[x]()", 'there is no file ""; a page is linked as file.md'),
    ],
)
def test_what_leads_nowhere(tmp_path: Path, text: str, message: str) -> None:
    (problem,) = said(tmp_path / "docs", text)
    assert problem.startswith(f"docs/love/tips.md:{BODY_LINE}: ")
    assert problem.endswith(" [link-target]")
    assert message in problem


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("tips.md#tips", None),
        ("tips.md#tip", 'tips.md has no section "tip"; did you mean tips.md#tips?'),
        (
            "tip.md#tips",
            'an example is a section of this article, such as tips.md#its-anchor; "tip',
        ),
        ("tips.md", "an example is a section of this article, such as tips.md#its-anchor;"),
        ("../snow/tips.md#tips", "an example is a section of this article, such as"),
        ("https://example.org", "an example is a section of this article, such as"),
    ],
)
def test_an_example_leads_to_a_section_of_its_article(
    tmp_path: Path, target: str, message: str | None
) -> None:
    files = {**article("rain"), **article("snow", title="Will it snow?")}
    named = f"topic: Weather\nexamples:\n  {target}: A few words"
    files["rain/index.md"] = files["rain/index.md"].replace("topic: Weather", named)
    docs = write(tmp_path / "docs", files)
    problems = unresolved(load(docs)[0], docs)
    assert [(p.path, p.line) for p in problems] == [("docs/rain/index.md", 7)] * bool(message)
    assert all(str(message) in problem.message for problem in problems)


def test_the_words_of_an_example_are_plain(tmp_path: Path) -> None:
    files = article("rain")
    named = "topic: Weather\nexamples:\n  tips.md#tips: A *few* words"
    files["rain/index.md"] = files["rain/index.md"].replace("topic: Weather", named)
    found = [p for p in check(write(tmp_path / "docs", files), date(2026, 12, 1)) if p.line == 7]
    assert [(p.rule, "write A few words" in p.message) for p in found] == [("plain-words", True)]
