"""The Sphinx builder ``typst``: the project as one book, in every edition of ``typst_editions``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CalledProcessError
from typing import ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.display import status_iterator
from sphinx.util.i18n import format_date

from handbook.cores import processors
from handbook.files import EARLIEST, part_name, replace_file, source_date, volume_name
from handbook.garbage import take_apart
from handbook.imprint.words import read
from handbook.model.problem import nearest
from handbook.outline import outline
from handbook.plain import page_title, words

from . import questions
from .book import TypesetPage, not_found, typeset, unresolved
from .compiler import compile_alone
from .errors import BookError
from .labels import CrossReference, Labels
from .reading_order import BookPage, ReadingOrder, Tree, reading_order
from .settings import Book, Edition, read_book, read_editions, template_data
from .translator import TypstTranslator
from .translator.emitter import Surroundings, location
from .volumes import LARGEST, Article, Volume, volumes

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).with_name("template.typ")

DEFAULT_EDITIONS = {
    "a4": {"paper": "a4", "size": 12.5},
    "letter": {"paper": "us-letter", "size": 12.5},
    "large-print": {"paper": "a4", "size": 18},
}


# Books that are printed at once; each may take 430 MB.
AT_ONCE = 4


@dataclass(frozen=True)
class Printed:
    """What Typst is given: the source of a book, what is said of it, and its volume's mark."""

    source: str
    book: Book
    mark: str

    @property
    def file(self) -> str:
        """The name of the file with its source."""
        return f"book{self.mark}.typ"


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
    volumes: list[Volume]  # none where all is one book
    pages: dict[str, BookPage]  # of the book that is being set, as the next two
    labels: Labels
    terms: dict[str, str]
    all_terms: dict[str, tuple[str, str]]  # of every page
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
        self.volumes = volumes([*self._articles()], LARGEST)
        self.home = {docname: each for each in self.volumes for docname in each.docnames}
        self.all_terms = {
            name: (docname, anchor)
            for name, _, kind, docname, anchor, _ in self.env.domains.standard_domain.get_objects()
            if kind == "term"
        }
        self.sections: dict[str, dict[str, str]] = {}
        self.faults = []

    def _articles(self) -> Iterator[Article]:
        """Yield the articles of the book's body; a page of none goes with those before it."""
        known = outline(self.env)
        topics = {each.docname: each.topic for each in known.listed}
        inside: dict[str, list[str]] = {}
        first = next(iter(topics), "")
        for page in self.order.body:
            first = next(iter(known.article_pages(page.docname)), first)
            inside.setdefault(first, []).append(page.docname)
        for first, docnames in inside.items():
            size = sum(self.env.doc2path(each).stat().st_size for each in docnames)
            yield Article(topics.get(first, ""), tuple(docnames), size)

    def _begin(self, order: ReadingOrder) -> None:
        """Know what is in the next book."""
        self.pages = {page.docname: page for page in order.pages()}
        self.labels = Labels()
        self.terms = {
            name: f"{docname}#{anchor}"
            for name, (docname, anchor) in self.all_terms.items()
            if docname in self.pages
        }

    def write_documents(self, docnames: Set[str]) -> None:
        """Set every page of every volume, then print every edition."""
        found: set[str] = set()  # of what is to be printed a second time
        ready: list[Printed] = []
        books: list[Volume | None] = [*self.volumes] or [None]
        for volume in books:
            order = self.order.only(volume.docnames) if volume else self.order
            self._begin(order)
            typeset_pages = {
                docname: self._set_page(docname)
                for docname in status_iterator(
                    self.pages, "setting pages... ", "brown", len(self.pages), self.config.verbosity
                )
            }
            found.update(*(page.repeated for page in typeset_pages.values()))
            self.faults += unresolved(typeset_pages.values(), self.labels)
            if not self.faults:
                ready.append(self._set_book(order, typeset_pages, volume))
        faults = [*{str(each): each for each in self.faults}.values()]  # volumes share pages
        if not self.config.typst_of:  # what another article has to be torn out is not in this book
            faults += not_found(found, self.book)
        if not faults:
            try:
                faults = self._print(ready)
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

    def _set_book(
        self, order: ReadingOrder, typeset_pages: dict[str, TypesetPage], volume: Volume | None
    ) -> Printed:
        book = self.book
        checked = min(filter(None, (page.checked for page in typeset_pages.values())), default="")
        if checked and not book.checked:
            day = self._date(datetime.fromisoformat(checked))
            book = replace(book, checked=book.words["checked"].format(day=day))
        if volume:
            said = book.words["volume"].format(number=volume.number, count=len(self.volumes))
            book = replace(book, subtitle=f"{volume.topic}. {said}")
        source = typeset(order, typeset_pages, book, self.labels)
        return Printed(source, book, volume.mark if volume else "")

    def _set_page(self, docname: str) -> TypesetPage:
        document = self.env.get_doctree(docname)
        self.env.resolve_references(document, docname, self)
        self.post_process_images(document)
        around = Surroundings(
            self.book,
            self.pages,
            self.labels,
            self.images,
            self.terms,
            self.base,
            self._elsewhere,
        )
        translator = self.create_translator(document, self, docname, around)
        assert isinstance(translator, TypstTranslator)
        document.walkabout(translator)
        self.faults += translator.faults
        where = location(document, self.base)
        take_apart(document)
        page = TypesetPage(
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
        vars(translator).clear()  # it has methods of its own, which refer to it
        return page

    def _elsewhere(self, address: str) -> tuple[int, str] | None:
        """The number of the volume that has an address, and the title of its section."""
        docname, _, anchor = address.partition("#")
        volume = self.home.get(docname)
        if not volume:
            return None
        if docname not in self.sections:
            document = self.env.get_doctree(docname)
            self.sections[docname] = sections(document)
            take_apart(document)
            self.env._pickled_doctree_cache.pop(docname, None)  # of all volumes it would be much
        return volume.number, self.sections[docname].get(anchor) or page_title(self.env, docname)

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

    def _print(self, ready: list[Printed]) -> list[BookError]:
        """Print the editions of each volume, up to the first with faults; return these."""
        folder = Path(self.outdir, "source")
        (folder / "images").mkdir(parents=True, exist_ok=True)
        for image, name in self.images.items():
            shutil.copyfile(Path(self.srcdir, image), folder / "images" / name)
        replace_file(folder / "template.typ", TEMPLATE.read_bytes())
        for old in folder.glob("book*.typ"):
            old.unlink()
        for each in ready:
            replace_file(folder / each.file, each.source.encode())
        jobs = [(each, edition) for each in ready for edition in self.editions.values()]

        def press(job: tuple[Printed, Edition]) -> tuple[str, bytes | list[BookError]]:
            printed, edition = job
            file = volume_name(edition.file, printed.mark)
            logger.info("printing %s...", file)
            source, data = folder / printed.file, template_data(printed.book, edition)
            try:
                return file, compile_alone(source, data, self.timestamp, self.base)
            except CalledProcessError:
                return file, [BookError(file, "Typst was killed; give it more memory")]

        made: set[str] = set()
        presses = ThreadPoolExecutor(min(processors(), AT_ONCE))
        try:
            for file, pdf in presses.map(press, jobs):
                if isinstance(pdf, list):
                    return pdf
                replace_file(Path(self.outdir, file), pdf)
                made.add(file)
        finally:
            presses.shutdown(cancel_futures=True)
        for old in Path(self.outdir).glob("*.pdf"):
            if old.name not in made:  # of a handbook that was larger, or smaller
                old.unlink()
        return []


def sections(document: nodes.document) -> dict[str, str]:
    """Return the title of the section that each id of a page is in."""
    return {
        name: words(section[0])
        for section in document.findall(nodes.section)  # those inside come later
        for node in section.findall(nodes.Element)
        for name in node["ids"]
    }


def toctrees(env: BuildEnvironment) -> Tree:
    """Return the project's toctrees; captions are found on the nodes and nowhere else."""
    return {
        docname: [
            (toctree.get("caption"), toctree["includefiles"])
            for toctree in env.get_doctree(docname).findall(addnodes.toctree)
        ]
        for docname in env.toctree_includes
    }
