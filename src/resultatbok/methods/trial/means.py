"""The difference in a mean between two groups of a trial, with a permutation test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from resultatbok.methods.intervals import Difference
from resultatbok.methods.trial.arms import TrialError, split

PERMUTATIONS = 20_000
"""Reallocations drawn when there are too many to try them all."""


@dataclass(frozen=True)
class MeanDifference:
    """A difference between two means.

    Attributes:
        difference: Mean of the first group minus mean of the second, with Welch's interval, in the outcome's unit.
        means: Mean of the first group and of the second.
        n: Persons with a known outcome in the first group and in the second.
        p_permutation: Two-sided p-value: how often a random reallocation gives a difference at least as large.
    """

    difference: Difference
    means: tuple[float, float]
    n: tuple[int, int]
    p_permutation: float


def mean_difference(
    outcome: pd.Series, group: pd.Series, *, level: float = 0.95, permutations: int = PERMUTATIONS, seed: int = 0
) -> MeanDifference:
    """Compare the mean of an outcome between those with `group` 1 and those with `group` 0.

    Args:
        outcome: Numbers, missing where not known; such persons are left out.
        group: 0/1, same index.
        level: Coverage of the interval.
        permutations: Every reallocation is tried if there are no more than these, else so many are drawn.
        seed: Of the draws.

    Raises:
        TrialError: The group is not 0/1, or a group has fewer than two known outcomes.

    Source: Welch (1947), Biometrika 34, 28-35; Pitman (1937), Supplement to the JRSS 4, 119-130.
    """
    first, second = split(outcome, group)
    if min(len(first), len(second)) < 2:
        raise TrialError("a mean needs at least two known outcomes in each group")
    value = float(first.mean() - second.mean())
    std_error = float(np.sqrt(first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second)))
    low, high = value, value  # Welch's interval is not defined where nobody differs within the groups
    if std_error > 0:
        interval = stats.ttest_ind(first, second, equal_var=False).confidence_interval(level)
        low, high = float(interval.low), float(interval.high)
    test = stats.permutation_test(
        (first, second), _difference, vectorized=True, n_resamples=permutations, rng=np.random.default_rng(seed)
    )
    return MeanDifference(
        difference=Difference(value, std_error, low, high),
        means=(float(first.mean()), float(second.mean())),
        n=(len(first), len(second)),
        p_permutation=float(test.pvalue),
    )


def _difference(
    first: npt.NDArray[np.float64], second: npt.NDArray[np.float64], axis: int = -1
) -> npt.NDArray[np.float64]:
    difference: npt.NDArray[np.float64] = np.mean(first, axis=axis) - np.mean(second, axis=axis)
    return difference
