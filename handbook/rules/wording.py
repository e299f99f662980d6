"""The word lists of the rules, as patterns; each is short on purpose and grows by example."""

import re


def _any(*phrases: str) -> re.Pattern[str]:
    """Return a pattern for any of the phrases, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


PROMISES = _any("always", "never fails?", r"guarantee\w*", "proven", "secrets?", "sure to")

_PARTNER = "(?:he|she|they|him|her|them|(?:your|his|her|a|the) (?:husband|wife|partner|spouse))"
_MARRIAGE = "(?:the|your|a|any|their) (?:marriage|relationship)"

#: What a partner, love or a marriage comes to.
OUTCOMES = _any(
    "(?:loves?|wants?|miss|misses) (?:you|me|her|him) (?:again|back|once more)",
    "(?:wins?|gets?|brings?) (?:him|her|them) back",
    "(?:wins?|gets?|brings?) back (?:his|her|their|the) (?:love|affection)",
    rf"{_PARTNER} (?:will )?(?:comes? back|returns? to you|falls? in love)",
    rf"{_PARTNER} will (?:love|want|miss|stay|change|listen|notice)",
    "(?:makes?|gets?) (?:him|her|them) (?:to )?(?:change|listen|love|stay|want)",
    "(?:drives?|push|pushes) (?:him|her|them) (?:off|(?:further )?away)",
    "(?:changes?|improves?) your (?:marriage|relationship)",
    f"(?:saves?|mends?|heals?|rescues?|repairs?) {_MARRIAGE}",
    "(?:marriage|relationship|love|affection|feelings?) (?:will )?"
    "(?:recovers?|returns?|comes? back|improves?|gets? better)",
)

#: What makes of a promise a possibility, or its opposite.
_HEDGES = _any(
    *("can", "cannot", "could", "may", "might", "often", "some", "sometimes", "perhaps"),
    *("probably", "whether", "no", "no one", "nobody", "none", "not", "nothing", "never"),
)
_QUESTION_OR_NOT = re.compile(r"n['’]t\b|\?[\"'”’)]*$")

NUMBERS = _any(r"\d\S*", "half", "one", "two", "three", "four", "five", "six", "nine", "ten")

#: Worn pictures, which a reader in distress or in a second language has to work out.
METAPHORS = _any(
    *("ball is in", "baggage", "broken heart", r"heartbreak\w*", "bumps? in the road"),
    *(
        "bridge the gap",
        "burn(?:ed|t)? bridges",
        "build(?:s|ing)? bridges",
        "at the end of the day",
    ),
    *(
        "eggshells",
        "flames?",
        "sparks?",
        r"rekindl\w+",
        "heal(?:s|ing)? (?:the )?wounds",
        "journey",
    ),
    *(
        "light at the end",
        "on the rocks",
        "rock bottom",
        "roller[ -]?coaster",
        "tip of the iceberg",
    ),
    *("moves? mountains", "toxic", "turn(?:s|ing)? the page", "uphill battle", "weather the storm"),
)

#: Glossary terms that are everyday words too: unmarked, they mean what they mean anywhere.
EVERYDAY_TERMS = frozenset(
    {"boundary", "clinging", "contempt", "in love", "separation", "space", "trial"}
)

#: Headings and link texts that say nothing by themselves.
VAGUE_HEADINGS = frozenset(
    {"background", "conclusion", "details", "general", "introduction", "notes", "other", "overview"}
)
VAGUE_LINKS = frozenset({"here", "link", "more", "read more", "this", "this link", "this page"})
ADDRESS = re.compile(r"click|https?:|www\.", re.IGNORECASE)

HEADING_PROMISES = _any(
    r"(?:bring|draw|fix|get|heal|make|mend|save|win) (?:\w+ )*(?:back|her|him|love|marriage)"
)

_SPEECH = re.compile(r"“[^”]*”|\"[^\"]*\"")


def is_hedged(text: str) -> bool:
    """Return whether a sentence says that something can be, or asks, or says no."""
    return bool(_HEDGES.search(text) or _QUESTION_OR_NOT.search(text))


def without_speech(text: str) -> str:
    """Return the text without what stands in quotation marks."""
    return _SPEECH.sub("", text)
