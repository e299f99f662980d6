"""What a site gets: the browser's scripts, the index beside them, a field and a search page.

Sphinx's own index and its scripts are left out: they would be a second, poorer search.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from babel import Locale
from sphinx.errors import ExtensionError
from sphinx.locale import _
from sphinx.search import IndexBuilder
from sphinx.util import logging

from handbook.cores import ahead
from handbook.garbage import growing, settle
from handbook.kept import Shelf, digest, tools
from handbook.outline import outline
from handbook.plain import page_title
from handbook.sources import kept_folder
from handbook.web import is_served, is_web, shortened

from . import alert, listener, network, store
from .documents import documents_of
from .english import english
from .index import build
from .listing import lists, questions
from .spelled import spelled
from .text import Language

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
OURS = HERE / "static" / "search"
Address = Callable[[str, str], str]
# Loaded when search is first opened, in this order, after the stemmer.
CODE = (
    "text.js",
    "digits.js",
    "reader.js",
    "spelling.js",
    "listener.js",
    "alert.js",
    "fit.js",
    "snippet.js",
    "passages.js",
    "engine.js",
    "modal.js",
    "dialog.js",
)
CODE_FILE = "code.js"
# Sphinx's scripts that only serve its own search.
REPLACED = ("searchtools.js", "language_data.js")

# The number of sections, and the bytes of each file of the index.
Written = tuple[int, list[int]]
_written: WeakKeyDictionary[Sphinx, Callable[[], Written]] = WeakKeyDictionary()


def add_templates(app: Sphinx, config: Config) -> None:
    """Put our templates before the theme's; relative, so that no path shows in the output."""
    config.templates_path.append(os.path.relpath(HERE / "templates", app.confdir))


def replace_search(app: Sphinx) -> None:
    """Turn Sphinx's search off, and add the loader and the styles of ours to every page."""
    if is_web(app.builder):
        app.builder.search = False  # type: ignore[attr-defined]
        app.config.html_static_path.append(os.path.relpath(HERE / "static", app.confdir))
        app.add_js_file("search/loader.js", loading_method="defer")
        app.add_css_file("search/search.css")


def begin(app: Sphinx, env: BuildEnvironment) -> None:
    """Begin with the files while the pages are written; all that they say has been read."""
    if is_served(app.builder):
        _written[app] = ahead(functools.partial(_write, app))


def _write(app: Sphinx) -> Iterator[Written]:
    """Write code and index; then keep what they were made of."""
    language, stemmer, scripts = language_of(app)
    kept = shelf(app, stemmer)
    pieces = pieces_of(app, language, stemmer, kept)
    together = joined(scripts)
    version = hashlib.sha256(together.encode()).hexdigest()[:8]
    files = store.files(pieces, [f"{CODE_FILE}?v={version}"])
    folder = Path(app.outdir, "_static", "search")
    store.write({CODE_FILE: together, **files}, folder, [path.name for path in OURS.iterdir()])
    yield pieces["head"]["sections"], [len(text.encode()) for text in files.values()]
    kept.save()


def write(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give Sphinx the search page and the lists, and wait until code and index are written.

    :raises ExtensionError: where the index cannot be built; the build fails with it.
    """
    if not is_served(app.builder):
        return

    def here(docname: str, anchor: str) -> str:
        page = app.builder.get_relative_uri("search", docname)
        return f"{page}#{anchor}" if anchor else page

    language, _stemmer, _scripts = language_of(app)
    is_large = outline(app.env).is_large
    title = _("All questions") if is_large else _("Search")
    listed = {
        "groups": questions.addressed(questions.groups(app, topical=not is_large), here),
        "list_title": title,
        **lists.ways(app, language.stop),
    }
    body = app.builder.templates.render("search-page.html", listed)
    robots = '<meta name="robots" content="noindex">'
    yield "search", {"title": title, "body": body, "metatags": robots}, "page.html"
    yield from lists.pages(app, language.stop)

    count, sizes = _written.pop(app)()
    static = Path(app.outdir, "_static")
    for name in (*(f"search/{name}" for name in CODE), *REPLACED):  # these are in `CODE_FILE`
        (static / name).unlink(missing_ok=True)

    logger.info(
        "search: %d sections; index of %.0f kB in %d files, the largest %.0f kB",
        count,
        sum(sizes) / 1000,
        len(sizes),
        max(sizes) / 1000,
    )


def code() -> list[Path]:
    """The scripts of the search, in the order in which they run after the stemmer's."""
    return [OURS / name for name in CODE]


def joined(stemmers: Iterable[Path]) -> str:
    """The stemmer's scripts and ours as one, for each file has to be asked for."""
    return ";\n".join(shortened(path.read_text("utf-8")) for path in (*stemmers, *code()))


def pieces_of(
    app: Sphinx,
    language: Language,
    stemmer: str,
    kept: Shelf,
    address: Address | None = None,
    taught: int | None = None,
    without: Collection[str] = (),
) -> dict[str, Any]:
    """The whole index, for `store.files`, or for an edition in one file.

    :param kept: see `shelf`; what is new there is to be saved.
    :param address: makes a url of a docname and an anchor; by default the builder's own.
    :param taught: how many phrasings of its page's list a section learns from; by default all.
    :param without: pages that are not to be found.
    :raises ExtensionError: where a setting names a page or a section that is not there.
    """
    config = app.config
    address = address or functools.partial(_address, app)
    sections = documents_of(app, address, without)
    if taught is not None:
        sections = [replace(section, taught=section.taught[:taught]) for section in sections]
    numbers = {section.url: number for number, section in enumerate(sections)}
    stems = _Stems(language, kept.get("stems"))
    language = replace(language, stem=stems.__getitem__)
    patterns = alert.parse((HERE / "harm.txt").read_text(encoding="utf-8"), language.stemmer())

    def number(target: str, setting: str) -> int:
        docname, _mark, anchor = target.partition("#")
        if address(docname, anchor) not in numbers:
            raise ExtensionError(f'conf.py: no section "{target}" for {setting}')
        return numbers[address(docname, anchor)]

    alerts = []
    for group, target in sorted(config.handbook_search_alert.items()):
        if group not in patterns:
            raise ExtensionError(f'conf.py: no group "{group}" for handbook_search_alert')
        alerts.append((group, number(target, "handbook_search_alert")))
    known = sorted({word for group, _target in alerts for word in patterns[group].words})
    guarded = {sections[target].part for _group, target in alerts} - {""}
    if (help_page := config.handbook_search_help) and help_page not in app.env.titles:
        raise ExtensionError(f'conf.py: no page "{help_page}" for handbook_search_help')

    def link(docname: str) -> list[str]:
        return [page_title(app.env, docname), address(docname, "")]

    def named(setting: str) -> list[int]:
        return [number(config[setting], setting)] if config[setting] else []

    elsewhere = [sections[place] for place in named("handbook_search_elsewhere")]

    hearing = _listener(language, kept)
    head = {
        "stemmer": stemmer,
        "parts": config.handbook_search_parts,
        "list": [
            "All questions" if questions.topics(app)[0][0] else "All pages",
            app.builder.get_target_uri("search"),
        ],
        "help": link(help_page) if help_page else None,
        "perhaps": config.handbook_search_perhaps,
        "language": Locale.parse(config.language, sep="_").get_language_name("en"),
        "languages": named("handbook_search_languages"),
        "elsewhere": [[section.title, section.url] for section in elsewhere],
        "start": lists.start(app, address),
        "alerts": [
            {"group": group, "section": target, **alert.packed(patterns[group])}
            for group, target in alerts
        ],
        "hurting": dict(alerts).get("hurting"),
        **({"listener": hearing["at once"]} if alerts else {}),
        "guarded": [n for n, section in enumerate(sections) if section.part in guarded],
    }
    with growing():
        index = build(sections, language, known, kept=kept)
        pieces = store.pieces(index, head, kept) | ({"m0": hearing["later"]} if alerts else {})
        kept.put("stems", json.dumps(stems).encode())
        settle()  # nor look through all of that afterwards: none of it refers to itself
    return pieces


def shelf(app: Sphinx, stemmer: str) -> Shelf:
    """What is kept of sections, of one language and one builder: the one file's are taught less."""
    config = app.config
    spoken = (str(config.language), str(config.html_search_language), stemmer)
    return Shelf(kept_folder(app) / f"sections-{app.builder.name}", digest(tools(), *spoken))


def _listener(language: Language, kept: Shelf) -> dict[str, dict[str, object]]:
    """What the browser's listener knows, which no page changes: at once, and later."""
    known = kept.get("listener")
    if known is None:
        net = network.read((HERE / "network.txt").read_text(encoding="utf-8"))
        table = listener.read((HERE / "listener.txt").read_text(encoding="utf-8"), net)
        kinds = listener.kinds((HERE / "kinds.txt").read_text(encoding="utf-8"), language.stemmer())
        at_once, later = listener.at_once(table, kinds), listener.later(table, kinds)
        known = json.dumps({"at once": at_once, "later": later}).encode()
        kept.put("listener", known)
    found: dict[str, dict[str, object]] = json.loads(known)
    return found


def language_of(app: Sphinx) -> tuple[Language, str, list[Path]]:
    """The site's language, the name of its stemmer in the browser, and the stemmer's scripts."""
    config = app.config
    code = config.html_search_language or config.language
    sphinx = IndexBuilder(app.env, code, config.html_search_options, "")
    words = _spelled(app, sphinx.lang.lang)
    if not sphinx.lang.js_stemmer_rawcode:
        return Language(frozenset(sphinx.lang.stopwords), (), str, words), "", []
    scripts = [
        Path(path).parents[1] / "minified-js" / Path(path).name
        for path in sphinx.get_js_stemmer_rawcodes()
    ]
    name = f"{sphinx.lang.language_name}Stemmer"
    if sphinx.lang.lang == "en":
        return english(words), name, scripts
    stop = frozenset(sphinx.lang.stopwords)
    return Language(stop, (), sphinx.lang.stem, words), name, scripts


def _spelled(app: Sphinx, code: str) -> frozenset[str]:
    """What `spelled` has of a language; to find its commonest words takes longer than a page."""
    kept = Shelf(kept_folder(app) / "spelled", digest(tools(), code))
    known = kept.get("words") or json.dumps(sorted(spelled(code))).encode()
    kept.put("words", known)
    kept.save()
    return frozenset(json.loads(known))


class _Stems(dict[str, str]):
    """Words and their stems: of the words that are not among them, a language is asked."""

    def __init__(self, language: Language, known: bytes | None) -> None:
        super().__init__(json.loads(known or b"{}"))
        self.language = language

    def __missing__(self, word: str) -> str:
        self[word] = self.language.stem(word)
        return self[word]


def _address(app: Sphinx, docname: str, anchor: str) -> str:
    page = app.builder.get_target_uri(docname)
    return f"{page}#{anchor}" if anchor else page
