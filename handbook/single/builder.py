"""A builder that writes one HTML file with everything in it: text, styles, scripts, pictures.

Where one would be too large for a mail and a slow device, it writes one for each topic.

Sphinx's own ``singlehtml`` leaves styles and scripts beside the file, breaks links between pages
and lets anchors of two pages collide.
"""

from __future__ import annotations

import base64
import gzip
import json
import mimetypes
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from handbook.files import edition_name, in_words, replace_file
from handbook.garbage import take_apart
from handbook.imprint.days import imprint
from handbook.imprint.words import read
from handbook.outline import outline
from handbook.plain import page_title
from handbook.search import site as search
from handbook.search.listing import questions
from handbook.search.site import Address
from handbook.search.text import Language
from handbook.theme.csp import policy
from handbook.theme.frame import FIRST_SCRIPT, scripts
from handbook.theme.stylesheet import JOINED
from handbook.web import shortened

from .anchors import name
from .budget import account
from .styles import used
from .volumes import LARGEST, led_out, names, topics

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
# Of the phrasings beside its page, each section learns from so many: what a mail has room for.
TAUGHT = 36
INTERNAL = ' class="reference internal"'  # on hundreds of links, and no style needs it
LIST = "search"  # the list of all questions, where the pages have one of their own


@dataclass(frozen=True)
class OnePage:
    """A page as the template needs it."""

    href: str
    title: str
    part: str
    body: str
    read_by: str


class SingleFileBuilder(StandaloneHTMLBuilder):
    """``-b single``: ``<project>.html`` in the output folder."""

    name = "single"
    search = False
    copysource = False
    download_support = False  # what pages offer to take along is not in the file
    allow_parallel = False  # the pages meet in this process
    epilog = "The one file is in %(outdir)s."

    def init(self) -> None:
        super().init()
        self.bodies: dict[str, str] = {}

    def get_outdated_docs(self) -> Iterator[str]:
        return iter(sorted(self.env.found_docs))

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The page's address; pages that one file has no use for lead to the front page."""
        there = docname in self.env.found_docs or docname == LIST
        return f"#{name(docname if there else self.config.root_doc)}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        for image in doctree.findall(nodes.image):
            image["uri"] = self._inline(Path(self.srcdir, image["uri"]))
        super().write_doc(docname, doctree)
        take_apart(doctree)
        vars(self.translator).clear()  # it has methods of its own, which refer to it

    def create_translator(self, *args: Any) -> nodes.NodeVisitor:
        self.translator = super().create_translator(*args)
        return self.translator

    def get_doc_context(self, docname: str, body: str, metatags: str) -> dict[str, Any]:
        """The page's text; what Sphinx would put round it is in no file of this kind."""
        return {"body": body}

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        *,
        outfilename: Path | None = None,
        event_arg: Any = None,
    ) -> None:
        """Keep the page's text; it is written with the others at the end."""
        body = addctx["body"].replace(INTERNAL, "")
        self.bodies[pagename] = shortened(body, "text/html")

    def gen_indices(self) -> None:
        """There are none in one file."""

    gen_additional_pages = gen_pages_from_extensions = gen_indices

    def finish(self) -> None:
        super().finish()
        for old in Path(self.outdir).glob("*.html"):  # of a handbook that was larger, or smaller
            old.unlink()
        pages = list(self._pages(self.config.root_doc))
        common = self._common()
        file = edition_name(self.config.project, "html")
        by_topic = topics(outline(self.env))
        if len(by_topic) < 2 or sum(len(page.body) for page in pages) <= LARGEST:
            whole = self._file(pages, common, lambda *place: f"#{name(*place)}")
            if len(by_topic) < 2 or len(whole) <= LARGEST:
                replace_file(Path(self.outdir, file), whole)
                logger.info(account(file, len(whole), len(outline(self.env).listed)))
                return
        files = names(self.config.project, by_topic)
        home = {page: files[topic] for topic, inside in by_topic.items() for page in inside}
        for file in files.values():
            elsewhere = {page: other for page, other in home.items() if other != file}
            address = partial(_address, elsewhere)
            own = [
                replace(page, body=led_out(page.body, elsewhere))
                for page in pages
                if page.href.removeprefix("#") not in elsewhere
            ]
            replace_file(Path(self.outdir, file), self._file(own, common, address, {*elsewhere}))
        limit = in_words(LARGEST)
        logger.info("one file would have more than %s: %d instead, one a topic", limit, len(files))

    def _common(self) -> dict[str, Any]:
        """What every file has, however many there are."""
        styles = [Path(self.outdir, "_static", JOINED).read_text("utf-8").strip()]
        language, stemmer, stemmers = search.language_of(self.app)
        inline = [_closed(text) for text in self._scripts(stemmers)]
        return self.globalcontext | {
            "language_of_search": (language, stemmer),
            "listed": questions.groups(self.app),
            "styles": styles,
            "first_script": FIRST_SCRIPT,
            "scripts": inline,
            "pathto": self.get_target_uri,
            "exit_url": self.config.handbook_exit_url,
            "licence": self.config.handbook_licence,
            "imprint": imprint(self.config, lambda *place: f"#{name(*place)}"),
        }

    def _file(
        self,
        pages: list[OnePage],
        common: dict[str, Any],
        address: Address,
        without: Collection[str] = (),
    ) -> bytes:
        """A file with these pages in it.

        :param address: makes an address of a docname and an anchor.
        :param without: the pages that are in another file.
        """
        language, stemmer = common["language_of_search"]
        context = common | {
            "pages": pages,
            "menu": [pages[1:]],
            "to_help": next((page for page in pages if page.part == "help"), None),
            "index": self._index(language, stemmer, address, without),
            "groups": questions.addressed(common["listed"], address),
        }
        # What styles have to be there for can be seen once all else is.
        bare = self.templates.render("single.html", context | {"styles": []})
        context["styles"] = [used(sheet, bare) for sheet in common["styles"]]
        context["policy"] = policy(
            scripts=[FIRST_SCRIPT, *common["scripts"]], styles=context["styles"]
        )
        return str(self.templates.render("single.html", context)).encode()

    def _pages(self, docname: str) -> Iterator[OnePage]:
        """The pages in the order of reading, as the toctrees give it."""
        front = self.env.metadata.get(docname, {})
        part = str(front.get("part", ""))
        title = page_title(self.env, docname)
        yield OnePage(f"#{name(docname)}", title, part, self.bodies[docname], read(front))
        for child in self.env.toctree_includes.get(docname, ()):
            yield from self._pages(child)

    def _scripts(self, stemmers: list[Path]) -> Iterator[str]:
        """The texts of the scripts that a page would load, in order, the search whole."""
        files = [Path(self.outdir, script.filename) for script in scripts(self._js_files)]
        own = (HERE / "vendor" / "gunzip.js", HERE / "unpack.js", HERE / "inside.js")
        for path in (*files, *stemmers, *search.code(), *own):
            yield shortened(path.read_text("utf-8"))

    def _index(
        self, language: Language, stemmer: str, address: Address, without: Collection[str]
    ) -> str:
        """The index of the search, its addresses those of this file, packed for ``unpack.js``.

        All that the search is taught would be too much for a mail, and so would be the words that
        it must not correct. A section's own text is in the file anyway.
        """
        language = replace(language, spelled=frozenset())
        kept = search.shelf(self.app, stemmer)
        pieces = search.pieces_of(self.app, language, stemmer, kept, address, TAUGHT, without)
        kept.save()
        pieces = {name: piece for name, piece in pieces.items() if not name.startswith("b")}
        text = json.dumps(pieces, ensure_ascii=False, separators=(",", ":"))
        packed = base64.b85encode(_gzip(text.encode())).decode()
        return packed.replace("<", "'")  # it stands in a script

    def _inline(self, path: Path) -> str:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _address(elsewhere: Mapping[str, str], docname: str, anchor: str) -> str:
    return f"{elsewhere.get(docname, '')}#{name(docname, anchor)}"


def _gzip(data: bytes) -> bytes:
    """Compress; byte 9 names a system, not the same one in every version of Python (RFC 1952)."""
    packed = gzip.compress(data, mtime=0)
    return packed[:9] + b"\xff" + packed[10:]


def _closed(script: str) -> str:
    """Keep a script's own strings from ending its element."""
    return re.sub(r"<(?=/script|!--)", r"\\x3c", script, flags=re.IGNORECASE)
