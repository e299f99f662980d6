"""Files as they leave a build: written whole or not at all, dated by the source, the same bytes."""

from __future__ import annotations

import errno
import io
import os
import re
import subprocess
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EARLIEST = 315_532_800  # 1 January 1980, the first day that a zip file can name
#: The file that ``git archive`` writes the day of the commit into (.gitattributes).
ARCHIVED = ".source-date"


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to a temporary file beside `path`, then put it in place in one step.

    :raises OSError: the file could not be written; what stood at `path` before stands there
        still, and nothing is left beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def entries(folder: Path, above: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What is under a folder but folders, each with its name there; no link is followed.

    :raises OSError: where a folder cannot be read.
    """
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from entries(Path(entry.path), f"{above}{entry.name}/")
            else:
                yield above + entry.name, entry


#: What befalls a file, and what to do about it, by the number that systems give it.
BEFALLS = {
    errno.ENOSPC: "no room is left on the disk{for_it}; free some, and run this again",
    errno.EDQUOT: "no room is left for you on the disk{for_it}; free some, and run this again",
    errno.EACCES: "{it} may not be read or written; give yourself the right to, and run this again",
    errno.EPERM: "{it} may not be changed; give yourself the right to, and run this again",
    errno.EROFS: "{it} is on a disk that can only be read; copy all to another, and run this there",
    errno.ENOENT: "{it} is gone; put it back if it is yours, and run this again",
}


def in_a_sentence(error: OSError) -> str:
    """What befell a file and what to do, for whoever ran a command."""
    it = str(error.filename2 or error.filename or "")
    if it and Path(it).is_relative_to(Path.cwd()):
        it = str(Path(it).relative_to(Path.cwd()))
    befalls = BEFALLS.get(error.errno or 0, "{it}: {why}; mend that, and run this again")
    return befalls.format(it=it or "a file", for_it=f" for {it}" if it else "", why=error.strerror)


def source_date(folder: Path, environ: Mapping[str, str] = os.environ) -> int | None:
    """Return the date of the source in seconds since 1970: SOURCE_DATE_EPOCH, or the last commit.

    An archive that Git wrote has that of its commit in ``ARCHIVED``, so both make the same bytes.
    See https://reproducible-builds.org/specs/source-date-epoch/.

    :returns: None where nothing tells; a folder that a repository around it does not track is not
        dated by that repository.
    :raises ValueError: SOURCE_DATE_EPOCH is no whole number.
    """
    given = environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        if not given.isdecimal():
            raise ValueError(
                f'SOURCE_DATE_EPOCH is "{given}": give whole seconds since 1970, or unset it'
            )
        return int(given)
    archived = folder / ARCHIVED
    try:
        if _git(folder, "ls-tree", "HEAD"):
            return int(_git(folder, "log", "-1", "--format=%ct"))
    except (OSError, ValueError, subprocess.CalledProcessError):
        pass  # no Git, no commit, or a checkout of another user's
    written = archived.read_text(encoding="utf-8").strip() if archived.is_file() else ""
    return int(written) if written.isdecimal() else None


def _git(folder: Path, *command: str) -> str:
    """Return what Git says; ``ls-tree HEAD`` names what the last commit has in this folder."""
    told = ["git", "-C", str(folder), *command]
    return subprocess.run(told, capture_output=True, text=True, check=True).stdout


def zip_bytes(
    members: Iterable[tuple[str, bytes]], seconds: int | None, stored: frozenset[str] = frozenset()
) -> bytes:
    """Return a zip archive.

    :param members: name and content, in the order in which the archive lists them.
    :param seconds: the date of every member, in seconds since 1970; none, and one
        before 1980, counts as the first of 1980.
    :param stored: the names of members that must not be compressed.
    """
    date = time.gmtime(max(seconds or 0, EARLIEST))[:6]
    archive = io.BytesIO()
    with ZipFile(archive, "w") as file:
        for name, content in members:
            member = ZipInfo(name, date)
            member.external_attr = 0o644 << 16  # a plain file, whatever umask built it
            member.create_system = 3  # Unix, wherever it was built
            member.compress_type = ZIP_STORED if name in stored else ZIP_DEFLATED
            file.writestr(member, content, compresslevel=9)
    return archive.getvalue()


def in_words(size: int) -> str:
    """A number of bytes as downloads give it (SI, 1 kB is 1000 bytes): ``139 kB``, ``1.2 MB``."""
    kilobytes = max(1, round(size / 1000))
    return f"{kilobytes} kB" if kilobytes < 1000 else f"{size / 1_000_000:.1f} MB"


def slug(name: str) -> str:
    """Return a name as it stands in file names: ``Steady Love`` is ``steady-love``."""
    ascii_letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_letters.lower()).strip("-") or "handbook"


def edition_name(project: str, kind: str) -> str:
    """Return the name of an edition's file.

    :param project: the name of the handbook.
    :param kind: what it is, ``epub``, ``html`` or ``zip``; of several PDFs which, ``a4.pdf``.
    """
    variant, _, ending = kind.rpartition(".")
    return f"{'-'.join(filter(None, (slug(project), variant)))}.{ending}"


def part_name(project: str, part: str, name: str) -> str:
    """Return the name of the PDF ``name`` that holds one article, by its folder, or one topic.

    >>> part_name("Steady", "Money & daily life", "a4")
    'steady-money-daily-life-a4.pdf'
    """
    return edition_name(project, f"{slug(part)}-{name}.pdf")


def volume_name(file: str, mark: str) -> str:
    """Return the name of the file for a volume of the book ``file``; no mark, no volume.

    >>> volume_name("steady-a4.pdf", "-volume-2-money")
    'steady-a4-volume-2-money.pdf'
    """
    stem, _, ending = file.rpartition(".")
    return f"{stem}{mark}.{ending}"


def volume_in(file: str) -> tuple[str, int, str] | None:
    """Return the book that a file is a volume of, its number and its topic, or None.

    >>> volume_in("steady-a4-volume-2-daily-money.pdf")
    ('steady-a4.pdf', 2, 'daily money')
    """
    found = re.fullmatch(r"(.+)-volume-(\d+)-(.+)(\.pdf)", file)
    return (f"{found[1]}{found[4]}", int(found[2]), found[3].replace("-", " ")) if found else None
