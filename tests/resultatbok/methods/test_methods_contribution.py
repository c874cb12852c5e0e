import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from resultatbok.methods.contribution import EXACT_UP_TO, contribution_indicators, contribution_percentiles, quadrant
from resultatbok.methods.errors import ModelError


def people(**projects):
    """Participants from `name=(outcomes, probabilities)`."""
    rows = [(name, y, p) for name, (ys, ps) in projects.items() for y, p in zip(ys, ps, strict=True)]
    return pd.DataFrame(rows, columns=["project", "y", "p"])


def indicators(data, **options):
    return contribution_indicators(data["y"], data["p"], data["project"], **options)


def test_a_contribution_is_actual_minus_expected():
    row = indicators(people(a=([1, 1, 1, 0, 1], [0.5, 0.6, 0.7, 0.4, 0.3]))).loc["a"]
    assert row["participants"] == 5
    assert (row["actual"], row["expected"]) == pytest.approx((0.8, 0.5))
    assert row["contribution"] == pytest.approx(0.3)
    assert row["std_error"] == pytest.approx(np.sqrt(0.25 + 0.24 + 0.21 + 0.24 + 0.21) / 5)


@pytest.mark.parametrize(("participants", "shown"), [(4, False), (5, True)])
def test_projects_need_five_participants(participants, shown):
    data = people(small=([1] * participants, [0.5] * participants), large=([0, 1] * 5, [0.5] * 10))
    assert ("small" in indicators(data).index) is shown


def test_the_interval_stays_within_what_is_possible():
    row = indicators(people(a=([0] * 5, [0.9] * 5), b=([1] * 5, [0.9] * 5))).loc
    assert row["a"]["low"] == pytest.approx(-0.9)
    assert row["b"]["high"] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("successes", "expected_class"),
    [(39, "below"), (40, "not_distinguishable"), (60, "not_distinguishable"), (61, "above")],
)
def test_class_interval_and_p_value_turn_together(successes, expected_class):
    row = indicators(people(a=([1] * successes + [0] * (100 - successes), [0.5] * 100))).loc["a"]
    assert row["class"] == expected_class
    assert (row["p_value"] < 0.05) == (row["low"] > 0 or row["high"] < 0) == (expected_class != "not_distinguishable")


@pytest.mark.parametrize(("k", "n", "p"), [(3, 12, 0.6), (0, 7, 0.2), (7, 7, 0.9), (150, 400, 0.3)])
def test_with_equal_probabilities_the_interval_is_clopper_and_pearsons(k, n, p):
    row = indicators(people(a=([1] * k + [0] * (n - k), [p] * n))).loc["a"]
    low, high = proportion_confint(k, n, method="beta")
    assert (row["low"], row["high"]) == pytest.approx((low - p, high - p), abs=1e-8)


def test_a_large_group_has_the_limits_of_the_normal_curve_which_are_nearly_the_exact_ones():
    share = np.linspace(0.2, 0.8, EXACT_UP_TO)
    outcome = [1.0] * 540 + [0.0] * (EXACT_UP_TO - 540)
    exact = indicators(people(a=(outcome, share))).loc["a"]
    normal = indicators(people(a=([*outcome, 1.0], [*share, 0.999]))).loc["a"]
    for name in ("low", "high"):
        assert normal[name] == pytest.approx(exact[name], abs=0.05 * exact["std_error"])
    assert normal["p_value"] == pytest.approx(exact["p_value"], rel=0.1)


def test_a_small_project_where_none_attained_is_not_told_apart():
    """Seven pupils: the normal interval said below, with p .14 beside it."""
    row = indicators(people(a=([0] * 7, [0.4, 0.3, 0.35, 0.3, 0.4, 0.25, 0.2]))).loc["a"]
    assert row["p_value"] > 0.1
    assert row["class"] == "not_distinguishable"
    assert row["low"] == pytest.approx(-row["expected"])
    assert row["high"] > 0


def test_intervals_cover_what_projects_contribute_at_least_at_their_level():
    rng = np.random.default_rng(5)
    log_odds, effect = rng.normal(-0.3, 0.8, 12_000), rng.normal(0, 0.6, 400).repeat(30)
    p, own = 1 / (1 + np.exp(-log_odds)), 1 / (1 + np.exp(-log_odds - effect))
    data = pd.DataFrame({"y": (rng.random(12_000) < own) * 1.0, "p": p, "project": np.arange(12_000) // 30})
    found, true = indicators(data), (pd.Series(own) - p).groupby(data["project"]).mean()
    covered = ((found["low"] <= true) & (true <= found["high"])).mean()
    assert 0.95 <= covered <= 0.99
    assert ((found["p_value"] < 0.05) == ((found["low"] > 0) | (found["high"] < 0))).all()


@pytest.mark.parametrize(("successes", "p_value"), [(9, 2 * 11 / 1024), (1, 2 * 11 / 1024), (5, 1)])
def test_the_exact_p_value_is_twice_the_smaller_tail(successes, p_value):
    row = indicators(people(a=([1] * successes + [0] * (10 - successes), [0.5] * 10))).loc["a"]
    assert row["p_value"] == pytest.approx(p_value)


@pytest.mark.parametrize("outcome", [0, 1])
def test_the_exact_p_value_keeps_its_digits_far_out(outcome):
    chances = np.linspace(0.2, 0.7, 60)
    row = indicators(people(a=([outcome] * 60, chances))).loc["a"]
    all_alike = np.prod(chances if outcome else 1 - chances)
    assert row["p_value"] == pytest.approx(2 * all_alike, rel=1e-9, abs=0)


def test_quadrants_compare_with_the_mean_and_with_zero():
    table = pd.DataFrame({"actual": [0.4, 0.6, 0.5, 0.5], "contribution": [0.1, -0.1, 0.0, -0.01]}, index=list("abcd"))
    assert quadrant(table).tolist() == [
        "below_mean_positive",
        "above_mean_negative",
        "above_mean_positive",
        "above_mean_negative",
    ]
    assert quadrant(table, mean_attainment=0.55).loc["c"] == "below_mean_positive"


def test_percentiles_come_by_scheme():
    table = pd.DataFrame(
        {"contribution": np.arange(202) / 1000, "actual": np.arange(202) / 500, "expected": 0.5},
        index=[f"p{i}" for i in range(202)],
    )
    scheme = pd.Series(["jobbsjansen"] * 101 + ["introduction"] * 101, table.index, name="scheme")
    rows = contribution_percentiles(table, scheme).set_index(["scheme", "term", "probability"])
    assert rows.loc[("jobbsjansen", "contribution", 0.1), "value"] == pytest.approx(0.010)
    assert rows.loc[("introduction", "actual", 0.5), "value"] == pytest.approx(0.302)
    assert rows.loc[("introduction", "actual", 0.5), "n"] == 101
    assert len(contribution_percentiles(table)) == 15


def test_wrong_input_is_refused():
    data = people(a=([1, 0, 1, 1, 0], [0.5] * 5))
    with pytest.raises(ModelError, match="the expected and the outcome have different indexes"):
        contribution_indicators(data["y"], data["p"].iloc[::-1], data["project"])
    with pytest.raises(ModelError, match=r"missing values in the project \(1\)"):
        contribution_indicators(data["y"], data["p"], data["project"].where(data.index > 0))
    with pytest.raises(ModelError, match=r"outcome holds \[2\]"):
        contribution_indicators(data["y"] * 2, data["p"], data["project"])
    with pytest.raises(ModelError, match=r"from 1 to 1"):
        contribution_indicators(data["y"], data["p"] * 2, data["project"])
