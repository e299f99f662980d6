"""Pages are Markdown and nothing else: what else stands in one is refused, with what to write.

Raw HTML would be gone in the e-book and the PDF, no rule could read it, and a script could hide
in it. Sphinx is told the same in ``rules.gate``, so that what slips through is text.
"""

from collections.abc import Iterator

from handbook.model.page import Page
from handbook.model.problem import Problem

RULE = "raw-html"

#: Directives whose content is another language, which no rule reads.
FOREIGN = frozenset({"eval-rst", "raw"})


def foreign(page: Page) -> Iterator[Problem]:
    """Yield a problem for each line with raw HTML, and for each directive of ``FOREIGN``."""
    lines: dict[int, str] = {}
    for block in page.blocks:
        if block.kind == "html":
            lines.setdefault(block.line, block.text)
        for span in block.spans:
            if span.kind == "html":
                lines.setdefault(block.line_at(span.start), block.text[span.start : span.end])
    for line, text in lines.items():
        if text.startswith("<!--"):
            what = "an HTML comment would be printed; start the line with % for a comment"
        else:
            tag = text.split("\n")[0]
            what = f"raw HTML {tag}: write it as Markdown, or put the tag in backquotes to show it"
        yield Problem(page.path, line, RULE, what)
    for directive in page.directives:
        if directive.name in FOREIGN:
            what = f"{{{directive.name}}} is not for pages; write its content as Markdown"
            yield Problem(page.path, directive.line, RULE, what)
