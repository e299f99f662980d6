"""The command line: ``python -m handbook check`` and its kin.

Sphinx is imported by the commands that build, so that ``check`` answers at once.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from handbook.build import BuildError
from handbook.check import check
from handbook.editions.catalogue import in_words
from handbook.lint import RULES, fill_in

EDITIONS = {
    "pdf": "the book as PDF",
    "epub": "the e-book",
    "single": "the handbook as one HTML file",
    "zip": "the pages as a zip",
    "editions": "all of these",
}


def _check(arguments: argparse.Namespace) -> int:
    problems = check(arguments.docs, date.today())
    for problem in problems:
        print(problem)
    fatal = sum(problem.fatal for problem in problems)
    reports = len(problems) - fatal
    if fatal:
        print(f"{fatal} to mend in {arguments.docs}.", file=sys.stderr)
    else:
        print(f"All is well in {arguments.docs}" + (f"; {reports} to see to." if reports else "."))
    return 1 if fatal else 0


def _rules(arguments: argparse.Namespace) -> int:
    guide = arguments.guide
    guide.write_text(fill_in(guide.read_text(encoding="utf-8"), RULES), encoding="utf-8")
    return 0


def _html(arguments: argparse.Namespace) -> int:
    from handbook.editions import make

    print(f"Open {(make.html(Path.cwd()) / 'index.html').as_uri()}")
    return 0


def _edition(arguments: argparse.Namespace) -> int:
    from handbook.editions import make

    for path in make.MAKERS[arguments.command](Path.cwd()):
        print(f"{path.relative_to(Path.cwd())}  {in_words(path.stat().st_size)}")
    return 0


def _site(arguments: argparse.Namespace) -> int:
    from handbook.editions import make

    print(f"{make.site(Path.cwd(), arguments.address)} is ready to be served.")
    return 0


def main() -> int:
    """Run the command that was asked for; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m handbook", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command", metavar="command")

    command = commands.add_parser("check", help="check the pages against the rules")
    command.add_argument("docs", nargs="?", type=Path, default=Path("docs"))
    command.set_defaults(run=_check)

    command = commands.add_parser("rules", help="write the list of rules into the editors' guide")
    command.add_argument("guide", nargs="?", type=Path, default=Path("CONTRIBUTING.md"))
    command.set_defaults(run=_rules)

    command = commands.add_parser("html", help="build the pages into build/html")
    command.set_defaults(run=_html)

    for name, what in EDITIONS.items():
        command = commands.add_parser(name, help=f"make {what} into build/editions")
        command.set_defaults(run=_edition)

    command = commands.add_parser("site", help="build the pages with the editions inside")
    command.add_argument("address", nargs="?", default="", help="where it will stand: https://...")
    command.set_defaults(run=_site)

    arguments = parser.parse_args()
    try:
        return int(arguments.run(arguments))
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
