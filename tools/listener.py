"""Teach the listener anew, from the sentences in tools/listener, and write its tables.

    make listener

One sentence a line, under the ``[theme]`` it was written for; the file names the group. They were
written for this purpose, or for the lists of phrasings; none is a real person's.

A large sentence model learns from them (``teacher.py``) and is asked about them and half a million
variants (``variants.py``); from its answers the small model learns that goes to readers
(``pupil.py``). It takes half an hour on two cores.

Sums of fractions come out a little different on another processor, so that nobody can ask for the
same bytes: the tables say of which sentences they were made instead (`digest`).
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import multiprocessing
import sys
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from handbook.model.lists import lines  # noqa: E402
from handbook.search import alert, listener, network  # noqa: E402
from handbook.search.buckets import BITS  # noqa: E402
from handbook.search.english import english  # noqa: E402
from handbook.search.listener import GROUPS  # noqa: E402
from handbook.search.text import tokens  # noqa: E402

if TYPE_CHECKING:
    from pupil import Example, Learned

TOOLS = ROOT / "tools"
HERE = TOOLS / "listener"
SEARCH = ROOT / "handbook" / "search"
TABLE = SEARCH / "listener.txt"
NETWORK_TABLE = SEARCH / "network.txt"
ORIGIN = "Of the sentences with the digest "
# How the sentences are learned from.
PROGRAM = ("teacher.py", "variants.py", "pupil.py", "listener/requirements.txt")

CALM = 2  # what a harmless text counts where no pattern stands: far more people ask such questions
# The levels, in whole steps: chosen where questions that were not written for this
# (benchmarks/README.md) are heard most at the shares of false alarms that a reader can bear. The
# network alone is not asked to hear as much: what it says is put right a moment later.
LEVELS = {
    "alone": listener.Levels(sure=12, perhaps=4, hinted=12, harmless=-16),
    "levels": listener.Levels(sure=17, perhaps=2, hinted=18, harmless=-18),
}


class Text(NamedTuple):
    """A sentence or a story: its group, the theme it was written for, and its terms."""

    text: str
    group: str
    theme: str
    terms: list[str]

    @property
    def danger(self) -> bool:
        """Whether it speaks of danger."""
        return self.group in GROUPS

    @property
    def counts(self) -> int:
        """What it counts."""
        calm = all(sign.endswith("-") for sign in alert.signs(PATTERNS, self.terms))
        return CALM if calm and not self.danger else 1


term = english().stemmer()
KINDS = listener.kinds((SEARCH / "kinds.txt").read_text(encoding="utf-8"), term)
PATTERNS = alert.parse((SEARCH / "harm.txt").read_text(encoding="utf-8"), term)


def terms_of(text: str) -> list[str]:
    """A text as its terms."""
    return [term(word) for word in tokens(text)]


def features(terms: Sequence[str]) -> set[str]:
    """The features of a stretch."""
    return listener.features(terms, KINDS, alert.signs(PATTERNS, terms))


def stretches(text: str) -> list[tuple[Sequence[str], array[int]]]:
    """The stretches of a text, and the buckets of the features of each."""
    return [
        (each, array("i", sorted({*map(listener.bucket, features(each))})))
        for each in listener.stretches(terms_of(text))
    ]


def names(some: Sequence[Text]) -> dict[int, str]:
    """For each bucket the feature that most texts have there: its name in the table."""
    seen = Counter(
        feature
        for each in some
        for feature in {f for one in listener.stretches(each.terms) for f in features(one)}
    )
    return {listener.bucket(f): f for f in sorted(seen, key=lambda f: (seen[f], f))}


def texts() -> list[Text]:
    """Everything to learn from, in a fixed order."""
    return [
        Text(line, path.stem, name, terms_of(line))
        for path in sorted(HERE.glob("*.txt"))
        if path.name != "requirements.txt"
        for _number, name, line in lines(path.read_text(encoding="utf-8"))
    ]


def digest(some: Sequence[Text]) -> str:
    """What tells sentences, and how they are learned from, from others."""
    sizes = (network.PARTS, network.PART, network.CODES, network.FILTER)
    shape = [CALM, *sizes, BITS, listener.STRETCH, listener.SHORT, listener.STEP]
    patterns = [[name, it.match, it.hint, it.exempt] for name, it in PATTERNS.items()]
    known = [[each[:2] for each in some], KINDS, patterns, shape]
    whole = hashlib.sha256(repr(known).encode())
    for name in PROGRAM:
        whole.update((TOOLS / name).read_bytes())
    return whole.hexdigest()[:16]


def examples(some: Sequence[Text]) -> list[Example]:
    """The sentences, then their variants, with what the teacher says of them."""
    # They need what is installed for this alone (tools/listener/requirements.txt).
    from pupil import OWN, SURE, Example, Stretch
    from teacher import Teacher
    from torch import sigmoid, tensor
    from variants import SEEN, counted, variants, words_of

    written = [each.text for each in some]
    teacher = Teacher()
    seen = counted([words_of(text) for text in written])
    near = teacher.near(sorted(w for w in seen if seen[w] >= SEEN and w[0].isalpha()))
    teacher.learn(written, [each.danger for each in some], [each.counts for each in some])
    asked = [*written, *variants(written, near)]
    odds = sigmoid(tensor(teacher.says(asked)) / SURE).tolist()
    with multiprocessing.Pool() as pool:
        cut = pool.map(stretches, asked, chunksize=1000)
    found = [
        Example([Stretch(*one) for one in held], said, 1, None)
        for held, said in zip(cut, odds, strict=True)
    ]
    for place, each in enumerate(some):
        found[place] = found[place]._replace(
            odds=(1 - OWN) * odds[place] + OWN * each.danger,
            counts=each.counts,
            group=GROUPS.index(each.group) if each.danger else None,
        )
    return found


def line(name: str, *numbers: int) -> str:
    """A line of a table."""
    return f"{name} = {' '.join(map(str, numbers))}"


def written(found: Learned, names: Mapping[int, str], origin: str) -> str:
    """The text of ``listener.txt``."""
    named = sorted((names[bucket], weight) for bucket, weight in found.weights.items())
    levels = (
        (f"[{name}]", *(line(*each) for each in some._asdict().items()), "")
        for name, some in LEVELS.items()
    )
    return "\n".join(
        [
            "# Written by `make listener` from tools/listener; listener.py says what it is.",
            f"# {ORIGIN}{origin}",
            "",
            *itertools.chain.from_iterable(levels),
            "[weights]",
            *(line(*each) for each in named),
            "",
        ]
    )


def written_network(found: Learned, origin: str) -> str:
    """The text of ``network.txt``."""
    apart = len(GROUPS) + 1
    return "\n".join(
        [
            "# Written by `make listener` from tools/listener; network.py says what it is.",
            f"# {ORIGIN}{origin}",
            "",
            line("share", found.share),
            f"# For danger, and for {' and '.join(GROUPS[1:])} against the other group.",
            line("bias", *found.bias),
            "",
            "# The numbers of a word's parts.",
            "[words]",
            *(line(word, *numbers) for word, numbers in sorted(found.words.items())),
            "",
            "# The parts that there are for each place.",
            "[codes]",
            *(line(str(at), *code) for at, codes in enumerate(found.codes) for code in codes),
            "",
            "# What a filter counts, what its sum begins with, and the weights of words in a row.",
            "[filters]",
            *(line(" ".join(map(str, each[:apart])), *each[apart:]) for each in found.filters),
            "",
        ]
    )


def main() -> None:
    """Write the tables."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    from pupil import learn

    some = texts()
    origin, found = digest(some), learn(examples(some), len(some))
    TABLE.write_text(written(found, names(some), origin), encoding="utf-8")
    NETWORK_TABLE.write_text(written_network(found, origin), encoding="utf-8")


if __name__ == "__main__":
    main()
