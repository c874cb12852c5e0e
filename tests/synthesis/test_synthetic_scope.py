"""Which scales and years can be drawn: those give files that are accepted, and others are refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import cli, registers
from helpers.cohort.settings import Years, load_cohort
from helpers.fidelity.fresh import with_files_in
from resultatbok.project import project_root
from synthesis import synthesise

COHORT = project_root(Path(__file__).parent) / "cohorts" / "synthetic-2017-2020.yml"


@pytest.mark.parametrize(
    ("scale", "years"),
    [
        (0.01, (2017, 2017)),
        (0.01, (2020, 2020)),
        (0.01, (2010, 2030)),
        (0.02, (2018, 2019)),
        (0.05, (2015, 2020)),
        (0.05, (2017, 2021)),
        (0.1, (2030, 2030)),
    ],
)
def test_what_is_drawn_is_accepted(scale: float, years: tuple[int, int], tmp_path: Path) -> None:
    synthesise(tmp_path, scale=scale, years=years)
    cohort = with_files_in(load_cohort(COHORT), tmp_path)
    cohort = cohort.model_copy(update={"years": Years(first=years[0], last=years[1])})
    found = registers.load(cohort)
    assert found.participants["scheme"].nunique() == 2
    assert found.project_years.dropna()["scheme"].nunique() == 2


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--scale", "0.0099"], "scale is 0.0099; it must lie between 0.01 and 10."),
        (["--scale", "10.01"], "scale is 10.01; it must lie between 0.01 and 10."),
        (["--scale", "nan"], "scale is nan; it must lie between 0.01 and 10."),
        (["--years", "2009-2012"], "years are 2009-2012; they must lie within 2010-2030, first year first."),
        (["--years", "2029-2031"], "years are 2029-2031; they must lie within 2010-2030, first year first."),
        (
            ["--scale", "2", "--years", "2010-2030"],
            "scale 2.0 with 21 years is too much; their product may not exceed 40.",
        ),
    ],
)
def test_anything_else_is_refused_with_one_sentence(
    words: list[str], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["synthesise", "--out", str(tmp_path / "new"), *words]) == cli.REFUSED
    assert capsys.readouterr().err == f"Nothing was written: {reason}\n"
    assert not (tmp_path / "new").exists()


def test_reversed_years_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="years are 2019-2018"):
        synthesise(tmp_path, years=(2019, 2018))
