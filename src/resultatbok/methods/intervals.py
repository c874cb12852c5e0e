"""Intervals for one proportion, one count and the difference between two proportions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

Numbers = float | npt.NDArray[np.float64] | pd.Series


@dataclass(frozen=True)
class Difference:
    """An estimated difference or effect, with standard error and interval, in the units of the outcome."""

    value: float
    std_error: float
    low: float
    high: float


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
    if np.any(x < 0) or np.any(x > total):
        raise ValueError("a count is negative or larger than the number of persons it is a part of")
    z2 = normal_quantile(level) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        p = x / total
        half = np.sqrt(z2 * (p * (1 - p) / total + z2 / (4 * total**2)))
        low = (p + z2 / (2 * total) - half) / (1 + z2 / total)
        high = (p + z2 / (2 * total) + half) / (1 + z2 / total)
    # At 0 and at n the limit is exactly 0 or 1; rounding would leave 1e-17.
    low, high = np.where(x == 0, 0.0, low), np.where(x == total, 1.0, high)
    return np.where(total > 0, low, np.nan), np.where(total > 0, high, np.nan)


def byar_interval(count: Numbers, level: float = 0.95) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Byar's interval of a Poisson count.

    Returns:
        The lower and upper limits of the expected count; the lower one of a count of 0 is 0.

    Raises:
        ValueError: A count is negative.

    Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, page 69.
    """
    x = np.asarray(count, dtype=float)
    if np.any(x < 0):
        raise ValueError("a count is negative")
    z = normal_quantile(level)
    with np.errstate(invalid="ignore", divide="ignore"):
        low = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
    above = x + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return np.where(x == 0, 0.0, low), high


def share_difference(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Difference:
    """The difference x1/n1 - x2/n2 with Newcombe's hybrid score interval.

    The standard error is the plain one (unpooled); the interval is not symmetric about the difference.

    Returns:
        Difference: Missing throughout where `n1` or `n2` is 0.

    Raises:
        ValueError: A count is negative or above its `n`.

    Source: method 10 of Newcombe (1998b), Statistics in Medicine 17, 873-890.
    """
    (low1, low2), (high1, high2) = wilson_interval(np.array([x1, x2]), np.array([n1, n2]), level)
    if n1 == 0 or n2 == 0:
        return Difference(math.nan, math.nan, math.nan, math.nan)
    p1, p2 = x1 / n1, x2 / n2
    value = p1 - p2
    return Difference(
        value=value,
        std_error=math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2),
        low=value - math.hypot(p1 - cast(float, low1), cast(float, high2) - p2),
        high=value + math.hypot(cast(float, high1) - p1, p2 - cast(float, low2)),
    )
