from pathlib import Path

import pytest

from helpers.registers.problems import Problems
from helpers.registers.survey import read_survey
from synthesis.studies import write_studies


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_studies(tmp_path)
    return tmp_path


def read(folder: Path):
    problems = Problems()
    survey = read_survey(folder / "survey_statements.csv", folder / "survey_answers.csv", problems)
    return survey, list(problems)


def fault(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_written_survey_is_read_without_a_fault(folder: Path) -> None:
    survey, problems = read(folder)
    assert not problems
    assert survey is not None
    assert survey.answers["answer"].between(1, 5).all()
    assert set(survey.answers["statement"]) == set(survey.statements["statement"])


def test_no_files_are_no_survey() -> None:
    problems = Problems()
    assert read_survey(None, None, problems) is None
    assert not list(problems)


def test_one_file_without_the_other_is_refused(folder: Path) -> None:
    problems = Problems()
    assert read_survey(folder / "survey_statements.csv", None, problems) is None
    assert "survey_answers" in str(next(iter(problems)))


@pytest.mark.parametrize(
    ("name", "old", "new", "column"),
    [
        ("survey_answers.csv", "A01;a;education_background;", "A01;a;educational_background;", "statement"),
        ("survey_answers.csv", "A01;a;education_background;5", "A01;a;education_background;6", "answer"),
        ("survey_answers.csv", "A01;a;", "A01;b;", "part"),
        ("survey_answers.csv", "A02;a;education_background", "A01;a;education_background", "respondent"),
        ("survey_statements.csv", ";degree;", ";grad;", "scale"),
        ("survey_statements.csv", "Earlier education", "", "statement_en"),
    ],
)
def test_a_fault_is_named_with_its_column(folder: Path, name: str, old: str, new: str, column: str) -> None:
    fault(folder / name, old, new)
    _, problems = read(folder)
    assert [problem.column for problem in problems] == [column]
    assert problems[0].file.endswith(name)
    assert problems[0].rows


def test_no_answer_is_no_fault(folder: Path) -> None:
    fault(folder / "survey_answers.csv", "A01;a;education_background;5", "A01;a;education_background;")
    survey, problems = read(folder)
    assert not problems
    assert survey is not None and survey.answers["answer"].isna().sum() == 1
