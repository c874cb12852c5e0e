"""Firth's penalised logistic regression: finite coefficients where a category settles the outcome, or events are few.

The log-likelihood is raised by half the log-determinant of the information (Jeffreys' prior), which takes the
first-order bias out of the estimates. p-values are those of penalised likelihood ratio tests, since Wald's are far off
where the ordinary estimate would be infinite.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from scipy.special import expit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit.design import CONSTANT, check_design
from resultatbok.methods.logit.fit import term_table
from resultatbok.methods.logit.result import LogitFit

Array = npt.NDArray[np.float64]

MAX_ITERATIONS = 200
TOLERANCE = 1e-8
LONGEST_STEP = 5.0
"""Largest change of a coefficient in one step."""


def fit_firth(outcome: pd.Series, design: pd.DataFrame, *, level: float = 0.95) -> LogitFit:
    """Fit a logistic regression by Firth's penalised likelihood.

    Args:
        outcome: 0 or 1 per row, without missing values.
        design: Numeric columns without a constant, on the same index.
        level: Coverage of the (Wald) intervals.

    Returns:
        The fit; its p-values are of penalised likelihood ratio tests, its log-likelihoods are not penalised.

    Raises:
        ModelError: The input cannot be fitted (see `check_design`), or the iterations do not settle.

    Source: Firth (1993), Biometrika 80, 27-38; Heinze and Schemper (2002), Statistics in Medicine 21, 2409-2419.
    """
    X = check_design(outcome, design, None)
    y = outcome.to_numpy(dtype=float)
    params, best = _maximise(y, X, np.ones(X.shape[1], dtype=bool))
    cov = np.linalg.inv(_information(X, expit(X @ params)))
    names = [CONSTANT, *design.columns]
    terms = term_table(params, np.sqrt(np.diag(cov)), names, level)
    terms["p_value"] = [_p_value(y, X, i, best) for i in range(X.shape[1])]
    share = y.mean()
    return LogitFit(
        terms=terms,
        cov=pd.DataFrame(cov, index=names, columns=names),
        n=len(y),
        n_groups=None,
        loglik=_loglik(y, X @ params),
        loglik_null=float(len(y) * (share * np.log(share) + (1 - share) * np.log(1 - share))),
        converged=True,
        level=level,
        outcome=outcome,
        design=design,
        fitted=pd.Series(expit(X @ params), index=outcome.index, name="fitted"),
    )


def _p_value(y: Array, X: Array, term: int, best: float) -> float:
    """The penalised likelihood ratio test of one coefficient; the others are estimated again without it."""
    free = np.ones(X.shape[1], dtype=bool)
    free[term] = False
    _, without = _maximise(y, X, free)
    return float(stats.chi2.sf(max(0.0, 2 * (best - without)), 1))


def _maximise(y: Array, X: Array, free: npt.NDArray[np.bool_]) -> tuple[Array, float]:
    """The penalised maximum over the free coefficients, the others at zero, and the penalised log-likelihood there."""
    params = np.zeros(X.shape[1])
    value = _penalised(y, X, params)
    for _ in range(MAX_ITERATIONS):
        p = expit(X @ params)
        information = _information(X, p)
        root = X * np.sqrt(p * (1 - p))[:, None]
        leverage = np.einsum("ij,ji->i", root, np.linalg.solve(information, root.T))
        score = X.T @ (y - p + leverage * (0.5 - p))
        if np.abs(score[free]).max() < TOLERANCE * len(y):
            return params, value
        step = np.zeros_like(params)
        step[free] = np.linalg.solve(information[np.ix_(free, free)], score[free])
        step *= min(1.0, LONGEST_STEP / max(np.abs(step).max(), 1e-300))
        params, value = _improved(y, X, params, step, value)
    raise ModelError("the penalised likelihood did not settle; use fewer columns")


def _improved(y: Array, X: Array, params: Array, step: Array, value: float) -> tuple[Array, float]:
    """The step, halved until the penalised likelihood does not fall."""
    for _ in range(30):
        tried = _penalised(y, X, params + step)
        if tried >= value - 1e-12:
            return params + step, tried
        step = step / 2
    return params, value


def _penalised(y: Array, X: Array, params: Array) -> float:
    _, log_determinant = np.linalg.slogdet(_information(X, expit(X @ params)))
    return _loglik(y, X @ params) + 0.5 * float(log_determinant)


def _loglik(y: Array, log_odds: Array) -> float:
    return -float(np.logaddexp(0, np.where(y == 1, -log_odds, log_odds)).sum())


def _information(X: Array, p: Array) -> Array:
    information: Array = (X * (p * (1 - p))[:, None]).T @ X
    return information
