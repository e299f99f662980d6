"""The text of inline markup, and the parts of it that lead somewhere."""

import re

from markdown_it.tree import SyntaxTreeNode

from .page import Image, Span

_ROLE = re.compile(r"(.*?)\s*<([^<>]+)>", re.DOTALL)


class Inline:
    """What stands in one paragraph, heading or cell, read from its node of the syntax tree.

    ``text`` has the line breaks of the source; the lines of ``images`` count on from ``line``.
    """

    def __init__(self, node: SyntaxTreeNode, line: int) -> None:
        self.text = ""
        self.spans: list[Span] = []
        self.images: list[Image] = []
        self._line = line
        self._read(node)
        self.spans.sort(key=lambda span: span.start)

    def _read(self, node: SyntaxTreeNode) -> None:
        for child in node.children:
            start, before = len(self.text), len(self.images)
            match child.type:
                case "softbreak" | "hardbreak":
                    self.text += "\n"
                case "text" | "text_special":
                    self.text += child.content
                case "code_inline" | "html_inline":
                    self.text += child.content
                    kind = child.type.removesuffix("_inline")
                    self.spans.append(Span(start, len(self.text), kind, ""))
                case "myst_role":
                    explicit = _ROLE.fullmatch(child.content)
                    title, target = explicit.groups() if explicit else (child.content,) * 2
                    self.text += title
                    self.spans.append(Span(start, len(self.text), child.meta["name"], target))
                case "footnote_ref":
                    self.spans.append(Span(start, start, "^", child.meta["label"]))
                case "image":
                    line = self._line + self.text.count("\n")
                    self.images.append(Image(str(child.attrs["src"]), child.content, line))
                case _:
                    self._read(child)
            if child.type == "link":
                href, pictured = str(child.attrs["href"]), self.images[before:]
                alt = " ".join(image.alt for image in pictured)
                self.spans.append(Span(start, len(self.text), "link", href, alt))
