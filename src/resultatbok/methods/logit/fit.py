"""Fitting a logistic model by maximum likelihood."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from scipy.special import expit, xlogy
from statsmodels.discrete.discrete_model import Logit

from resultatbok.methods.clusters import ClusterErrors
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import t_quantile
from resultatbok.methods.logit.design import CONSTANT, check_design
from resultatbok.methods.logit.result import LogitFit
from resultatbok.methods.logit.separation import separating_columns

Array = npt.NDArray[np.float64]

# One, two and three stars, as the 2022 report prints them.
STAR_LEVELS = (0.1, 0.05, 0.01)

# Newton's method needs 5-8 steps on a well-posed model; one that needs more is diverging.
MAX_ITERATIONS = 50

# Beyond this log-odds a fitted probability is 0 or 1 to nine decimals: reason to look for separation.
SUSPICIOUS_LOG_ODDS = 20.0


def fit_logit(
    outcome: pd.Series, design: pd.DataFrame, *, level: float = 0.95, groups: pd.Series | None = None
) -> LogitFit:
    """Fit a logistic regression by maximum likelihood.

    Args:
        outcome: 0 or 1 per row, without missing values.
        design: Numeric columns without a constant, on the same index; dummies for a factor.
        level: Coverage of the intervals.
        groups: Clusters for robust standard errors, on the same index: CR2 with Satterthwaite's degrees of freedom
            for each coefficient, effect and prediction (`methods.clusters`). Without them errors are the plain ones of
            the information matrix, and intervals normal.

    Raises:
        ModelError: The input cannot be fitted (see `check_design`), or columns separate the outcome. The
            message names the columns.
    """
    X = check_design(outcome, design, groups)
    y = outcome.to_numpy(dtype=float)
    params, cov, converged = _estimate(y, X)
    suspicious = not converged or np.abs(X @ params).max() > SUSPICIOUS_LOG_ODDS
    if suspicious and (separating := separating_columns(y, X[:, 1:], list(design.columns))):
        raise ModelError(
            f"the outcome {outcome.name!r} is separated by {', '.join(separating)}: its coefficient has no "
            "finite estimate; leave the column out, or merge the category with another"
        )
    if not np.isfinite(params).all():
        raise ModelError(f"the information matrix of the model of {outcome.name!r} is singular; use fewer columns")
    names = [CONSTANT, *design.columns]
    log_odds = X @ params
    fitted = expit(log_odds)
    clusters, freedom = None, np.full(len(params), np.inf)
    if groups is not None:
        clusters = ClusterErrors.of(X, y - fitted, groups, fitted * (1 - fitted))
        cov, freedom = clusters.cov, np.array([clusters.freedom(of_term) for of_term in np.eye(len(params))])
    share = y.mean()
    return LogitFit(
        terms=term_table(params, np.sqrt(np.diag(cov)), names, level, freedom),
        covariance=pd.DataFrame(cov, index=names, columns=names),
        n=len(y),
        llf=-float(np.logaddexp(0, np.where(y == 1, -log_odds, log_odds)).sum()),
        llnull=float(len(y) * (xlogy(share, share) + xlogy(1 - share, 1 - share))),
        converged=converged,
        level=level,
        outcome=outcome,
        design=design,
        fitted=pd.Series(fitted, index=outcome.index, name="fitted"),
        clusters=clusters,
    )


def _estimate(y: Array, X: Array) -> tuple[Array, Array, bool]:
    with warnings.catch_warnings():
        # Divergence and separation are looked for, and named, by the caller.
        warnings.simplefilter("ignore")
        try:
            result = Logit(y, X).fit(method="newton", maxiter=MAX_ITERATIONS, disp=0)
        except np.linalg.LinAlgError:
            k = X.shape[1]
            return np.full(k, np.nan), np.full((k, k), np.nan), False
    return np.asarray(result.params), np.asarray(result.cov_params()), bool(result.mle_retvals["converged"])


def term_table(params: Array, errors: Array, names: Sequence[str], level: float, freedom: Array) -> pd.DataFrame:
    """One row per term with coefficient, standard error, test, interval, odds ratio and stars."""
    z = params / errors
    half = errors * np.array([t_quantile(level, of_term) for of_term in freedom])
    table = {
        "coefficient": params,
        "std_error": errors,
        "z": z,
        "freedom": freedom,
        "p_value": 2 * stats.t.sf(np.abs(z), freedom),
        "low": params - half,
        "high": params + half,
    }
    return with_odds_ratios(pd.DataFrame(table, index=pd.Index(names, name="term")))


def with_odds_ratios(table: pd.DataFrame) -> pd.DataFrame:
    """A table of coefficients with odds ratios and the stars of their p-values."""
    stars = ["*" * sum(p < limit for limit in STAR_LEVELS) for p in table["p_value"]]
    return table.assign(
        odds_ratio=np.exp(table["coefficient"]),
        odds_ratio_low=np.exp(table["low"]),
        odds_ratio_high=np.exp(table["high"]),
        stars=stars,
    )
