from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from resultatbok.methods.trial import mean_difference
from resultatbok.methods.trial.arms import TrialError

# 4 against 4: all 70 reallocations can be tried
FIRST, SECOND = [7.0, 9.0, 11.0, 12.0], [3.0, 4.0, 6.0, 8.0]


def series(first: list[float], second: list[float]) -> tuple[pd.Series, pd.Series]:
    return pd.Series(first + second), pd.Series([1] * len(first) + [0] * len(second))


def test_all_reallocations_are_tried_when_they_are_few() -> None:
    values = np.array(FIRST + SECOND)
    observed = np.mean(FIRST) - np.mean(SECOND)
    differences = [values[list(c)].mean() - np.delete(values, list(c)).mean() for c in combinations(range(8), 4)]
    extreme = np.mean(np.abs(differences) >= observed - 1e-12)
    assert mean_difference(*series(FIRST, SECOND)).p_permutation == pytest.approx(extreme)


def test_a_drawn_p_value_agrees_with_the_exact_one() -> None:
    rng = np.random.default_rng(3)
    first, second = list(rng.normal(1, 2, 30)), list(rng.normal(0, 2, 30))
    drawn = mean_difference(*series(first, second), permutations=10_000).p_permutation
    assert drawn == pytest.approx(stats.ttest_ind(first, second).pvalue, abs=0.015)


def test_the_interval_is_welchs() -> None:
    result = mean_difference(*series(FIRST, SECOND)).difference
    expected = CompareMeans(DescrStatsW(FIRST), DescrStatsW(SECOND)).tconfint_diff(usevar="unequal")
    assert (result.low, result.high) == pytest.approx(expected)


def test_the_same_seed_gives_the_same_p_value() -> None:
    rng = np.random.default_rng(4)
    outcome, group = pd.Series(rng.normal(size=60)), pd.Series([1, 0] * 30)
    one, other = (mean_difference(outcome, group, permutations=500, seed=9) for _ in range(2))
    assert one.p_permutation == other.p_permutation


def test_outcomes_that_do_not_vary_give_a_point() -> None:
    result = mean_difference(*series([2.0, 2.0], [1.0, 1.0])).difference
    assert (result.low, result.high) == (1.0, 1.0)


def test_a_single_known_outcome_is_refused() -> None:
    with pytest.raises(TrialError, match="two"):
        mean_difference(*series([2.0], [1.0, 1.5]))
