import numpy as np
import pandas as pd
import pytest
from scipy import stats

from resultatbok.methods.logit import fit_logit
from resultatbok.methods.shares import (
    clustered_contrast,
    composition,
    equal_shares_p,
    mean_by,
    quantiles_by,
    share_by,
)


@pytest.fixture
def people():
    return pd.DataFrame(
        {
            "scheme": pd.Categorical([*list("jjjiiii"), None], categories=["j", "i", "unused"]),
            "level": pd.Categorical(
                ["a2", "b1", "a2", None, "a2", "b1", "b1", "a1"], categories=["a1", "a2", "b1", "b2"]
            ),
            "attained": [1.0, 1.0, 0.0, 1.0, 0.0, np.nan, 0.0, 1.0],
            "age": [30.0, 40.0, 50.0, 20.0, 21.0, 22.0, np.nan, 99.0],
        }
    )


def test_a_share_counts_the_persons_with_a_known_outcome(people):
    row = share_by(people, "attained").iloc[0]
    assert (row["count"], row["n"]) == (4, 7)
    assert row["value"] == pytest.approx(4 / 7)
    assert row["std_error"] == pytest.approx(np.sqrt(4 / 7 * 3 / 7 / 7))


def test_shares_by_group_leave_out_unknown_groups_and_groups_that_do_not_occur(people):
    table = share_by(people, "attained", ["scheme"])
    assert table["scheme"].tolist() == ["j", "i"]
    assert table["n"].tolist() == [3, 3]
    assert table["count"].tolist() == [2, 1]
    assert list(table.columns) == ["scheme", "value", "n", "count", "std_error", "low", "high"]


def test_group_keys_keep_the_order_of_their_categories(people):
    table = share_by(people, "attained", ["scheme", "level"])
    assert table["scheme"].cat.categories.tolist() == ["j", "i", "unused"]
    assert table[["scheme", "level"]].to_numpy().tolist() == [
        ["j", "a2"],
        ["j", "b1"],
        ["i", "a2"],
        ["i", "b1"],
    ]


def test_an_outcome_nobody_knows_gives_no_share():
    row = share_by(pd.DataFrame({"y": [np.nan, np.nan]}), "y").iloc[0]
    assert row["n"] == 0 and np.isnan(row["value"]) and np.isnan(row["low"])


def test_an_outcome_that_is_not_binary_is_refused(people):
    with pytest.raises(ValueError, match=r"'age' holds .* only 0 and 1"):
        share_by(people, "age")


def test_an_unknown_column_is_named(people):
    with pytest.raises(ValueError, match="no column 'sceme'"):
        share_by(people, "attained", ["sceme"])


def test_the_composition_of_a_group_adds_to_one_and_shows_empty_categories(people):
    table = composition(people, "level", ["scheme"])
    assert len(table) == 2 * 4
    assert table.groupby("scheme", observed=True)["value"].sum().tolist() == pytest.approx([1, 1])
    cell = table.query("scheme == 'i' and level == 'b1'").iloc[0]
    assert (cell["count"], cell["n"]) == (2, 3)
    assert table.query("level == 'b2'")["count"].tolist() == [0, 0]


def test_the_composition_of_everyone_needs_no_group():
    table = composition(pd.DataFrame({"sex": ["f", "m", "f", None]}), "sex")
    assert table["sex"].tolist() == ["f", "m"]
    assert table["value"].tolist() == pytest.approx([2 / 3, 1 / 3])


def test_the_interval_of_a_mean_is_students(people):
    row = mean_by(people, "age", ["scheme"]).set_index("scheme").loc["j"]
    low, high = stats.t.interval(0.95, 2, loc=40, scale=10 / np.sqrt(3))
    assert (row["value"], row["sd"], row["n"]) == (40, 10, 3)
    assert (row["low"], row["high"]) == pytest.approx((low, high))


def test_one_person_has_a_mean_without_an_interval():
    row = mean_by(pd.DataFrame({"x": [3.0]}), "x").iloc[0]
    assert row["value"] == 3 and row["n"] == 1
    assert np.isnan(row[["sd", "std_error", "low", "high"]].to_numpy(dtype=float)).all()


def test_quantiles_by_group():
    data = pd.DataFrame({"g": ["a"] * 101 + ["b"] * 3, "x": [*range(101), 1, 2, 9]})
    table = quantiles_by(data, "x", ["g"], probabilities=(0.1, 0.5)).set_index(["g", "probability"])
    assert table.loc[("a", 0.1), "value"] == 10
    assert table.loc[("b", 0.5), "value"] == 2


def test_the_limits_of_a_median_are_the_order_statistics_of_the_sign_test():
    # Conover's tables: n = 101, p = 0.5: ranks 41 and 61 hold 95 %.
    row = quantiles_by(pd.DataFrame({"x": np.arange(1, 102)}), "x", probabilities=[0.5]).iloc[0]
    assert (row["low"], row["high"]) == (41, 61)
    covered = stats.binom.cdf(60, 101, 0.5) - stats.binom.cdf(40, 101, 0.5)
    assert covered >= 0.95


def test_the_smallest_and_largest_value_are_never_limits():
    row = quantiles_by(pd.DataFrame({"x": np.arange(5.0)}), "x", probabilities=[0.5]).iloc[0]
    assert np.isnan(row["low"]) and np.isnan(row["high"])


def test_an_impossible_probability_is_refused(people):
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        quantiles_by(people, "age", probabilities=[0, 0.5])


def test_equal_shares_agree_with_the_test_of_a_contingency_table():
    having, total = np.array([30, 45, 12]), np.array([100, 110, 60])
    table = np.column_stack([having, total - having])
    assert equal_shares_p(having, total) == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)


def test_two_groups_of_the_physicians_health_study_differ_as_printed():
    """Chi-square 25.01 with one degree of freedom: Agresti (2007), An Introduction to Categorical Data Analysis."""
    assert stats.chi2.isf(equal_shares_p([189, 104], [11034, 11037]), 1) == pytest.approx(25.01, abs=0.005)


@pytest.mark.parametrize(
    ("having", "total"), [([], []), ([3], [9]), ([0, 0], [5, 9]), ([5, 9], [5, 9]), ([3, 0], [9, 0])]
)
def test_where_no_shares_can_differ_the_p_value_is_one(having, total):
    assert equal_shares_p(having, total) == 1


def test_more_persons_with_the_outcome_than_there_are_is_refused():
    with pytest.raises(ValueError, match="larger than the number of persons"):
        equal_shares_p([3, 10], [9, 9])


def clustered_people() -> tuple[pd.Series, pd.Series, pd.Series]:
    """Outcome, cell and cluster of 600 persons in 40 clusters, 8 of them of one cell, which differ by themselves."""
    random = np.random.default_rng(3)
    cluster = np.sort(random.integers(40, size=600))
    cell = np.where(cluster < 8, "a", np.where(cluster % 2, "b", "c"))
    p = np.clip(0.5 + 0.15 * (cell == "a") + random.normal(0, 0.15, 40)[cluster], 0.05, 0.95)
    return pd.Series((random.random(600) < p).astype(float)), pd.Series(cell), pd.Series(cluster, name="project")


def test_a_contrast_of_two_cells_is_the_average_effect_of_a_regression_on_the_cell_alone():
    outcome, cell, cluster = clustered_people()
    found = clustered_contrast(outcome, cell, {"a": 1, "c": -1}, cluster)
    used = cell != "b"
    alone = pd.DataFrame({"a": (cell[used] == "a").astype(float)})
    expected = fit_logit(outcome[used], alone, groups=cluster[used]).average_effect("a")
    for name in ("value", "std_error", "low", "high", "freedom"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-7)
    p, n = (outcome[used].groupby(cell[used]).agg(how) for how in ("mean", "count"))
    assert found.std_error > 1.5 * np.sqrt((p * (1 - p) / n).sum())


def test_the_error_of_a_mean_over_cells_knows_that_they_share_clusters():
    outcome, cell, cluster = clustered_people()
    both = clustered_contrast(outcome, cell.where(cell == "a", "other"), {"other": 1, "a": -1}, cluster)
    share = (cell[cell != "a"] == "b").mean()
    parts = clustered_contrast(outcome, cell, {"b": share, "c": 1 - share, "a": -1}, cluster)
    assert parts.value == pytest.approx(both.value)
    halves = pd.Series(np.arange(600) % 2).astype(str) + cell
    split = {f"{i}{name}": sign / 2 for i in (0, 1) for name, sign in (("b", 1), ("a", -1))}
    assert clustered_contrast(outcome, halves, split, cluster).std_error == pytest.approx(
        clustered_contrast(outcome, cell, {"b": 1, "a": -1}, cluster).std_error, rel=0.1
    )


def test_where_clusters_cannot_be_seen_to_vary_a_contrast_has_no_interval():
    outcome, cell, cluster = clustered_people()
    empty = clustered_contrast(outcome, cell, {"a": 1, "d": -1}, cluster)
    assert np.isnan([empty.value, empty.low, empty.high]).all()
    everyone = clustered_contrast(outcome.mask(cell == "a", 1.0), cell, {"a": 1, "c": -1}, cluster)
    one = clustered_contrast(outcome, cell, {"a": 1, "c": -1}, cluster.where(cell != "a", 0))
    for found in (everyone, one):
        assert found.value == found.value
        assert np.isnan([found.low, found.high]).all()
