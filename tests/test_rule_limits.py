"""Each number in a rule: a page just at it keeps the rule, and one step further breaks it."""

from collections import Counter
from datetime import date

import pytest
from pages import page

from handbook.model import markdown
from handbook.rules.check import breaches
from handbook.rules.rule import Setting
from handbook.rules.sentences import grade

TODAY = date(2026, 12, 1)


def broken(text: str) -> list[str]:
    """Return the rules that a page breaks; what it is asked in its own sections are phrasings."""
    parsed, problems = markdown.parse(text, "rain/tips", "docs/rain/tips.md")
    assert parsed is not None, problems
    phrasings = Counter((parsed.docname, question.anchor) for question in parsed.asked)
    return [problem.rule for problem in breaches(parsed, Setting(TODAY, phrasings=phrasings))]


def sentence(words: int) -> str:
    return f"Rain{' falls' * (words - 1)}."


def lines(*words: int) -> str:
    """Sentences of so many words, each a paragraph of its own."""
    return "\n\n".join(map(sentence, words))


def bullets(count: int) -> str:
    return "These are some:\n\n" + "- Rain.\n" * count


def boxes(count: int) -> str:
    return "\n\nRain falls.\n\n".join([":::{note}\nIt is wet.\n:::"] * count)


def answer(words: int) -> str:
    text = f":::{{short-answer}}\n{sentence(20)}\n{sentence(20)}\n{sentence(words - 40)}\n:::"
    return page(text, part="article\ntopic: Weather")


def point(words: int) -> str:
    text = f"Points:\n\n- [Rain](a.md#rain){' falls' * (words - 1)}"
    return page(text, part="takeaways")


def asked(count: int, level: int = 2) -> str:
    """A section of a tips page with so many phrasings, below one that has enough."""
    enough = "".join(f"is it rain {number}\n" for number in range(15))
    few = "".join(f"is it snow {number}\n" for number in range(count))
    first = f"(a)=\n## Rain\n\n:::{{asked}}\n{enough}:::\n\nIt falls."
    second = f"(b)=\n{'#' * level} Snow\n\n:::{{asked}}\n{few}:::\n\nIt falls."
    return page(f"{first}\n\n{second}", part="tips")


def last_checked(day: str) -> str:
    return page(f"{{.last-checked}}\nThis list was last checked on {day}.")


#: The rule and its number; a page that keeps it, and one a step further that breaks it.
LIMITS = [
    ("sentence-length", 25, page(lines(25)), page(lines(26))),
    ("long-sentences", 20, page(lines(20, 20)), page(lines(21, 21))),
    # One may always be long; from twenty on it is one in ten.
    ("long-sentences", 1, page(lines(21)), page(lines(21, 21))),
    ("long-sentences", "2 of 20", page(lines(21, 21, *[9] * 18)), page(lines(21, 21, *[9] * 17))),
    ("paragraph-length", 5, page("\n".join(["Rain."] * 5)), page("\n".join(["Rain."] * 6))),
    ("answer-first", 60, answer(60), answer(61)),
    ("title", 65, page(title="R" * 65), page(title="R" * 66)),
    ("summary", 160, page(summary="R" * 159 + "."), page(summary="R" * 160 + ".")),
    ("summary", "1 sentence", page(summary="Rain falls."), page(summary="Rain. It falls.")),
    ("heading-level", "one deeper", page("(a)=\n## A\n\nA.\n\n(b)=\n### B\n\nB."),
     page("(a)=\n## A\n\nA.\n\n(b)=\n#### B\n\nB.")),
    ("heading-level", "2 is the first", page("(a)=\n## A\n\nA."), page("(a)=\n### A\n\nA.")),
    ("bullets", 6, page(bullets(6)), page(bullets(7))),
    ("boxes", 2, page(boxes(2)), page(boxes(3))),
    ("takeaways", 15, point(15), point(16)),
    ("phrasings", 15, asked(15), asked(14)),
    ("phrasings", "of a second heading", asked(14, level=3), asked(14, level=2)),
    ("one-question", 1, page(":::{asked}\nis it wet\n:::\n\nRain."),
     page(":::{asked}\nis it wet\nis it cold\n:::\n\nRain.")),
    ("review-overdue", "its day", page(review_by="2026-12-01"), page(review_by="2026-11-30")),
    ("helplines-due", "6 months", last_checked("2026-06-02"), last_checked("2026-06-01")),
    ("helplines-overdue", "12 months", last_checked("2025-12-01"), last_checked("2025-11-30")),
    ("helplines-checked", "tomorrow", last_checked("2026-12-02"), last_checked("2026-12-03")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "kept", "over"),
    [pytest.param(rule, kept, over, id=f"{rule}: {limit}") for rule, limit, kept, over in LIMITS],
)
def test_a_rule_is_kept_at_its_limit_and_broken_a_step_further(
    rule: str, kept: str, over: str
) -> None:
    assert rule not in broken(kept)
    assert broken(over).count(rule) == 1


# Grades: each text is measured here too, so that both lie close to the limit.

STEP = 0.118  # what one syllable more adds to the grade of a hundred words


def hundred(syllables: int) -> list[str]:
    """Ten sentences of ten words, which have one syllable or two."""
    words = ["Water"] * (syllables - 100) + ["Rain"] * (200 - syllables)
    return [" ".join(words[first : first + 10]) + "." for first in range(0, 100, 10)]


def paragraphs(sentences: list[str]) -> str:
    return "\n\n".join(sentences)


def test_a_page_has_grade_seven_at_most() -> None:
    easy, hard = hundred(158), hundred(159)
    assert 7 - STEP < grade(easy) < 7 < grade(hard) < 7 + STEP
    assert "reading-grade" not in broken(page(paragraphs(easy)))
    assert broken(page(paragraphs(hard))).count("reading-grade") == 1


def test_a_section_has_grade_eight_at_most() -> None:
    """On a page of which the rest is so easy that the whole is."""
    easy, hard = hundred(166), hundred(167)
    assert 8 - STEP < grade(easy) < 8 < grade(hard) < 8 + STEP
    rest = paragraphs(hundred(100))
    assert "reading-grade" not in broken(page(f"{rest}\n\n(a)=\n## A\n\n{paragraphs(easy)}"))
    over = broken(page(f"{rest}\n\n(a)=\n## A\n\n{paragraphs(hard)}"))
    assert over.count("reading-grade") == 1


def test_fewer_than_eighty_words_have_no_grade() -> None:
    """Neither a page nor a section."""
    few = [*["Umbrella " * 9 + "umbrella."] * 7, "Umbrella " * 8 + "umbrella."]
    many = [*few[:7], few[0]]
    assert "reading-grade" not in broken(page(paragraphs(few)))
    assert broken(page(paragraphs(many))).count("reading-grade") == 1
    rest = paragraphs(hundred(100) * 10)
    assert "reading-grade" not in broken(page(f"{rest}\n\n(a)=\n## A\n\n{paragraphs(few)}"))
    over = broken(page(f"{rest}\n\n(a)=\n## A\n\n{paragraphs(many)}"))
    assert over.count("reading-grade") == 1
