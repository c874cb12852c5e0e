"""Effects, variances, tests, diagnostics and text of a fit."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from resultatbok.methods.mixed_logit import ModelError, mixed_logit
from resultatbok.methods.mixed_logit.comparison import boundary_weights
from resultatbok.methods.mixed_logit.start import plain_logit

FORMULA = "attained ~ male + age + origin"
GROUPS = ["municipality", "project"]


@pytest.fixture(scope="module")
def fit(simulate):
    return mixed_logit(FORMULA, simulate(rows=1500), GROUPS)


@pytest.fixture(scope="module")
def without_outer(simulate):
    return mixed_logit(FORMULA, simulate(seed=11, rows=1500, outer_sd=0), GROUPS)


def test_terms_hold_coefficients_intervals_and_odds_ratios(fit):
    terms = fit.terms()
    assert list(terms.index) == ["Intercept", "male", "age", "origin[T.asia]", "origin[T.europe]"]
    male = terms.loc["male"]
    assert male["z"] == pytest.approx(male["coefficient"] / male["std_error"])
    assert male["p_value"] == pytest.approx(2 * stats.norm.sf(abs(male["z"])))
    assert male["low"] == pytest.approx(male["coefficient"] - 1.959964 * male["std_error"], abs=1e-6)
    assert male["odds_ratio_high"] == pytest.approx(np.exp(male["high"]))
    wide = fit.conf_int(0.99)
    assert (wide["low"] < terms["low"]).all()
    assert (wide["high"] > terms["high"]).all()


def test_covariance_may_include_the_standard_deviations(fit):
    covariance = fit.cov_params(with_sds=True)
    assert list(covariance.columns[-2:]) == ["sd:municipality", "sd:project"]
    np.testing.assert_allclose(np.sqrt(np.diag(covariance))[-2:], fit.group_sd_se)
    pd.testing.assert_frame_equal(fit.cov_params(), covariance.iloc[:-2, :-2])


def test_information_criteria_count_the_standard_deviations(fit):
    assert fit.df_model == 7
    assert fit.aic == pytest.approx(-2 * fit.llf + 14)
    assert fit.bic == pytest.approx(-2 * fit.llf + 7 * np.log(1500))


def test_total_effects_of_projects_add_their_municipality(fit):
    own, total = fit.group_effects("project"), fit.group_effects("project", total=True)
    outer = fit.group_effects("municipality")["effect"]
    np.testing.assert_allclose(
        total["effect"], own["effect"] + outer.loc[own.index.get_level_values("municipality")].to_numpy()
    )
    assert total["n"].sum() == fit.nobs
    assert ((total["reliability"] > 0) & (total["reliability"] < 1)).all()


def test_more_rows_make_an_effect_more_reliable(fit):
    effects = fit.group_effects("project", total=True)
    assert effects["reliability"].corr(effects["n"]) > 0.7


def test_uncertainty_of_the_parameters_widens_every_effect(fit):
    for level in GROUPS:
        given, whole = (fit.group_effects(level, parameter_uncertainty=more)["sd"] for more in (False, True))
        assert (whole > given).all()


def test_effects_of_a_level_at_the_boundary_are_zero(without_outer):
    assert without_outer.singular_levels == ["municipality"]
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
    covariance = fit.cov_params(with_sds=True).iloc[-2:, -2:].to_numpy()

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
    linear = np.log(fit.predict() / (1 - fit.predict()))
    whole = linear.var() + (fit.group_sd**2).sum() + np.pi**2 / 3
    assert r2["marginal"] == pytest.approx(linear.var() / whole)
    assert 1 - r2["conditional"] == pytest.approx(np.pi**2 / 3 / whole)


def test_lr_test_of_one_variance_halves_the_p_value(fit, simulate):
    test = fit.lr_test(level="municipality")
    smaller = mixed_logit(
        FORMULA, simulate(rows=1500).assign(project=lambda d: d["municipality"] + d["project"]), ["project"]
    )
    assert test.statistic == pytest.approx(2 * (fit.llf - smaller.llf), abs=1e-6)
    assert test.p_value == pytest.approx(0.5 * stats.chi2.sf(test.statistic, 1))
    assert test.weights == (0.5, 0.5)


def test_lr_test_of_all_variances_mixes_three_distributions(fit):
    test = fit.lr_test()
    assert (test.df, test.n_variances) == (0, 2)
    assert sum(test.weights) == pytest.approx(1)
    tails = [0, stats.chi2.sf(test.statistic, 1), stats.chi2.sf(test.statistic, 2)]
    assert test.p_value == pytest.approx(np.dot(test.weights, tails))


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


def test_lr_test_between_fits_counts_the_coefficients(fit, simulate):
    smaller = mixed_logit("attained ~ male + age", simulate(rows=1500), GROUPS)
    test = fit.lr_test(smaller)
    assert (test.df, test.n_variances, test.weights) == (2, 0, (1.0,))
    assert test.p_value == pytest.approx(stats.chi2.sf(2 * (fit.llf - smaller.llf), 2))
    both = fit.lr_test(mixed_logit("attained ~ male + age", simulate(rows=1500), ["municipality"]))
    assert (both.df, both.n_variances) == (2, 1)
    tails = stats.chi2.sf(both.statistic, [2, 3])
    assert both.p_value == pytest.approx(tails.mean())


def test_lr_test_refuses_models_that_are_not_nested(fit, simulate):
    data = simulate(rows=1500)
    other = mixed_logit("attained ~ male + I(age**2)", data, GROUPS)
    with pytest.raises(ModelError, match=r"I\(age \*\* 2\) of the other model is not in this model"):
        fit.lr_test(other)
    with pytest.raises(ModelError, match="1500 and 1000 rows"):
        fit.lr_test(mixed_logit("attained ~ male", data.iloc[:1000], GROUPS))
    with pytest.raises(ModelError, match="different outcomes"):
        fit.lr_test(mixed_logit("attained ~ male", data.assign(attained=1 - data["attained"]), GROUPS))
    with pytest.raises(ModelError, match="has groups project"):
        mixed_logit("attained ~ male", data, ["municipality"]).lr_test(mixed_logit("attained ~ 1", data, ["project"]))
    with pytest.raises(ModelError, match="project has 60 groups in one model and 4 in the other"):
        fit.lr_test(mixed_logit("attained ~ male", data, ["project"]))
    with pytest.raises(ModelError, match="not both"):
        fit.lr_test(other, level="project")


def test_wald_test_of_one_coefficient_is_its_squared_z(fit):
    test = fit.wald_test("male")
    assert test.statistic == pytest.approx(fit.zvalues["male"] ** 2)
    assert test.p_value == pytest.approx(fit.pvalues["male"])


def test_wald_test_of_a_term_takes_all_its_columns(fit):
    columns = ["origin[T.asia]", "origin[T.europe]"]
    assert fit.wald_test("origin") == fit.wald_test(columns)
    estimates, covariance = fit.params[columns], fit.cov_params().loc[columns, columns]
    assert fit.wald_test("origin").statistic == pytest.approx(estimates @ np.linalg.solve(covariance, estimates))


def test_wald_test_of_a_combination(fit):
    difference = pd.DataFrame({"origin[T.asia]": [1], "origin[T.europe]": [-1]})
    variance = (
        difference.to_numpy() @ fit.cov_params().loc[difference.columns, difference.columns] @ difference.T.to_numpy()
    )
    gap = fit.params["origin[T.asia]"] - fit.params["origin[T.europe]"]
    assert fit.wald_test(difference).statistic == pytest.approx(gap**2 / float(variance.to_numpy().item()))


def test_wald_test_refuses_unknown_names_and_repeated_combinations(fit):
    with pytest.raises(ModelError, match="no coefficient height"):
        fit.wald_test(["male", "height"])
    with pytest.raises(ModelError, match="depend on each other"):
        fit.wald_test(["male", "male"])


def test_gradient_is_zero_at_the_optimum(fit):
    assert list(fit.gradient.index[-2:]) == ["sd:municipality", "sd:project"]
    errors = pd.concat([fit.bse, fit.group_sd_se.rename(lambda level: f"sd:{level}")])
    assert (fit.gradient.abs() * errors).max() < 1e-4


def test_overdispersion_is_pearsons_ratio(fit):
    p = fit.predict(effects="conditional")
    y = fit.model.data["attained"]
    result = fit.overdispersion()
    assert result.pearson == pytest.approx(((y - p) ** 2 / (p * (1 - p))).sum())
    assert result.df == 1500 - 7
    assert result.ratio == pytest.approx(1, abs=0.1)


def test_effect_quantiles_of_normal_effects_lie_on_the_diagonal(simulate):
    fit = mixed_logit("attained ~ male", simulate(rows=6000, municipalities=150), ["municipality"])
    quantiles = fit.effect_quantiles("municipality")
    assert len(quantiles) == 150
    assert quantiles["sample"].is_monotonic_increasing
    assert quantiles["sample"].std() == pytest.approx(1, abs=0.12)
    assert quantiles.corr().iloc[0, 1] > 0.98


def test_effect_quantiles_of_a_level_at_the_boundary_are_empty(without_outer):
    assert without_outer.effect_quantiles("municipality").empty


@pytest.mark.parametrize(("groups", "points"), [(GROUPS, 1), (["municipality"], 5)])
def test_influence_foresees_the_fit_without_a_group(simulate, groups, points):
    data = simulate(rows=3000, municipalities=40)
    fit = mixed_logit(FORMULA, data, groups, quadrature_points=points)
    influence = fit.influence()
    assert influence["n"].sum() == 3000
    most = influence["cooks_distance"].idxmax()
    without = mixed_logit(FORMULA, data[data["municipality"] != most], groups, quadrature_points=points)
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


def test_summary_shows_method_groups_and_terms(fit, simulate):
    text = str(fit.summary())
    assert repr(fit.summary()) == text
    for part in ("attained (Laplace)", "Rows 1500", "Converged", "municipality", "origin[T.asia]", "odds_ratio"):
        assert part in text
    quadrature = mixed_logit("attained ~ male", simulate(), ["municipality"], quadrature_points=9)
    assert "quadrature, 9 points" in str(quadrature.summary())


def test_summary_names_a_level_at_the_boundary(without_outer):
    assert "at the boundary 0: municipality" in str(without_outer.summary())


@pytest.mark.parametrize("level", GROUPS)
def test_effect_uncertainty_is_the_same_in_one_part_and_in_many(fit, monkeypatch, level):
    whole = fit.group_effects(level, parameter_uncertainty=True)
    monkeypatch.setattr("resultatbok.methods.mixed_logit.nesting.GROUPS_PER_PART", 9)
    pd.testing.assert_frame_equal(fit.group_effects(level, parameter_uncertainty=True), whole)
