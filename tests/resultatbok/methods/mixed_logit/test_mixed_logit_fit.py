"""Properties that hold for any correct fit."""

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from resultatbok.methods.mixed_logit import (
    MixedLogitResults,
    ModelError,
    ModelWarning,
)
from resultatbok.methods.mixed_logit import fit as fit_module
from resultatbok.methods.mixed_logit.likelihood import evaluate
from resultatbok.methods.mixed_logit.newton import maximise
from resultatbok.methods.mixed_logit.objective import Laplace

COLUMNS = ["male", "age", "origin"]
GROUPS = ["municipality", "project"]


def assert_same_fit(one, other, tolerance=1e-6):
    assert one.llf == pytest.approx(other.llf, abs=tolerance)
    np.testing.assert_allclose(one.params, other.params, atol=tolerance)
    np.testing.assert_allclose(one.bse, other.bse, atol=tolerance)
    np.testing.assert_allclose(one.group_sd, other.group_sd, atol=tolerance)
    np.testing.assert_allclose(one.group_sd_se, other.group_sd_se, atol=tolerance)


@pytest.mark.parametrize("groups", [["municipality"], GROUPS])
def test_row_order_does_not_matter(simulate, fit_columns, groups):
    data = simulate()
    shuffled = data.sample(frac=1, random_state=4)
    first, second = fit_columns(data, COLUMNS, groups), fit_columns(shuffled, COLUMNS, groups)
    assert_same_fit(first, second)
    pd.testing.assert_series_equal(first.predict("posterior"), second.predict("posterior").sort_index(), atol=1e-6)


def test_without_variance_the_model_is_the_plain_logit(simulate, fit_columns):
    data = simulate(seed=2, outer_sd=0, inner_sd=0)
    fit = fit_columns(data, COLUMNS, ["municipality"])
    assert fit.group_sd["municipality"] == 0
    design = sm.add_constant(
        pd.DataFrame(
            {"asia": data.origin == "asia", "europe": data.origin == "europe", "male": data.male, "age": data.age}
        )
    ).astype(float)
    plain = sm.Logit(data["attained"], design).fit(disp=False)
    names = {"const": "constant", "asia": "originasia", "europe": "origineurope"}
    assert fit.llf == pytest.approx(plain.llf, abs=1e-6)
    np.testing.assert_allclose(fit.params.loc[[names.get(n, n) for n in plain.params.index]], plain.params, atol=1e-6)
    np.testing.assert_allclose(fit.bse.loc[[names.get(n, n) for n in plain.params.index]], plain.bse, rtol=1e-5)


def test_the_optimum_has_no_better_neighbour(simulate, fit_columns):
    fit = fit_columns(simulate(), COLUMNS, GROUPS)
    problem, best = fit.model.problem, fit.model.point.parameters
    for j, error in enumerate([*fit.bse, *fit.group_sd_se]):
        for sign in (-1, 1):
            moved = best.copy()
            moved[j] += sign * 0.01 * error
            assert evaluate(problem, moved).loglik < fit.llf


@pytest.mark.parametrize("start", [(0.05, 0.05), (2.0, 0.1), (0.1, 2.0)])
def test_every_start_leads_to_the_same_optimum(simulate, fit_columns, start):
    fit = fit_columns(simulate(), COLUMNS, GROUPS)
    parameters = np.append(fit.params.to_numpy() * 0, start)
    again = maximise(Laplace(fit.model.problem), parameters, 2)
    assert again.converged
    np.testing.assert_allclose(again.point.parameters, fit.model.point.parameters, atol=1e-5)


def test_a_boundary_that_is_no_maximum_is_left_again(simulate, fit_columns):
    fit = fit_columns(simulate(), COLUMNS, GROUPS)
    started_at_zero = np.append(fit.params.to_numpy(), [0.0, 0.5])
    again = maximise(Laplace(fit.model.problem), started_at_zero, 2)
    assert again.converged
    assert again.point.parameters[-2] == pytest.approx(fit.group_sd["municipality"], abs=1e-5)


def test_inner_labels_count_within_their_outer_group(simulate, fit_columns):
    data = simulate()
    unique = data.assign(project=data["municipality"] + data["project"])
    assert data["project"].nunique() < unique["project"].nunique()
    assert_same_fit(fit_columns(data, COLUMNS, GROUPS), fit_columns(unique, COLUMNS, GROUPS))


def test_the_units_of_a_column_do_not_matter(simulate, fit_columns):
    data = simulate()
    scaled = data.assign(age=1e6 * (data["age"] + 2000))
    one, other = fit_columns(data, COLUMNS, GROUPS), fit_columns(scaled, COLUMNS, GROUPS)
    assert one.llf == pytest.approx(other.llf, abs=1e-6)
    assert one.params["age"] == pytest.approx(1e6 * other.params["age"], rel=1e-4)
    assert one.bse["age"] == pytest.approx(1e6 * other.bse["age"], rel=1e-4)


def test_a_search_cut_short_says_so(simulate, fit_columns, monkeypatch):
    monkeypatch.setattr("resultatbok.methods.mixed_logit.newton.MAX_STEPS", 1)
    with pytest.warns(ModelWarning, match="did not converge"):
        fit = fit_columns(simulate(), COLUMNS, GROUPS)
    assert not fit.converged


def test_an_enormous_standard_deviation_is_warned_of(simulate, fit_columns, monkeypatch):
    monkeypatch.setattr(fit_module, "LARGE_SD", 0.1)
    with pytest.warns(ModelWarning, match="logit scale"):
        fit_columns(simulate(), COLUMNS, ["municipality"])


def test_results_can_be_cached(simulate, fit_columns):
    fit = fit_columns(simulate(), COLUMNS, GROUPS)
    loaded = pickle.loads(pickle.dumps(fit))
    assert_same_fit(fit, loaded, tolerance=0)
    pd.testing.assert_series_equal(fit.predict("marginal"), loaded.predict("marginal"))


def test_a_search_that_found_no_maximum_has_no_covariance(simulate, fit_columns):
    fit = fit_columns(simulate(), COLUMNS, GROUPS)
    optimum = fit.model.optimum
    broken = replace(fit.model, optimum=replace(optimum, hessian=-optimum.hessian, converged=False))
    results = MixedLogitResults(broken)
    assert results.bse.isna().all()
    for ask in (results.influence, lambda: results.average_marginal_effect("male")):
        with pytest.raises(ModelError, match="found no maximum"):
            ask()
