"""What English adds to the cutting of words: stop words, spelling variants, stems."""

from __future__ import annotations

from functools import cache

from snowballstemmer import stemmer  # type: ignore[import-untyped]

from .spelled import spelled
from .text import Language

# Words that carry no meaning alone: pronouns, articles, auxiliaries, prepositions. Shorter than
# the usual lists, which drop "again", "back", "off", "own" and "too": they mean something here.
# Negations are in it: "he does not love me" and "does he love me?" want the same section.
_STOP = """
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
_VARIANTS = (
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
def english(words: frozenset[str] | None = None) -> Language:
    """English, with the stemmer that Sphinx installs and whose twin it ships for the browser.

    :param words: what `spelled` has, where somebody knows it.
    """
    stop = frozenset(_STOP.split())
    words = spelled("en") if words is None else words
    return Language(stop, _VARIANTS, stemmer("english").stemWord, words)
