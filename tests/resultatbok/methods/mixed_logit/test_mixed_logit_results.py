"""Effects, variances, tests and diagnostics of a fit."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from resultatbok.methods.mixed_logit import ModelError
from resultatbok.methods.mixed_logit.comparison import boundary_weights
from resultatbok.methods.mixed_logit.effects import conditional
from resultatbok.methods.mixed_logit.likelihood import evaluate
from resultatbok.methods.mixed_logit.start import plain_logit

COLUMNS = ["male", "age", "origin"]
GROUPS = ["municipality", "project"]


@pytest.fixture(scope="module")
def fit(simulate, fit_columns):
    return fit_columns(simulate(rows=1500), COLUMNS)


@pytest.fixture(scope="module")
def without_outer(simulate, fit_columns):
    return fit_columns(simulate(seed=11, rows=1500, outer_sd=0), COLUMNS)


def test_terms_hold_coefficients_intervals_and_odds_ratios(fit):
    terms = fit.terms()
    assert list(terms.index) == ["constant", "male", "age", "originasia", "origineurope"]
    male = terms.loc["male"]
    assert male["z"] == pytest.approx(male["coefficient"] / male["std_error"])
    assert male["p_value"] == pytest.approx(2 * stats.norm.sf(abs(male["z"])))
    assert male["low"] == pytest.approx(male["coefficient"] - 1.959964 * male["std_error"], abs=1e-6)
    assert male["odds_ratio_high"] == pytest.approx(np.exp(male["high"]))
    wide = fit.terms(0.99)
    assert (wide["low"] < terms["low"]).all()
    assert (wide["high"] > terms["high"]).all()


def test_covariance_of_the_fixed_effects_holds_the_squared_errors(fit):
    covariance = fit.cov_params()
    assert list(covariance.columns) == list(covariance.index) == list(fit.params.index)
    np.testing.assert_allclose(np.sqrt(np.diag(covariance)), fit.terms()["std_error"])


def test_total_effects_of_projects_add_their_municipality(fit):
    own, outer = fit.group_effects("project"), fit.group_effects("municipality")["effect"]
    total, variance = conditional(fit.model, 1, total=True)
    np.testing.assert_allclose(total, own["effect"] + outer.loc[own.index.get_level_values("municipality")].to_numpy())
    assert (variance < (fit.group_sd**2).sum()).all()


def test_more_rows_make_an_effect_more_reliable(fit):
    effects = fit.group_effects("project")
    assert effects["n"].sum() == fit.nobs
    assert ((effects["reliability"] > 0) & (effects["reliability"] < 1)).all()
    assert effects["reliability"].corr(effects["n"]) > 0.5


def test_uncertainty_of_the_parameters_widens_every_effect(fit):
    for level in GROUPS:
        given, whole = (fit.group_effects(level, parameter_uncertainty=more)["sd"] for more in (False, True))
        assert (whole > given).all()


def test_effects_of_a_level_at_the_boundary_are_zero(without_outer):
    assert without_outer.group_sd["municipality"] == 0
    effects = without_outer.group_effects("municipality")
    assert (effects[["effect", "sd", "reliability"]] == 0).all(axis=None)
    assert (without_outer.group_effects("project")["sd"] > 0).all()


def test_an_unknown_level_is_refused(fit):
    with pytest.raises(ModelError, match="no level 'county'; the model has municipality, project"):
        fit.group_effects("county")


def test_icc_is_the_share_of_the_latent_variance(fit):
    icc = fit.icc()
    variances = fit.group_sd**2
    assert icc.loc["municipality", "icc"] == pytest.approx(variances["municipality"] / (variances.sum() + np.pi**2 / 3))
    assert icc.loc["total", "icc"] == pytest.approx(icc["icc"].iloc[:2].sum())


def test_icc_errors_follow_the_delta_method(fit):
    covariance = fit.model.covariance[-2:, -2:]

    def shares(sds):
        parts = sds**2 / ((sds**2).sum() + np.pi**2 / 3)
        return np.append(parts, parts.sum())

    sds = fit.group_sd.to_numpy()
    slopes = np.column_stack([(shares(sds + s) - shares(sds - s)) / 2e-6 for s in 1e-6 * np.eye(2)])
    expected = np.sqrt(np.diag(slopes @ covariance @ slopes.T))
    np.testing.assert_allclose(fit.icc()["std_error"], expected, rtol=1e-5)


def test_icc_of_a_level_at_the_boundary_has_no_error(without_outer):
    icc = without_outer.icc()
    assert icc.loc["municipality", "icc"] == 0
    assert np.isnan(icc.loc["municipality", "std_error"])
    assert icc.loc["total", "std_error"] == pytest.approx(icc.loc["project", "std_error"])


def test_pseudo_r2_splits_the_latent_variance(fit):
    r2 = fit.pseudo_r2()
    linear = pd.Series(fit.model.problem.design @ fit.params.to_numpy())
    whole = linear.var() + (fit.group_sd**2).sum() + np.pi**2 / 3
    assert r2["marginal"] == pytest.approx(linear.var() / whole)
    assert 1 - r2["conditional"] == pytest.approx(np.pi**2 / 3 / whole)


def test_lr_test_of_one_variance_halves_the_p_value(fit, simulate, fit_columns):
    test = fit.lr_test(level="municipality")
    data = simulate(rows=1500).assign(project=lambda d: d["municipality"] + d["project"])
    smaller = fit_columns(data, COLUMNS, ["project"])
    assert test.statistic == pytest.approx(2 * (fit.llf - smaller.llf), abs=1e-6)
    assert test.p_value == pytest.approx(0.5 * stats.chi2.sf(test.statistic, 1))


def test_lr_test_of_all_variances_mixes_three_distributions(fit):
    test, problem = fit.lr_test(), fit.model.problem
    plain = plain_logit(problem, list(fit.params.index))
    weights = boundary_weights(problem, plain)
    assert test.statistic == pytest.approx(2 * (fit.llf - evaluate(problem, np.append(plain, [0.0, 0.0])).loglik))
    assert sum(weights) == pytest.approx(1)
    tails = [0, stats.chi2.sf(test.statistic, 1), stats.chi2.sf(test.statistic, 2)]
    assert test.p_value == pytest.approx(np.dot(weights, tails))


def test_lr_test_of_a_variance_at_the_boundary_has_p_value_one(without_outer):
    test = without_outer.lr_test(level="municipality")
    assert test.statistic == 0
    assert test.p_value == 1


def test_boundary_weights_are_those_of_simulated_projections(small_problem):
    problem = small_problem(rows=900)
    coefficients = plain_logit(problem, ["a", "b", "c"])
    weights = boundary_weights(problem, coefficients)
    # with the smaller weight of both variances w, their estimates have correlation sin(2 pi (w - 1/4))
    correlation = np.sin(2 * np.pi * (weights[2] - 0.25))
    assert -1 < correlation < 0
    draws = np.random.default_rng(1).multivariate_normal([0, 0], [[1, correlation], [correlation, 1]], 200_000)
    assert (draws > 0).all(axis=1).mean() == pytest.approx(weights[2], abs=0.004)


def test_effect_quantiles_of_normal_effects_lie_on_the_diagonal(simulate, fit_columns):
    fit = fit_columns(simulate(rows=6000, municipalities=150), ["male"], ["municipality"])
    quantiles = fit.effect_quantiles("municipality")
    assert len(quantiles) == 150
    assert quantiles["sample"].is_monotonic_increasing
    assert quantiles["sample"].std() == pytest.approx(1, abs=0.12)
    assert quantiles.corr().iloc[0, 1] > 0.98


def test_effect_quantiles_of_a_level_at_the_boundary_are_empty(without_outer):
    assert without_outer.effect_quantiles("municipality").empty


@pytest.mark.parametrize(("groups", "points"), [(GROUPS, 1), (["municipality"], 5)])
def test_influence_foresees_the_fit_without_a_group(simulate, groups, points, fit_columns):
    data = simulate(rows=3000, municipalities=40)
    fit = fit_columns(data, COLUMNS, groups, quadrature_points=points)
    influence = fit.influence()
    assert influence["n"].sum() == 3000
    most = influence["cooks_distance"].idxmax()
    without = fit_columns(data[data["municipality"] != most], COLUMNS, groups, quadrature_points=points)
    change = (fit.params - without.params) / fit.bse
    np.testing.assert_allclose(influence.loc[most, change.index], change, atol=0.15)
    assert np.abs(change).max() > 0.3
    scaled = change * fit.bse
    expected = scaled @ np.linalg.solve(fit.cov_params(), scaled) / len(change)
    assert influence.loc[most, "cooks_distance"] == pytest.approx(expected, rel=0.35)


def test_influence_on_a_standard_deviation_at_the_boundary_is_missing(without_outer):
    influence = without_outer.influence()
    assert influence["sd:municipality"].isna().all()
    assert influence["sd:project"].notna().all()


@pytest.mark.parametrize("level", GROUPS)
def test_effect_uncertainty_is_the_same_in_one_part_and_in_many(fit, monkeypatch, level):
    whole = fit.group_effects(level, parameter_uncertainty=True)
    monkeypatch.setattr("resultatbok.methods.mixed_logit.nesting.GROUPS_PER_PART", 9)
    pd.testing.assert_frame_equal(fit.group_effects(level, parameter_uncertainty=True), whole)
