"""The Sphinx builder ``typst``: the project as one book, in every edition of ``typst_editions``."""

from __future__ import annotations

import shutil
from collections.abc import Set
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.display import status_iterator
from sphinx.util.i18n import format_date

from handbook.files import EARLIEST, part_name, replace_file, source_date
from handbook.imprint.words import read
from handbook.model.problem import nearest
from handbook.outline import outline
from handbook.plain import page_title

from . import questions
from .book import TypesetPage, not_found, typeset, unresolved
from .compiler import compile_alone
from .errors import BookError
from .labels import CrossReference, Labels
from .reading_order import BookPage, ReadingOrder, Tree, reading_order
from .settings import Book, Edition, read_book, read_editions, template_data
from .translator import TypstTranslator
from .translator.emitter import Surroundings, location

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).with_name("template.typ")

DEFAULT_EDITIONS = {
    "a4": {"paper": "a4", "size": 12.5},
    "letter": {"paper": "us-letter", "size": 12.5},
    "large-print": {"paper": "a4", "size": 18},
}


class TypstBuilder(Builder):
    """Write the PDF of each edition; the folder ``source`` keeps what Typst was given."""

    name = "typst"
    format = "typst"
    epilog = "The PDFs are in %(outdir)s."
    default_translator_class = TypstTranslator
    supported_image_types: ClassVar[list[str]] = [
        "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp",
    ]  # fmt: skip
    supported_remote_images = True  # they reach the translator, which says that none is fetched

    book: Book
    editions: dict[str, Edition]
    order: ReadingOrder
    pages: dict[str, BookPage]
    labels: Labels
    terms: dict[str, str]
    faults: list[BookError]
    base: Path  # places in messages are relative to it

    def init(self) -> None:
        """Read the settings, before any page is read."""
        self.base = Path(self.app.confdir)
        config = self.config
        try:
            seconds = source_date(self.base)
        except ValueError as error:
            raise ConfigError(str(error)) from error
        day = "" if seconds is None else self._date(datetime.fromtimestamp(seconds, UTC))
        self.timestamp = EARLIEST if seconds is None else seconds
        defaults = {
            "title": config.project,
            "author": "" if config.author == "Author name not set" else config.author,
            "edition": config.release,
            "language": (config.language or "en").replace("_", "-"),
        }
        try:
            self.book = read_book(config.typst_book, defaults)
            if day and not self.book.made:
                self.book = replace(self.book, made=self.book.words["made"].format(day=day))
            self.editions = read_editions(config.typst_editions, config.project)
            if config.typst_of:
                self.editions = {
                    name: replace(each, file=part_name(config.project, config.typst_of, name))
                    for name, each in self.editions.items()
                }
        except ValueError as error:
            raise ConfigError(str(error)) from error

    def get_outdated_docs(self) -> str:
        """All pages: no page of a book can be made alone."""
        return "all pages"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address that the translator knows a page of the project by."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the same address from everywhere."""
        return self.get_target_uri(to)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Put the pages in order."""
        try:
            self.order = reading_order(self.config.root_doc, toctrees(self.env), self.book)
        except ValueError as error:
            raise ConfigError(str(error)) from error
        if self.config.typst_of:
            chosen = self._chosen(self.config.typst_of)
            self.order = self.order.only(chosen)
        self.pages = {page.docname: page for page in self.order.pages()}
        self.labels = Labels()
        self.faults = []
        self.terms = {
            name: f"{docname}#{anchor}"
            for name, _, kind, docname, anchor, _ in self.env.domains.standard_domain.get_objects()
            if kind == "term" and docname in self.pages
        }

    def write_documents(self, docnames: Set[str]) -> None:
        """Set every page, then print every edition."""
        typeset_pages = {
            docname: self._set_page(docname)
            for docname in status_iterator(
                self.pages, "setting pages... ", "brown", len(self.pages), self.config.verbosity
            )
        }
        pages = typeset_pages.values()
        faults = [*self.faults, *unresolved(pages, self.labels)]
        if not self.config.typst_of:  # what another article has to be torn out is not in this book
            faults += not_found(pages, self.book)
        if not faults:
            try:
                faults = self._print(self._source(typeset_pages))
            except OSError as error:
                why = f"cannot be written ({error.strerror}); mend that, and run this again"
                sentence = f"{why}; the last good edition stays"
                faults = [BookError(str(error.filename or self.outdir), sentence)]
        for each in faults:
            if ":" in each.place:
                logger.error(each.sentence, location=each.place)
            else:  # Sphinx would take it for the name of a page
                logger.error("%s", each)
        if faults:
            self.app.statuscode = 1

    def _source(self, typeset_pages: dict[str, TypesetPage]) -> str:
        checked = min(filter(None, (page.checked for page in typeset_pages.values())), default="")
        if checked and not self.book.checked:
            day = self._date(datetime.fromisoformat(checked))
            said = self.book.words["checked"].format(day=day)
            self.book = replace(self.book, checked=said)
        return typeset(self.order, typeset_pages, self.book, self.labels)

    def _set_page(self, docname: str) -> TypesetPage:
        document = self.env.get_doctree(docname)
        self.env.resolve_references(document, docname, self)
        self.post_process_images(document)
        around = Surroundings(
            self.book, self.pages, self.labels, self.images, self.terms, self.base
        )
        translator = self.create_translator(document, self, docname, around)
        assert isinstance(translator, TypstTranslator)
        document.walkabout(translator)
        self.faults += translator.faults
        where = location(document, self.base)
        return TypesetPage(
            title=page_title(self.env, docname),
            part=self.env.metadata[docname].get("part", ""),
            code=translator.body,
            answer=translator.answer,
            reviewed=self._reviewed(docname),
            has_glossary=translator.has_glossary,
            headings=translator.headings,
            repeated=translator.repeated,
            terms={term: to for term, to in self.terms.items() if to.partition("#")[0] == docname},
            aliases=translator.aliases,
            topic=self.env.metadata[docname].get("topic", ""),
            article=self._article(docname),
            checked=translator.checked,
            questions=[
                (text, CrossReference(f"{docname}#{at}", where))
                for text, at in self.env.metadata[docname].get(questions.KEY, ())
            ],
        )

    def _chosen(self, name: str) -> set[str]:
        """The pages of the article in a folder, or of all articles on a topic.

        :raises ConfigError: where there is neither.
        """
        listed = outline(self.env).listed
        found = [one for one in listed if name in (one.topic, one.docname.rpartition("/")[0])]
        if not found:
            known = {one.topic for one in listed} | {
                one.docname.rpartition("/")[0] for one in listed
            }
            near = nearest(name, known)
            hint = f"did you mean {near}?" if near else "name the folder of an article, or a topic"
            raise ConfigError(f'there is no article and no topic "{name}"; {hint}')
        said = found[0].topic if name == found[0].topic else found[0].title
        self.book = replace(self.book, subtitle=said)
        return {page for one in found for page in outline(self.env).article_pages(one.docname)}

    def _article(self, docname: str) -> str:
        """The title of the article that a page belongs to, or nothing."""
        pages = outline(self.env).article_pages(docname)
        return page_title(self.env, pages[0]) if pages else ""

    def _reviewed(self, docname: str) -> str:
        """Say when a page was and will be reviewed, if it has both dates, and who has read it."""
        metadata = self.env.metadata[docname]
        dates = [str(metadata.get(key, "")) for key in ("reviewed", "review-by")]
        if not all(dates):
            return ""
        reviewed, due = (self._date(datetime.fromisoformat(each)) for each in dates)
        review = self.book.words["review"].format(reviewed=reviewed, due=due)
        return f"{review} {read(metadata)}".rstrip()

    def _date(self, day: datetime) -> str:
        return format_date("%d %B %Y", date=day, language=self.config.language).lstrip("0")

    def _print(self, source: str) -> list[BookError]:
        """Print the editions one after the other, up to the first with faults; return these."""
        folder = Path(self.outdir, "source")
        (folder / "images").mkdir(parents=True, exist_ok=True)
        for image, name in self.images.items():
            shutil.copyfile(Path(self.srcdir, image), folder / "images" / name)
        replace_file(folder / "template.typ", TEMPLATE.read_bytes())
        replace_file(folder / "book.typ", source.encode())
        for name, edition in self.editions.items():
            logger.info("printing %s...", name)
            data = template_data(self.book, edition)
            try:
                pdf = compile_alone(folder, data, self.timestamp, self.base)
            except BrokenProcessPool:
                return [BookError(edition.file, "Typst was killed; give it more memory")]
            if isinstance(pdf, list):
                return pdf
            replace_file(Path(self.outdir, edition.file), pdf)
        return []


def toctrees(env: BuildEnvironment) -> Tree:
    """Return the project's toctrees; captions are found on the nodes and nowhere else."""
    return {
        docname: [
            (toctree.get("caption"), toctree["includefiles"])
            for toctree in env.get_doctree(docname).findall(addnodes.toctree)
        ]
        for docname in env.toctree_includes
    }
