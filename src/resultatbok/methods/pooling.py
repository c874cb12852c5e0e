"""Partial pooling: estimates of many groups drawn towards their mean, each by how little it can be told from it.

A normal random-effects model: the estimates y have a known covariance V, the true effects are independent draws from a
normal distribution with mean m and standard deviation t. Given t all else is linear (Raudenbush and Bryk 1985, Journal
of Educational Statistics 10, 75-98). With few groups t is hardly known, and intervals that take it as estimated are too
short (6 groups: 85 % of them hold the truth). So all is averaged over t, each weighted by its restricted likelihood
(Rubin 1981, Journal of Educational Statistics 6, 377-401; a uniform prior on t: Gelman 2006, Bayesian Analysis 1,
515-534). Shrunken effects answer which group differs without a test for each (Gelman, Hill and Yajima 2012, Journal of
Research on Educational Effectiveness 5, 189-211).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize, stats

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import normal_quantile

Array = npt.NDArray[np.float64]

_GRID = 150  # standard deviations between groups that are averaged over
_HALVINGS = 60


@dataclass(frozen=True)
class PartialPooling:
    """Pooled effects of groups.

    Attributes:
        table: By group: `value` (the shrunken effect), `std_error`, `low`, `high`.
        mean: The mean of the true effects.
        mean_error: Its standard error.
        between_sd: Standard deviation of the true effects by restricted maximum likelihood, or as given; 0 where chance
            explains all differences.
        heterogeneity: Cochran's Q, the statistic of the test that all effects are equal.
        p_value: Its p-value, by chi-square with one less than the groups.
    """

    table: pd.DataFrame
    mean: float
    mean_error: float
    between_sd: float
    heterogeneity: float
    p_value: float


def partial_pooling(
    estimates: pd.Series, cov: Array | pd.DataFrame, *, level: float = 0.95, between_sd: float | None = None
) -> PartialPooling:
    """Shrink estimates to their mean.

    Args:
        estimates: One per group, at least three.
        cov: Their covariance, in the same order; a diagonal one for separate estimates.
        level: Coverage of the intervals.
        between_sd: Standard deviation of the true effects, if it is known.

    Raises:
        ModelError: Fewer than three groups, or a covariance of another shape or not positive definite.
    """
    y, V = estimates.to_numpy(dtype=float), np.asarray(cov, dtype=float)
    if len(y) < 3 or V.shape != (len(y), len(y)):
        raise ModelError(
            f"{len(y)} estimates with a covariance of shape {V.shape}; expected at least three and a square one"
        )
    if np.linalg.eigvalsh(V)[0] <= 0:
        raise ModelError("the covariance of the estimates is not positive definite; leave out repeated estimates")
    sds, weights = (np.array([between_sd]), np.ones(1)) if between_sd is not None else _spreads(y, V)
    given = [_given(y, V, sd) for sd in sds]
    values, errors, means, mean_errors = (np.array(part) for part in zip(*given, strict=True))
    value, error = _mixture(values, errors, weights)
    low, high = (_quantile(values, errors, weights, q) for q in (0.5 - level / 2, 0.5 + level / 2))
    normal_quantile(level)  # refuses an impossible level
    mean, mean_error = _mixture(means, mean_errors, weights)
    equal, _, inverse = _mean(y, V)
    q = float((y - equal) @ inverse @ (y - equal))
    return PartialPooling(
        table=pd.DataFrame({"value": value, "std_error": error, "low": low, "high": high}, index=estimates.index),
        mean=float(mean),
        mean_error=float(mean_error),
        between_sd=_most_likely(y, V, sds, weights) if between_sd is None else between_sd,
        heterogeneity=q,
        p_value=float(stats.chi2.sf(q, len(y) - 1)),
    )


def _mean(y: Array, whole: Array) -> tuple[float, float, Array]:
    """Generalised least squares mean, its variance, and the inverse of the covariance around it."""
    inverse: Array = np.asarray(np.linalg.inv(whole), dtype=np.float64)
    weights = inverse.sum(axis=1)
    return float(weights @ y / weights.sum()), float(1 / weights.sum()), inverse


def _given(y: Array, V: Array, sd: float) -> tuple[Array, Array, float, float]:
    """Shrunken effects and the mean, each with its error, for one standard deviation between groups."""
    mean, mean_variance, inverse = _mean(y, V + sd**2 * np.eye(len(y)))
    kept = sd**2 * inverse
    through_mean = 1 - kept.sum(axis=1)
    variance = np.diag(sd**2 * (np.eye(len(y)) - kept)) + through_mean**2 * mean_variance
    return mean + kept @ (y - mean), np.sqrt(variance), mean, float(np.sqrt(mean_variance))


def _restricted_loglik(y: Array, V: Array, sd: float) -> float:
    mean, mean_variance, inverse = _mean(y, V + sd**2 * np.eye(len(y)))
    rest = y - mean
    return float(0.5 * (np.linalg.slogdet(inverse)[1] + np.log(mean_variance) - rest @ inverse @ rest))


def _spreads(y: Array, V: Array) -> tuple[Array, Array]:
    """Standard deviations from 0 to far beyond what is likely, and the weight of each."""
    unit = (np.arange(_GRID) + 0.5) / _GRID
    scale = max(float(np.std(y)), float(np.sqrt(np.diag(V).min())))
    sds = scale * unit / (1 - unit)
    loglik = np.array([_restricted_loglik(y, V, sd) for sd in sds]) - 2 * np.log1p(-unit)
    weights = np.exp(loglik - loglik.max())
    return sds, weights / weights.sum()


def _most_likely(y: Array, V: Array, sds: Array, weights: Array) -> float:
    """The standard deviation with the largest restricted likelihood."""
    unit = sds / (sds[len(sds) // 2] + sds)
    best = int(np.argmax(np.log(weights + np.finfo(float).tiny) + 2 * np.log1p(-unit)))
    around = (0.0 if best == 0 else sds[best - 1], sds[min(best + 1, len(sds) - 1)])
    found = optimize.minimize_scalar(
        lambda sd: -_restricted_loglik(y, V, sd), bounds=around, method="bounded", options={"xatol": 1e-8 * around[1]}
    )
    return float(found.x) if -found.fun > _restricted_loglik(y, V, 0.0) else 0.0


def _mixture(values: Array, errors: Array, weights: Array) -> tuple[Array, Array]:
    """Mean and standard deviation of normal distributions mixed by weights."""
    mean = weights @ values
    return mean, np.sqrt(weights @ (errors**2 + (values - mean) ** 2))


def _quantile(values: Array, errors: Array, weights: Array, probability: float) -> Array:
    """A quantile of normal distributions mixed by weights, by halving."""
    reach = 40 * errors.max(axis=0)
    low, high = values.min(axis=0) - reach, values.max(axis=0) + reach
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = weights @ stats.norm.cdf((middle - values) / np.maximum(errors, 1e-300)) < probability
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)
