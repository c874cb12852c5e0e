"""The exact test against a printed example."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from resultatbok.methods.intervals import share_difference
from resultatbok.methods.trial import arm_difference
from resultatbok.methods.trial.arms import TrialError


def arms(x1: int, n1: int, x2: int, n2: int) -> tuple[pd.Series, pd.Series]:
    outcome = pd.Series([1.0] * x1 + [0.0] * (n1 - x1) + [1.0] * x2 + [0.0] * (n2 - x2))
    return outcome, pd.Series([1] * n1 + [0] * n2)


def test_a_printed_boschloo_example() -> None:
    """scipy's documentation of boschloo_exact: 74 of 117 against 31 of 63 has the one-sided p-value 0.0355."""
    assert arm_difference(*arms(74, 117, 31, 63)).p_boschloo == pytest.approx(2 * 0.0355, abs=1e-3)


@pytest.mark.parametrize(("x1", "n1", "x2", "n2"), [(3, 33, 11, 33), (20, 31, 12, 32), (0, 10, 4, 12)])
def test_the_test_does_not_depend_on_which_group_comes_first(x1: int, n1: int, x2: int, n2: int) -> None:
    one, other = arm_difference(*arms(x1, n1, x2, n2)), arm_difference(*arms(x2, n2, x1, n1))
    assert one.difference.value == pytest.approx(-other.difference.value)
    assert one.p_boschloo == pytest.approx(other.p_boschloo, rel=1e-3)


def test_the_exact_test_holds_its_level() -> None:
    """Under equal shares of 0.4, 20 persons in each arm: the probability of p < 0.05 is at most 0.05."""
    n = 20
    chance = stats.binom.pmf(np.arange(n + 1), n, 0.4)
    rejected = 0.0
    for x1 in range(0, n + 1):
        for x2 in range(0, n + 1):
            weight = chance[x1] * chance[x2]
            if weight < 1e-4:
                continue
            result = arm_difference(*arms(x1, n, x2, n))
            rejected += weight * (result.p_boschloo < 0.05)
    assert 0.005 < rejected <= 0.05


@pytest.mark.parametrize(("p1", "p2"), [(0.3, 0.3), (0.5, 0.3), (0.7, 0.2)])
def test_the_interval_covers_at_its_level(p1: float, p2: float) -> None:
    """Exact coverage of the interval for 33 persons in each arm, over all outcomes."""
    n = 33
    first, second = (stats.binom.pmf(np.arange(n + 1), n, p) for p in (p1, p2))
    covered = 0.0
    for x1, w1 in enumerate(first):
        for x2, w2 in enumerate(second):
            interval = share_difference(x1, n, x2, n)
            covered += w1 * w2 * (interval.low <= p1 - p2 <= interval.high)
    assert 0.93 <= covered <= 0.975


def test_unknown_outcomes_are_left_out() -> None:
    outcome, group = arms(5, 10, 3, 10)
    outcome[0] = np.nan
    result = arm_difference(outcome, group)
    assert result.n == (9, 10)
    assert result.count == (4, 3)


def test_nobody_with_the_outcome_is_no_evidence() -> None:
    assert arm_difference(*arms(0, 10, 0, 10)).p_boschloo == 1.0


def test_an_outcome_that_is_not_yes_or_no_is_refused() -> None:
    with pytest.raises(TrialError, match="0 or 1"):
        arm_difference(pd.Series([2.0, 1.0]), pd.Series([1, 0]))


def test_an_empty_arm_is_refused() -> None:
    with pytest.raises(TrialError, match="nobody"):
        arm_difference(pd.Series([1.0, np.nan]), pd.Series([1, 0]))
