from pathlib import Path

import numpy as np
import pytest

from helpers.cohort.settings import Studies
from helpers.registers.problems import Problems
from helpers.registers.studies import MEASURES, read_studies
from synthesis.studies import write_studies


@pytest.fixture
def files(tmp_path: Path) -> Studies:
    write_studies(tmp_path)
    return Studies(
        trial=tmp_path / "trial.csv",
        supported_employment=tmp_path / "supported_employment.csv",
        job_specialists=tmp_path / "job_specialists.csv",
    )


def fault(file: Path | None, old: str, new: str) -> None:
    assert file is not None
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_written_files_are_read_without_a_fault(files: Studies) -> None:
    problems = Problems()
    tables = read_studies(files, problems)
    assert not list(problems)
    assert tables.trial is not None and tables.starters is not None and tables.specialists is not None
    assert len(tables.trial) == 66
    assert set(tables.trial["offered"]) == {0.0, 1.0}
    assert tables.trial["in_work_12_months"].isna().sum() == tables.trial["months_in_employment"].isna().sum() == 2
    assert set(tables.starters["measure"]) == set(MEASURES)


def test_two_measures_have_no_known_result(files: Studies) -> None:
    starters = read_studies(files, Problems()).starters
    assert starters is not None
    known = starters.groupby("measure")["in_work_12_months"].count()
    assert sorted(known.index[known == 0]) == ["ips", "snart_ansatt"]


def test_a_cohort_without_studies_reads_none() -> None:
    tables = read_studies(Studies(), Problems())
    assert tables.trial is tables.starters is tables.specialists is None


@pytest.mark.parametrize(
    ("source", "old", "new", "column", "row"),
    [
        ("trial", "T001;control", "T001;kontroll", "arm", 2),
        ("trial", "T003;intervention", "T003;", "arm", 4),
        ("trial", "T002;", "T001;", "id", 2),
        ("trial", ";40;22;", ";forty;22;", "age", 3),
        ("supported_employment", "P00002;oppfolging", "P00002;oppfølging", "measure", 3),
        ("job_specialists", "S001;oppfolging;3", "S001;oppfolging;6", "close_follow_up", 2),
    ],
)
def test_a_fault_is_named_with_its_column_and_row(
    files: Studies, source: str, old: str, new: str, column: str, row: int
) -> None:
    fault(getattr(files, source), old, new)
    problems = Problems()
    read_studies(files, problems)
    found = list(problems)
    assert [problem.column for problem in found] == [column]
    assert row in found[0].rows


def test_a_missing_column_is_named(files: Studies) -> None:
    fault(files.trial, "received", "mottatt")
    problems = Problems()
    assert read_studies(files, problems).trial is None
    assert "'received'" in str(next(iter(problems)))


def test_months_are_missing_where_the_outcome_is(files: Studies) -> None:
    trial = read_studies(files, Problems()).trial
    assert trial is not None
    months, in_work = trial["months_in_employment"], trial["in_work_12_months"]
    assert np.array_equal(months.isna(), in_work.isna())
    assert (months[in_work == 1] > 0).all()


def test_a_file_without_rows_is_refused(files: Studies) -> None:
    assert files.job_specialists is not None
    header = files.job_specialists.read_text(encoding="utf-8").splitlines()[0]
    files.job_specialists.write_text(header + "\n", encoding="utf-8")
    problems = Problems()
    assert read_studies(files, problems).specialists is None
    assert "no rows" in str(next(iter(problems)))


def test_an_answer_between_two_answers_is_refused(files: Studies) -> None:
    fault(files.job_specialists, "S001;oppfolging;3", "S001;oppfolging;3,5")
    problems = Problems()
    read_studies(files, problems)
    assert "whole number" in str(next(iter(problems)))


def test_oddities_are_noted_and_do_not_stop_the_book(files: Studies) -> None:
    fault(files.trial, "T001;control;man;27;37;2;a2;yes;no", "T001;control;man;27;37;2;a2;yes;yes")
    problems = Problems()
    read_studies(files, problems)
    assert not list(problems)
    assert any("1 of the control arm" in note for note in problems.notes)
    assert any("not in the survey" in note for note in problems.notes)
