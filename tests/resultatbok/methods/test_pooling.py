"""Partial pooling against metafor, and at its limits."""

import numpy as np
import pandas as pd
import pytest
from support import ROOT

from resultatbok.methods.errors import ModelError
from resultatbok.methods.pooling import partial_pooling

REFERENCE = pd.read_csv(ROOT / "tests" / "reference" / "pooling" / "metafor.csv")


def covariance(of: pd.DataFrame) -> np.ndarray:
    correlation = np.full((len(of), len(of)), of["correlation"].iloc[0])
    np.fill_diagonal(correlation, 1)
    return np.outer(of["error"], of["error"]) * correlation


@pytest.mark.parametrize("case", ["schools", "wide", "correlated"])
def test_mean_spread_and_effects_are_those_of_metafor(case: str) -> None:
    of = REFERENCE[REFERENCE["case"] == case]
    first = of.iloc[0]
    found = partial_pooling(of["y"], covariance(of), between_sd=first["between_sd"])
    in_errors = 1e-6 * first["mean_error"]
    assert found.mean == pytest.approx(first["mean"], abs=in_errors)
    assert found.mean_error == pytest.approx(first["mean_error"], rel=1e-6)
    assert found.heterogeneity == pytest.approx(first["q"], rel=1e-6)
    assert found.p_value == pytest.approx(first["p"], rel=1e-6)
    np.testing.assert_allclose(found.table["value"] - found.mean, of["effect"], atol=in_errors)
    if of["blup"].notna().all():
        np.testing.assert_allclose(found.table["value"], of["blup"], atol=in_errors)
        np.testing.assert_allclose(found.table["std_error"], of["blup_error"], rtol=1e-4)


@pytest.mark.parametrize("case", ["schools", "wide", "correlated"])
def test_the_spread_is_that_of_restricted_maximum_likelihood(case: str) -> None:
    of = REFERENCE[REFERENCE["case"] == case]
    # metafor stops near 0, where ours is 0: within a hundredth of a standard error of the mean
    close = 0.01 * of["mean_error"].iloc[0] if case == "schools" else 1e-5 * of["mean_error"].iloc[0]
    assert partial_pooling(of["y"], covariance(of)).between_sd == pytest.approx(of["between_sd"].iloc[0], abs=close)


def test_the_eight_schools_are_those_of_gelman() -> None:
    """Bayesian Data Analysis, table 5.3: medians 10, 8, 7, 8, 5, 6, 10, 8 with 95 % from -2 to 31 for the first."""
    of = REFERENCE[REFERENCE["case"] == "schools"]
    table = partial_pooling(of["y"], covariance(of)).table
    assert table["value"].to_list() == pytest.approx([11, 8, 6, 8, 5, 6, 10, 8.5], abs=1)
    assert (table["low"].iloc[0], table["high"].iloc[0]) == pytest.approx((-2, 31), abs=1.5)
    assert table["std_error"].iloc[0] == pytest.approx(8.32, abs=0.1)  # of 200,000 draws of spread and effect


def test_where_the_spread_is_nothing_every_group_has_the_mean() -> None:
    found = partial_pooling(pd.Series([0.1, 0.2, 0.3], index=list("abc")), np.diag([0.01, 0.02, 0.03]), between_sd=0.0)
    assert found.table["value"].to_list() == pytest.approx([found.mean] * 3)
    assert found.table["std_error"].to_list() == pytest.approx([found.mean_error] * 3)


@pytest.mark.parametrize("groups", [6, 20])
def test_intervals_hold_the_truth_as_often_as_they_say(groups: int) -> None:
    rng = np.random.default_rng(2)
    errors = rng.uniform(0.05, 0.2, groups)
    inside = []
    for _ in range(100):
        truth = 0.1 + 0.15 * rng.normal(size=groups)
        table = partial_pooling(pd.Series(truth + errors * rng.normal(size=groups)), np.diag(errors**2)).table
        inside.append(((table["low"] <= truth) & (truth <= table["high"])).mean())
    assert np.mean(inside) == pytest.approx(0.95, abs=0.02)


def test_a_covariance_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ModelError, match="expected at least three"):
        partial_pooling(pd.Series([1.0, 2.0]), np.eye(2))
    with pytest.raises(ModelError, match="not positive definite"):
        partial_pooling(pd.Series([1.0, 2.0, 3.0]), np.ones((3, 3)))
