"""Effects by group from one model, against separate models, numbers worked out by hand and finite differences."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.special import expit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit
from resultatbok.methods.subgroup_effects import subgroup_effects


def sample(n: int = 3_000, seed: int = 2) -> tuple[pd.Series, pd.DataFrame, pd.Series, pd.Series]:
    random = np.random.default_rng(seed)
    groups = pd.Series(random.choice(["low", "middle", "high"], n), name="language")
    treatment = pd.Series(random.integers(0, 2, n).astype(float))
    x = random.normal(size=n)
    slope = groups.map({"low": 1.0, "middle": 0.4, "high": 0.0})
    outcome = (random.random(n) < expit(-0.3 + 0.5 * x + slope * treatment)).astype(float)
    return outcome, pd.DataFrame({"x": x}), treatment, groups


def test_without_covariates_the_effects_are_the_groups_own_differences() -> None:
    outcome, covariates, treatment, groups = sample()
    found = subgroup_effects(outcome, treatment, covariates[[]], groups)
    for name, row in found.table.iterrows():
        shares = outcome[groups == name].groupby(treatment).agg(["mean", "count"])
        assert row["value"] == pytest.approx(shares["mean"].diff().iloc[1], abs=1e-9)
        error = np.sqrt((shares["mean"] * (1 - shares["mean"]) / shares["count"]).sum())
        assert row["std_error"] == pytest.approx(error, rel=1e-6)


def test_one_group_is_the_average_marginal_effect() -> None:
    outcome, covariates, treatment, _ = sample()
    one = pd.Series("all", index=outcome.index, name="group")
    found = subgroup_effects(outcome, treatment, covariates, one)
    expected = fit_logit(outcome, covariates.assign(treated=treatment)).average_effect("treated")
    assert found.table.loc["all", "value"] == pytest.approx(expected.value)
    assert found.table.loc["all", "std_error"] == pytest.approx(expected.std_error)
    assert found.equality is None


def test_over_the_treated_each_effect_is_the_mean_change_over_the_groups_treated() -> None:
    outcome, covariates, treatment, groups = sample()
    one = pd.Series("all", index=outcome.index, name="group")
    treated = treatment == 1
    found = subgroup_effects(outcome, treatment, covariates, one, over=treated)
    expected = fit_logit(outcome, covariates.assign(treated=treatment)).average_effect("treated", over=treated)
    assert found.table.loc["all", ["value", "std_error"]].tolist() == pytest.approx(
        [expected.value, expected.std_error]
    )
    assert found.table.loc["all", "n"] == treated.sum()
    with pytest.raises(ModelError, match="no row to average over in low"):
        subgroup_effects(outcome, treatment, covariates, groups, over=groups != "low")


def test_the_errors_are_those_of_small_changes_in_the_coefficients() -> None:
    outcome, covariates, treatment, groups = sample(400)
    found = subgroup_effects(outcome, treatment, covariates, groups)
    fit = found.fit
    X, beta = fit.design_matrix(), fit.params.to_numpy()

    def effects(b: np.ndarray) -> np.ndarray:
        values = []
        for name in found.table.index:
            rows, position = (groups == name).to_numpy(), list(fit.params.index).index(f"treatment in {name}")
            on, off = X[rows].copy(), X[rows].copy()
            on[:, position], off[:, position] = 1.0, 0.0
            values.append((expit(on @ b) - expit(off @ b)).mean())
        return np.array(values)

    step = 1e-6
    gradient = np.array([(effects(beta + step * e) - effects(beta - step * e)) / (2 * step) for e in np.eye(len(beta))])
    assert found.cov == pytest.approx(gradient.T @ fit.cov_params().to_numpy() @ gradient, rel=1e-4)


def test_different_effects_are_told_apart_and_equal_ones_seldom() -> None:
    outcome, covariates, treatment, groups = sample()
    found = subgroup_effects(outcome, treatment, covariates, groups)
    assert found.equality is not None
    assert found.equality.p_value < 0.001
    assert found.equality.p_value == pytest.approx(stats.chi2.sf(found.equality.statistic, 2))
    random, rejected = np.random.default_rng(1), 0
    for _ in range(100):
        outcome = pd.Series((random.random(len(treatment)) < expit(-0.3 + 0.4 * treatment)).astype(float))
        equality = subgroup_effects(outcome, treatment, covariates, groups).equality
        assert equality is not None
        rejected += equality.p_value < 0.05
    assert rejected <= 12  # five are expected; more than twelve in a thousandth of cases


def test_groups_come_in_the_order_of_their_categories() -> None:
    outcome, covariates, treatment, groups = sample()
    ordered = groups.astype(pd.CategoricalDtype(["low", "none", "middle", "high"], ordered=True))
    found = subgroup_effects(outcome, treatment, covariates, ordered)
    assert list(found.table.index) == ["low", "middle", "high"]
    assert found.table["n"].sum() == len(outcome)


def test_a_row_without_group_is_refused() -> None:
    outcome, covariates, treatment, groups = sample()
    with pytest.raises(ModelError, match="1 rows belong to no group of 'language'"):
        subgroup_effects(outcome, treatment, covariates, groups.where(groups.index != 5))


def test_with_clusters_equality_is_tested_against_f_and_each_effect_has_its_own_freedom() -> None:
    outcome, covariates, treatment, groups = sample(800)
    clusters = pd.Series(np.arange(800) % 12)
    treatment = (clusters < 5) * 1.0
    found = subgroup_effects(outcome, treatment, covariates, groups, groups=clusters)
    assert found.equality is not None
    assert found.equality.p_value > stats.chi2.sf(found.equality.statistic, 2) + 0.02
    assert (found.table["freedom"] < 12).all()
    half = stats.t.ppf(0.975, found.table["freedom"]) * found.table["std_error"]
    assert found.table["high"].to_numpy() == pytest.approx((found.table["value"] + half).to_numpy())
    three = subgroup_effects(outcome, treatment, covariates, groups, groups=clusters % 2)
    assert three.equality is None


@pytest.mark.parametrize("name", ["treated", "subgroups"])
def test_rows_in_another_order_are_refused(name: str) -> None:
    data = dict(zip(("outcome", "covariates", "treated", "subgroups"), sample(100), strict=True))
    data[name] = data[name].sample(frac=1, random_state=1)
    with pytest.raises(ModelError, match="and the outcome have different indexes"):
        subgroup_effects(**data)
