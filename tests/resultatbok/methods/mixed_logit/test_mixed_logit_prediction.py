"""Probabilities and average marginal effects."""

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats
from scipy.special import expit

from resultatbok.methods.mixed_logit import ModelError, mixed_logit_arrays
from resultatbok.methods.mixed_logit.effects import conditional
from resultatbok.methods.mixed_logit.marginal_effects import _error_and_freedom as error_and_freedom
from resultatbok.methods.mixed_logit.marginal_effects import _information as information

COLUMNS = ["male", "age", "square", "origin"]


@pytest.fixture(scope="module")
def data(simulate):
    return simulate(rows=1500).assign(square=lambda d: (d["age"] / 10) ** 2)


@pytest.fixture(scope="module")
def fit(data, fit_columns):
    return fit_columns(data, COLUMNS)


@pytest.fixture(scope="module")
def fixed(fit, data):
    """The fixed part of everyone's log-odds, from the data as given."""
    design = data.assign(constant=1, originasia=data["origin"] == "asia", origineurope=data["origin"] == "europe")
    return (design[list(fit.params.index)].astype(float) * fit.params).sum(axis=1)


@pytest.mark.parametrize("effects", ["posterior", "marginal"])
def test_predictions_keep_the_index_and_order_of_the_data(data, fit_columns, effects):
    shuffled = data.sample(frac=1, random_state=1)
    first, second = fit_columns(data, COLUMNS).predict(effects), fit_columns(shuffled, COLUMNS).predict(effects)
    assert second.index.equals(shuffled.index)
    pd.testing.assert_series_equal(first.loc[shuffled.index], second, atol=1e-6)


def test_marginal_prediction_is_the_integral_over_the_effects(fit, fixed):
    sd = np.sqrt((fit.group_sd**2).sum())
    expected = [
        integrate.quad(lambda e, f=f: expit(f + e) * stats.norm.pdf(e, 0, sd), -12, 12)[0] for f in fixed.iloc[:5]
    ]
    np.testing.assert_allclose(fit.predict("marginal").iloc[:5], expected, atol=1e-8)


def test_posterior_prediction_averages_over_the_conditional_distribution(fit, fixed, data):
    modes, variances = conditional(fit.model, 1, total=True)
    group = fit.group_effects("project").index.get_loc(tuple(data.loc[3, ["municipality", "project"]]))
    effect, sd = modes[group], np.sqrt(variances[group])
    expected = integrate.quad(lambda e: expit(fixed[3] + e) * stats.norm.pdf(e, effect, sd), -12, 12)[0]
    assert fit.predict("posterior").loc[3] == pytest.approx(expected, abs=1e-8)


def test_average_of_conditional_predictions_is_close_to_the_share(fit, data):
    assert fit.predict("posterior").mean() == pytest.approx(data["attained"].mean(), abs=0.01)


def test_an_unknown_kind_of_prediction_is_refused(fit):
    with pytest.raises(ModelError, match="expected posterior or marginal"):
        fit.predict("fixed")


def averaged(fixed, fit):
    """Probability averaged over groups, by quadrature of its own."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    sd = np.sqrt((fit.group_sd**2).sum())
    return expit(fixed.to_numpy()[:, None] + sd * nodes) @ weights / weights.sum()


def test_effect_of_a_binary_column_is_the_average_discrete_change(fit, fixed, data):
    for column, values in (("male", data["male"]), ("originasia", data["origin"] == "asia")):
        without = fixed - fit.params[column] * values
        change = averaged(without + fit.params[column], fit) - averaged(without, fit)
        found = fit.average_marginal_effect(column)
        assert found.loc[column, "value"] == pytest.approx(change.mean())


def test_effect_of_a_number_is_the_average_slope(fit, fixed):
    step = 1e-3
    up, down = (averaged(fixed + s * fit.params["age"], fit) for s in (step, -step))
    value = fit.average_marginal_effect("age").loc["age", "value"]
    assert value == pytest.approx(((up - down) / (2 * step)).mean(), rel=1e-5)


def test_effect_and_gradient_are_those_of_the_averaged_probabilities(simulate, fit_columns):
    data = simulate(rows=800)
    fit = fit_columns(data, ["male", "age"])
    parameters = np.concatenate([fit.params, fit.group_sd])
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)

    def effect(x):
        fixed = x[0] + x[2] * data["age"].to_numpy()
        sd = np.hypot(x[3], x[4])
        change = expit(fixed[:, None] + x[1] + sd * nodes) - expit(fixed[:, None] + sd * nodes)
        return (change @ weights / weights.sum()).mean()

    slopes = np.array([(effect(parameters + s) - effect(parameters - s)) / 2e-5 for s in 1e-5 * np.eye(5)])
    row = fit.average_marginal_effect("male").loc["male"]
    error, freedom = error_and_freedom(fit.model, slopes)
    assert row["value"] == pytest.approx(effect(parameters), abs=1e-8)
    assert (row["std_error"], row["freedom"]) == (pytest.approx(error, rel=1e-5), pytest.approx(freedom, rel=1e-5))
    assert row["high"] - row["low"] == pytest.approx(2 * stats.t.ppf(0.975, freedom) * error, rel=1e-5)


@pytest.mark.parametrize("groups", [["municipality", "project"], ["municipality"]])
def test_what_groups_tell_of_a_direction_is_that_of_the_linear_mixed_model(simulate, fit_columns, groups):
    data = simulate(rows=400)
    fit = fit_columns(data, ["male", "age"], groups)
    problem, point = fit.model.problem, fit.model.point
    w, order = point.probability * (1 - point.probability), fit.model.grouping.order
    sorted_data = data.iloc[slice(None) if order is None else order]
    direction = np.array([0.3, -1.0, 0.2, 0.0, 0.0])
    expected = []
    for rows in sorted_data.reset_index().groupby("municipality").indices.values():
        inside = sorted_data.iloc[rows]["project"].to_numpy()
        V = np.diag(1 / w[rows]) + point.outer_sd**2 + point.inner_sd**2 * (inside[:, None] == inside)
        along = problem.design[rows] @ direction[:-2]
        expected.append(along @ np.linalg.solve(V, along))
    np.testing.assert_allclose(information(fit.model, direction), expected, rtol=1e-8)


def test_errors_follow_the_spread_where_the_treated_differ_more():
    """31 of 90 municipalities are treated and differ by 1.1, the others by 0.3; the model knows one spread."""
    rng, treated = np.random.default_rng(5), np.repeat(np.arange(90) < 31, 20)
    place = pd.DataFrame({"municipality": np.repeat(np.arange(90), 20).astype(str)})
    design = pd.DataFrame({"treated": treated.astype(float)})
    found, of_model = [], []
    for _ in range(60):
        effect = np.repeat(np.where(np.arange(90) < 31, 1.1, 0.3) * rng.standard_normal(90), 20)
        y = pd.Series((rng.random(1800) < expit(0.3 * treated + effect)).astype(float), name="y")
        fit = mixed_logit_arrays(y, design, place)
        found.append(fit.average_marginal_effect("treated").iloc[0])
        of_model.append(fit.bse["treated"] / fit.params["treated"] * found[-1]["value"])
    table = pd.DataFrame(found)
    spread, error = table["value"].std(), np.sqrt((table["std_error"] ** 2).mean())
    assert error / spread == pytest.approx(1, abs=0.2)
    of_equal = 1 / (31 * (59 / 90 / 31) ** 2 + 59 * (31 / 90 / 59) ** 2) - 1  # two means of equal groups
    assert table["freedom"].mean() == pytest.approx(of_equal, rel=0.03)
    assert np.median(np.abs(of_model)) < 0.85 * error


def test_effect_of_a_model_without_variance_is_that_of_the_fixed_part(simulate, fit_columns):
    data = simulate(outer_sd=0, inner_sd=0)
    fit = fit_columns(data, ["male", "age"], ["municipality"])
    assert fit.group_sd["municipality"] == 0
    row = fit.average_marginal_effect("male").loc["male"]
    without = fit.params["constant"] + fit.params["age"] * data["age"]
    assert row["value"] == pytest.approx((expit(without + fit.params["male"]) - expit(without)).mean())
    assert row["std_error"] > 0


@pytest.mark.parametrize("column", ["height", "constant"])
def test_an_unknown_column_is_refused(fit, column):
    with pytest.raises(ModelError, match=f"no column '{column}'"):
        fit.average_marginal_effect(column)
