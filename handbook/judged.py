"""What was found before, kept by what it was judged by: to judge is most of what a check costs.

Each kind of finding has the function here that says what it looks at. One that looks at more than
that would be wrongly kept: ``tests/test_judged.py`` edits each thing in turn.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from functools import cached_property
from pathlib import Path
from typing import Any

from handbook.kept import Shelf, digest, place
from handbook.model.article import Article
from handbook.model.handbook import Handbook
from handbook.model.page import Page
from handbook.model.problem import Problem
from handbook.model.tables import Table
from handbook.rules.allow import Allow
from handbook.rules.rule import Setting


class Judged:
    """The findings about one handbook, kept ones among them.

    :ivar kept: of the same code; its keys hold all else that a finding depends on.
    :ivar found: the contents of ``docs`` (`handbook.kept.contents`).
    """

    def __init__(
        self, handbook: Handbook, docs: Path, kept: Shelf, found: Mapping[str, str]
    ) -> None:
        self.handbook = handbook
        self.docs = docs
        self.kept = kept
        self.found = found
        self._known: str | None = None

    def knows(self, page: Page, setting: Setting) -> bool:
        """Whether all that is said of a page is kept."""
        keys = (
            self._alone(page),
            self._allowed(page),
            self._in_setting(page, setting),
            self._beside_others(page),
        )
        return all(key in self.kept for key in keys)

    def knows_article(self, article: Article) -> bool:
        """Whether all that is said of an article as a whole is kept."""
        return self._in_article(article) in self.kept

    def alone(self, page: Page, find: Callable[[Page], Iterable[Problem]]) -> list[Problem]:
        """What looks at nothing but the page."""
        return self._problems(self._alone(page), lambda: find(page))

    def allowed(self, page: Page, read: Callable[[str], Iterable[Allow]]) -> list[Allow]:
        """The exceptions that stand on the page."""
        found = self._once(
            self._allowed(page), lambda: [astuple(allow) for allow in read(page.source)]
        )
        return [Allow(*allow) for allow in found]

    def in_setting(
        self, page: Page, setting: Setting, find: Callable[[Page], Iterable[Problem]]
    ) -> list[Problem]:
        """What looks at the page and at the setting, the same for all pages, but for its day."""
        return self._problems(self._in_setting(page, setting), lambda: find(page))

    def beside_others(
        self, page: Page, find: Callable[[Page, Handbook, Path], Iterable[Problem]]
    ) -> list[Problem]:
        """What looks at the page, the anchors of all, the terms, and the files in ``docs``."""
        key = self._beside_others(page)
        return self._problems(key, lambda: find(page, self.handbook, self.docs))

    def in_article(
        self, article: Article, find: Callable[[Article, Handbook], Iterable[Problem]]
    ) -> list[Problem]:
        """What looks at the pages and tables of an article, the anchors of all, the other tables'
        names.
        """
        return self._problems(self._in_article(article), lambda: find(article, self.handbook))

    def in_lists(self, find: Callable[[Handbook], Iterable[Problem]]) -> list[Problem]:
        """What looks at the phrasings of all pages and at the anchors that they stand under."""
        lists = [
            [docname, own.path, own.digest] for docname, own in self.handbook.asked_lists.items()
        ]
        pages = [
            [
                docname,
                page.path,
                [(asked.anchor, asked.text, asked.line) for asked in page.asked],
                sorted(page.places),
            ]
            for docname, page in self.handbook.pages.items()
        ]
        return self._problems(
            f"lists {digest(json.dumps([lists, pages]))}", lambda: find(self.handbook)
        )

    def counts(self) -> Counter[tuple[str, str]]:
        """The number of phrasings by docname and anchor: of the pages and of their lists."""
        found: Counter[tuple[str, str]] = Counter()
        for docname, page in self.handbook.pages.items():
            for asked in page.asked:
                found[docname, asked.anchor] += 1
            if own := self.handbook.asked_lists.get(docname):
                for name, count in own.counts.items():
                    found[docname, name] += count
        return found

    def _alone(self, page: Page) -> str:
        return f"alone {page.digest}"

    def _allowed(self, page: Page) -> str:
        return f"allowed {page.digest}"

    def _in_article(self, article: Article) -> str:
        tables = [table.digest for table in self._tables.get(article.folder, ())]
        pages = [page.digest for page in article.pages]
        return f"article {digest(article.folder, *pages, '', *tables)} {self._around_articles}"

    def _in_setting(self, page: Page, setting: Setting) -> str:
        self._known = self._known or _known(setting)
        own = [setting.phrasings.get((page.docname, anchor), 0) for anchor in sorted(page.places)]
        return f"setting {page.digest} {self._known} {own}"

    def _beside_others(self, page: Page) -> str:
        return f"beside {page.digest} {self._around}"

    @cached_property
    def _around(self) -> str:
        return digest(self._anchors, json.dumps(self.handbook.terms), self._files)

    @cached_property
    def _around_articles(self) -> str:
        return digest(self._anchors, *sorted(self.handbook.kinds_of_tables))

    @cached_property
    def _tables(self) -> Mapping[str, list[Table]]:
        """The tables by the folder of their article."""
        found: dict[str, list[Table]] = {}
        for (folder, _), table in sorted(self.handbook.carried.items()):
            found.setdefault(folder, []).append(table)
        return found

    @cached_property
    def _anchors(self) -> str:
        anchors = {
            docname: [(section.anchor, section.old_anchors) for section in page.sections]
            for docname, page in self.handbook.pages.items()
        }
        return digest(json.dumps(anchors))

    @cached_property
    def _files(self) -> str:
        """The names of all files, and what is in those that are not read as text."""
        files = {
            name: "" if name.endswith((".md", ".txt", ".tsv")) else what
            for name, what in self.found.items()
        }
        return digest(place(self.docs, files), json.dumps(files))

    def _problems(self, key: str, find: Callable[[], Iterable[Problem]]) -> list[Problem]:
        found = self._once(key, lambda: [astuple(problem) for problem in find()])
        return [Problem(*problem) for problem in found]

    def _once(self, key: str, find: Callable[[], Any]) -> Any:
        """What is kept under a key, or else is found now; it is data (JSON) in either case."""
        known = self.kept.get(key)
        if known is None:
            known = json.dumps(find()).encode()
            self.kept.put(key, known)
        return json.loads(known)


def _known(setting: Setting) -> str:
    known = [
        setting.terms,
        sorted(setting.checked_numbers),
        sorted(setting.topics.items()),
        bool(setting.phrasings),
    ]
    return digest(json.dumps(known))
