"""A repair of what Typst writes: where the data of a stream end must be beyond doubt.

Typst puts a line feed between the data of a stream and ``endstream``. If the data happen to end
with a carriage return, both together read as the end of a line, and the stream seems a byte
shorter than its Length says: PDF/A forbids that (ISO 19005-2, 6.1.7.1). One stream in 256 is so.
This module can go when Typst no longer does it.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_DOUBTFUL = re.compile(rb"\r\nendstream\nendobj")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) n")


def mend_streams(pdf: bytes) -> bytes:
    """Return `pdf` with both bytes of a line's end after each doubtful stream.

    :param pdf: a file with one classic cross-reference table, as Typst writes it.
    :raises ValueError: it has none.
    """
    places = [match.start() for match in _DOUBTFUL.finditer(pdf)]
    table = pdf.rfind(b"\nxref\n") + 1
    if not table:
        raise ValueError("the PDF has no cross-reference table to keep in step")
    body = _DOUBTFUL.sub(lambda match: b"\r" + match[0], pdf[:table])

    def moved(match: re.Match[bytes]) -> bytes:
        offset = int(match[1])
        return b"%010d %s n" % (offset + bisect_left(places, offset), match[2])

    rest = _ENTRY.sub(moved, pdf[table:])
    return body + re.sub(rb"startxref\n\d+", b"startxref\n%d" % len(body), rest)
