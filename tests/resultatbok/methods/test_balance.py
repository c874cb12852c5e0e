"""Balance: the textbook formulas, and weights that count."""

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.balance import balance_table, effective_sample_size
from resultatbok.methods.treatment import check_treatment, in_overlap, linear_estimate, varying

X = pd.DataFrame({"x": [1.0, 3.0, 2.0, 4.0, 6.0], "same": 1.0})
TREATED = pd.Series([1.0, 1.0, 0.0, 0.0, 0.0])


def test_the_difference_is_in_standard_deviations() -> None:
    row = balance_table(TREATED, X).loc["x"]
    assert (row["treated_mean"], row["untreated_mean"]) == (2, 4)
    assert row["difference"] == pytest.approx(-2 / np.sqrt((2 + 4) / 2))
    assert row["variance_ratio"] == pytest.approx(2 / 4)


def test_weights_move_the_means_and_not_the_yardstick() -> None:
    row = balance_table(TREATED, X, pd.Series([1.0, 1.0, 1.0, 0.0, 0.0])).loc["x"]
    assert row["untreated_mean"] == 2
    assert row["difference"] == 0


def test_a_column_that_does_not_vary_has_no_difference() -> None:
    assert np.isnan(balance_table(TREATED, X).loc["same", "difference"])


@pytest.mark.parametrize(("weights", "size"), [([1, 1, 1, 1], 4), ([1, 0, 0, 0], 1), ([3, 1], 1.6), ([0, 0], 0)])
def test_the_effective_sample_size_falls_with_unequal_weights(weights: list[float], size: float) -> None:
    assert effective_sample_size(pd.Series(weights, dtype=float)) == pytest.approx(size)


def test_the_overlap_holds_its_limits() -> None:
    assert in_overlap(pd.Series([0.0999, 0.1, 0.5, 0.9, 0.9001])).tolist() == [False, True, True, True, False]


def test_columns_that_vary_in_one_arm_only_or_repeat_others_are_left_out() -> None:
    rng = np.random.default_rng(3)
    columns = pd.DataFrame({"a": rng.normal(size=40), "b": rng.normal(size=40)})
    treated = pd.Series(np.repeat([0.0, 1.0], 20))
    columns = columns.assign(rare=(np.arange(40) == 0) * 1.0, copy=columns["a"] - 2 * columns["b"])
    assert list(varying(treated, columns)) == ["a", "b"]


def test_contributions_of_a_cluster_are_added_up_and_its_arm_has_one_degree_less_than_clusters() -> None:
    """Four equal clusters of two, two of them treated: each arm's mean has the variance of its two sums."""
    contributions = np.array([1.0, 1, -1, -1, 3, 3, -3, -3])
    treated, ones = np.array([1.0] * 4 + [0.0] * 4), np.ones(8)
    alone = linear_estimate(0.5, contributions, treated, ones, None, 0.95)
    clustered = linear_estimate(0.5, contributions, treated, ones, pd.Series([1, 1, 2, 2, 3, 3, 4, 4]), 0.95)
    assert alone.std_error == pytest.approx(np.sqrt(8 / 7 * 40) / 8)
    assert alone.high - alone.low == pytest.approx(2 * 1.959964 * alone.std_error)
    assert clustered.std_error == pytest.approx(np.sqrt(2 * (2**2 + 2**2 + 6**2 + 6**2)) / 8)
    assert clustered.freedom == pytest.approx(2)


@pytest.mark.parametrize(
    ("outcome", "treated", "message"),
    [([0, 2, 1], [0, 1, 1], "outcome"), ([0, 1, 1], [0, 3, 1], "treatment"), ([0, 1, 1], [1, 1, 1], "same treatment")],
)
def test_unusable_data_are_refused(outcome: list[float], treated: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_treatment(pd.Series(outcome), pd.Series(treated), pd.DataFrame({"x": [1.0, 2, 3]}))


def test_another_index_and_missing_values_are_refused() -> None:
    outcome, treated, x = pd.Series([0, 1]), pd.Series([0, 1]), pd.DataFrame({"x": [1.0, np.nan]})
    with pytest.raises(ValueError, match="missing"):
        check_treatment(outcome, treated, x)
    with pytest.raises(ValueError, match="index"):
        check_treatment(outcome, treated.set_axis([5, 6]), x)
