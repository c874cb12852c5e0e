"""At which size smaller and larger projects part, and that its p-value knows that the size was chosen."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from helpers.study.fits.project_effects import CUTS, ProjectEffects
from helpers.study.specification import OUTCOME
from resultatbok.methods.mixed_logit.spread import spread_test


class Projects(ProjectEffects):
    """120 projects of 4 to 42 participants of one scheme, of which those with 13 or fewer differ by `small`."""

    def __init__(self, small: float, seed: int) -> None:
        rng = np.random.default_rng(seed)
        size = np.tile(np.repeat([5, 9, 13, 25, 30, 42], 5), 4)
        project = np.repeat(np.arange(len(size)), size)
        effect = np.where(size <= 13, small, 0.4) * rng.standard_normal(len(size))
        people = pd.DataFrame({"project": project, "scheme": "introduction", "x": rng.standard_normal(len(project))})
        people[OUTCOME] = (rng.random(len(people)) < expit(0.5 * people["x"] + effect[project])).astype(float)
        study = type("Study", (), {})()
        study.complete = people
        study.cohort = type("Cohort", (), {})()
        study.cohort.analysis = type("Analysis", (), {"confidence_level": 0.95})()
        super().__init__(study, "entry")
        vars(self)["design"] = people[["x"]]


def test_projects_part_at_the_size_where_their_spread_changes() -> None:
    found = Projects(small=2.0, seed=3)
    test = found.spreads["project_size"]
    assert dict(test.table["n_groups"]) == {"smaller": 60, "larger": 60}
    assert test.table["sd"]["smaller"] == pytest.approx(2.0, abs=0.5)
    assert test.table["sd"]["larger"] == pytest.approx(0.4, abs=0.2)
    assert found.divided_by == "project_size"
    one = spread_test(found._outcome, found.design, found._project, found._kinds["project_size"][2])
    assert (
        test.llf
        == one.llf
        == max(
            spread_test(found._outcome, found.design, found._project, kind).llf for kind in found._kinds["project_size"]
        )
    )
    assert test.p_value == pytest.approx(len(CUTS) * one.p_value)
    by_project = found.fitted.effects["group_sd"].groupby(found._project.value_counts() <= 13).nunique()
    assert (by_project == 1).all()


def test_a_spread_that_is_the_same_for_all_sizes_is_not_divided() -> None:
    found = [Projects(small=0.4, seed=seed) for seed in range(4)]
    assert [f.divided_by for f in found] == [""] * 4
    assert all(f.spreads["project_size"].p_value <= 1 for f in found)
