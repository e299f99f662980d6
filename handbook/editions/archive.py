"""Zip archives with the same bytes whenever their contents are the same."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EARLIEST = 315_532_800  # 1 January 1980, the first day that a zip file can name


def zip_bytes(
    members: Iterable[tuple[str, bytes]], seconds: int, stored: frozenset[str] = frozenset()
) -> bytes:
    """Return a zip archive.

    :param members: name and content, in the order in which the archive lists them.
    :param seconds: the date of every member, in seconds since 1970; earlier than 1980 counts
        as 1980.
    :param stored: the names of members that must not be compressed.
    """
    date = time.gmtime(max(seconds, EARLIEST))[:6]
    archive = io.BytesIO()
    with ZipFile(archive, "w") as file:
        for name, content in members:
            member = ZipInfo(name, date)
            member.external_attr = 0o644 << 16  # a plain file, whatever umask built it
            member.create_system = 3  # Unix, wherever it was built
            member.compress_type = ZIP_STORED if name in stored else ZIP_DEFLATED
            file.writestr(member, content, compresslevel=9)
    return archive.getvalue()
