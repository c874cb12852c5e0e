from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.intervals import normal_quantile, share_difference, t_quantile, wilson_interval

PUBLISHED = pd.read_csv(Path(__file__).parents[2] / "reference/worked_examples/wilson.csv")
PUBLISHED["level"] = PUBLISHED["confidence"].str.rstrip("%").astype(float) / 100


@pytest.mark.parametrize("row", list(PUBLISHED.itertuples()))
def test_wilson_limits_agree_with_the_published_ones(row):
    low, high = wilson_interval(row.x, row.n, row.level)
    assert (low, high) == pytest.approx((row.lower, row.upper), rel=1e-10)


def test_the_interval_of_nobody_and_of_everybody_ends_at_zero_and_one():
    low, high = wilson_interval(np.array([0, 7]), np.array([7, 7]))
    assert low[0] == 0 and high[1] == 1
    assert 0 < high[0] < 1 and 0 < low[1] < 1


def test_no_persons_give_no_interval():
    low, high = wilson_interval(0, 0)
    assert np.isnan(low) and np.isnan(high)


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5)])
def test_an_impossible_count_is_refused(count, n):
    with pytest.raises(ValueError, match="negative or larger"):
        wilson_interval(count, n)
    with pytest.raises(ValueError, match="negative or larger"):
        share_difference(1, 2, count, n)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_an_impossible_level_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        normal_quantile(level)


# Table II of Newcombe (1998), Statistics in Medicine 17, 873-890, method 10: four printed decimals.
@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 10, -0.2775, 0.2775),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_differences_agree_with_newcombes_table(x1, n1, x2, n2, low, high):
    difference = share_difference(x1, n1, x2, n2)
    assert (difference.low, difference.high) == pytest.approx((low, high), abs=0.5e-4)
    assert difference.value == pytest.approx(x1 / n1 - x2 / n2)


def test_a_difference_with_an_empty_group_is_missing():
    difference = share_difference(3, 5, 0, 0)
    assert np.isnan([difference.value, difference.std_error, difference.low, difference.high]).all()


def test_few_degrees_of_freedom_widen_an_interval_and_infinitely_many_do_not():
    assert t_quantile(0.95, 10) == pytest.approx(2.228, abs=5e-4)  # any table of Student's t
    assert t_quantile(0.95, np.inf) == normal_quantile(0.95)
    with pytest.raises(ValueError, match="coverage"):
        t_quantile(1.0, 10)
