"""Weighting: known effects, known variances, another implementation, and what weights promise."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from statsmodels.discrete.discrete_model import Logit
from statsmodels.regression.linear_model import OLS
from statsmodels.treatment.treatment_effects import TreatmentEffect
from treatment_data import People, generate, sandwich

from resultatbok.methods.balance import balance_table
from resultatbok.methods.errors import ModelError
from resultatbok.methods.weighting import Weights, balancing_weights, propensity_model, weighted_difference

ESTIMANDS: list[Weights] = ["ate", "att", "ato"]


@pytest.mark.parametrize("estimand", ESTIMANDS)
def test_the_true_effect_is_recovered_where_the_plain_difference_is_wrong(estimand: Weights) -> None:
    people = generate(20_000, 3)
    effect = weighted_difference(people.outcome, people.treated, people.covariates, estimand).difference
    plain = people.outcome[people.treated == 1].mean() - people.outcome[people.treated == 0].mean()
    assert abs(effect.value - people.truth[estimand]) < 3 * effect.std_error
    assert abs(plain - people.truth[estimand]) > 5 * effect.std_error


@pytest.mark.parametrize("estimand", ESTIMANDS)
def test_no_effect_is_found_to_be_none(estimand: Weights) -> None:
    people = generate(20_000, 4, effect=0.0)
    effect = weighted_difference(people.outcome, people.treated, people.covariates, estimand).difference
    assert effect.low < 0 < effect.high


def stacked(people: People, estimand: Weights) -> Callable[[np.ndarray], np.ndarray]:
    """The estimating equations of propensity and weighted means, written out without any derivative."""
    X = np.column_stack([np.ones(len(people.outcome)), people.covariates])
    y, z = people.outcome.to_numpy(), people.treated.to_numpy()

    def equations(theta: np.ndarray) -> np.ndarray:
        e = expit(X @ theta[:-2])
        treated, untreated = {"ate": (1 / e, 1 / (1 - e)), "att": (1, e / (1 - e)), "ato": (1 - e, e)}[estimand]
        means = [treated * z * (y - theta[-2]), untreated * (1 - z) * (y - theta[-1])]
        return np.column_stack([X * (z - e)[:, None], *means])

    return equations


@pytest.mark.parametrize("estimand", ESTIMANDS)
def test_the_error_is_that_of_the_stacked_estimating_equations(estimand: Weights) -> None:
    people = generate(400, 5)
    found = weighted_difference(people.outcome, people.treated, people.covariates, estimand)
    y, z, w = people.outcome, people.treated, found.weights
    means = [np.average(y[z == arm], weights=w[z == arm]) for arm in (1, 0)]
    coefficients = propensity_model(people.treated, people.covariates).params
    cov = sandwich(stacked(people, estimand), np.array([*coefficients, *means]))
    error = np.sqrt(cov[-1, -1] + cov[-2, -2] - 2 * cov[-1, -2]) * np.sqrt(len(y) / (len(y) - 1))
    assert found.difference.value == pytest.approx(means[0] - means[1], abs=1e-12)
    assert found.difference.std_error == pytest.approx(error, rel=1e-5)


def test_inverse_probability_weighting_agrees_with_statsmodels() -> None:
    people = generate(400, 6)
    X = np.column_stack([np.ones(400), people.covariates])
    z = people.treated.to_numpy(dtype=int)
    other = TreatmentEffect(OLS(people.outcome, X), z, results_select=Logit(z, X).fit(disp=0)).ipw()
    found = weighted_difference(people.outcome, people.treated, people.covariates, "ate").difference
    assert found.value == pytest.approx(float(np.ravel(other.effect)[0]), abs=1e-6)
    assert found.std_error == pytest.approx(float(np.asarray(other.results_gmm.bse)[0]), rel=0.005)


def test_errors_are_as_large_as_the_spread_over_repeated_samples() -> None:
    found = [
        weighted_difference(p.outcome, p.treated, p.covariates, "ato", groups=p.clusters).difference
        for p in (generate(600, seed, cluster_sd=0.7) for seed in range(100, 220))
    ]
    spread = np.std([d.value for d in found], ddof=1)
    assert np.mean([d.std_error for d in found]) == pytest.approx(spread, rel=0.2)


def test_overlap_weights_balance_the_means_exactly() -> None:
    people = generate(500, 7)
    weights = weighted_difference(people.outcome, people.treated, people.covariates, "ato").weights
    assert balance_table(people.treated, people.covariates)["difference"].abs().max() > 0.3
    assert balance_table(people.treated, people.covariates, weights)["difference"].abs().max() < 1e-8


def test_weights_are_the_textbook_ones() -> None:
    propensity, treated = pd.Series([0.2, 0.2, 0.8]), pd.Series([1.0, 0.0, 0.0])
    assert balancing_weights(propensity, treated, "ate").tolist() == pytest.approx([5, 1.25, 5])
    assert balancing_weights(propensity, treated, "att").tolist() == pytest.approx([1, 0.25, 4])
    assert balancing_weights(propensity, treated, "ato").tolist() == pytest.approx([0.8, 0.2, 0.8])


def test_one_cluster_counted_twice_does_not_sharpen_the_interval() -> None:
    people = generate(300, 8)
    twice = [pd.concat([part, part], ignore_index=True) for part in (people.outcome, people.treated, people.covariates)]
    rows = pd.Series(np.tile(np.arange(300), 2))
    single = pd.Series(np.arange(300))
    once = weighted_difference(people.outcome, people.treated, people.covariates, "ato", groups=single).difference
    clustered = weighted_difference(*twice, "ato", groups=rows).difference
    assert clustered.std_error == pytest.approx(once.std_error, rel=1e-9)
    assert clustered.freedom == pytest.approx(once.freedom, rel=1e-9)
    assert weighted_difference(*twice, "ato").difference.std_error < 0.8 * once.std_error


def test_what_tells_the_treated_exactly_is_refused_by_name() -> None:
    people = generate(200, 9)
    told = people.covariates.assign(told=people.treated)
    with pytest.raises(ModelError, match="told"):
        weighted_difference(people.outcome, people.treated, told, "ato")


def test_data_without_untreated_are_refused() -> None:
    people = generate(100, 10)
    with pytest.raises(ModelError, match="same treatment"):
        weighted_difference(people.outcome, people.treated * 0 + 1, people.covariates, "ate")


def test_few_treated_clusters_give_few_degrees_of_freedom() -> None:
    """6 treated clusters of 60: Welch's would be 5 if only the treated arm counted."""
    groups = pd.Series(np.repeat(np.arange(60), 20))
    treated = (groups < 6) * 1.0
    rng = np.random.default_rng(11)
    X = pd.DataFrame({"x": rng.normal(size=1200)})
    found = weighted_difference(pd.Series(rng.integers(0, 2, 1200) * 1.0), treated, X, "ato", groups=groups).difference
    assert 4.5 < found.freedom < 7
    plain = weighted_difference(pd.Series(rng.integers(0, 2, 1200) * 1.0), treated, X, "ato").difference
    assert plain.freedom == np.inf
