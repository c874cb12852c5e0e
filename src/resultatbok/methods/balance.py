"""How alike treated and untreated are: standardised mean differences, variance ratios, effective sample size."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.rows import check_complete, check_rows

Array = npt.NDArray[np.float64]

GOOD_BALANCE = 0.1
"""Standardised differences up to this are commonly called balanced (Austin 2009)."""


def balance_table(treated: pd.Series, covariates: pd.DataFrame, weights: pd.Series | None = None) -> pd.DataFrame:
    """Means of treated and untreated, their standardised difference and the ratio of their variances.

    The difference is divided by the root of the mean of the two *unweighted* variances, so that weighting changes the
    numerator only and before and after can be compared.

    Args:
        treated: 0 or 1 per row.
        covariates: Numeric columns on the same index; dummies for a factor.
        weights: What each row counts; 1 if not given.

    Returns:
        Indexed by covariate: `treated_mean`, `untreated_mean`, `difference` (in standard deviations, treated minus
        untreated; missing for a column that does not vary), `variance_ratio` (treated over untreated, weighted).

    Raises:
        ModelError: Rows in another order, or missing values.

    Source: Austin (2009), Statistics in Medicine 28, 3083-3107, section 3.1.
    """
    check_rows(treatment=treated, covariates=covariates, weights=weights)
    check_complete(treatment=treated, covariates=covariates, weights=weights)
    X, z = covariates.to_numpy(dtype=float), treated.to_numpy(dtype=float) == 1
    w = np.ones(len(X)) if weights is None else weights.to_numpy(dtype=float)
    means = [np.average(X[arm], axis=0, weights=w[arm]) for arm in (z, ~z)]
    spreads = [_variance(X[arm], w[arm]) for arm in (z, ~z)]
    pooled = np.sqrt((X[z].var(axis=0, ddof=1) + X[~z].var(axis=0, ddof=1)) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        table = {
            "treated_mean": means[0],
            "untreated_mean": means[1],
            "difference": np.where(pooled > 0, (means[0] - means[1]) / pooled, np.nan),
            "variance_ratio": np.where(spreads[1] > 0, spreads[0] / spreads[1], np.nan),
        }
    return pd.DataFrame(table, index=covariates.columns).rename_axis("covariate")


def effective_sample_size(weights: pd.Series) -> float:
    """How many equally weighted rows would be as informative: the square of the sum over the sum of squares.

    Source: Kish (1965), Survey Sampling, section 8.2.
    """
    w = weights.to_numpy(dtype=float)
    return float(w.sum() ** 2 / (w @ w)) if w.any() else 0.0


def _variance(X: Array, w: Array) -> Array:
    """Weighted variances, with the divisor that makes them unbiased for equal weights."""
    mean = np.average(X, axis=0, weights=w)
    spread = w @ (X - mean) ** 2
    divisor = w.sum() - (w @ w) / w.sum()
    return np.asarray(spread / divisor) if divisor > 0 else np.full(X.shape[1], np.nan)
