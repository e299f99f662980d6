"""Search engines side by side, each given the same sections, each asked in the same Chromium.

A section is a document of its own for every engine, which is more than a site with Sphinx or
Pagefind has: they know pages. Pagefind is served from this machine, since it is dead on a disk.
The peers come from npm, in the versions below, into a folder that the benchmark is given.
"""

from __future__ import annotations

import functools
import html
import http.server
import json
import re
import shutil
import subprocess
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sphinx.search
from playwright.sync_api import Page

from handbook.search import store
from handbook.search.english import english
from handbook.search.index import Document, build
from handbook.search.site import CODE_FILE, OURS, joined

ROOT = Path(__file__).parents[2]
STEMMER = Path(sphinx.search.__file__).parent / "minified-js"
NPM = {"elasticlunr": "0.9.5", "lunr": "2.3.9", "minisearch": "7.2.0", "pagefind": "1.6.0"}


def fetch_peers(folder: Path) -> Path:
    """Install the peers with npm; return the folder of their modules."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [f"{name}@{version}" for name, version in NPM.items()]
    command = ["npm", "install", "--silent", "--no-audit", "--prefix", str(folder), *wanted]
    subprocess.run(command, check=True)
    return folder / "node_modules"


class Engine(ABC):
    """A search engine in a folder, opened in a page; ``ask`` in the page gives urls in order."""

    name: str

    def __init__(self, folder: Path, modules: Path) -> None:
        self.folder = folder
        self.modules = modules
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    @abstractmethod
    def index(self, sections: Sequence[Document]) -> None:
        """Write the index and ``ask.html``, whose ``ask(text)`` returns a promise of urls."""

    @contextmanager
    def opened(self, page: Page) -> Iterator[None]:
        """The page with the engine in it."""
        page.goto((self.folder / "ask.html").as_uri())
        yield

    def page(self, *scripts: str, inline: str = "") -> None:
        """Write ``ask.html`` with scripts by their names and one inline."""
        tags = "".join(f'<script src="{name}"></script>' for name in scripts)
        text = f"<!doctype html><meta charset=utf-8>{tags}<script>{inline}</script>"
        (self.folder / "ask.html").write_text(text, encoding="utf-8")

    def documents(self, sections: Sequence[Document]) -> None:
        """Write the sections as ``documents.js`` for an engine that indexes in the browser."""
        found = [
            {
                "id": number,
                "url": section.url,
                "title": section.title,
                "page": section.page,
                "asked": " \n".join((*section.asked, *section.taught)),
                "body": " ".join(section.body),
            }
            for number, section in enumerate(sections)
        ]
        text = f"const DOCUMENTS = {json.dumps(found)};"
        (self.folder / "documents.js").write_text(text, encoding="utf-8")


class Ours(Engine):
    """The handbook's own."""

    name = "handbook.search"
    ask = """async (text) => (await handbook.search(text))
      .map(({ url }) => decodeURI(url.slice(handbook.root.href.length)))"""

    def index(self, sections: Sequence[Document]) -> None:
        """Write the scripts as the Sphinx half does."""
        home = self.folder / "_static" / "search"
        shutil.copytree(OURS, home)
        stemmers = [STEMMER / "base-stemmer.js", STEMMER / "english-stemmer.js"]
        (home / CODE_FILE).write_text(joined(stemmers), encoding="utf-8")
        head = {"stemmer": "EnglishStemmer", "parts": {}, "list": ["", ""], "help": None}
        head |= {"start": [], "alerts": [], "guarded": [], "languages": [], "elsewhere": []}
        pieces = store.pieces(build(sections, english()), head)
        beside = [path.name for path in home.iterdir()]
        store.write(store.files(pieces, [CODE_FILE]), home, beside=beside)
        self.page("_static/search/loader.js", inline=f"const ask = {self.ask};")


class Site(Ours):
    """The handbook as it is built, with its weights for parts and its words of fear and harm."""

    name = "the built handbook"

    @contextmanager
    def opened(self, page: Page) -> Iterator[None]:
        """Its front page."""
        page.goto((ROOT / "build" / "html" / "index.html").as_uri())
        page.evaluate(f"() => {{ window.ask = {self.ask}; }}")  # its policy forbids a script
        yield


class Lunr(Engine):
    """Lunr as its guide sets it up."""

    name = "Lunr"

    def index(self, sections: Sequence[Document]) -> None:
        """Index in the browser."""
        shutil.copy(self.modules / "lunr" / "lunr.js", self.folder)
        self.documents(sections)
        self.page(
            "lunr.js",
            "documents.js",
            inline="""
            const index = lunr(function () {
              this.ref("id");
              for (const field of ["title", "page", "asked", "body"]) this.field(field);
              DOCUMENTS.forEach((document) => this.add(document));
            });
            const ask = async (text) => index
              .search(text.replace(/[^\\p{L}\\p{N}']+/gu, " "))
              .map(({ ref }) => DOCUMENTS[ref].url);""",
        )


class Elasticlunr(Engine):
    """elasticlunr as mdBook sets it: all words have to match, each by its beginning."""

    name = "elasticlunr"

    def index(self, sections: Sequence[Document]) -> None:
        """Index in the browser."""
        shutil.copy(self.modules / "elasticlunr" / "elasticlunr.js", self.folder)
        self.documents(sections)
        self.page(
            "elasticlunr.js",
            "documents.js",
            inline="""
            const index = elasticlunr(function () {
              this.setRef("id");
              for (const field of ["title", "page", "asked", "body"]) this.addField(field);
            });
            DOCUMENTS.forEach((document) => index.addDoc(document));
            const options = {
              bool: "AND",
              expand: true,
              fields: { title: { boost: 2 }, page: {}, asked: {}, body: {} },
            };
            const ask = async (text) => index.search(text, options)
              .map(({ ref }) => DOCUMENTS[ref].url);""",
        )


class MiniSearch(Engine):
    """MiniSearch as its guide sets it up."""

    name = "MiniSearch"
    options = "{}"
    search = "{}"

    def index(self, sections: Sequence[Document]) -> None:
        """Index in the browser."""
        shutil.copy(self.modules / "minisearch" / "dist" / "umd" / "index.js", self.folder)
        for name in ("base-stemmer.js", "english-stemmer.js"):
            shutil.copy(STEMMER / name, self.folder)
        self.documents(sections)
        stop = json.dumps(sorted(english().stop))
        self.page(
            "index.js",
            "base-stemmer.js",
            "english-stemmer.js",
            "documents.js",
            inline=f"""
            const stop = new Set({stop}), stemmer = new EnglishStemmer();
            const index = new MiniSearch({{
              fields: ["title", "page", "asked", "body"], ...{self.options},
            }});
            index.addAll(DOCUMENTS);
            const ask = async (text) =>
              index.search(text, {self.search}).map(({{ id }}) => DOCUMENTS[id].url);""",
        )


class MiniSearchTuned(MiniSearch):
    """MiniSearch with all that it can do: stems, stop words, prefix, typos, weights."""

    name = "MiniSearch, tuned"
    options = """{
      processTerm: (word) => {
        const plain = word.toLowerCase().replace(/['’]/g, "");
        return plain && !stop.has(plain) ? stemmer.stemWord(plain) : null;
      },
    }"""
    search = """{
      prefix: (term, i, terms) => i === terms.length - 1,
      fuzzy: (term) => term.length > 3 ? 0.2 : false,
      boost: { title: 2, asked: 1.5 },
    }"""


class Sphinx(Engine):
    """Sphinx's own search over one page a section."""

    name = "Sphinx"

    def index(self, sections: Sequence[Document]) -> None:
        """Let Sphinx build a site."""
        source = self.folder / "source"
        source.mkdir()
        escape = functools.partial(re.sub, r"([^\w\s])", r"\\\1")
        for number, section in enumerate(sections):
            title = escape(section.title) or "untitled"
            text = "\n\n".join(map(escape, (*section.asked, *section.taught, *section.body)))
            page = f":orphan:\n\n{title}\n{'=' * 2 * len(title)}\n\n{text}\n"
            (source / f"{number}.rst").write_text(page, encoding="utf-8")
        (source / "index.rst").write_text("Index\n=====\n", encoding="utf-8")
        command = [sys.executable, "-m", "sphinx", "-Q", "-C", "-b", "html", str(source)]
        subprocess.run([*command, str(self.folder)], check=True)
        urls = json.dumps([section.url for section in sections])
        scripts = ("documentation_options", "doctools", "sphinx_highlight", "language_data")
        stemmers = ("base-stemmer.js", "english-stemmer.js")
        self.page(
            *(f"_static/{name}" for name in stemmers if (self.folder / "_static" / name).exists()),
            *(f"_static/{name}.js" for name in (*scripts, "searchtools")),
            "searchindex.js",
            inline=f"""
            const URLS = {urls};
            const ask = async (text) => [...new Set(
              Search._performSearch(...Search._parseQuery(text)).reverse()
                .map(([name]) => URLS[name]).filter(Boolean))];""",
        )


class Pagefind(Engine):
    """Pagefind over one page a section, from a server."""

    name = "Pagefind (served)"

    def index(self, sections: Sequence[Document]) -> None:
        """Let Pagefind read one HTML page a section."""
        for number, section in enumerate(sections):
            text = "".join(
                f"<p>{html.escape(p)}</p>" for p in (*section.asked, *section.taught, *section.body)
            )
            page = f"<html lang=en><body><h1>{html.escape(section.title)}</h1>{text}</body></html>"
            (self.folder / f"{number}.html").write_text(page, encoding="utf-8")
        command = [str(self.modules / ".bin" / "pagefind"), "--quiet", "--site", str(self.folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        urls = json.dumps([section.url for section in sections])
        self.page(
            inline=f"""
            const URLS = {urls};
            const ready = import("/pagefind/pagefind.js");
            const ask = async (text) => {{
              const {{ results }} = await (await ready).search(text);
              const found = await Promise.all(results.slice(0, 10).map((each) => each.data()));
              return found.map(({{ url }}) => URLS[url.match(/(\\d+)\\.html/)[1]]);
            }};""",
        )

    @contextmanager
    def opened(self, page: Page) -> Iterator[None]:
        """Serve the folder on this machine alone."""

        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *args: object) -> None:
                pass

        handler = functools.partial(Quiet, directory=str(self.folder))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            page.goto(f"http://127.0.0.1:{server.server_port}/ask.html")
            yield
            server.shutdown()


ENGINES: tuple[type[Engine], ...] = (
    Ours,
    MiniSearchTuned,
    MiniSearch,
    Lunr,
    Elasticlunr,
    Pagefind,
    Sphinx,
)
