"""All combinations are fitted once, in order, with the declared one marked."""

import numpy as np
import pytest
from linearmodels.iv import IV2SLS
from scipy.linalg import fractional_matrix_power
from treatment_data import generate

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.specification_curve import linear_difference, specification_curve

EFFECTS = {("few", "all"): 0.1, ("few", "women"): 0.3, ("many", "all"): -0.05, ("many", "women"): 0.2}
OPTIONS = {"covariates": [("few", 1), ("many", 2)], "sample": [("all", "all"), ("women", "women")]}
DECLARED = {"covariates": "many", "sample": "women"}


def fit(covariates: int, sample: str) -> Difference:
    value = EFFECTS[("few", "many")[covariates - 1], sample]
    return Difference(value, 0.075, value - 0.15, value + 0.15)


def test_estimates_are_sorted_and_the_declared_one_is_marked() -> None:
    curve = specification_curve(OPTIONS, fit, DECLARED)
    assert curve.table["value"].to_list() == [-0.05, 0.1, 0.2, 0.3]
    assert curve.table[["covariates", "sample"]].iloc[0].to_list() == ["many", "all"]
    assert curve.table["declared"].to_list() == [False, False, True, False]
    assert curve.declared["value"] == 0.2
    assert (curve.same_sign, curve.excludes_zero, curve.n_refused) == (0.75, 0.5, 0)
    assert curve.median == pytest.approx(0.15)


def test_with_a_negative_declared_effect_the_upper_limit_counts() -> None:
    def turned(covariates: int, sample: str) -> Difference:
        effect = fit(covariates, sample)
        return Difference(-effect.value, effect.std_error, -effect.high, -effect.low)

    curve = specification_curve(OPTIONS, turned, DECLARED)
    assert (curve.same_sign, curve.excludes_zero) == (0.75, 0.5)


def test_what_makes_no_sense_or_cannot_be_fitted_is_counted_and_left_out() -> None:
    def picky(covariates: int, sample: str) -> Difference | None:
        if (covariates, sample) == (1, "all"):
            raise ModelError("separated")
        return None if (covariates, sample) == (1, "women") else fit(covariates, sample)

    curve = specification_curve(OPTIONS, picky, DECLARED)
    assert (len(curve.table), curve.n_refused) == (2, 2)


def test_a_declared_specification_that_is_not_among_them_is_refused() -> None:
    with pytest.raises(ModelError, match="declared specification"):
        specification_curve(OPTIONS, fit, {"covariates": "none", "sample": "women"})


def test_the_linear_difference_is_that_of_linearmodels_with_bias_reduced_errors() -> None:
    people = generate(800, 3, cluster_sd=0.5)
    found = linear_difference(people.outcome, people.treated, people.covariates, groups=people.clusters)
    design = people.covariates.assign(one=1.0, treated=people.treated)
    other = IV2SLS(people.outcome, design, None, None).fit()
    assert found.value == pytest.approx(other.params["treated"], abs=1e-10)
    X, rest = design.to_numpy(), other.resids.to_numpy()
    bread, meat = np.linalg.inv(X.T @ X), np.zeros((5, 5))
    for rows in people.clusters.groupby(people.clusters).groups.values():
        own = X[rows]
        score = own.T @ fractional_matrix_power(np.eye(len(own)) - own @ bread @ own.T, -0.5).real @ rest[rows]
        meat += np.outer(score, score)
    assert found.std_error == pytest.approx(np.sqrt((bread @ meat @ bread)[4, 4]), rel=1e-8)
    assert 5 < found.freedom < people.clusters.nunique() - 1
