"""A link leads to a page and a section, or the right name is told."""

from pathlib import Path

import pytest
from pages import BODY_LINE, article, load, page, write

from handbook.rules.targets import split, unresolved


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
        "[Outside](HTTPS://example.org), [a number](Tel:999).",
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
