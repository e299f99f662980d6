"""Pages are Markdown and a few directives and roles: all else is refused, with what to write.

Raw HTML would be gone in the e-book and the PDF, no rule could read it, and a script could hide
in it. A directive that is not listed here could read other files, or has no form in some edition.
Sphinx is told the same in ``gate``, so that what slips through is text.
"""

from collections.abc import Iterator

from handbook.model.markdown import words
from handbook.model.page import Page
from handbook.model.problem import Problem, nearest

from .blocks import BOXES

#: What a page may use. The first line is the handbook's own.
DIRECTIVES = BOXES | {
    *("article-map", "asked", "editions", "examples", "questions", "report", "search-field"),
    "short-answer",
    *("code-block", "figure", "glossary", "image", "list-table", "only", "table"),
}
ROLES = frozenset({"abbr", "kbd", "sub", "sup", "term"})


def foreign(page: Page) -> Iterator[Problem]:
    """Yield a problem for each line with raw HTML, or a directive or role that is not for pages."""
    lines: dict[int, str] = {}
    for block in page.blocks:
        if block.kind == "html":
            lines.setdefault(block.line, block.text)
        for span in block.spans:
            if span.kind == "html":
                lines.setdefault(block.line_at(span.start), block.text[span.start : span.end])
            elif span.kind not in (*ROLES, "code", "link", "^"):
                what = _refused("role", span.kind, ROLES)
                yield Problem(page.path, block.line_at(span.start), "role", what)
    for line, text in lines.items():
        if text.startswith("<!--"):
            what = "an HTML comment would be printed; start the line with % for a comment"
        else:
            tag = text.split("\n")[0]
            what = f"raw HTML {tag}: write it as Markdown, or put the tag in backquotes to show it"
        yield Problem(page.path, line, "raw-html", what)
    for directive in page.directives:
        if directive.name and directive.name not in DIRECTIVES:
            what = _refused("directive", directive.name, DIRECTIVES)
            yield Problem(page.path, directive.line, "directive", what)


def marked(page: Page) -> Iterator[Problem]:
    """Yield a problem for each text that is shown as it was written, and holds marks.

    A title goes to tabs, histories and bookmarks, a summary to search engines, a question to the
    list of all: none can show emphasis, and a reader would see the asterisks.
    """
    front = page.front
    fields = {
        "title": front.title,
        "summary": front.summary,
        "topic": front.topic,
        "read-by": front.read_by,
        "read-as": front.read_as,
    }
    texts = [(front.lines[key], f"the {key}", text) for key, text in fields.items() if text]
    texts += [(example.line, "an example", example.words) for example in front.examples or ()]
    texts += [(question.line, "a question", question.text) for question in page.asked]
    texts += [
        (directive.line, "the alt text", directive.options.get("alt", ""))
        for directive in page.directives
    ]
    for line, name, text in texts:
        if text and (plain := words(text)) != text:
            what = f"{name} is plain words, its marks would be seen; write {plain or 'some'}"
            yield Problem(page.path, line, "plain-words", what)
    for block in page.blocks:
        if block.kind == "heading" and "\n" in block.text:
            what = "a heading is one line, as menus show it; write it after ##"
            yield Problem(page.path, block.line, "plain-words", what)


def _refused(kind: str, name: str, known: frozenset[str]) -> str:
    near = nearest(name, known)
    hint = f"did you mean {near}?" if near else "write its content as Markdown"
    return f"the {kind} {{{name}}} is not for pages; {hint}"
