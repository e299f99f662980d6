"""Write the hashes and the lower part of requirements files; lock.sh runs it, with uv on the PATH.

In the upper part a maintainer pins what is wanted, and says why. From it follow the hashes of each
pin and, below a line that says so, what all these bring along. What an included file (``-r``) pins
is not written again.
"""

import argparse
import re
import subprocess
import tempfile
import tomllib
from pathlib import Path

MARK = "# Brought along by the pins above, and written by `make lock` as all hashes are."
PROJECT = Path(__file__).parents[1] / "pyproject.toml"
#: The oldest Python that the handbook runs on.
PYTHON = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["requires-python"].removeprefix(">=")
#: The settings of this machine, such as its own index of packages, are nobody else's.
COMPILE = (
    *("uv", "pip", "compile", "--quiet", "--no-config", "--no-header", "--universal"),
    *("--python-version", PYTHON, "--generate-hashes", "--annotation-style", "line"),
)


def by_hand(text: str) -> list[str]:
    """Return the lines of the upper part, without the hashes."""
    lines = text.partition(MARK)[0].rstrip().splitlines()
    return [line.removesuffix(" \\") for line in lines if not line.startswith(" ")]


def entries(text: str) -> list[str]:
    """Return each pin of a file with the indented lines below it."""
    return re.findall(r"^[A-Za-z0-9].*(?:\n .*)*", text, re.MULTILINE)


def name(pin: str) -> str:
    """Return the name that a pin starts with, as all its spellings are compared."""
    return re.sub(r"[-_.]+", "-", pin[: re.search(r"[^\w.-]|$", pin).start()]).lower()


def pins(text: str) -> list[str]:
    """Return the pins of a file, without hashes and comments."""
    return [entry.partition("\n")[0].removesuffix(" \\") for entry in entries(text)]


def included(file: Path) -> list[str]:
    """Return the pins of the files that a file includes, and of those that they include."""
    found = []
    for inner in re.findall(r"^-r (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE):
        path = file.parent / inner
        found += [*included(path), *pins(path.read_text(encoding="utf-8"))]
    return found


def written(text: str, locked: str, known: set[str]) -> str:
    """Return a requirements file anew.

    :param text: the file as it is.
    :param locked: all its pins and what they bring along, with hashes.
    :param known: the names that included files pin.
    """
    found = {name(entry): entry for entry in entries(locked)}
    upper = by_hand(text)
    wanted = {name(line) for line in upper if line[:1].isalnum()}
    lines = []
    for line in upper:
        hashes = re.findall(r"\n( +--hash=\S+)", found[name(line)]) if name(line) in wanted else []
        lines.append(" \\\n".join([line, *hashes]))
    along = [entry for entry in entries(locked) if name(entry) not in wanted | known]
    return "\n".join([*lines, *(["", MARK, *along] if along else [])]) + "\n"


def locked(file: Path, options: list[str]) -> str:
    """Return the pins of a file and what they bring along, with hashes, as uv finds them."""
    text = file.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        places = {"wanted": by_hand(text), "known": included(file), "result": pins(text)}
        for stem, lines in places.items():
            kept = [line for line in lines if line[:1].isalnum()]
            Path(folder, f"{stem}.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
        command = [*COMPILE, *options, "-c", "known.txt", "-o", "result.txt", "wanted.txt"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        result = Path(folder, "result.txt").read_text(encoding="utf-8")
    return re.sub(r"-[cr] \S+\.txt, ", "", result)


def main() -> None:
    """Write each of the named files anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="the newest of what comes along")
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    for file in arguments.files:
        fresh = locked(file, ["--upgrade"] if arguments.upgrade else [])
        known = {name(pin) for pin in included(file)}
        text = written(file.read_text(encoding="utf-8"), fresh, known)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
