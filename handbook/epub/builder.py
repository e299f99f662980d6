"""A builder for EPUB 3 on top of Sphinx's, with what it leaves out.

Put right here, each until Sphinx does it: the language on every page, metadata about
accessibility, contents that name every page and section, landmarks, a cover that is marked as one,
the same identifier in OPF and NCX, a zip that has the same bytes whenever the source has, and files
whose names are not ASCII.

Left out: a statement of conformance (EPUB Accessibility 1.1 asks who evaluated the book, and nobody
but programs has), and a list of pages: it would have to name those of a PDF, which breaks its pages
inside paragraphs and has three sizes, so that no e-book could be built without printing one first.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import typst
from docutils import nodes
from sphinx import addnodes
from sphinx.builders.epub3 import Epub3Builder
from sphinx.util._pathlib import _StrPath  # what Sphinx asks for until it takes any path
from sphinx.util.osutil import make_filename

from handbook.files import EARLIEST, replace_file, slug, source_date, zip_bytes
from handbook.imprint.days import Imprint, imprint
from handbook.model.front_matter import ARTICLE_PARTS
from handbook.outline import outline
from handbook.palette import FOR_TEMPLATES, LIGHT, PART_COLOURS
from handbook.plain import page_title, words

from .contents import Heading, contents

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.epub3 import NavPoint
    from sphinx.config import Config

HERE = Path(__file__).parent
COVER = "_static/cover.png"  # where no picture of a page is put


class Theme(NamedTuple):
    """A theme by its name in ``conf.py``."""

    name: str
    folder: Path


THEME = Theme("handbook-epub", HERE / "theme")


class Landmark(NamedTuple):
    """A place that reading systems offer by name.

    :ivar kind: from the EPUB Structural Semantics Vocabulary.
    """

    kind: str
    href: str
    title: str

    @property
    def guide(self) -> str:
        """The kind as the reading systems of EPUB 2 know it (OPF 2.0.1, 2.6)."""
        known = {"bodymatter": "text", "glossary": "glossary", "bibliography": "bibliography"}
        return known.get(self.kind, f"other.{self.kind}")


def set_defaults(app: Sphinx, config: Config) -> None:
    """Give the book its theme and colours, and its file the name that all editions have."""
    config.html_context["colours"] = FOR_TEMPLATES
    if config.epub_theme == "epub":  # Sphinx's, which has no epub.html
        config.epub_theme = THEME.name
    if config.epub_basename == make_filename(config.project):  # Sphinx's own choice
        config.epub_basename = slug(config.project)
    config.epub_tocscope = "includehidden"  # what a book's contents leave out nobody finds
    config.epub_tocdup = False  # or the NCX names a page twice


class AnyCase(dict[str, str]):
    """What stands under a name in small letters is found in capitals too: cameras write .JPG."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())


class EpubBuilder(Epub3Builder):
    """``-b epub``: one ``.epub`` in the output folder."""

    media_types = AnyCase(Epub3Builder.media_types)

    def init(self) -> None:
        super().init()
        language = html.escape(self.config.epub_language)
        self.html_tag = (
            '<html xmlns="http://www.w3.org/1999/xhtml"'
            f' xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">'
        )
        self.seconds = source_date(self.confdir)

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        *,
        outfilename: Path | None = None,
        event_arg: Any = None,
    ) -> None:
        """Pages take the e-book's frame, whatever ``page.html`` the project has for its site."""
        super().handle_page(
            pagename, addctx, "epub.html", outfilename=outfilename, event_arg=event_arg
        )

    def post_process_images(self, doctree: nodes.Node) -> None:
        """Name the pictures without spaces, which older reading systems cannot have (PKG-010)."""
        super().post_process_images(doctree)
        self.images = {file: name.replace(" ", "-") for file, name in self.images.items()}

    def fix_fragment(self, prefix: str, fragment: str) -> str:
        """Return an address with an id that XML allows: ``24-hours`` is ``_24-hours`` here."""
        known = fragment[:1].isalpha() or fragment[:1] in ("", "_")
        return super().fix_fragment(prefix, fragment if known else f"_{fragment}")

    def fix_ids(self, tree: nodes.document) -> None:
        """Mend the ids of all elements; Sphinx looks at those that a target stands above."""
        super().fix_ids(tree)
        for node in tree.findall(nodes.Element):
            for key in ("ids", "backrefs"):
                if node.get(key):
                    node[key] = [self.fix_fragment("", each) for each in node[key]]

    def get_toc(self) -> None:
        """Draw up the contents, which are the order of reading too.

        Sphinx leaves out the sections of the first page, and puts a page deeper where the toctree
        that names it stands in a section.
        """
        headings = {page: list(self._headings(toc)) for page, toc in self.env.tocs.items()}
        inside = [
            _line(level, self.get_target_uri(docname) + heading.anchor, heading.title)
            for level, docname, heading in contents(
                self.config.root_doc, headings, self.env.toctree_includes
            )
        ]
        before, after = self.config.epub_pre_files, self.config.epub_post_files
        self.refnodes = [
            *(_line(1, file, title) for file, title in before),
            *inside,
            *(_line(1, file, title) for file, title in after),
        ]

    def _headings(self, toc: nodes.Element, level: int = 1) -> Iterator[Heading]:
        for node in toc.children:
            if isinstance(node, nodes.reference):
                anchor = self.fix_fragment("", node["anchorname"].removeprefix("#"))
                yield Heading(level, f"#{anchor}" if anchor else "", words(node))
            elif isinstance(node, addnodes.only):
                if self.tags.eval_condition(node["expr"]):
                    yield from self._headings(node, level)
            elif isinstance(node, nodes.Element):
                yield from self._headings(node, level + isinstance(node, nodes.bullet_list))

    def content_metadata(self) -> dict[str, Any]:
        """Sphinx's metadata, dated by the source."""
        day = EARLIEST if self.seconds is None else self.seconds  # EPUB wants one of a change
        date = datetime.fromtimestamp(day, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        accessibility = html.escape(self.config.epub_accessibility_summary)
        return super().content_metadata() | {
            "date": date,
            "dated": self.seconds is not None,
            "cover_image": COVER,
            "toc_locale": html.escape(self.guide_titles["toc"]),
            "landmarks": self._landmarks(),
            "accessibility_summary": accessibility,
        }

    def navigation_doc_metadata(self, navlist: list[NavPoint]) -> dict[str, Any]:
        """The contents, with the landmarks and the days of this copy beside them."""
        return super().navigation_doc_metadata(navlist) | {
            "landmarks": self._landmarks(),
            "imprint": self._imprint(),
            "copyright": html.escape(self.config.epub_copyright),
        }

    def _imprint(self) -> Imprint | None:
        """What the copy says of itself; nothing in a book that is made by this room alone."""
        if "handbook.imprint" not in self.app.extensions:
            return None
        return imprint(
            self.config,
            lambda docname, anchor: self.get_target_uri(docname) + self.fix_fragment("#", anchor),
        )

    def _landmarks(self) -> list[Landmark]:
        """Where to start, the article or the list of several, and what the project names."""
        listed = outline(self.env).listed
        start = listed[0].docname if len(listed) == 1 else self.config.root_doc
        return [
            Landmark(kind, self.get_target_uri(docname), page_title(self.env, docname))
            for docname, kind in {start: "bodymatter", **self.config.epub_landmarks}.items()
        ]

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """Sphinx names the identifier's id here; EPUBCheck wants the identifier (NCX-001)."""
        return super().toc_metadata(level, navpoints) | {
            "uid": html.escape(self.config.epub_identifier)
        }

    def build_content(self) -> None:
        """Draw the cover, then write the manifest with our own template.

        Sphinx looks for the file of a page under the address that leads there.
        """
        self._draw_cover()
        contents = self.refnodes
        self.refnodes = [entry | {"refuri": unquote(entry["refuri"])} for entry in contents]
        with self._own_templates():
            super().build_content()
        self.refnodes = contents

    def build_navigation_doc(self) -> None:
        """Write the contents and landmarks with our own template."""
        with self._own_templates():
            super().build_navigation_doc()

    def build_epub(self) -> None:
        """Zip the parts: the type first and uncompressed, as OCF asks, every time the source's."""
        names = ["mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *self.files]
        members = ((name, (self.outdir / name).read_bytes()) for name in names)
        book = zip_bytes(members, self.seconds, stored=frozenset({"mimetype"}))
        replace_file(Path(self.outdir, f"{self.config.epub_basename}.epub"), book)

    @contextmanager
    def _own_templates(self) -> Iterator[None]:
        theirs, self.template_dir = self.template_dir, _StrPath(HERE / "templates")
        try:
            yield
        finally:
            self.template_dir = theirs

    def _draw_cover(self) -> None:
        """Typst sets the cover with the fonts that it brings, so it is the same everywhere."""
        inputs = {
            "title": self.config.epub_title,
            "subtitle": self.config.epub_description,
            "paper": LIGHT["paper"],
            "ink": LIGHT["ink"],
            "quiet": LIGHT["ink-soft"],
            "parts": " ".join(PART_COLOURS[part] for part in ARTICLE_PARTS),
        }
        picture = typst.compile(
            HERE / "cover.typ", format="png", ppi=144, sys_inputs=inputs, ignore_system_fonts=True
        )
        place = Path(self.outdir, COVER)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(picture)


def _line(level: int, address: str, title: str) -> dict[str, Any]:
    """A line of the contents as Sphinx hands it to the templates, with its entities in place."""
    return {"level": level, "refuri": html.escape(address), "text": html.escape(title)}
