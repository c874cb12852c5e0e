"""What the reports say in words about the numbers they do not print comes out in the default draw."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.calibration.in_memory import study_of
from helpers.cohort import load_cohort, project_root
from helpers.municipal_comparison import within_municipality
from helpers.specification import OUTCOME
from helpers.study import Study
from helpers.subsets import women_of
from helpers.synthetic import World

COHORT = project_root() / "cohorts" / "synthetic-2017-2020.yml"


@pytest.fixture(scope="module")
def study(world: World) -> Study:
    return study_of(world, load_cohort(COHORT))


@pytest.fixture(scope="module")
def beyond(study: Study) -> pd.DataFrame:
    """Actual less predicted goal attainment, in points, of each complete case."""
    people = study.complete
    ahead = 100 * (people[OUTCOME] - study.individual_model.fitted)
    return people[["scheme", "education", "norwegian"]].astype(str).assign(ahead=ahead)


def means(beyond: pd.DataFrame, scheme: str, by: str) -> dict[str, float]:
    found: pd.Series = beyond[beyond["scheme"] == scheme].groupby(by)["ahead"].mean()
    return {str(level): float(value) for level, value in found.items()}


def test_figure_22_jobbsjansen_does_much_better_than_predicted_with_little_schooling(beyond: pd.DataFrame) -> None:
    ours, others = (means(beyond, scheme, "education") for scheme in ("jobbsjansen", "introduction"))
    assert ours["little_or_none"] > 5 and others["little_or_none"] < 0
    assert ours["good_general"] < 0 and others["good_general"] < 0


def test_figure_23_jobbsjansen_does_better_than_predicted_most_of_all_at_a1(beyond: pd.DataFrame) -> None:
    ours, others = (means(beyond, scheme, "norwegian") for scheme in ("jobbsjansen", "introduction"))
    assert ours["a1"] > 4
    assert min(ours["a2"], ours["b1"]) > -0.5
    assert ours["b2"] < 0 and others["b2"] < 0


def test_figure_10_jobbsjansen_lies_about_three_points_higher_at_a1_a2_and_b1(study: Study) -> None:
    shares = study.complete.groupby(["scheme", "norwegian"], observed=True)[OUTCOME].mean()
    gaps = 100 * (shares["jobbsjansen"] - shares["introduction"])
    assert gaps[["a1", "a2", "b1"]].tolist() == pytest.approx([3.5] * 3, abs=2)
    assert gaps["b2"] == pytest.approx(0, abs=1.5)


def test_footnote_18_jobbsjansen_lies_ahead_within_the_municipalities_too(study: Study) -> None:
    assert within_municipality(study)["held_equal"].difference.value > 0.02


def test_jobbsjansen_lies_ahead_among_women(study: Study) -> None:
    scheme = women_of(study).individual_model.terms.loc["scheme"]
    assert scheme["coefficient"] == pytest.approx(0.29, abs=0.08)
    assert scheme["p_value"] < 0.1


def test_part_c_attains_the_goal_as_printed(world: World) -> None:
    left = world.others[(world.others["part"] == "c") & (world.others["status"] == "left")]
    assert left["attained"].mean() == pytest.approx(0.60, abs=0.005)
    last = left[left["year"] == 2018]
    assert np.mean((last["attained"] == 1) & ~last["to_work"].astype(bool)) == pytest.approx(0.28, abs=0.005)
