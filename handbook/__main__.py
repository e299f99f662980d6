"""The command line: ``python -m handbook check`` and its kin."""

import argparse
import sys
from datetime import date
from pathlib import Path

from handbook.build import BuildError, publish, run
from handbook.check import check
from handbook.lint import RULES, fill_in


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
    goal = Path.cwd() / "build" / "html"
    publish(run("html", Path.cwd()), goal)
    print(f"Open {(goal / 'index.html').as_uri()}")
    return 0


def main() -> int:
    """Run the command that was asked for; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m handbook", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    command = commands.add_parser("check", help="check the pages against the rules")
    command.add_argument("docs", nargs="?", type=Path, default=Path("docs"))
    command.set_defaults(run=_check)

    command = commands.add_parser("rules", help="write the list of rules into the editors' guide")
    command.add_argument("guide", nargs="?", type=Path, default=Path("CONTRIBUTING.md"))
    command.set_defaults(run=_rules)

    command = commands.add_parser("html", help="build the pages into build/html")
    command.set_defaults(run=_html)

    arguments = parser.parse_args()
    try:
        return int(arguments.run(arguments))
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
