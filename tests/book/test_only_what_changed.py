"""A build makes again what changed and nothing else, and pages need the release folder only."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from whole_book import REPOSITORY, small_project

pytestmark = pytest.mark.book

TOC = "format: jb-book\nroot: book/one\nchapters:\n  - file: book/two\n"
COHORT = "cohorts/small.yml"
CHAPTERS = {
    "one": ("method.exhibits", "sample_flow", "Of {glue:text}`n_all_both` participants."),
    "two": ("descriptives.exhibits", "transitions", "Those who left in {glue:text}`years`."),
}


def notebook(name: str, module: str, exhibit: str, prose: str) -> nbformat.NotebookNode:
    chapter, _, module = module.partition(".")
    return new_notebook(
        cells=[
            new_markdown_cell(f"# Chapter {name}\n\n{prose}"),
            new_code_cell(f'cohort = "{COHORT}"\nlanguages = "en"\nresults = ""', metadata={"tags": ["parameters"]}),
            new_code_cell(
                f"from helpers.chapter import Chapter\nfrom helpers.chapters.{chapter} import {module}\n\n"
                f'chapter = Chapter.open("{name}", cohort, languages, results)'
            ),
            new_code_cell(f"chapter.show({module}.{exhibit})"),
            new_code_cell("chapter.check()", metadata={"tags": ["remove-cell"]}),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


@dataclass(frozen=True)
class Ran:
    """What a build said that it made. A change of code makes the books again: each page says which code it is of."""

    text: str

    @property
    def numbers(self) -> set[str]:
        found = re.search(r"made again, in \d+ s of work: (.*)", self.text)
        return set(found[1].split(", ")) if found else set()

    @property
    def notebooks(self) -> set[str]:
        return set(re.findall(r"^\[\d+/\d+\] Chapter (\w+) … ", self.text, re.MULTILINE))

    @property
    def books(self) -> set[str]:
        found = re.search(r"^  made again: (.*)$", self.text, re.MULTILINE)
        return set() if found is None or found[1] == "nothing" else set(found[1].split(", "))


class Project:
    """A project of two chapters with a copy of the code, which a test may edit."""

    def __init__(self, folder: Path) -> None:
        self.root, self.source = folder / "project", folder / "src"
        small_project(self.root)
        shutil.copytree(REPOSITORY / "src", self.source, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(REPOSITORY / "data" / "coding", folder / "data" / "coding")  # the code finds it beside itself
        edit(self.root / COHORT, "synthetic: true\n", "synthetic: true\nlanguages: [en]\n")
        (self.root / "_toc.yml").write_text(TOC)
        for name, content in CHAPTERS.items():
            nbformat.write(notebook(name, *content), self.root / "book" / f"{name}.ipynb")

    def run(self, *words: str, root: Path | None = None) -> Ran:
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "helpers.cli", *words],
            cwd=root or self.root,
            env=os.environ | {"PYTHONPATH": str(self.source)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return Ran(ran.stdout)

    def build(self) -> Ran:
        return self.run("build", COHORT)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def content(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.resolve().rglob("*") if file.is_file() and file.name != ".stamp"]
    return {file.relative_to(folder.resolve()).as_posix(): file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A built project; each test edits one kind of file, and builds."""
    made = Project(tmp_path_factory.mktemp("changes"))
    first = made.build()
    assert first.numbers == {"method.sample_flow", "descriptives.transitions", "common.frame.edition"}
    assert first.notebooks == {"one", "two"}
    assert first.books == {"en site", "en report.pdf"}
    return made


def test_nothing_is_made_when_nothing_changed(project: Project) -> None:
    assert project.build().text == "Nothing changed: build/small\n"


def test_a_word_of_prose_makes_pages_only(project: Project) -> None:
    edit(project.root / "book" / "one.ipynb", "participants.", "people.")
    ran = project.build()
    assert (ran.numbers, ran.notebooks, ran.books) == (set(), set(), {"en site", "en report.pdf"})
    assert "people." in (project.root / "build" / "small" / "site" / "en" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("exhibits.py", '"Left to"', '"Gone to"'),
        ("messages.toml", '"What participants leave to', '"What people leave to'),
    ],
)
def test_a_message_runs_the_notebooks_that_show_it(project: Project, file: str, old: str, new: str) -> None:
    edit(project.source / "helpers/chapters/descriptives" / file, old, new)
    ran = project.build()
    assert (ran.numbers, ran.notebooks, ran.books) == (set(), {"two"}, {"en site", "en report.pdf"})


def test_a_translation_runs_no_notebook_of_a_book_without_the_language(project: Project) -> None:
    edit(project.root / "book/translations/code/nb.po", '"Alle deltakere', '"Samtlige deltakere')
    ran = project.build()
    assert (ran.numbers, ran.notebooks) == (set(), set())


def test_how_tables_are_drawn_runs_notebooks_and_no_numbers(project: Project) -> None:
    edit(project.source / "resultatbok/tables/table.py", '"""', '"""Changed. ')
    ran = project.build()
    assert (ran.numbers, ran.notebooks) == (set(), {"one", "two"})


def test_a_method_that_no_exhibit_uses_makes_nothing(project: Project) -> None:
    edit(project.source / "resultatbok/methods" / "matching.py", '"""', '"""Changed. ')
    ran = project.build()
    assert (ran.numbers, ran.notebooks) == (set(), set())


def test_a_method_makes_the_numbers_of_the_exhibits_that_use_it(project: Project) -> None:
    edit(project.source / "resultatbok/methods" / "shares.py", '"""', '"""Changed. ')
    ran = project.build()
    assert ran.numbers == {"descriptives.transitions"}


def test_a_register_file_makes_all_numbers_and_the_pages_that_show_others(project: Project) -> None:
    file = project.root / "data" / "small" / "nir.csv.gz"
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(lines[:-40])))
    ran = project.build()
    assert {"method.sample_flow", "descriptives.transitions"} <= ran.numbers
    assert (ran.notebooks, ran.books) == ({"one", "two"}, {"en site", "en report.pdf"})


def test_pages_of_a_copied_release_are_the_same_where_there_are_no_data(project: Project, tmp_path: Path) -> None:
    project.build()
    beside_the_code = project.source.parent / "data"
    there = tmp_path / "there"
    shutil.copytree(project.root, there, ignore=shutil.ignore_patterns("data", "build"))
    release = shutil.copytree(project.root / "build" / ".release" / "small", tmp_path / "release")
    beside_the_code.rename(tmp_path / "away")
    try:
        project.run("render", COHORT, "--release", str(release), root=there)
    finally:
        (tmp_path / "away").rename(beside_the_code)
    assert not (there / "data").exists()
    assert content(there / "build" / "small") == content(project.root / "build" / "small")
