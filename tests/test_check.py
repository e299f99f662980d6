"""The check of a whole handbook, and the command line."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from pages import check, page, write

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 12, 1)


def run(*arguments: str, folder: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "handbook", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environ}  # found from any folder
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


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


@pytest.mark.parametrize("linked", ["snow", "snow.md"])
def test_a_page_behind_a_symbolic_link_is_refused(tmp_path: Path, linked: str) -> None:
    """Sphinx would leave it out, without a word or with many that do not say why."""
    write(tmp_path, {"elsewhere/snow/a.md": page("It falls."), "elsewhere/snow.md": page("Snow.")})
    docs = write(tmp_path / "docs", {"rain.md": page("It falls.")})
    (docs / linked).symlink_to(tmp_path / "elsewhere" / linked)
    (problem,) = check(docs, TODAY)
    assert problem.message == "a text is a file of its own, no symbolic link; copy it here"
    assert problem.path.startswith("docs/snow")


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


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_console_that_lacks_a_letter_is_told_all_the_same(tmp_path: Path, encoding: str) -> None:
    docs = write(tmp_path / "docs", {"a.md": page("[\N{GREEK SMALL LETTER OMEGA}](\u2019.md)")})
    done = run("check", str(docs), PYTHONIOENCODING=encoding)
    assert done.stdout.startswith("docs/a.md:9: there is no page \\u2019.md")
    assert done.stderr == f"1 to mend in {docs}.\n"


def test_the_pages_of_the_handbook_keep_the_rules() -> None:
    assert [str(p) for p in check(ROOT / "docs", TODAY) if p.fatal] == []


def test_the_command_writes_the_rules_into_their_page(tmp_path: Path) -> None:
    listing = tmp_path / "RULES.md"
    text = (ROOT / "RULES.md").read_text(encoding="utf-8")
    listing.write_text(text.replace("- **bullets**", "- **lost**"), encoding="utf-8")
    assert run("rules", str(listing)).returncode == 0
    assert listing.read_text(encoding="utf-8") == text


# What ends in one sentence.


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a command said that could not do what it was asked for: one line, and nothing else."""
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    return line


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    said = f"error: there is no folder {docs}; name the one that holds the pages"
    assert sentence(run("check", str(docs))) == said


def test_a_folder_without_a_page(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    said = f"error: there is no page in {tmp_path}; name the folder that holds the pages"
    assert sentence(run("check", str(tmp_path))) == said


@pytest.mark.parametrize("text", ["project = (\n", "project = 1 / 0\n"])
def test_settings_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    docs = write(tmp_path / "docs", {"a.md": page("Text."), "../conf.py": text})
    done = run("check", str(docs))
    assert done.returncode == 1
    assert done.stderr.startswith("error: conf.py: There is a ")
    assert "handbook/__main__.py" not in done.stderr  # the error is not the handbook's


@pytest.mark.parametrize("command", ["html", "zip", "pdf", "epub", "single", "editions", "site"])
def test_a_command_outside_a_handbook(tmp_path: Path, command: str) -> None:
    said = f"error: there is no conf.py in {tmp_path}; go to the folder of the handbook"
    assert sentence(run(command, folder=tmp_path)) == said
    assert list(tmp_path.iterdir()) == []


def test_a_guide_without_the_marks(tmp_path: Path) -> None:
    guide = tmp_path / "x.md"
    guide.write_text("# A guide\n")
    said = sentence(run("rules", str(guide)))
    assert said.startswith(f"error: {guide}: the list of rules stands between ")
    assert guide.read_text() == "# A guide\n"


def test_a_guide_that_is_not_there(tmp_path: Path) -> None:
    assert str(tmp_path / "x.md") in sentence(run("rules", str(tmp_path / "x.md")))
