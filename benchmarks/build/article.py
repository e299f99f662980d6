"""One generated article: five pages, the lists of phrasings, the tables, now and then a picture.

It has the shape and the size of a written one (14 sections, 3,500 words of text, 32 phrasings a
section), links within itself and to articles before it, and nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from .words import Vocabulary

# How many sections each part has, as the written articles do.
SECTIONS = {"question": 3, "answer": 4, "tips": 4, "takeaways": 3}
PHRASINGS = 32
#: Of an article's words those of its own matter, the rest are everybody's.
OWN = 0.3
MATTER = 30
_SENTENCES = (
    "The {} {} may {} when the {} is {}.",
    "You can {} a {} and {} it with the {}.",
    "Some people {} the {} for a {} {}.",
    "It often {} more than the {} that you {}.",
    "If the {} is too {}, a {} may {} it.",
    "There may be {} or {} in the {}, and some of it can {}.",
    "Nobody has to {} the {} at once.",
    "A {} that was {} can be {} with a little {}.",
    "In the {}, many {} often {} and a few {}.",
    "Put the {} down, {} for a while, and perhaps {} again.",
    "It may be about {}, and it may be about nothing but {}.",
    "Say what you {} about the {}, not what some {} {} said.",
)
_QUESTIONS = (
    "what can I do about {} {} and {}",
    "how do I {} the {} when there is {} {}",
    "is it {} to {} a {} every {}",
    "my partner {} the {} and I {} {}",
    "we {} about {} {} all the {}",
    "{} {} at home, who {}",
    "should I {} or {} over {} {}",
    "why does the {} {} when I {} {}",
)
_LIMITS = (
    "signs-of-abuse",
    "changing-out-of-fear",
    "what-cannot-wait",
    "who-is-responsible",
    "when-you-cannot-cope",
    "space-and-safety",
)
_STUDIES = ("overall-2009", "hira-2011", "papp-2009", "christensen-1990", "lebow-2012")


@dataclass(frozen=True)
class Section:
    """A section to come: its page's name, its anchor and its heading."""

    part: str
    anchor: str
    title: str


@dataclass(frozen=True)
class Article:
    """A generated article; ``files`` are texts by their names below the folder of all pages."""

    folder: str
    title: str
    topic: str
    sections: Sequence[Section]
    files: dict[str, str] = field(default_factory=dict)


class Writer:
    """Writes the articles one after the other.

    An article is the same however many follow it.
    """

    def __init__(self, words: Vocabulary, terms: Sequence[str]) -> None:
        """Begin.

        :param terms: what the glossary explains.
        """
        self.words = words
        self.terms = terms
        self._asked: set[str] = set()

    def write(self, folder: str, title: str, topic: str, before: Sequence[Article]) -> Article:
        """Write an article.

        :param before: articles to link to, the nearest last.
        """
        one = _Pen(self, Random(folder), before)
        return one.article(folder, title, topic)

    def is_new(self, phrasing: str) -> bool:
        """Whether no phrasing of the handbook has been this one; from now on it has."""
        new = phrasing not in self._asked
        self._asked.add(phrasing)
        return new


class _Pen:
    """What is at hand while one article is written."""

    def __init__(self, writer: Writer, chance: Random, before: Sequence[Article]) -> None:
        self.writer = writer
        self.chance = chance
        self.before = before
        self.matter = writer.words.matter(chance, MATTER)

    def article(self, folder: str, title: str, topic: str) -> Article:
        sections = self._sections()
        article = Article(folder, title, topic, sections)
        files = article.files
        files[f"{folder}/index.md"] = self._index(article)
        files[f"{folder}/index.asked.txt"] = self._list([("", 20)])
        for part in SECTIONS:
            own = [section for section in sections if section.part == part]
            files[f"{folder}/{part}.md"] = self._page(article, part, own)
            asked = [("", 3), *((section.anchor, PHRASINGS) for section in own)]
            files[f"{folder}/{part}.asked.txt"] = self._list(asked)
        files[f"{folder}/points.tsv"] = self._points(sections)
        files[f"{folder}/threads.tsv"] = self._threads(sections)
        files[f"{folder}/limits.tsv"] = self._limits(sections)
        if self._has_picture(folder):
            files[f"{folder}/path-{folder}.svg"] = self._picture()
        return article

    # Words

    def _word(self) -> str:
        if self.chance.random() < OWN:
            return self.chance.choice(self.matter)
        return self.writer.words.draw(self.chance)

    def _filled(self, pattern: str) -> str:
        return pattern.format(*(self._word() for _ in range(pattern.count("{}"))))

    def _sentence(self) -> str:
        return self._filled(self.chance.choice(_SENTENCES))

    def _paragraph(self, *more: str, size: int = 0) -> str:
        count = size or self.chance.randint(2, 4)
        return "\n".join([*(self._sentence() for _ in range(count)), *more])

    def _question(self) -> str:
        while True:
            question = self._filled(self.chance.choice(_QUESTIONS))
            if self.writer.is_new(question):
                return question

    # Pages

    def _sections(self) -> list[Section]:
        found: dict[str, Section] = {}
        for part, count in SECTIONS.items():
            while sum(section.part == part for section in found.values()) < count:
                title = self._filled("The {} and some {} {}")
                _, first, _, _, *others = title.split()
                anchor = "-".join([first, *others])
                found.setdefault(anchor, Section(part, anchor, title))
        return list(found.values())

    def _front(self, title: str, part: str, *more: str) -> str:
        summary = self._sentence()
        lines = (f"title: {title}", f"summary: {summary}", f"part: {part}", *more)
        return "\n".join(["---", *lines, "reviewed: 2026-11-23", "review-by: 2027-11-23", "---"])

    def _index(self, article: Article) -> str:
        tips = [section for section in article.sections if section.part == "tips"]
        partner = self.chance.choice(("he", "she", "they"))
        examples = [f"  tips.md#{tip.anchor}: {tip.title[:40].rstrip()}" for tip in tips[:2]]
        pieces = [
            self._front(
                article.title,
                "article",
                f"topic: {article.topic}",
                f"partner: {partner}",
                "examples:",
                *examples,
            ),
            self._asked(),
            ":::{short-answer}\n"
            f"{self._paragraph(size=2)}\n"
            f"If you are afraid, {_limit(_LIMITS[0])}.\n"
            ":::",
            self._paragraph(),
            "The article has four parts:",
            "\n".join(f"- [The {part}]({part}.md): {self._sentence()}" for part in SECTIONS),
            "The picture shows how the parts connect.",
            ":::{article-map}\n:::",
        ]
        return _joined(pieces)

    def _page(self, article: Article, part: str, own: Sequence[Section]) -> str:
        pieces = [self._front(self._filled(f"The {part} about {{}} and {{}}"), part)]
        pieces.append(self._paragraph(f"If you are afraid, {_limit(_LIMITS[0])}."))
        terms = self.chance.sample(self.writer.terms, 2)
        pieces.append(f"{self._sentence()}\n" + f"A {{term}}`{terms[0]}` may be one of them.")
        if part == "takeaways":
            pieces += [
                "These are the points to keep:",
                "\n".join(
                    f"- {self._link(part, section)} can {self._word()}."
                    for section in self.chance.sample(article.sections, 5)
                ),
            ]
        for number, section in enumerate(own):
            pieces += self._section(article, section, number)
        if part == "tips" and self._has_picture(article.folder):
            pieces += [
                f":::{{figure}} path-{article.folder}.svg\n"
                f":alt: A path with four stops, for {self._word()}.\n\n"
                f"{self._sentence()}\n:::"
            ]
        return _joined(pieces)

    def _section(self, article: Article, section: Section, number: int) -> Iterator[str]:
        yield f"({section.anchor})=\n## {section.title}\n\n{self._asked()}"
        place = article.sections.index(section)
        yield self._paragraph(f"Some of it may need {_limit(_LIMITS[place % len(_LIMITS)])}.")
        yield self._paragraph(f"See also {self._away()}.")
        if number % 2:
            yield "It may look like this:"
            yield "\n".join(f"- {self._sentence()}" for _ in range(self.chance.randint(3, 6)))
        else:
            yield "\n\n".join(f"{self._word().capitalize()}\n: {self._sentence()}" for _ in "abc")
        study = self.chance.choice(_STUDIES)
        source = f"[{study.replace('-', ' ').capitalize()}](../sources.md#{study})"
        yield self._paragraph(f"In one study, some {self._word()} was {self._word()} ({source}).")
        yield self._paragraph()
        if number == 2:
            yield "\n".join(f"> {self._sentence()}" for _ in range(3))
        yield self._paragraph()
        # Thoughts run from each section to those in the same place of the other parts.
        others = [other for other in _thread(article.sections, section) if other != section]
        links = " · ".join(self._link(section.part, other) for other in others)
        yield f"{{.goes-with}}\nGoes with: {links}"

    def _asked(self) -> str:
        question = self._question()
        return f":::{{asked}}\n{question[0].upper()}{question[1:]}?\n:::"

    def _link(self, part: str, goal: Section) -> str:
        page = "" if part == goal.part else f"{goal.part}.md"
        return f"[{goal.title[0].lower()}{goal.title[1:]}]({page}#{goal.anchor})"

    def _away(self) -> str:
        """A link to an article before this one, more often than not a near one."""
        if not self.before:
            return _limit(self.chance.choice(_LIMITS))
        near = self.before[-20:] if self.chance.random() < 0.7 else self.before
        other = self.chance.choice(near)
        goal = self.chance.choice(other.sections)
        text = goal.title[0].lower() + goal.title[1:]
        return f"[{text}](../{other.folder}/{goal.part}.md#{goal.anchor})"

    # What stands beside the pages

    def _list(self, sections: Sequence[tuple[str, int]]) -> str:
        pieces = ["# How people ask, the most telling first."]
        for anchor, count in sections:
            lines = [self._question() for _ in range(count)]
            pieces.append("\n".join([f"[{anchor}]", *lines] if anchor else lines))
        return _joined(pieces)

    @staticmethod
    def _points(sections: Sequence[Section]) -> str:
        rows = (f"{n}\t{s.part}#{s.anchor}\t{s.title.lower()}" for n, s in enumerate(sections, 1))
        return "\n".join(["id\tsection\tstems", *rows, ""])

    def _threads(self, sections: Sequence[Section]) -> str:
        rows = []
        for first in sections[: SECTIONS["question"]]:
            stations = {s.part: s.anchor for s in _thread(sections, first)}
            rows.append("\t".join([first.title, *(stations[part] for part in SECTIONS)]))
        return "\n".join(["\t".join(["thread", *SECTIONS]), *rows, ""])

    @staticmethod
    def _limits(sections: Sequence[Section]) -> str:
        rows = (
            f"{s.part}#{s.anchor}\thelp/limits#{_LIMITS[place % len(_LIMITS)]}\tit may not be safe"
            for place, s in enumerate(sections)
        )
        return "\n".join(["section\tlimit\twhy", *rows, ""])

    @staticmethod
    def _has_picture(folder: str) -> bool:
        return Random(folder).random() < 0.25

    def _picture(self) -> str:
        stops = "".join(
            f'  <circle cx="{80 + 160 * n}" cy="75" r="{self.chance.randint(20, 40)}"/>\n'
            for n in range(4)
        )
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 150" width="640"'
            ' height="150">\n  <rect width="640" height="150" rx="12" fill="#f6f3ec"/>\n'
            f"{stops}</svg>\n"
        )


def _thread(sections: Sequence[Section], section: Section) -> Iterator[Section]:
    """The sections in the same place of each part; what lies behind the third, goes with it."""
    place = _place(sections, section)
    for part in SECTIONS:
        own = [each for each in sections if each.part == part]
        yield own[min(place, len(own) - 1)]


def _place(sections: Sequence[Section], section: Section) -> int:
    return [each for each in sections if each.part == section.part].index(section)


def _limit(anchor: str) -> str:
    return f"[{anchor.replace('-', ' ')}](../help/limits.md#{anchor})"


def _joined(pieces: Sequence[str]) -> str:
    return "\n\n".join(pieces) + "\n"
