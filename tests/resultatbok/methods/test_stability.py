"""Contributions that last and contributions that are chance; means of projects beside their covariates."""

import numpy as np
import pandas as pd
import pytest
from linearmodels.panel import PanelOLS
from statsmodels.regression.linear_model import OLS

from resultatbok.methods.errors import ModelError
from resultatbok.methods.group_means import group_means
from resultatbok.methods.stability import Stability, year_to_year

SD, SIZE = 0.12, 40


def people(lasting: bool, seed: int = 1, projects: int = 300) -> dict[str, pd.Series]:
    """Projects whose participants in two years attain the goal with probabilities around one half."""
    rng = np.random.default_rng(seed)
    project, year = np.repeat(np.arange(projects), SIZE), np.tile(np.repeat([2019, 2020], SIZE // 2), projects)
    effects = SD * rng.normal(size=(projects, 2))
    effect = effects[project, 0] if lasting else effects[project, year - 2019]
    y = (rng.random(len(project)) < 0.5 + effect).astype(float)
    return {
        "outcome": pd.Series(y),
        "expected": pd.Series(0.5, index=range(len(y))),
        "project": pd.Series(project),
        "year": pd.Series(year),
    }


def found(lasting: bool, **changed: object) -> Stability:
    return year_to_year(**(people(lasting) | changed), seed=1)


CHANCE = (0.25 - SD**2) / (SIZE / 2)


def test_what_lasts_is_told_from_chance() -> None:
    """The correlation is that of two noisy years; without chance all is there in the next year."""
    lasting = found(lasting=True)
    assert lasting.correlation == pytest.approx(SD**2 / (SD**2 + CHANCE), abs=0.1)
    assert lasting.interval[0] < lasting.correlation < lasting.interval[1]
    assert lasting.lasting_interval[0] < 1 <= lasting.lasting_interval[1] + 0.02
    assert (lasting.n_projects, lasting.n) == (300, 300 * SIZE)


def test_what_does_not_last_is_not_found_to() -> None:
    passing = found(lasting=False)
    assert abs(passing.correlation) < 0.15
    assert passing.lasting_interval[0] < 0 < passing.lasting_interval[1]


def test_the_correlation_is_that_of_the_yearly_means() -> None:
    data = people(lasting=True)
    cells = pd.DataFrame({"rest": data["outcome"] - data["expected"], **{k: data[k] for k in ("project", "year")}})
    rest = cells.pivot_table("rest", "project", "year")
    assert found(lasting=True).correlation == pytest.approx(rest.corr().iloc[0, 1], abs=1e-12)


@pytest.mark.parametrize(("share", "true"), [(0.5, 0.5), (0.8, 0.8)])
def test_intervals_hold_the_share_that_lasts(share: float, true: float) -> None:
    """Years that share some of their variance: 40 samples, of which nearly all hold it."""
    held = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        project, year = np.repeat(np.arange(200), SIZE), np.tile(np.repeat([1, 2], SIZE // 2), 200)
        effects = SD * (np.sqrt(share) * rng.normal(size=(200, 1)) + np.sqrt(1 - share) * rng.normal(size=(200, 2)))
        y = (rng.random(len(project)) < 0.5 + effects[project, year - 1]).astype(float)
        of = year_to_year(pd.Series(y), pd.Series(0.5, range(len(y))), pd.Series(project), pd.Series(year), seed=1)
        held.append(of.lasting_interval[0] <= true <= of.lasting_interval[1])
    assert np.mean(held) >= 0.85


def test_years_in_a_row_count_and_small_projects_do_not() -> None:
    data = people(lasting=True)
    with pytest.raises(ModelError, match="0 projects have 21 participants in two years"):
        year_to_year(**data, seed=1, min_participants=SIZE // 2 + 1)
    with pytest.raises(ModelError, match="0 projects have 10"):
        year_to_year(**(data | {"year": data["year"] * 2}), seed=1)
    with pytest.raises(ModelError, match="different indexes"):
        year_to_year(**(data | {"year": data["year"].iloc[::-1]}), seed=1)


def test_coefficients_beside_the_means_are_those_within_groups() -> None:
    rng = np.random.default_rng(1)
    group = pd.Series(np.repeat(np.arange(30), 20), name="project")
    quality = rng.normal(size=30)[group]
    covariates = pd.DataFrame({"x": quality + rng.normal(size=600), "scheme": (group % 2).astype(float)})
    y = pd.Series(0.5 * covariates["x"] + 2 * quality + rng.normal(size=600))
    design = covariates[["x"]].join(group_means(covariates, group))
    assert design.columns.to_list() == ["x", "mean of x"]
    panel = pd.MultiIndex.from_arrays([group, range(600)])
    within = PanelOLS(y.set_axis(panel), covariates[["x"]].set_axis(panel), entity_effects=True).fit()
    fit = OLS(y, design.assign(one=1.0)).fit()
    assert fit.params["x"] == pytest.approx(within.params["x"], abs=1e-10)
    assert fit.params["mean of x"] > 1.5


def test_a_covariate_alike_in_every_group_has_no_mean() -> None:
    covariates = pd.DataFrame({"half": [0.0, 1.0, 0.0, 1.0]})
    assert group_means(covariates, pd.Series([1, 1, 2, 2])).empty


def test_a_row_without_a_group_is_refused() -> None:
    with pytest.raises(ModelError, match="must have a value in each row"):
        group_means(pd.DataFrame({"x": [1.0, 2.0]}), pd.Series([1.0, np.nan], name="project"))
