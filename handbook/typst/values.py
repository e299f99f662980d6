"""Python values as Typst source.

Every text leaves as a Typst *string*, never as markup: in a string nothing but the backslash and
the quotation mark has a meaning, so no page can break the book or be changed by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_LENGTH = re.compile(r"([\d.]+)\s*(px|pt|em|cm|mm|in|%)?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')


class Code(str):
    """Typst source that stands for itself: a length such as ``12pt``, a call, a name."""

    __slots__ = ()


def string(text: str) -> str:
    r"""Return `text` as a Typst string literal on one line.

    >>> print(string('say "no"'))
    "say \"no\""
    """
    return f'"{_SPECIAL.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{{{ord(match[0]):x}}}"


def value(item: object) -> str:
    """Return `item` as a Typst expression; `Code` passes as it is.

    >>> print(value({"size": Code("12pt"), "parts": ["a", None, True]}))
    ("size": 12pt, "parts": ("a", none, true,),)

    :raises TypeError: for a type that Typst has no literal for.
    """
    match item:
        case Code():
            return item
        case None:
            return "none"
        case bool():
            return str(item).lower()
        case int() | float():
            return repr(item)
        case str():
            return string(item)
        case Mapping():
            inside = "".join(f"{string(key)}: {value(entry)}, " for key, entry in item.items())
            return f"({inside.rstrip()})" if inside else "(:)"
        case Sequence():
            inside = "".join(f"{value(entry)}, " for entry in item)
            return f"({inside.rstrip()})"
    raise TypeError(f"Typst has no literal for {type(item).__name__}")


def arguments(*positional: object, **named: object) -> str:
    """Return the arguments of a call, without its parentheses; ``a_b`` becomes ``a-b``.

    >>> print(arguments("x", width=Code("50%")))
    "x", width: 50%
    """
    parts = [value(item) for item in positional]
    parts += [f"{name.replace('_', '-')}: {value(item)}" for name, item in named.items()]
    return ", ".join(parts)


def call(function: str, *positional: object, **named: object) -> str:
    """Return a call of a Typst function.

    >>> print(call("anchor", "tips#give-him-space"))
    anchor("tips#give-him-space")
    """
    return f"{function}({arguments(*positional, **named)})"


def length(given: str) -> Code | None:
    """Return an image's width or height from docutils as a Typst length; px are 1/96 inch."""
    match = _LENGTH.fullmatch(given.strip())
    if not match:
        return None
    number, unit = float(match[1]), match[2] or "px"
    return Code(f"{number * 0.75:g}pt" if unit == "px" else f"{number:g}{unit}")
