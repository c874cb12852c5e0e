"""Intervals for one proportion and for the difference between two, on statsmodels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

Numbers = float | npt.NDArray[np.float64] | pd.Series


@dataclass(frozen=True)
class Difference:
    """An estimated difference or effect, with standard error and interval, in the units of the outcome.

    `freedom` is that of the t distribution its interval is of: infinite for a normal one.
    """

    value: float
    std_error: float
    low: float
    high: float
    freedom: float = math.inf

    @classmethod
    def around(cls, value: float, std_error: float, level: float, freedom: float = math.inf) -> Difference:
        """The difference with the interval that t with so many degrees of freedom gives."""
        half = t_quantile(level, freedom) * std_error
        return cls(value, std_error, value - half, value + half, freedom)

    @property
    def effective_clusters(self) -> float:
        """How many equally large clusters would give a mean as many degrees of freedom; infinite without clusters."""
        return self.freedom + 1


def t_quantile(level: float, freedom: float) -> float:
    """Half the width, in standard errors, of an interval from an estimate with so many degrees of freedom."""
    if np.isinf(freedom):
        return normal_quantile(level)
    normal_quantile(level)  # refuses an impossible level
    return float(stats.t.ppf((1 + level) / 2, freedom))


def normal_quantile(level: float) -> float:
    """The number of standard errors on each side of an interval with this coverage (1.96 for 0.95).

    Raises:
        ValueError: `level` is not strictly between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; expected a coverage between 0 and 1, such as 0.95")
    return float(stats.norm.ppf(0.5 + level / 2))


def wilson_interval(
    count: Numbers, n: Numbers, level: float = 0.95
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Wilson's score interval of a proportion.

    Args:
        count: Persons with the trait, one number or many.
        n: Persons in all, of the same shape. Where it is 0 the interval is missing.
        level: Coverage.

    Returns:
        The lower and upper limits, as fractions.

    Raises:
        ValueError: A count is negative or above its `n`.

    Source: Wilson (1927), JASA 22, 209-212; method 3 of Newcombe (1998a), Statistics in Medicine 17,
    857-872.
    """
    x, total = np.asarray(count, dtype=float), np.asarray(n, dtype=float)
    _refuse_impossible(x, total)
    alpha = _alpha(level)
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = proportion_confint(x, total, alpha, method="wilson")
    # At 0 and at n the limit is exactly 0 or 1; rounding would leave 1e-17.
    low, high = np.where(x == 0, 0.0, low), np.where(x == total, 1.0, high)
    return np.where(total > 0, low, np.nan), np.where(total > 0, high, np.nan)


def share_difference(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Difference:
    """The difference x1/n1 - x2/n2 with Newcombe's hybrid score interval.

    The standard error is the plain one (unpooled); the interval is not symmetric about the difference.

    Returns:
        Difference: Missing throughout where `n1` or `n2` is 0.

    Raises:
        ValueError: A count is negative or above its `n`.

    Source: method 10 of Newcombe (1998b), Statistics in Medicine 17, 873-890.
    """
    _refuse_impossible(np.array([x1, x2]), np.array([n1, n2]))
    alpha = _alpha(level)
    if n1 == 0 or n2 == 0:
        return Difference(math.nan, math.nan, math.nan, math.nan)
    p1, p2 = x1 / n1, x2 / n2
    std_error = math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    low, high = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff", alpha=alpha)
    return Difference(p1 - p2, std_error, float(low), float(high))


def _refuse_impossible(count: npt.NDArray[np.float64], n: npt.NDArray[np.float64]) -> None:
    if np.any(count < 0) or np.any(count > n):
        raise ValueError("a count is negative or larger than the number of persons it is a part of")


def _alpha(level: float) -> float:
    normal_quantile(level)  # refuses an impossible level
    return 1 - level
