from pathlib import Path

import nbformat
import pytest
from tiny_project import make_project

from helpers.cohort.settings import load_cohort
from resultatbok.edition.errors import BuildError
from resultatbok.edition.needs import check_needs
from resultatbok.edition.toc import pages


def with_needs(root: Path, needs: list[str]) -> Path:
    file = root / "book" / "first.ipynb"
    notebook = nbformat.read(file, as_version=4)
    notebook.metadata["resultatbok"] = {"needs": needs}
    nbformat.write(notebook, file)
    return root


def test_a_chapter_without_its_files_is_refused_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = with_needs(make_project(tmp_path / "p"), ["trial"])
    monkeypatch.chdir(root)
    with pytest.raises(BuildError) as error:
        check_needs(pages(root / "_toc.yml")[1:], load_cohort("cohorts/tiny.yml"))
    assert len(error.value.problems) == 1
    assert error.value.problems[0].startswith("first: needs studies.trial")


def test_a_cohort_that_names_the_files_is_let_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = with_needs(make_project(tmp_path / "p"), ["trial"])
    monkeypatch.chdir(root)
    file = root / "cohorts" / "tiny.yml"
    file.write_text(file.read_text(encoding="utf-8") + "\nstudies: { trial: trial.csv }\n", encoding="utf-8")
    check_needs(pages(root / "_toc.yml")[1:], load_cohort("cohorts/tiny.yml"))


def test_the_book_says_which_chapters_need_files() -> None:
    root = Path(__file__).parents[3]
    needs = {}
    for name in ("support", "survey"):
        metadata = nbformat.read(root / "book" / f"{name}.ipynb", as_version=4).metadata
        needs[name] = metadata["resultatbok"]["needs"]
    assert needs["support"] == ["trial", "supported_employment", "job_specialists"]
    assert needs["survey"] == ["survey_statements", "survey_answers"]
