"""The command line: ``python -m handbook check`` and its kin."""

import argparse
import os
import signal
import sys
from datetime import date
from io import TextIOWrapper
from pathlib import Path

from handbook.build.run import KEPT, BuildError, alone
from handbook.editions import make
from handbook.files import in_a_sentence, in_words
from handbook.model.problem import Problem


class CommandError(Exception):
    """What was asked for cannot be done; the message says why and what to do."""


class Stopped(BaseException):
    """Somebody wants the command to end; nothing but `main` may take this for a fault."""

    def __init__(self, number: int) -> None:
        super().__init__(f"stopped ({signal.Signals(number).name})")
        self.status = 128 + number  # as shells have it


def _stop(number: int, frame: object) -> None:
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)  # what has been begun is taken away in peace
    raise Stopped(number)


#: How somebody, a system or a terminal that was closed ends a program.
STOPPING = [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)]


def _problems(docs: Path) -> list[Problem]:
    """What is wrong under ``docs`` today.

    :raises CommandError: where there are no pages, or their ``conf.py`` cannot be read.
    """
    # Sphinx takes a moment, and the rules; a build has them in a program of its own.
    from sphinx.errors import ConfigError

    from handbook import sources
    from handbook.rules.check import check

    if not docs.is_dir():
        raise CommandError(f"there is no folder {docs}; name the one that holds the pages")
    try:
        files = sources.files_in(docs.resolve(), sources.settings_beside(docs))
    except ConfigError as error:
        raise CommandError(f"conf.py: {str(error).strip()}") from error
    if not files.pages:
        raise CommandError(f"there is no page in {docs}; name the folder that holds the pages")
    root = docs.resolve().parent
    folder = root / KEPT if (root / "conf.py").is_file() else None
    return check(docs, files, date.today(), folder)


def _check(arguments: argparse.Namespace) -> int:
    docs = arguments.docs
    problems = _problems(docs)
    for problem in problems:
        print(problem)
    fatal = sum(problem.fatal for problem in problems)
    reports = len(problems) - fatal
    if fatal:
        print(f"{fatal} to mend in {docs}.", file=sys.stderr)
    else:
        print(f"All is well in {docs}" + (f"; {reports} to see to." if reports else "."))
    return 1 if fatal else 0


def _rules(arguments: argparse.Namespace) -> int:
    from handbook.rules.check import RULES
    from handbook.rules.rule import fill_in

    listing = arguments.listing
    try:
        listing.write_text(fill_in(listing.read_text(encoding="utf-8"), RULES), encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandError(f"{listing}: {error}") from error
    return 0


def _refuse_overdue(root: Path) -> None:
    """Judge by the clock what goes to readers, but where a build of an old day is repeated.

    :raises CommandError: where nobody has checked the telephone numbers for a year.
    """
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return
    from handbook.rules.helplines import helplines_overdue

    problems = _problems(root / "docs")
    overdue = [str(problem) for problem in problems if problem.rule == helplines_overdue.name]
    if overdue:
        raise CommandError("\n".join(["nothing was made:", *overdue]))


def _html(arguments: argparse.Namespace) -> int:
    root = _project()
    with alone(root):
        print(f"Open {(make.html(root) / 'index.html').as_uri()}")
    return 0


def _watch(arguments: argparse.Namespace) -> int:
    root = _project()
    from handbook.build.watch import watch  # with all of Sphinx

    watch(root)
    return 0


def _edition(arguments: argparse.Namespace) -> int:
    root = _project()
    with alone(root):
        if arguments.command == "editions":
            _refuse_overdue(root)
        part = getattr(arguments, "part", "")
        made = make.pdf(root, part) if part else make.MAKERS[arguments.command].make(root)
        for path in made:
            print(f"{path.relative_to(root)}  {in_words(path.stat().st_size)}")
    return 0


def _site(arguments: argparse.Namespace) -> int:
    root = _project()
    with alone(root):
        _refuse_overdue(root)
        print(f"{make.site(root, arguments.address)} is ready to be served.")
    return 0


def _project() -> Path:
    """The folder that the command runs in, where it is a handbook's.

    :raises CommandError: where it is none.
    """
    root = Path.cwd()
    if not (root / "conf.py").is_file():
        raise CommandError(f"there is no conf.py in {root}; go to the folder of the handbook")
    return root


def main() -> int:
    """Run the command that was asked for; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m handbook", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command", metavar="command")

    command = commands.add_parser("check", help="check the pages against the rules")
    command.add_argument("docs", nargs="?", type=Path, default=Path("docs"))
    command.set_defaults(run=_check)

    command = commands.add_parser("rules", help="write the list of rules into RULES.md")
    command.add_argument("listing", nargs="?", type=Path, default=Path("RULES.md"))
    command.set_defaults(run=_rules)

    command = commands.add_parser("html", help="build the pages into build/html")
    command.set_defaults(run=_html)

    command = commands.add_parser("watch", help="build at every change, with a live page")
    command.set_defaults(run=_watch)

    for name, maker in make.MAKERS.items():
        command = commands.add_parser(name, help=f"make {maker.what} into build/editions")
        command.set_defaults(run=_edition)
        if name == "pdf":
            command.add_argument("part", nargs="?", default="", help="one article or topic alone")

    command = commands.add_parser("site", help="build the pages with the editions inside")
    command.add_argument("address", nargs="?", default="", help="where it will stand: https://...")
    command.set_defaults(run=_site)

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a console may not know every letter of a page
            stream.reconfigure(errors="backslashreplace")
    arguments = parser.parse_args()
    for number in STOPPING:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        return int(arguments.run(arguments))
    except (BuildError, CommandError) as error:
        said, status = str(error), 1
    except OSError as error:
        said, status = f"{in_a_sentence(error)}; what stood there still stands", 1
    except Stopped as stopped:
        said, status = f"{stopped}; what stood there still stands, run this again", stopped.status
    print(f"error: {said}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
