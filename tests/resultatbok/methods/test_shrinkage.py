import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.integrate import quad
from scipy.special import expit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.shrinkage import no_difference, rank_intervals, shrunken_contributions

EXAMPLES = Path(__file__).parents[2] / "reference/worked_examples"


@pytest.fixture
def hospitals():
    """Deaths after heart surgery in 12 hospitals: the Laplace effects at the maximum likelihood estimate."""
    data = pd.read_csv(EXAMPLES / "random_effects_logit_surgical.csv")
    estimate = data.set_index("hospital")["empirical_bayes_mean_computed"]
    mu, variance = estimate["mu"], estimate["sigma2"]
    data = data.dropna(subset=["n"]).set_index("hospital")
    effect = np.zeros(len(data))
    for _ in range(50):
        p = expit(mu + effect)
        information = data["n"] * p * (1 - p) + 1 / variance
        effect = effect + (data["deaths"] - data["n"] * p - effect / variance) / information
    effects = pd.DataFrame({"effect": effect, "sd": information**-0.5}, index=data.index)
    project = pd.Series(np.repeat(data.index, data["n"].astype(int)), name="hospital")
    return data, effects, project, mu, variance**0.5


def test_posterior_means_agree_with_empirical_bayes_by_quadrature(hospitals):
    data, effects, project, mu, sd = hospitals
    table = shrunken_contributions(pd.Series(mu, project.index), project, effects, sd)
    posterior = table["expected"] + table["contribution"]
    assert posterior.to_numpy() == pytest.approx(data["empirical_bayes_mean_computed"].to_numpy(), abs=0.002)
    assert posterior.rank().tolist() == data["empirical_bayes_mean_computed"].rank().tolist()
    assert table["participants"].tolist() == data["n"].tolist()


def test_contributions_and_limits_are_those_of_numerical_integration():
    log_odds = pd.Series([-1.0, 0.5, 2.0, 0.0, 1.0])
    project = pd.Series(["a", "a", "a", "b", "b"], name="project")
    effects = pd.DataFrame({"effect": [0.4, -0.6], "sd": [0.3, 0.5]}, index=["a", "b"])
    row = shrunken_contributions(log_odds, project, effects, 0.7).loc["a"]

    def mean(u):
        return expit(log_odds[:3].to_numpy() + u).mean()

    expected = quad(lambda u: mean(u) * stats.norm.pdf(u, 0, 0.7), -8, 8)[0]
    posterior = quad(lambda u: mean(u) * stats.norm.pdf(u, 0.4, 0.3), -8, 8)[0]
    assert row["expected"] == pytest.approx(expected, abs=1e-8)
    assert row["contribution"] == pytest.approx(posterior - expected, abs=1e-8)
    assert row["low"] == pytest.approx(mean(0.4 - 1.959964 * 0.3) - expected, abs=1e-6)
    draws = np.random.default_rng(1).normal(0.4, 0.3, 200_000)
    above = np.mean([expit(x + draws) for x in log_odds[:3]], axis=0) > expected
    assert row["probability_above"] == pytest.approx(above.mean(), abs=0.005)
    assert row["reliability"] == pytest.approx(1 - 0.09 / 0.49)
    assert row["class"] == "not_distinguishable"


def test_the_class_turns_where_the_interval_leaves_zero():
    project = pd.Series(["a"] * 50 + ["b"] * 50)
    for effect, label in ((0.199, "above"), (0.193, "not_distinguishable"), (-0.199, "below")):
        effects = pd.DataFrame({"effect": [effect, 0.0], "sd": 0.1}, index=["a", "b"])
        table = shrunken_contributions(pd.Series(0.0, project.index), project, effects, 0.5)
        assert table.loc["a", "class"] == label


def test_ranks_of_certain_effects_are_certain_and_of_equal_ones_anything():
    certain = rank_intervals(pd.DataFrame({"effect": [0.1, 0.5, -0.2], "sd": 1e-9}, index=list("abc")))
    assert certain["rank"].tolist() == [2, 1, 3]
    assert (certain["low"] == certain["high"]).all()
    unsure = rank_intervals(pd.DataFrame({"effect": 0.0, "sd": 1.0}, index=range(20)))
    assert unsure["low"].max() <= 2 and unsure["high"].min() >= 19
    assert unsure["rank"].to_numpy() == pytest.approx(np.full(20, 10.5), abs=0.6)


def test_wrong_input_is_refused():
    log_odds, project = pd.Series([0.0, 1.0]), pd.Series(["a", "b"])
    effects = pd.DataFrame({"effect": [0.1], "sd": [0.2]}, index=["a"])
    with pytest.raises(ModelError, match="1 projects have no effect, the first of them 'b'"):
        shrunken_contributions(log_odds, project, effects, 0.5)
    with pytest.raises(ModelError, match="between projects is 0"):
        shrunken_contributions(log_odds, project, effects, 0.0)
    with pytest.raises(ModelError, match="different indexes"):
        shrunken_contributions(log_odds, project.iloc[::-1], effects, 0.5)
    with pytest.raises(ModelError, match="missing values"):
        shrunken_contributions(log_odds.where(log_odds > 0), project, effects, 0.5)


def test_projects_of_two_kinds_are_drawn_from_the_spread_of_their_own() -> None:
    project = pd.Series(["a"] * 50 + ["b"] * 50)
    effects = pd.DataFrame({"effect": 0.2, "sd": 0.1}, index=["a", "b"])
    log_odds, spreads = pd.Series(1.0, project.index), pd.Series({"a": 0.3, "b": 0.9})
    both = shrunken_contributions(log_odds, project, effects, spreads)
    for name, spread in spreads.items():
        alone = shrunken_contributions(log_odds, project, effects, float(spread)).loc[name]
        assert both.loc[name].drop("class").tolist() == pytest.approx(alone.drop("class").tolist())


def test_reliability_that_is_given_is_kept_apart_from_the_width_of_the_interval():
    project = pd.Series(["a"] * 50 + ["b"] * 50)
    effects = pd.DataFrame({"effect": [0.1, 0.0], "sd": 0.4, "reliability": [0.6, 0.7]}, index=["a", "b"])
    table = shrunken_contributions(pd.Series(0.0, project.index), project, effects, 0.5)
    assert table["reliability"].tolist() == [0.6, 0.7]


def test_projects_that_do_not_differ_contribute_nothing():
    table = no_difference(pd.Series([5, 80], index=["a", "b"]))
    assert (table[["contribution", "low", "high", "reliability"]] == 0).all(axis=None)
    assert (table["probability_above"] == 0.5).all()
    assert (table["class"] == "not_distinguishable").all()


def test_the_neutral_effect_is_found_where_projects_differ_very_much() -> None:
    project = pd.Series(["a"] * 30 + ["b"] * 30)
    log_odds = pd.Series(np.r_[np.linspace(2, 9, 30), np.linspace(-9, -2, 30)])
    effects = pd.DataFrame({"effect": [-4.0, 4.0], "sd": 1.0}, index=["a", "b"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = shrunken_contributions(log_odds, project, effects, 5.0)
    drawn = np.random.default_rng(1).normal(-4.0, 1.0, 20_000)
    contributions = expit(log_odds[:30].to_numpy()[:, None] + drawn).mean(axis=0) - table.loc["a", "expected"]
    assert table.loc["a", "probability_above"] == pytest.approx((contributions > 0).mean(), abs=0.01)
    assert table.loc["a", "probability_above"] == pytest.approx(1 - table.loc["b", "probability_above"])
