"""One spread or two: against separate fits, a brute-force search, and on generated projects."""

import numpy as np
import pandas as pd
import pytest
from scipy import optimize

from resultatbok.methods.errors import ModelError
from resultatbok.methods.group_means import group_means
from resultatbok.methods.mixed_logit import MixedLogitResults, mixed_logit_arrays
from resultatbok.methods.mixed_logit.likelihood import evaluate
from resultatbok.methods.mixed_logit.spread import SpreadTest, _problem, spread_test


def drawn(
    sds: tuple[float, float], seed: int, groups: int = 120, size: int = 30
) -> dict[str, pd.Series | pd.DataFrame]:
    rng = np.random.default_rng(seed)
    project = np.repeat(np.arange(groups), size)
    second = project >= groups // 2
    x = rng.normal(size=len(project))
    effect = (rng.normal(size=groups) * np.where(np.arange(groups) >= groups // 2, sds[1], sds[0]))[project]
    y = rng.random(len(x)) < 1 / (1 + np.exp(-(0.2 + 0.5 * x + 0.3 * second + effect)))
    shuffled = rng.permutation(len(x))
    return {
        "outcome": pd.Series(y[shuffled].astype(float), name="y"),
        "design": pd.DataFrame({"x": x, "second": second.astype(float)}).iloc[shuffled].reset_index(drop=True),
        "group": pd.Series(project[shuffled], name="project"),
        "kind": pd.Series(np.where(second, "b", "a")[shuffled], name="scheme"),
    }


def test_two_spreads_are_found_where_there_are_two() -> None:
    found = spread_test(**drawn((0.4, 1.2), 1))
    assert found.table.loc["a", "sd"] == pytest.approx(0.4, abs=3 * found.table.loc["a", "std_error"])
    assert found.table.loc["b", "sd"] == pytest.approx(1.2, abs=3 * found.table.loc["b", "std_error"])
    assert found.table["n_groups"].to_list() == [60, 60]
    assert found.p_value < 0.001


def test_the_optimum_is_that_of_a_search_without_derivatives() -> None:
    data = drawn((0.4, 0.9), 2, groups=40)
    found = spread_test(**data)
    rows = [(data["kind"] == name).to_numpy() for name in ("a", "b")]
    parts = [_problem(data["outcome"], data["design"], data["group"], of)[0] for of in rows]

    def loss(p: np.ndarray) -> float:
        return -sum(evaluate(part, np.array([*p[:3], sd, 0.0])).loglik for part, sd in zip(parts, p[3:], strict=True))

    best = optimize.minimize(
        loss, [0, 0, 0, 0.5, 0.5], method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-10, "maxiter": 5000}
    )
    np.testing.assert_allclose([*found.params, *found.table["sd"]], best.x, atol=1e-5)
    one = mixed_logit_arrays(data["outcome"], data["design"], data["group"].to_frame())
    assert found.statistic == pytest.approx(2 * (-best.fun - one.llf), abs=1e-6)
    assert found.common_sd == pytest.approx(one.group_sd["project"])


def with_nothing_shared() -> tuple[SpreadTest, dict[str, MixedLogitResults]]:
    """Two kinds with a coefficient and a constant of their own each, and the same fitted apart."""
    data = drawn((0.5, 1.0), 3)
    apart = {name: data["design"]["x"] * (data["kind"] == name) for name in ("a", "b")}
    design = pd.DataFrame(apart | {"second": data["design"]["second"]})
    separate = {}
    for name in ("a", "b"):
        rows = data["kind"] == name
        own = data["outcome"][rows], data["design"].loc[rows, ["x"]], data["group"][rows].to_frame()
        separate[name] = mixed_logit_arrays(*own)
    return spread_test(data["outcome"], design, data["group"], data["kind"]), separate


def test_kinds_that_share_no_coefficient_have_the_spreads_of_separate_fits() -> None:
    found, separate = with_nothing_shared()
    for name, fit in separate.items():
        assert found.table.loc[name, "sd"] == pytest.approx(fit.group_sd["project"], rel=1e-5)


def test_effects_are_those_of_separate_fits_where_nothing_is_shared() -> None:
    found, separate = with_nothing_shared()
    for fit in separate.values():
        theirs = fit.group_effects("project", parameter_uncertainty=True)
        ours = found.effects.loc[theirs.index]
        for column in ("effect", "sd", "reliability", "n"):
            np.testing.assert_allclose(ours[column], theirs[column], rtol=1e-4, atol=1e-5, err_msg=column)
        assert ours["group_sd"].unique().tolist() == pytest.approx([fit.group_sd["project"]], rel=1e-5)


def test_what_means_of_groups_add_belongs_to_their_effects() -> None:
    """With one spread and with two, the fixed part without the means and the effects give the same log-odds."""
    data = drawn((0.5, 1.0), 3)
    means = group_means(data["design"][["x"]], data["group"])
    design = data["design"].join(means)
    by_group = means["mean of x"].groupby(data["group"]).first()
    one = mixed_logit_arrays(data["outcome"], design, data["group"].to_frame())
    two = spread_test(data["outcome"], design, data["group"], data["kind"])
    with_means = spread_test(data["outcome"], design, data["group"], data["kind"], own=means.columns)
    for params, plain, added in (
        (one.params, one.group_effects("project"), one.group_effects("project", own=means.columns)),
        (two.params, two.effects, with_means.effects),
    ):
        expected = plain["effect"] + params["mean of x"] * by_group.reindex(plain.index)
        np.testing.assert_allclose(added["effect"], expected, atol=1e-10)


def test_the_error_of_what_means_add_is_in_the_effects_error() -> None:
    """Effects of mean and group together, against the covariance over redrawn outcomes of a group's sum."""
    data = drawn((0.5, 0.5), 4, groups=40)
    means = group_means(data["design"][["x"]], data["group"])
    design = data["design"].join(1000 * means)
    fit = mixed_logit_arrays(data["outcome"], design, data["group"].to_frame())
    scaled = fit.group_effects("project", parameter_uncertainty=True, own=means.columns)
    unscaled = mixed_logit_arrays(data["outcome"], data["design"].join(means), data["group"].to_frame())
    same = unscaled.group_effects("project", parameter_uncertainty=True, own=means.columns)
    np.testing.assert_allclose(scaled["sd"], same["sd"], rtol=1e-4)
    alone = unscaled.group_effects("project", parameter_uncertainty=True)
    far = (means["mean of x"].groupby(data["group"]).first().abs()).idxmax()
    assert same.loc[far, "sd"] != pytest.approx(alone.loc[far, "sd"], rel=1e-3)


def test_equal_spreads_are_told_apart_no_more_often_than_by_chance() -> None:
    p_values = [spread_test(**drawn((0.6, 0.6), seed, groups=40)).p_value for seed in range(30)]
    assert np.mean(np.array(p_values) < 0.05) <= 0.15
    assert 0.3 < np.mean(p_values) < 0.7


def test_a_spread_at_its_boundary_is_no_fault() -> None:
    found = spread_test(**drawn((0.0, 0.9), 5))
    assert found.table.loc["a", "sd"] < 0.2


def test_a_project_of_both_kinds_is_refused() -> None:
    data = drawn((0.5, 0.5), 1, groups=4)
    with pytest.raises(ModelError, match="rows of both kinds"):
        spread_test(**data | {"kind": pd.Series(np.arange(120) % 2, name="scheme")})
