"""Bounds of an effect where outcomes are missing, or where nobody can be compared with: no model of what is unseen.

Lee's bounds (2009, Review of Economic Studies 76, 1071-1102) are about those whose outcome would be seen under either
treatment, if treatment moves whether it is seen in one direction only: the surplus of the arm that is seen more often
is taken from its best or its worst outcomes. Manski's (1990, American Economic Review 80, 319-323) assume nothing:
every missing outcome could be 0 or 1. Intervals hold the effect, not the whole range of the bounds, with the coverage
asked for (Imbens and Manski 2004, Econometrica 72, 1845-1857).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize, stats

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference, normal_quantile
from resultatbok.methods.treatment import check_treatment

Array = npt.NDArray[np.float64]

_STEP = 1e-6  # of the numerical derivatives, as a share of each total


@dataclass(frozen=True)
class Bounds:
    """What an effect on the probability of an outcome can be.

    Attributes:
        lower: The least that it can be, estimated.
        upper: The most.
        low: Lower limit of the interval of the effect.
        high: Upper limit.
        n: Rows, seen or not.
        n_missing: Rows whose outcome is not seen.
    """

    lower: float
    upper: float
    low: float
    high: float
    n: int
    n_missing: int


def lee_bounds(
    outcome: pd.Series,
    treated: pd.Series,
    *,
    groups: pd.Series | None = None,
    weights: pd.Series | None = None,
    level: float = 0.95,
) -> Bounds:
    """Bounds of the effect on those who would be seen under either treatment.

    Args:
        outcome: 0, 1 or missing per row.
        treated: 0 or 1 per row, on the same index.
        groups: Clusters for the interval.
        weights: Of the rows, to make the arms alike first (`weighting.balancing_weights`); taken as given.
        level: Coverage of the interval.

    Raises:
        ModelError: The data cannot be used, or nobody in an arm is seen.
    """
    return _bounds(_lee, outcome, treated, groups, weights, level)


def manski_bounds(
    outcome: pd.Series,
    treated: pd.Series,
    *,
    groups: pd.Series | None = None,
    weights: pd.Series | None = None,
    level: float = 0.95,
) -> Bounds:
    """Bounds of the effect on everybody, whatever the missing outcomes are; arguments as in `lee_bounds`."""
    return _bounds(_manski, outcome, treated, groups, weights, level)


def outside_bounds(
    inside_effect: Difference,
    inside: pd.Series,
    outcome: pd.Series,
    treated: pd.Series,
    *,
    groups: pd.Series | None = None,
    level: float = 0.95,
) -> Bounds:
    """Bounds of the effect on the treated, where only some of them have anybody to be compared with.

    Inside the overlap the effect is estimated. Of the treated outside it is known what they attained, not what they
    would have attained untreated, which is anything from nobody to all of them.

    Args:
        inside_effect: Of the treated inside the overlap.
        inside: Whether each row lies in the overlap.
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row.
        groups: Clusters, for the error of what those outside attained.
        level: Coverage of the interval. Errors inside and outside are added up, which is right or too wide however the
            two go together.

    Raises:
        ModelError: The data cannot be used.
    """
    check_treatment(outcome, treated, pd.DataFrame({"inside": inside}), groups=groups)
    n = int((treated == 1).sum())
    out = (treated == 1) & ~inside.astype(bool)
    share = int(out.sum()) / n
    attained = float(outcome[out].mean()) if out.any() else 0.0
    deviations = (outcome[out] - attained).astype(float)
    sums = deviations if groups is None else deviations.groupby(groups[out], observed=True).sum()
    error = float(np.sqrt(len(sums) / max(len(sums) - 1, 1) * (sums**2).sum())) / n
    error += (1 - share) * inside_effect.std_error
    known = (1 - share) * inside_effect.value + share * attained
    return _with_interval(known - share, known, (error, error), np.inf, level, n, int(out.sum()))


def imbens_manski_quantile(width: float, level: float, freedom: float = np.inf) -> float:
    """Standard errors beyond each bound that an interval of the effect needs.

    Between the one-sided quantile, where the bounds lie far apart, and the two-sided, where they coincide.

    Args:
        width: Distance of the bounds in (the larger of their) standard errors.
        level: Coverage.
        freedom: Degrees of freedom of the errors.
    """
    normal_quantile(level)  # refuses an impossible level
    cdf = stats.norm.cdf if np.isinf(freedom) else stats.t(freedom).cdf

    def lacking(c: float) -> float:
        return float(cdf(c + width) - cdf(-c) - level)

    return float(optimize.brentq(lacking, 0.0, 1e3))


def _bounds(
    of: Callable[[Array], Array],
    outcome: pd.Series,
    treated: pd.Series,
    groups: pd.Series | None,
    weights: pd.Series | None,
    level: float,
) -> Bounds:
    """Bounds as a function of six totals (weights, seen, attained in either arm), with delta-method errors.

    The totals' covariance is that of sums over clusters, so the errors are those of drawing clusters anew. Degrees of
    freedom are the clusters of the arm that has fewer, less one.
    """
    seen = outcome.notna()
    w = pd.Series(1.0, index=outcome.index) if weights is None else weights
    check_treatment(outcome.fillna(0), treated, pd.DataFrame({"weights": w}), groups=groups)
    attained = outcome.fillna(0).to_numpy(dtype=float)
    arms = [w.to_numpy(dtype=float) * (treated == arm).to_numpy() for arm in (0, 1)]
    rows = np.column_stack([part for a in arms for part in (a, a * seen.to_numpy(), a * attained)])
    cluster = np.arange(len(rows)) if groups is None else pd.factorize(groups)[0]
    sums = np.column_stack([np.bincount(cluster, weights=column) for column in rows.T])
    total = sums.sum(axis=0)
    if min(total[1], total[4]) <= 0:
        raise ModelError("nobody in one of the arms has an outcome; there is nothing to compare")
    steps = _STEP * np.diag(total + (total == 0))
    slopes = np.array([(of(total + step) - of(total - step)) / (2 * step.sum()) for step in steps])
    deviations = (sums - sums.mean(axis=0)) @ slopes
    errors = np.sqrt(len(sums) / (len(sums) - 1) * (deviations**2).sum(axis=0))
    freedom = float(min(np.count_nonzero(sums[:, 0]), np.count_nonzero(sums[:, 3])) - 1)
    lower, upper = of(total)
    return _with_interval(lower, upper, tuple(errors), freedom, level, len(rows), int((~seen).sum()))


def _manski(total: Array) -> Array:
    """Everybody unseen counts against the effect, or for it."""
    least = [arm[2] / arm[0] for arm in (total[:3], total[3:])]
    most = [(arm[2] + arm[0] - arm[1]) / arm[0] for arm in (total[:3], total[3:])]
    return np.array([least[1] - most[0], most[1] - least[0]])


def _lee(total: Array) -> Array:
    """The arm that is seen more often without its surplus of best, or of worst, outcomes."""
    seen = [arm[1] / arm[0] for arm in (total[:3], total[3:])]
    share = [arm[2] / arm[1] for arm in (total[:3], total[3:])]
    more = int(seen[1] > seen[0])
    surplus = 1 - seen[1 - more] / seen[more]
    trimmed = np.array([max(0.0, share[more] - surplus), min(1 - surplus, share[more])]) / (1 - surplus)
    return np.asarray(trimmed - share[0] if more else share[1] - trimmed[::-1])


def _with_interval(
    lower: float, upper: float, errors: tuple[float, ...], freedom: float, level: float, n: int, n_missing: int
) -> Bounds:
    width = (upper - lower) / max(errors) if max(errors) > 0 else np.inf
    c = imbens_manski_quantile(float(width), level, freedom)
    return Bounds(float(lower), float(upper), float(lower - c * errors[0]), float(upper + c * errors[1]), n, n_missing)
