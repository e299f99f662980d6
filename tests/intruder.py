"""What an intruder may write into a page: a grammar, from which Hypothesis draws.

In the text ``ROOT`` stands for the folder above ``docs``. The names are those of `FILES`.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

from handbook.rules.markup import DIRECTIVES, ROLES

MARK = "what-lies-outside"  # of every file that is no page's business
SIZE = (7, 13)  # of the picture among them


def png(width: int, height: int, words: str) -> bytes:
    """A picture of one colour that carries words."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress(bytes((width + 1) * height))
    chunks = [(b"IHDR", head), (b"tEXt", f"Comment\0{words}".encode()), (b"IDAT", lines)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in [*chunks, (b"IEND", b"")])


DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}</svg>"
#: Files beside and among the pages: those outside have the mark, those inside the same names.
FILES: dict[str, bytes] = {
    "secret.txt": MARK.encode(),
    "secret.png": png(*SIZE, MARK),
    "secret.svg": DRAWING.format(f"<desc>{MARK}</desc>").encode(),
    "secret.csv": f"{MARK},{MARK}".encode(),
    "secret.md": f"# {MARK}\n".encode(),
    "outside/secret.txt": MARK.encode(),
    "outside/secret.png": png(*SIZE, MARK),
    "docs/secret.txt": b"Rain.",
    "docs/secret.png": png(2, 2, "rain"),
    "docs/rain/secret.svg": DRAWING.format("").encode(),
    "docs/rain/a/b/secret.txt": b"Rain.",
    "docs/rain/a/secret.txt": b"Rain.",
    "docs/rain/evil.svg": DRAWING.format("<script>evil()</script>").encode(),
    "docs/rain/notes.sh": MARK.encode(),
    "docs/rain/FAQ.MD": f"# {MARK}\n".encode(),
    "docs/rain/page.html": f"<script>evil('{MARK}')</script>".encode(),
}
#: Symbolic links, by what they lead to.
LINKS = {
    "docs/rain/out": "../../outside",
    "docs/rain/link.txt": "../../secret.txt",
    "docs/deep": "rain/a/b",
}


def lay_out(root: Path, folder: str = "rain") -> None:
    """Put the files around the pages in a folder of ``docs``."""
    for name, data in FILES.items():
        file = root / name.replace("/rain/", f"/{folder}/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    for name, goal in LINKS.items():
        (root / name.replace("/rain/", f"/{folder}/")).symlink_to(goal)


def words(*choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


# Addresses

_SEGMENTS = (
    *("..", "..", "..", ".", "", "a", "out", "docs", "rain", "/deep", "%2e%2e", "..%2F", "a%2Fb"),
    *("%252e%252e", "..\\", "%5C", "%2F", "a%00", "&sol;", "&period;&period;", "~", "\u2025"),
)
_NAMES = (
    *("secret.txt", "secret.png", "secret.svg", "secret.csv", "secret.md", "secret%2Etxt"),
    *("link.txt", "evil.svg", "notes.sh", "FAQ.MD", "page.html", "secret.*", "tips.md", "passwd"),
    *("secret.txt?a=b", "secret.png#a", "secret.txt%00.png", "SECRET.PNG", "answer.md#plan"),
)
paths = st.builds(
    lambda start, segments, name: start + "/".join([*segments, name]),
    words("", "", "", "/", "ROOT/", "/ROOT/", "//", "///", "/%2F", "./", "file:", "file://ROOT/"),
    st.lists(st.sampled_from(_SEGMENTS), max_size=4),
    st.sampled_from(_NAMES),
)

_NOISE = (
    *("", "", "", "", "\t", "&Tab;", "&NewLine;", "&#10;", "&#x0d;", "&#1;", "\\", "%0a", "\u200b"),
    *("\x7f", "\xa0", "&zwnj;", " ", "&#x20;", "&shy;"),
)
_SCHEMES = (
    *("javascript", "javascript", "data", "vbscript", "file", "ftp", "blob", "filesystem", "about"),
    *("inv", "path", "project", "myst", "ws", "view-source", "https", "http", "tel", "mailto"),
)
_REST = (
    *("evil()", "//%0aevil()", "//evil.example/x.png", "evil.example", "text/html,<b>", "#a"),
    *("text/html;base64,PHNjcmlwdD5ldmlsKCk8L3NjcmlwdD4=", "image/svg+xml,%3Csvg%20onload=evil()"),
    *("../../secret.txt", "//ROOT/secret.txt", "image/png;base64,AA=="),
)


def spellings(name: str) -> Iterator[str]:
    """A scheme as no reader of it expects it."""
    for noise in _NOISE:
        for at in (0, 1, 4, len(name)):
            for letters in (name, name.title(), name.upper()):
                yield f"{letters[:at]}{noise}{letters[at:]}"
    yield "".join(f"&#{ord(letter)};" for letter in name)
    yield f"&#x{ord(name[0]):x}{name[1:]}"


schemes = st.builds(
    "{}{}{}".format,
    st.sampled_from([each for name in _SCHEMES for each in spellings(name)]),
    words(":", ":", ":", "&colon;", "&#58;", "%3A", "\\:", ":&#10;"),
    st.sampled_from(_REST),
)

foreign = words(
    *("//evil.example/x.png", "\\\\evil.example/x.png", "/\\evil.example/x", "/&Tab;/evil.example"),
    *("&#47;/evil.example/x", "https://evil.example/x.png", "http://evil.example/x.svg"),
    *("https:evil.example", "/%2Fevil.example", "HTTPS://evil.example/x.png", "///evil.example/x"),
)
straight = words(
    *("../../secret.txt", "../../secret.png", "out/secret.png", "link.txt", "javascript:evil()"),
    *("a%2Fb/../../../secret.txt", "a%2Fb/../../../secret.png", "/../secret.txt", "evil.svg"),
)
addresses = st.one_of(straight, paths, schemes, foreign)

# Inside a line

_attribute = st.builds(
    "{}={}".format,
    words("src", "href", "target", "onclick", "style", "srcset", "data-src", "class", "title"),
    st.one_of(
        st.just('"evil()"'),
        st.just('"background:url(//evil.example)"'),
        addresses.map('"{}"'.format),
    ),
)
attributes = st.lists(_attribute, min_size=1, max_size=2).map(lambda all_: f"{{{' '.join(all_)}}}")
_links = (
    *("[It rains]({0}).", "[It rains](<{0}>).", '[It rains]({0} "rain").', "<{0}>"),
    *("[It rains][rain].\n\n[rain]: {0}", "[It rains][rain].\n\n[rain]: <{0}> 'rain'"),
    *("![Rain]({0})", "![Rain](<{0}>)", "![Rain][map]\n\n[map]: {0}"),
    *("[![Rain]({0})]({1})", "[It rains]({0}){2}", "![Rain]({0}){2}", "[It rains]{2}"),
    *("[It rains](answer.md){2}", "![Rain](../secret.png){2}", "`rain`{2}", "{2}\n![Rain]({0})"),
)
links = st.builds(str.format, st.sampled_from(_links), addresses, addresses, attributes)
tags = st.builds(
    str.format,
    words(
        *("<script>evil()</script>", '<img src="{0}" onerror="evil()">', '<a href="{0}">rain</a>'),
        *(
            '<iframe src="{0}"></iframe>',
            '<svg onload="evil()">',
            '<link rel=stylesheet href="{0}">',
        ),
        *('<meta http-equiv="refresh" content="0;url={0}">', '<base href="{0}">', "<style>@import"),
        *("<!--[if IE]><script>", "<![CDATA[<script>evil()</script>]]>", "<?php evil() ?>"),
        *(
            '<form action="{0}"><button>',
            "&lt;script&gt;evil()&lt;/script&gt;",
            "<img/src=x/onerror=",
        ),
        *("{{{{ rain }}}}", "\\<script>evil()\\</script>", '"><script>evil()</script>'),
    ),
    addresses,
)
_FOREIGN_ROLES = (
    *("raw", "download", "doc", "ref", "any", "math", "rfc", "pep", "numref", "eval", "image"),
    *(
        "guilabel",
        "file",
        "command",
        "html",
        "code",
        "emphasis",
        "abbr",
        "index",
        "external",
        "c:type",
    ),
)
roles = st.builds(
    str.format,
    words("{{{0}}}`rain <{1}>`", "{{{0}}}`{1}`", "{{{0}}}`<b>{1}</b>`"),
    st.sampled_from([*sorted(ROLES), *_FOREIGN_ROLES]),
    addresses,
)
inline = st.one_of(links, links, tags, roles, st.just("It rains."))

# Blocks

_FOREIGN_DIRECTIVES = (
    *(
        "raw",
        "include",
        "literalinclude",
        "csv-table",
        "toctree",
        "meta",
        "eval-rst",
        "math",
        "role",
    ),
    *(
        "parsed-literal",
        "container",
        "title",
        "download",
        "image",
        "figure",
        "figure-md",
        "unicode",
    ),
    *(
        "default-role",
        "replace",
        "date",
        "class",
        "contents",
        "epigraph",
        "index",
        "highlight",
        "rst",
    ),
    *(
        "graphviz",
        "py:function",
        "mermaid",
        "embed",
        "topic",
        "sidebar",
        "header",
        "footer",
        "html",
    ),
)
_OPTIONS = (
    *("target", "target", "alt", "url", "file", "class", "name", "http-equiv", "content", "format"),
    *(
        "caption",
        "figwidth",
        "scale",
        "literal",
        "hidden",
        "encoding",
        "onclick",
        "style",
        "loading",
    ),
)
_BODIES = (
    *("", "It rains.", "<script>evil()</script>", "x <{0}>", "{0}", "@import '{0}';", "- - {0}"),
    *(".. raw:: html\n\n   <script>evil()</script>", ".. include:: {0}", ".. image:: {0}"),
    *("`rain <{0}>`_", ".. figure:: {0}\n   :target: {0}", ".. csv-table::\n   :file: {0}"),
    *(".. _rain: {0}\n\nrain_", ".. |rain| image:: {0}\n\n|rain|", "rain\n  {1}", "* - {1}"),
)


@st.composite
def directives(draw: st.DrawFn) -> str:
    """A directive with an argument, options in either form, and a body."""
    fence = draw(words("```", ":::", "~~~", "````"))
    name = draw(st.sampled_from([*sorted(DIRECTIVES), *_FOREIGN_DIRECTIVES]))
    argument = draw(st.one_of(addresses, inline, words("", "html", "html", "tag(raw)")))
    options = draw(st.dictionaries(st.sampled_from(_OPTIONS), addresses, max_size=2))
    options = {key: draw(words(value, f'"{value}"')) for key, value in options.items()}
    if draw(st.booleans()):
        head = [f":{key}: {value}" for key, value in options.items()]
    else:
        head = ["---", *(f"{key}: {value}" for key, value in options.items()), "---"]
    body = draw(st.sampled_from(_BODIES)).format(draw(addresses), draw(inline))
    return "\n".join([f"{fence}{{{name}}} {argument.partition(chr(10))[0]}", *head, body, fence])


def _indented(text: str, first: str, others: str) -> str:
    return first + text.replace("\n", f"\n{others}")


#: Ways in as their inventors meant them, so that each is tried in every run.
STRAIGHT = (
    "```{raw} html\n<script>evil()</script>\n```",
    "```{eval-rst}\n.. raw:: html\n\n   <script>evil()</script>\n```",
    "```{role} tag(raw)\n:format: html\n```\n\n{tag}`<script>evil()</script>`",
    "```{include} ../../secret.txt\n```",
    "```{literalinclude} ../../secret.txt\n```",
    "```{csv-table}\n:file: ../../secret.csv\n```",
    "```{eval-rst}\n.. meta::\n   :http-equiv=refresh: 0;url=https://evil.example\n```",
    "```{math}\n1\n```",
    "```{toctree}\nx <javascript://%0aevil()>\n```",
    "```{image} ../secret.png\n:alt: Rain\n:target: javascript:evil()\n```",
    ":::{figure} ../../secret.png\n:alt: Rain\n:::",
    "{download}`rain <../../secret.txt>`",
    "[It rains](../../secret.txt) and ![Rain](../../secret.png).",
    "[It rains](evil.svg) and ![Rain](evil.svg).",
)
_bare = st.one_of(inline, inline, directives(), st.sampled_from(STRAIGHT))
_wrapped = st.one_of(
    _bare.map(lambda text: _indented(text, "> ", "> ")),
    _bare.map(lambda text: _indented(text, "- ", "  ")),
    _bare.map(lambda text: _indented(text, "It\n: ", "  ")),
    _bare.map(lambda text: _indented(text, "It rains.[^1]\n\n[^1]: ", "    ")),
    _bare.map("::::::{{note}}\n{}\n::::::".format),
    _bare.map("``````{{admonition}} Rain\n{}\n``````".format),
    inline.map("``````{{admonition}} {}\nIt rains.\n``````".format),
    inline.map("| Rain | {} |\n|---|---|\n| a | b |".format),
    st.builds("{}\n{}".format, attributes, _bare),
)
#: A piece of a page: a few lines of Markdown.
pieces = st.one_of(_bare, _wrapped)

# The head of a page

_heads = (
    *(
        "myst:\n  html_meta:\n    http-equiv=refresh: 0;url={0}",
        "myst:\n  url_schemes: [javascript]",
    ),
    *("myst:\n  enable_extensions: [substitution, html_image]", "substitutions:\n  rain: {1}"),
    *("html_meta:\n  description: {0}", "orphan: true", "nosearch: true", "og:image: {0}", "? {0}"),
    *("html_theme: {0}", "title: {1}", "summary: {1}", "summary: {0}", "part: {0}", "<<: *rain"),
    *("template: {0}", "reviewed: !!python/object:os.system {0}", "review-by: {0}", "topic: {1}"),
    *('title: "{1}"', "'{0}': {0}", "---", "...", "tocdepth: 1", "myst:\n  disable_syntax: []"),
)
#: One more line of front matter, or the new value of a key that is there.
heads = st.builds(str.format, st.sampled_from(_heads), addresses, inline)
