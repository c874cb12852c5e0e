"""Contributions that last and contributions that are chance; means of projects beside their covariates."""

import numpy as np
import pandas as pd
import pytest
from linearmodels.panel import PanelOLS
from statsmodels.regression.linear_model import OLS

from resultatbok.methods.errors import ModelError
from resultatbok.methods.group_means import with_group_means
from resultatbok.methods.stability import split_half, year_to_year

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


def halves(data: dict[str, pd.Series]) -> dict[str, pd.Series]:
    return {name: values for name, values in data.items() if name != "year"}


def test_reliability_is_the_share_of_variance_that_is_not_chance() -> None:
    found = split_half(**halves(people(lasting=True)), seed=1)
    chance = (0.25 - SD**2) / SIZE
    assert found.correlation == pytest.approx(SD**2 / (SD**2 + chance), abs=0.06)
    assert found.low < found.correlation < found.high
    assert found.n == 300


def test_without_differences_reliability_is_about_nothing() -> None:
    data = halves(people(lasting=True))
    mixed = data | {"project": data["project"].sample(frac=1, random_state=2).reset_index(drop=True)}
    assert abs(split_half(**mixed, seed=1).correlation) < 0.2


def test_what_lasts_correlates_from_year_to_year_and_what_does_not_does_not() -> None:
    chance = (0.25 - SD**2) / (SIZE / 2)
    lasting, passing = (year_to_year(**people(lasting=kind)).iloc[0] for kind in (True, False))
    assert lasting["correlation"] == pytest.approx(SD**2 / (SD**2 + chance), abs=0.1)
    assert abs(passing["correlation"]) < 0.15
    assert (lasting["first"], lasting["second"], lasting["n"]) == (2019, 2020, 300)


def test_small_projects_do_not_count() -> None:
    data = halves(people(lasting=True, projects=10))
    with pytest.raises(ModelError, match="0 projects have 41"):
        split_half(**data, seed=1, min_participants=SIZE + 1)
    assert year_to_year(**people(lasting=True, projects=10), min_participants=SIZE // 2 + 1).empty
    few = year_to_year(**people(lasting=True, projects=3)).iloc[0]
    assert np.isnan(few["correlation"])
    assert few["n"] == 3


def test_coefficients_beside_the_means_are_those_within_groups() -> None:
    rng = np.random.default_rng(1)
    group = pd.Series(np.repeat(np.arange(30), 20), name="project")
    quality = rng.normal(size=30)[group]
    covariates = pd.DataFrame({"x": quality + rng.normal(size=600), "scheme": (group % 2).astype(float)})
    y = pd.Series(0.5 * covariates["x"] + 2 * quality + rng.normal(size=600))
    design = with_group_means(covariates, group)
    assert design.columns.to_list() == ["x", "mean of x", "mean of scheme"]
    panel = pd.MultiIndex.from_arrays([group, range(600)])
    within = PanelOLS(y.set_axis(panel), covariates[["x"]].set_axis(panel), entity_effects=True).fit()
    fit = OLS(y, design.assign(one=1.0)).fit()
    assert fit.params["x"] == pytest.approx(within.params["x"], abs=1e-10)
    assert fit.params["mean of x"] > 1.5


def test_a_covariate_alike_in_every_group_has_no_mean() -> None:
    covariates = pd.DataFrame({"half": [0.0, 1.0, 0.0, 1.0]})
    assert with_group_means(covariates, pd.Series([1, 1, 2, 2])).columns.to_list() == ["half"]


def test_a_row_without_a_group_is_refused() -> None:
    with pytest.raises(ModelError, match="must have a value in each row"):
        with_group_means(pd.DataFrame({"x": [1.0, 2.0]}), pd.Series([1.0, np.nan], name="project"))
