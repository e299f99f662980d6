"""Write LICENCES.md: under what licence each package stands that requirements.txt installs.

What a package says of itself is taken from what is installed.
"""

import re
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ROOT / "requirements.txt"
GOAL = ROOT / "LICENCES.md"
HEAD = """\
# Licences of what builds the handbook

Each package that [requirements.txt](requirements.txt) installs, with the licence that it names.
`make licences` writes this list.

What readers get has styles and scripts of Furo, Sphinx and Pygments, common words from the \
list of pyspellchecker, and in the PDFs fonts that Typst carries.
All others work while the handbook is built or tested, and leave nothing of theirs in it.

| package | licence | |
|---|---|---|
"""
#: What a licence alone does not say, by package.
NOTES = {
    "docutils": "under the GPL is a mode for Emacs, which is not installed",
    "pyphen": "whichever of the three one chooses",
    "pysyllables": "its table is made of the CMU Pronouncing Dictionary, under a BSD licence",
}


def licence(name: str) -> str:
    """Return what an installed package says of its licence.

    :raises ValueError: where it says nothing.
    """
    about = distribution(name).metadata
    classifiers = about.get_all("Classifier", [])
    named = [each.split(" :: ")[-1] for each in classifiers if each.startswith("License ::")]
    said = about["License-Expression"] or "; ".join(named) or about["License"]
    if not said:
        raise ValueError(f"{name} names no licence")
    return str(said)


def listed(requirements: str) -> str:
    """Return the list for the pins of a requirements file."""
    names = sorted(set(re.findall(r"^([\w.-]+)==", requirements, re.MULTILINE)), key=str.lower)
    rows = (f"| {name} | {licence(name)} | {NOTES.get(name, '')} |\n" for name in names)
    return HEAD + "".join(rows)


if __name__ == "__main__":
    GOAL.write_text(listed(REQUIREMENTS.read_text("utf-8")), encoding="utf-8")
