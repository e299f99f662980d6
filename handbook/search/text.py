"""From text to the words that are indexed: fold, cut, unify spelling, stem.

The browser does the same to a question (``text.js``). What differs between languages is
data (`Language`) and travels with the index, so that it is written once; that both sides do the
same with it is shown by ``tests/search/words.json``, a corpus of cases that runs on both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

# A word is letters and digits, with apostrophes between them.
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´", "'"))
# A sentence ends at its mark and a space. "e.g. this" is cut too; a passage is none the worse.
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True)
class Language:
    """What a language adds to the cutting of words.

    stop      words that carry no meaning alone, folded, as `words` cuts them
    variants  (pattern, replacement) pairs that make two spellings one, tried in order on a whole
              word; written so that they mean the same in Python and in JavaScript ("$1")
    stem      a word to its stem
    spelled   common words, folded: what is typed like one of them is no misspelling
    """

    stop: frozenset[str]
    variants: tuple[tuple[str, str], ...]
    stem: Callable[[str], str]
    spelled: frozenset[str] = frozenset()

    def stemmer(self) -> Callable[[str], str]:
        """A function from a folded word to the term it is indexed under; it remembers answers."""
        rules = [(re.compile(old), new.replace("$", "\\")) for old, new in self.variants]

        @cache
        def term(word: str) -> str:
            for old, new in rules:
                if whole := old.fullmatch(word):
                    word = whole.expand(new)
            return self.stem(word)

        return term


def fold(text: str) -> str:
    """Lower case, without accents, with one kind of apostrophe: ``Café’s`` is ``cafe's``."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
        text = "".join(c for c in text if not unicodedata.category(c).startswith("M"))
    return text.lower()


def words(text: str) -> list[str]:
    """The words of a text, folded; a possessive is its owner, other apostrophes vanish.

    >>> words("My husband’s café doesn't open in 2026")
    ['my', 'husband', 'cafe', 'doesnt', 'open', 'in', '2026']
    """
    return [word.removesuffix("'s").replace("'", "") for word in _WORD.findall(fold(text))]


def sentences(text: str) -> list[str]:
    """A text cut into its sentences, white space collapsed."""
    return [part for part in _SENTENCE_END.split(" ".join(text.split())) if part]


# Words that carry no meaning alone: pronouns, articles, auxiliaries, prepositions. Shorter than
# the usual lists, which drop "again", "back", "off", "own" and "too": they mean something here.
# Negations are in it: "he does not love me" and "does he love me?" want the same section.
_ENGLISH_STOP = """
a about am an and are aren arent as at be been being both but by can cannot cant could couldnt d
did didnt do does doesnt doing dont each for from had hadnt has hasnt have havent having he her
here hers herself hes him himself his how i id if im in into is isnt it its itself ive just let
lets ll many may me might mine much mustnt my myself nor not of on or our ours ourselves re really
s shall she shes should shouldnt so some such t than that thats the their theirs them themselves
then there theres these they theyre theyve this those to u ur us ve very was wasnt we were werent
weve what whats when whens where wheres whether which while who whom whos whose why will with wont
would wouldnt you youd your youre yours yourself youve
"""

# British and American spelling become one, towards the side that touches fewer other words:
# "behaviour" loses its u, "realize" takes an s ("-ise" also ends "promise" and "precise").
# What the stemmer unites (counselling, counseling) needs no rule.
_ENGLISH_VARIANTS = (
    ("(.{3,})our(|s|ed|ing|al|able|ably|ful|less|ite|ites|hood|hoods|ly)", "$1or$2"),
    ("(.{2,})([iy])z(e|ed|er|ers|es|ing|ation|ations)", "$1$2s$3"),
    ("(.{3,}e)ll(ed|er|ers|ing|ings|or|ors)", "$1l$2"),
    # One thing to a reader, though not to the stemmer: the counsellor and the counselling.
    ("counsell?or(|s)", "counsel"),
    ("(.+)dgement(|s)", "$1dgment$2"),
    ("(def|off|lic|pret)en[cs]e(|s|d)", "$1ense$2"),
    ("practi[cs](e|es|ed|ing)", "practic$1"),
    ("cent(?:re|er)(|s)", "center$1"),
    ("cent(?:r|er)(ed|ing)", "center$1"),
    ("mum(|s|my)", "mom$1"),
    ("grey(|s|er|ing)", "gray$1"),
)


@cache
def english() -> Language:
    """English, with the stemmer that Sphinx installs and whose twin it ships for the browser."""
    from snowballstemmer import stemmer  # type: ignore[import-untyped]

    from .spelled import spelled

    stop = frozenset(_ENGLISH_STOP.split())
    return Language(stop, _ENGLISH_VARIANTS, stemmer("english").stemWord, spelled("en"))
