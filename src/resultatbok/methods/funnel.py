"""Funnel limits: how far a project may lie from what is expected by chance alone, given its size.

Where projects differ more than chance explains, the limits are too narrow; the overdispersion factor and the variance
between projects say by how much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from resultatbok.methods.intervals import normal_quantile

Array = npt.NDArray[np.float64]

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


def overdispersion(
    distance: npt.ArrayLike, std_error: npt.ArrayLike, *, tail_share: float = TAIL_SHARE
) -> Overdispersion:
    """Overdispersion of groups around what is expected of each.

    Args:
        distance: Actual minus expected, per group.
        std_error: Its standard error by chance alone.
        tail_share: Share of the groups at each end that is drawn in to the limit of that share (winsorised); 0 takes
            every group as it is, for the spread of all groups rather than of the ordinary ones.

    Returns:
        phi = mean of z^2, and the standard deviation between groups by DerSimonian and Laird's moments.

    Source: Spiegelhalter (2005), Quality and Safety in Health Care 14, 347-351.
    """
    s = np.asarray(std_error, dtype=float)
    z = np.asarray(distance, dtype=float) / s
    z = np.clip(z, *np.quantile(z, [tail_share, 1 - tail_share]))
    phi, k, w = float(np.mean(z**2)), len(z), 1 / s**2
    variance = (k * phi - (k - 1)) / (w.sum() - (w**2).sum() / w.sum())
    return Overdispersion(phi, float(np.sqrt(max(0.0, variance))))


def _tail(level: float) -> float:
    normal_quantile(level)  # refuses an impossible level
    return (1 - level) / 2
