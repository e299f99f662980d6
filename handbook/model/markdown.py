"""Read a page: Markdown, as MyST understands it, to a ``Page``.

The parser is markdown-it with the plugins that MyST gives it for `EXTENSIONS`, so that both see
the same blocks (a test compares their active rules); neither MyST nor Sphinx is needed.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.rules_block import make_fence_rule
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from handbook.kept import digest

from . import front_matter, source
from .inline import Inline
from .packed import pack
from .page import Block, Directive, Image, Listing, Note, Page, Section, Span, Text
from .problem import Problem

#: The extensions of MyST that pages are written in: the one setting of the syntax, which
#: ``rules.gate`` hands to MyST.
EXTENSIONS = ("attrs_block", "attrs_inline", "colon_fence", "deflist")

#: Directives whose body is not text of the page.
LITERAL = frozenset({"code-block", "math", "raw", "toctree"})

_DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)")
_OPTION = re.compile(r"\s*:([\w-]+):\s*(.*)")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")  # the mark of a footnote


def read(file: Path, docname: str, path: str) -> tuple[Page | None, list[Problem]]:
    """Read the file of a page.

    :param path: the file as problems name it.
    :returns: the page, or None and the problems where it cannot be read.
    """
    try:
        text = source.read(file)
    except source.SourceError as fault:
        return None, [Problem(path, fault.line, fault.rule, fault.sentence)]
    return parse(text, docname, path)


def parse(text: str, docname: str, path: str) -> tuple[Page | None, list[Problem]]:
    """Read the text of a page, as ``read`` does."""
    front, problems = front_matter.parse(text, path)
    if front is None:
        return None, problems
    reader = _Reader(docname)
    reader.markdown(text, above=0, within=())
    written = Text(text, tuple(reader.blocks), tuple(reader.directives), tuple(reader.lists))
    page = Page(
        path,
        digest(path, docname, text),
        pack(written),
        docname,
        front,
        tuple(reader.sections),
        tuple(reader.images),
        tuple(reader.stray_anchors),
        tuple(reader.notes),
        written.terms,
        written.asked,
        written.calls,
        written.dated_blocks,
    )
    return page, []


class _AnyLink(MarkdownIt):
    """Sees a link where one was meant; which addresses are fit is for ``rules.targets``."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the name that markdown-it calls)
        return True


@cache
def parser() -> MarkdownIt:
    """Make the parser: that of ``myst_parser.parsers.mdit``, for `EXTENSIONS`."""
    colon_fence = make_fence_rule(markers=(":",), token_type="colon_fence")
    alt = ["paragraph", "reference", "blockquote", "list", "footnote_def"]
    md = _AnyLink("commonmark").enable("table").use(front_matter_plugin)
    md.use(myst_block_plugin).use(myst_role_plugin)
    md.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    md.block.ruler.before("fence", "colon_fence", colon_fence, {"alt": alt})
    md.use(deflist_plugin)
    after = ("image", "code_inline", "link_close", "span_close")
    md.use(attrs_plugin, after=after, spans=True, span_after="footnote_ref")
    return md.use(attrs_block_plugin)


def words(text: str) -> str:
    """Return the words of one line of Markdown, without its marks."""
    return Inline(SyntaxTreeNode(parser().parseInline(text, {})).children[0], 1).text


def _map(node: SyntaxTreeNode) -> tuple[int, int]:
    """Return the lines of a node, from 0; a cell of a table has those of its row."""
    while node.map is None and node.parent is not None:
        node = node.parent
    return node.map or (0, 0)


def _options(body: Sequence[str]) -> tuple[dict[str, str], int]:
    """Return the options at the head of a directive's body, and how many lines they take.

    Both forms of MyST: lines ``:name: value``, and YAML between two lines ``---``.
    """
    if body and body[0].startswith("---"):
        ends = [number for number, line in enumerate(body[1:], 1) if line.startswith("---")]
        end = ends[0] if ends else len(body)
        with suppress(yaml.YAMLError):
            block = yaml.load("\n".join(body[1:end]), yaml.BaseLoader)  # text alone
            if isinstance(block, dict):
                return {str(k): str(v) for k, v in block.items()}, min(end + 1, len(body))
        return {}, min(end + 1, len(body))
    options: dict[str, str] = {}
    for number, line in enumerate(body):
        option = _OPTION.fullmatch(line)
        if option is None:
            return options, number
        options[option[1]] = option[2]
    return options, len(body)


class _Reader:
    """Walks the tree of a page and collects what a ``Page`` is made of."""

    def __init__(self, docname: str) -> None:
        self.docname = docname
        self.env: dict[str, Any] = {}  # link references hold over the whole page
        self.sections: list[Section] = []
        self.blocks: list[Block] = []
        self.images: list[Image] = []
        self.directives: list[Directive] = []
        self.lists: list[Listing] = []
        self.stray_anchors: list[tuple[str, int]] = []
        self.notes: list[Note] = []

    @property
    def section(self) -> Section | None:
        return self.sections[-1] if self.sections else None

    def markdown(self, text: str, above: int, within: tuple[str, ...]) -> None:
        """Read Markdown that has ``above`` lines of the file before it."""
        root = SyntaxTreeNode(parser().parse(text, self.env))
        self.siblings(root.children, above, within)

    def siblings(
        self, nodes: Iterable[SyntaxTreeNode], above: int, within: tuple[str, ...]
    ) -> None:
        anchors: list[tuple[str, int]] = []
        before: Block | None = None
        for node in nodes:
            line = above + _map(node)[0] + 1
            if node.type == "myst_target":
                anchors.append((str(node.content), line))
                continue
            inside = within + tuple(f".{name}" for name in str(node.attrs.get("class", "")).split())
            paragraph: Block | None = None
            match node.type:
                case "heading":
                    self.heading(node, line, anchors, inside)
                    anchors = []
                case "paragraph" if within[-1:] == ("row",):
                    self.block("cell", node, line, inside)
                case "paragraph":
                    paragraph = self.block("paragraph", node, line, inside)
                case "bullet_list" if within[-1:] == ("list-table",):
                    self.rows(node, above, inside)
                case "bullet_list" | "ordered_list":
                    self.listing(node, line, before, above, inside)
                case "blockquote":
                    self.siblings(node.children, above, (*inside, "quote"))
                    if name := node.attrs.get("attribution"):
                        said_by = Block("attribution", line, str(name), self.section, inside)
                        self.blocks.append(said_by)
                case "dt" | "th" | "td":
                    self.block("term" if node.type == "dt" else "cell", node, line, inside)
                case "dd":
                    self.siblings(node.children, above, (*inside, "definition"))
                case "fence" | "colon_fence":
                    self.directive(node, line, within)
                case "html_block":
                    self.blocks.append(Block("html", line, str(node.content), self.section, inside))
                case "footnote_reference":
                    self.notes.append(Note(node.meta["label"], line))
                    self.siblings(node.children, above, inside)
                case "front_matter" | "myst_line_comment" | "code_block":
                    pass
                case _:
                    self.siblings(node.children, above, inside)
            self.stray_anchors += anchors
            anchors, before = [], paragraph
        self.stray_anchors += anchors

    def heading(
        self,
        node: SyntaxTreeNode,
        line: int,
        anchors: list[tuple[str, int]],
        within: tuple[str, ...],
    ) -> None:
        if all(name.startswith(".") for name in within):
            names = [name for name, _ in anchors]
            anchor = names[-1] if names and anchors[-1][1] == line - 1 else ""
            title, level = Inline(node.children[0], line).text, int(node.tag[1])
            section = Section(anchor, title, level, line, self.docname, tuple(names[:-1]))
            self.sections.append(section)
        self.block("heading", node, line, within)

    def listing(
        self,
        node: SyntaxTreeNode,
        line: int,
        lead_in: Block | None,
        above: int,
        within: tuple[str, ...],
    ) -> None:
        items = []
        for item in node.children:
            first = len(self.blocks)
            self.siblings(item.children, above, (*within, "list"))
            items.append(tuple(self.blocks[first:]))
        self.lists.append(Listing(line, tuple(items), lead_in, self.section, within))

    def rows(self, node: SyntaxTreeNode, above: int, within: tuple[str, ...]) -> None:
        """Read the list of lists that ``list-table`` makes a table of."""
        for row in node.children:
            for cells in row.children:
                for cell in cells.children:
                    self.siblings(cell.children, above, (*within, "row"))

    def directive(self, node: SyntaxTreeNode, line: int, within: tuple[str, ...]) -> None:
        match = _DIRECTIVE.match(node.info)
        if match is None and node.type == "fence":
            return  # a code block
        name, argument = match.groups() if match else ("", "")
        body = node.content.split("\n")
        options, length = _options(body)
        del body[:length]
        start = line + length  # lines of the file above the body
        end = line + _map(node)[1] - _map(node)[0] - 1
        self.directives.append(Directive(name, line, end, self.section, within, options))

        if name in ("image", "figure"):
            self.images.append(Image(argument, options.get("alt", ""), line))
        elif argument and name not in LITERAL:
            title = SyntaxTreeNode(parser().parseInline(argument, self.env))
            self.block("title", title, line, (*within, name))
        text = "\n".join(body)
        if name == "asked":
            self.blocks.append(Block("asked", start + 1, text, self.section, (*within, name)))
        elif name == "glossary":
            self.glossary(body, start, (*within, name))
        elif name not in LITERAL:
            self.markdown(text, start, (*within, name))

    def glossary(self, body: list[str], above: int, within: tuple[str, ...]) -> None:
        """Read terms at the margin and, under them, indented definitions, as Sphinx does."""
        terms = [number for number, line in enumerate(body) if line[:1].strip()]
        for number, following in pairwise([*terms, len(body)]):
            written = body[number].split(" : ")[0].strip()  # what follows is a key for sorting
            term, line = words(written), above + number + 1
            end = len(term)
            notes = tuple(Span(end, end, "^", label) for label in _NOTE.findall(written))
            self.blocks.append(Block("term", line, term, self.section, within, notes))
            definition = dedent("\n".join(body[number + 1 : following]))
            self.markdown(definition, line, (*within, "definition"))

    def block(self, kind: str, node: SyntaxTreeNode, line: int, within: tuple[str, ...]) -> Block:
        inline = Inline(node.children[0], line)
        self.images += inline.images
        block = Block(kind, line, inline.text, self.section, within, tuple(inline.spans))
        self.blocks.append(block)
        return block
