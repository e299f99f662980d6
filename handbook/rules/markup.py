"""Pages are Markdown and a few directives and roles: all else is refused, with what to write.

Raw HTML would be gone in the e-book and the PDF, no rule could read it, and a script could hide
in it. A directive that is not listed here could read other files, or has no form in some edition.
Sphinx is told the same in ``gate``, so that what slips through is text.
"""

from collections.abc import Iterator

from handbook.model.markdown import parser
from handbook.model.page import Page
from handbook.model.problem import Problem, nearest

from .blocks import BOXES

#: What a page may use. The first line is the handbook's own.
DIRECTIVES = BOXES | {
    *("article-map", "asked", "editions", "questions", "search-field", "short-answer"),
    *("code-block", "figure", "glossary", "image", "list-table", "only", "table"),
}
ROLES = frozenset({"abbr", "kbd", "sub", "sup", "term"})


def foreign(page: Page) -> Iterator[Problem]:
    """Yield a problem for each line with raw HTML, or a directive or role that is not for pages.

    Also for a title that is more than words.
    """
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
    # MyST reads a title as Markdown; a page's own title, and its name elsewhere, is words alone.
    for token in parser().parseInline(page.front.title)[0].children or ():
        if token.type in ("link_open", "image", "myst_role"):
            what = "a title holds no link, picture or role; write it in words"
            yield Problem(page.path, page.front.lines["title"], "title", what)
            break
    for directive in page.directives:
        if directive.name and directive.name not in DIRECTIVES:
            what = _refused("directive", directive.name, DIRECTIVES)
            yield Problem(page.path, directive.line, "directive", what)


def _refused(kind: str, name: str, known: frozenset[str]) -> str:
    near = nearest(name, known)
    hint = f"did you mean {near}?" if near else "write its content as Markdown"
    return f"the {kind} {{{name}}} is not for pages; {hint}"
