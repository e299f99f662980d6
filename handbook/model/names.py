"""Which names a section, a page and a file beside it may have, to hold in every edition.

A name is the address as it was written, in a browser, in the one file, in an e-book and on paper.
Letters of any script are fit for that, and digits, hyphens, low lines and full stops between
them; all else means something in an address, or is written in more ways than one. A file beside
a page may have spaces and most other signs too: it is shown or taken along, not read out.
"""

import re
import unicodedata

#: Pages that an edition writes of its own, over any of the same name.
MADE = frozenset({"genindex", "nav", "search"})

#: Folders of pages that the build makes: of topics, of letters, of what links to a section.
MADE_FOLDERS = frozenset({"topics", "a-z", "linked-from"})

#: The ids of the frame round a page and of the search, which no section may have.
FRAME = frozenset({"search", "search-index", "search-input", "search-results", "text"})
# Each result of the search, its pieces, and each group.
_RESULT = re.compile(r"search-(page-)?[0-9]+(-[a-z]+)?")
_JOINTS = "-_."
# What most names are: nothing in it has to be looked up.
_SIMPLE = re.compile(r"[A-Za-z0-9]+([-_.]+[A-Za-z0-9]+)*")
# What an address, a system or an e-book reads as a sign of its own (EPUB 3.3, 4.2.3).
_SIGNS = frozenset('"#%*/:<>?\\|')
_UNPRINTED = frozenset({"Cc", "Cn", "Co", "Cs", "Zl", "Zp"})
# Windows has a device where a file of this name would be, whatever its ending.
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9])(\..*)?", re.IGNORECASE)


def is_frames(name: str) -> bool:
    """Whether a page has a place of this name round its text."""
    return name in FRAME or _RESULT.fullmatch(name) is not None


def fit(name: str) -> str:
    """Return the name nearest to ``name`` that may be one; ``name`` itself where it may.

    >>> fit("two words"), fit("24-hours"), fit("über")
    ('two-words', '24-hours', 'über')
    """
    if _SIMPLE.fullmatch(name):
        return name
    letters = unicodedata.normalize("NFKC", name)
    plain = "".join(letter if _is_plain(letter) else "-" for letter in letters)
    if plain != name:
        plain = re.sub("-{2,}", "-", plain)
    return plain.strip(_JOINTS).lstrip("".join(filter(_is_mark, plain)))


def topic_page(topic: str) -> str:
    """Return the address of the page that the build makes for a topic; "" where there can be none.

    >>> topic_page("Love that has gone quiet"), topic_page("???"), topic_page("Con")
    ('topics/love-that-has-gone-quiet', '', '')
    """
    name = fit(topic.casefold())
    return "" if not name or is_device(name) else f"topics/{name}"


def fit_file(name: str) -> str:
    """Return the name nearest to ``name`` that a file may have; ``name`` itself where it may.

    >>> fit_file("two words.svg"), fit_file("a#b.svg")
    ('two words.svg', 'a-b.svg')
    """
    letters = (_as_in_file(letter) for letter in whole_letters(name))
    return "".join(letters).strip(" .")


def _as_in_file(letter: str) -> str:
    foreign = letter in _SIGNS or unicodedata.category(letter) in _UNPRINTED
    return "-" if foreign else letter


def is_device(name: str) -> bool:
    """Whether Windows would write to a device in place of a file of this name."""
    return _DEVICE.fullmatch(name) is not None


def whole_letters(name: str) -> str:
    """Return the name with each letter and its accents as one sign (NFC), as they are typed.

    A Mac may write them apart (NFD). Both look the same, and are two names to all other systems.
    """
    return unicodedata.normalize("NFC", name)


def _is_plain(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind[0] in "LM" or kind == "Nd" or letter in _JOINTS


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"
