"""The check of a whole handbook, and the command line."""

import subprocess
import sys
from datetime import date
from pathlib import Path

from pages import check, page, write

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 12, 1)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "handbook", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_problems_come_by_file_and_line(tmp_path: Path) -> None:
    files = {
        "b.md": page("[x](nowhere.md).\n\nSpace always helps."),
        "a.md": page("Text.\n\n- An item."),
    }
    problems = check(write(tmp_path / "docs", files), TODAY)
    assert [(p.path, p.line, p.rule) for p in problems] == [
        ("docs/a.md", 11, "bullets"),
        ("docs/b.md", 9, "link-target"),
        ("docs/b.md", 11, "promise-words"),
    ]


def test_the_terms_are_those_of_the_glossary(tmp_path: Path) -> None:
    files = {"glossary.md": page(":::{glossary}\nmixed signals\n  Words.\n:::")}
    files["a.md"] = page("These are mixed signals.")
    (problem,) = check(write(tmp_path / "docs", files), TODAY)
    assert (problem.path, problem.rule) == ("docs/a.md", "term-links")


def test_an_overdue_review_is_told_and_not_fatal(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a.md": page("Text.")})
    (problem,) = check(docs, date(2028, 1, 1))
    assert (problem.rule, problem.line, problem.fatal) == ("review-overdue", 6, False)


def test_the_command_ends_in_a_sentence_when_all_is_well(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a.md": page("Text.")})
    done = run("check", str(docs))
    assert (done.returncode, done.stdout) == (0, f"All is well in {docs}.\n")


def test_the_command_names_each_problem_and_fails(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs", {"a.md": page("Space always helps.")})
    done = run("check", str(docs))
    assert done.returncode == 1
    assert done.stdout.startswith('docs/a.md:9: "always" promises what nobody can keep;')
    assert done.stderr == f"1 to mend in {docs}.\n"


def test_the_pages_of_the_handbook_keep_the_rules() -> None:
    assert [str(p) for p in check(ROOT / "docs", TODAY) if p.fatal] == []


def test_the_command_writes_the_rules_into_the_editors_guide(tmp_path: Path) -> None:
    guide = tmp_path / "CONTRIBUTING.md"
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    guide.write_text(text.replace("- **bullets**", "- **lost**"), encoding="utf-8")
    assert run("rules", str(guide)).returncode == 0
    assert guide.read_text(encoding="utf-8") == text
