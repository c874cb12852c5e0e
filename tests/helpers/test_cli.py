import shutil
from pathlib import Path

import pytest
from support import ROOT

from helpers import cli, registers
from helpers.registers import InputRefused, Problem
from resultatbok.edition import build as build_module
from resultatbok.edition.errors import BuildError

COHORT = """\
name: tiny
title: { en: "A tiny book" }
synthetic: true
years: { first: 2018, last: 2018 }
sources: { nir: a, jobbsjansen: b, municipalities: c, municipal_statistics: d, kostra: e, accounts: f }
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "cohorts").mkdir()
    (tmp_path / "cohorts" / "tiny.yml").write_text(COHORT)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    shutil.copytree(ROOT / "data" / "published", tmp_path / "data" / "published")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problem(column: str) -> Problem:
    return Problem("nir.csv.gz", column, (3,), 1, "'x'", "a number")


def test_wrong_input_lists_every_problem_and_writes_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(cohort: object) -> None:
        raise InputRefused([problem("Kjønn"), problem("Fodselsaar")])

    monkeypatch.setattr(registers, "load", refuse)
    for command in ("check", "build"):
        assert cli.main([command, "cohorts/tiny.yml"]) == cli.REFUSED
        said = capsys.readouterr().err
        assert "(2 problems)" in said
        assert "Kjønn" in said and "Fodselsaar" in said
        assert "Traceback" not in said
    assert {f.name for f in (project / "build").glob("*")} <= {".cache"}


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_a_faulty_cohort_file_is_refused(project: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "cohorts" / "tiny.yml").write_text(COHORT.replace("synthetic: true", "synthetik: true"))
    assert cli.main([command, "cohorts/tiny.yml"]) == cli.REFUSED
    said = capsys.readouterr().err
    assert "synthetic: is missing" in said and "did you mean 'synthetic'?" in said


def test_a_failed_build_exits_with_one(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*arguments: object) -> None:
        raise BuildError(["individual: cell 7 (x): ValueError: y"])

    monkeypatch.setattr(build_module, "build", fail)
    assert cli.main(["build", "cohorts/tiny.yml"]) == cli.FAILED
    assert "individual: cell 7 (x): ValueError: y" in capsys.readouterr().err


def test_serving_before_building_says_what_to_do(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", "cohorts/tiny.yml"]) == cli.FAILED
    assert "build it first" in capsys.readouterr().err


def test_outside_a_project_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check", "x.yml"]) == cli.REFUSED
    assert "not inside a Resultatbok project" in capsys.readouterr().err


def test_synthesise_writes_registers_that_check_accepts(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        cli.main(["synthesise", "--scale", "0.02", "--years", "2018-2019", "--out", "data", "--seed", "7"])
        == cli.SUCCESS
    )
    assert (project / "data" / "nir.csv.gz").is_file()
    assert "Wrote synthetic registers to data" in capsys.readouterr().out


def test_synthesise_writes_the_truth_where_it_is_asked_for(project: Path) -> None:
    words = ["synthesise", "--scale", "0.02", "--years", "2018-2018", "--out", "data", "--truth", "truth"]
    assert cli.main(words) == cli.SUCCESS
    assert {"parameters.json", "projects.csv"} <= {file.name for file in (project / "truth").iterdir()}


def test_fidelity_before_building_says_what_to_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    published = COHORT.replace("first: 2018, last: 2018", "first: 2017, last: 2020")
    (project / "cohorts" / "tiny.yml").write_text(published + "compare_with: report_2022\n")
    assert cli.main(["fidelity", "cohorts/tiny.yml"]) == cli.REFUSED
    assert "tiny has not been built; run `resultatbok build cohorts/tiny.yml` first" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["check", "cohorts"], ["check", "cohorts/none.yml"]])
def test_a_cohort_file_that_is_none_is_refused(project: Path, words: list[str]) -> None:
    assert cli.main(words) == cli.REFUSED


def test_a_folder_that_cannot_be_written_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "taken").write_text("a file")
    words = ["synthesise", "--scale", "0.02", "--years", "2018-2018", "--out", "taken"]
    assert cli.main(words) == cli.FAILED
    said = capsys.readouterr().err
    assert "taken" in said and "Traceback" not in said


def test_fidelity_refuses_a_cohort_that_is_compared_with_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["fidelity", "cohorts/tiny.yml"]) == cli.REFUSED
    assert "compare_with: none" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["build", "c.yml", "--jobs", "0"],
        ["serve", "c.yml", "--port", "99999"],
        ["synthesise", "--seed", "-1"],
        ["build", "c.yml", "--language", "sv"],
        ["fidelity", "c.yml", "--seeds", "0"],
        ["synthesise", "--years", "2020-2017"],
        ["synthesise", "--years", "twenty"],
        ["synthesise", "--scale", "0"],
        ["synthesise", "--scale", "big"],
        [],
    ],
)
def test_words_that_make_no_sense_are_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(words)
    assert stop.value.code == cli.REFUSED


@pytest.mark.parametrize(("text", "years"), [("2017-2020", (2017, 2020)), ("2018", (2018, 2018))])
def test_years_are_a_span_or_one_year(text: str, years: tuple[int, int]) -> None:
    assert cli._years(text) == years
