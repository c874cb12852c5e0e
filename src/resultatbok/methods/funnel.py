"""Funnel limits: how far a project may lie from what is expected by chance alone, given its size.

Exact limits use the binomial and Poisson distributions. Where projects differ more than chance explains,
the limits are too narrow; the overdispersion factor and the variance between projects say by how much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from resultatbok.methods.intervals import normal_quantile

Array = npt.NDArray[np.float64]

# Warning and alarm limits of a funnel plot (Spiegelhalter 2005, Statistics in Medicine 24, 1185-1202).
FUNNEL_LEVELS = (0.95, 0.998)

# Share of the projects at each end whose distance is not trusted when the overdispersion is estimated.
TAIL_SHARE = 0.10


@dataclass(frozen=True)
class Overdispersion:
    """How much more groups differ than chance explains.

    Attributes:
        phi: Mean squared standardised distance; 1 if chance explains everything.
        between_sd: Standard deviation between the groups, on the scale of the standard errors.
    """

    phi: float
    between_sd: float


def proportion_limits(n: npt.ArrayLike, baseline: float, level: float = 0.95) -> pd.DataFrame:
    """Exact funnel limits of a share: a group at the baseline lies within them with at least this probability.

    Args:
        n: Persons per group.
        baseline: The share expected in every group.
        level: Coverage.

    Returns:
        Columns `n`, `low`, `high`: the outermost shares that are still within. They are jagged, because
        persons are whole.
    """
    size = np.asarray(n, dtype=int)
    tail = _tail(level)
    low, high = (stats.binom.ppf(q, size, baseline) / size for q in (tail, 1 - tail))
    return pd.DataFrame({"n": size, "low": low, "high": high})


def smooth_proportion_limits(
    n: npt.ArrayLike, baseline: float, level: float = 0.95, between_sd: float = 0.0
) -> pd.DataFrame:
    """Funnel limits of a share from the normal curve, for drawing; too wide on one side for n below some 30.

    Args:
        n: Persons per group.
        baseline: The share expected in every group.
        level: Coverage.
        between_sd: Standard deviation between groups, which widens the limits (overdispersion).

    Returns:
        Columns `n`, `low`, `high`, cut off at 0 and 1.
    """
    size = np.asarray(n, dtype=float)
    half = normal_quantile(level) * np.sqrt(baseline * (1 - baseline) / size + between_sd**2)
    return pd.DataFrame({"n": size, "low": np.maximum(baseline - half, 0), "high": np.minimum(baseline + half, 1)})


def ratio_limits(expected: npt.ArrayLike, level: float = 0.95) -> pd.DataFrame:
    """Exact Poisson limits of observed / expected, by expected count.

    Returns:
        Columns `expected`, `low`, `high`.

    Source: Garwood (1936), Biometrika 28, 437-442, with the expected count as the observed one.
    """
    count = np.asarray(expected, dtype=float)
    low, high = garwood_limits(count, level)
    return pd.DataFrame({"expected": count, "low": low / count, "high": high / count})


def garwood_limits(count: npt.ArrayLike, level: float = 0.95) -> tuple[Array, Array]:
    """Exact limits of the expectation of a Poisson count: chi-square quantiles over 2. The lower one of 0 is 0."""
    x, tail = np.asarray(count, dtype=float), _tail(level)
    low = np.where(x > 0, stats.chi2.ppf(tail, 2 * np.where(x > 0, x, 1)) / 2, 0)
    return low, np.asarray(stats.chi2.ppf(1 - tail, 2 * x + 2) / 2)


def ratio_classes(observed: npt.ArrayLike, expected: npt.ArrayLike, level: float = 0.95) -> npt.NDArray[np.str_]:
    """Whether the exact interval of observed / expected is `above` 1, `below` 1 or holds it (`not_distinguishable`)."""
    low, high = garwood_limits(observed, level)
    e = np.asarray(expected, dtype=float)
    return np.select([low > e, high < e], ["above", "below"], "not_distinguishable")


def overdispersion(
    distance: npt.ArrayLike, std_error: npt.ArrayLike, *, trim: bool = False, tail_share: float = TAIL_SHARE
) -> Overdispersion:
    """Overdispersion of groups around what is expected of each.

    Args:
        distance: Actual minus expected, per group.
        std_error: Its standard error by chance alone.
        trim: Drop the tenth of the groups at each end; else they are drawn in to the tenth's limit
            (winsorised).
        tail_share: Share at each end that is drawn in; 0 takes every group as it is, for the spread of all groups
            rather than of the ordinary ones.

    Returns:
        phi = mean of z^2, and the standard deviation between groups by DerSimonian and Laird's moments.

    Source: Spiegelhalter (2005), Quality and Safety in Health Care 14, 347-351 (winsorised); the trimmed
    variant is that of NHS England's SHMI: groups are dropped whose rank gives floor(10 rank / (k + 1)) = 0
    or 9.
    """
    s = np.asarray(std_error, dtype=float)
    z = np.asarray(distance, dtype=float) / s
    if trim:
        tenth = np.floor(stats.rankdata(z) / (len(z) + 1) * 10)
        kept = (tenth > 0) & (tenth < 9)
        z, s = z[kept], s[kept]
    else:
        z = np.clip(z, *np.quantile(z, [tail_share, 1 - tail_share]))
    phi, k, w = float(np.mean(z**2)), len(z), 1 / s**2
    variance = (k * phi - (k - 1)) / (w.sum() - (w**2).sum() / w.sum())
    return Overdispersion(phi, float(np.sqrt(max(0.0, variance))))


def _tail(level: float) -> float:
    normal_quantile(level)  # refuses an impossible level
    return (1 - level) / 2
