"""Probabilities and average marginal effects."""

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats
from scipy.special import expit

from resultatbok.methods.mixed_logit import ModelError, mixed_logit, mixed_logit_arrays

FORMULA = "attained ~ male + age + I(age**2) + origin"
GROUPS = ["municipality", "project"]


@pytest.fixture(scope="module")
def data(simulate):
    return simulate(rows=1500)


@pytest.fixture(scope="module")
def fit(data):
    return mixed_logit(FORMULA, data, GROUPS)


def test_prediction_without_effects_is_the_logistic_of_the_fixed_part(fit, data):
    person = data.iloc[[0]].assign(origin="asia", male=1, age=30.0)
    b = fit.params
    linear = b["Intercept"] + b["male"] + 30 * b["age"] + 900 * b["I(age ** 2)"] + b["origin[T.asia]"]
    assert fit.predict(person).item() == pytest.approx(expit(linear))


def test_predictions_keep_the_index_and_order_of_the_data(fit, data):
    some = data.sample(20, random_state=1)
    for effects in ("none", "conditional", "posterior", "marginal"):
        everywhere = fit.predict(effects=effects)
        assert everywhere.index.equals(data.index)
        pd.testing.assert_series_equal(fit.predict(some, effects), everywhere.loc[some.index])


def test_conditional_prediction_adds_the_groups_effects(fit, data):
    total = fit.group_effects("project", total=True)["effect"]
    keys = pd.MultiIndex.from_frame(data[GROUPS])
    fixed = np.log(fit.predict() / (1 - fit.predict()))
    expected = expit(fixed.to_numpy() + total.loc[keys].to_numpy())
    np.testing.assert_allclose(fit.predict(effects="conditional"), expected)


def test_marginal_prediction_is_the_integral_over_the_effects(fit, data):
    sd = np.sqrt((fit.group_sd**2).sum())
    fixed = np.log(fit.predict() / (1 - fit.predict())).iloc[:5]
    expected = [integrate.quad(lambda e, f=f: expit(f + e) * stats.norm.pdf(e, 0, sd), -12, 12)[0] for f in fixed]
    np.testing.assert_allclose(fit.predict(effects="marginal").iloc[:5], expected, atol=1e-8)


def test_posterior_prediction_averages_over_the_conditional_distribution(fit, data):
    effects = fit.group_effects("project", total=True)
    row = data.iloc[3]
    effect, sd = effects.loc[(row["municipality"], row["project"]), ["effect", "sd"]]
    fixed = np.log(fit.predict() / (1 - fit.predict())).iloc[3]
    expected = integrate.quad(lambda e: expit(fixed + e) * stats.norm.pdf(e, effect, sd), -12, 12)[0]
    assert fit.predict(effects="posterior").iloc[3] == pytest.approx(expected, abs=1e-8)


def test_average_of_conditional_predictions_is_close_to_the_share(fit, data):
    assert fit.predict(effects="posterior").mean() == pytest.approx(data["attained"].mean(), abs=0.01)


def test_a_new_project_has_its_municipalitys_effect(fit, data):
    new = data.iloc[[0]].assign(project="New")
    with pytest.raises(ModelError, match=r"project: groups not in the data fitted to \(\('M\d\d', 'New'\)\)"):
        fit.predict(new, "conditional")
    effect = fit.group_effects("municipality").loc[new["municipality"].item(), "effect"]
    fixed = np.log(fit.predict(new) / (1 - fit.predict(new))).item()
    assert fit.predict(new, "conditional", unknown_groups="zero").item() == pytest.approx(expit(fixed + effect))


def test_a_new_municipality_has_the_average_effect(fit, data):
    new = data.iloc[[0]].assign(municipality="New")
    assert fit.predict(new, "conditional", unknown_groups="zero").item() == pytest.approx(fit.predict(new).item())
    assert fit.predict(new, "posterior", unknown_groups="zero").item() == pytest.approx(
        fit.predict(new, "marginal").item()
    )


def test_data_that_do_not_fit_the_model_are_refused(fit, data):
    with pytest.raises(ModelError, match="no column age"):
        fit.predict(data.drop(columns="age"))
    with pytest.raises(ModelError, match=r"missing values in age \(1500 rows\)"):
        fit.predict(data.assign(age=np.nan))
    with pytest.raises(ModelError, match="america"):
        fit.predict(data.iloc[:3].assign(origin="america"))
    with pytest.raises(ModelError, match="expected none, conditional, posterior or marginal"):
        fit.predict(effects="fixed")


def test_the_offset_enters_predictions(data):
    known = data.assign(known=0.4)
    by_name = mixed_logit("attained ~ male", known, GROUPS, offset="known")
    plain = mixed_logit("attained ~ male", data, GROUPS)
    np.testing.assert_allclose(by_name.predict(), plain.predict(), atol=1e-6)
    np.testing.assert_allclose(by_name.predict(known.iloc[:3]), plain.predict(data.iloc[:3]), atol=1e-6)
    by_values = mixed_logit("attained ~ male", data, GROUPS, offset=known["known"])
    with pytest.raises(ModelError, match="give predict the offset"):
        by_values.predict(data.iloc[:3])
    np.testing.assert_allclose(
        by_values.predict(data.iloc[:3], offset=[0.4] * 3), plain.predict(data.iloc[:3]), atol=1e-6
    )
    with pytest.raises(ModelError, match=r"offset has shape \(2,\)"):
        by_values.predict(data.iloc[:3], offset=[0.4] * 2)


@pytest.mark.parametrize("effects", ["none", "marginal"])
def test_effect_of_a_binary_variable_is_the_average_discrete_change(fit, data, effects):
    change = fit.predict(data.assign(male=1), effects) - fit.predict(data.assign(male=0), effects)
    assert fit.average_marginal_effect("male", effects=effects).loc["male", "value"] == pytest.approx(change.mean())


def test_effect_of_a_number_moves_all_its_terms(fit, data):
    step = 1e-3
    up, down = (fit.predict(data.assign(age=data["age"] + s), "marginal") for s in (step, -step))
    value = fit.average_marginal_effect("age").loc["age", "value"]
    assert value == pytest.approx(((up - down) / (2 * step)).mean(), rel=1e-5)


def test_effect_of_a_category_compares_with_the_first_level(fit, data):
    table = fit.average_marginal_effect("origin")
    assert list(table.index) == ["origin[asia - africa]", "origin[europe - africa]"]
    change = fit.predict(data.assign(origin="asia"), "marginal") - fit.predict(data.assign(origin="africa"), "marginal")
    assert table["value"].iloc[0] == pytest.approx(change.mean())
    by_column = fit.average_marginal_effect("origin[T.asia]")
    assert by_column["value"].item() == pytest.approx(table["value"].iloc[0])


def test_errors_of_effects_follow_the_delta_method(simulate):
    data = simulate(rows=800)
    fit = mixed_logit("attained ~ male + age", data, GROUPS)
    parameters = np.concatenate([fit.params, fit.group_sd])
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)

    def effect(x):
        fixed = x[0] + x[2] * data["age"].to_numpy()
        sd = np.hypot(x[3], x[4])
        change = expit(fixed[:, None] + x[1] + sd * nodes) - expit(fixed[:, None] + sd * nodes)
        return (change @ weights / weights.sum()).mean()

    slopes = np.array([(effect(parameters + s) - effect(parameters - s)) / 2e-5 for s in 1e-5 * np.eye(5)])
    expected = np.sqrt(slopes @ fit.cov_params(with_sds=True).to_numpy() @ slopes)
    row = fit.average_marginal_effect("male").loc["male"]
    assert row["value"] == pytest.approx(effect(parameters), abs=1e-8)
    assert row["std_error"] == pytest.approx(expected, rel=1e-5)
    assert row["high"] - row["low"] == pytest.approx(2 * 1.959964 * expected, rel=1e-5)


def test_effects_are_weighted_as_the_fit_is(data):
    weighted = data.assign(w=np.arange(len(data)) % 3)
    fit = mixed_logit("attained ~ male + age", weighted, GROUPS, weights="w")
    change = fit.predict(data.assign(male=1), "marginal") - fit.predict(data.assign(male=0), "marginal")
    value = fit.average_marginal_effect("male")["value"].item()
    assert value == pytest.approx(np.average(change, weights=weighted["w"]))


def test_effects_of_a_ready_designs_columns(data):
    by_columns = mixed_logit_arrays(data["attained"], data[["male", "age"]], data[GROUPS])
    by_formula = mixed_logit("attained ~ male + age", data, GROUPS)
    for variable in ("male", "age"):
        one, other = (f.average_marginal_effect(variable) for f in (by_columns, by_formula))
        pd.testing.assert_frame_equal(one, other, rtol=1e-5)


def test_effect_of_a_singular_model_has_an_error(simulate):
    fit = mixed_logit("attained ~ male + age", simulate(outer_sd=0, inner_sd=0), ["municipality"])
    assert fit.singular
    table = fit.average_marginal_effect("male")
    assert table["std_error"].item() > 0
    assert table["value"].item() == pytest.approx(fit.average_marginal_effect("male", effects="none")["value"].item())


def test_an_unknown_variable_is_refused(fit):
    with pytest.raises(ModelError, match="no variable or column 'height'"):
        fit.average_marginal_effect("height")
    with pytest.raises(ModelError, match="no variable or column 'Intercept'"):
        fit.average_marginal_effect("Intercept")
    with pytest.raises(ModelError, match="expected none or marginal"):
        fit.average_marginal_effect("male", effects="conditional")
