"""Firth's penalised logistic regression: finite coefficients where a category settles the outcome, or events are few.

The log-likelihood is raised by half the log-determinant of the information (Jeffreys' prior), which takes the
first-order bias out of the estimates. p-values are those of penalised likelihood ratio tests and intervals those of the
profile of the penalised likelihood, since Wald's are far off where the ordinary estimate would be infinite.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from scipy.optimize import brentq
from scipy.special import expit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import normal_quantile
from resultatbok.methods.logit.design import CONSTANT, check_design
from resultatbok.methods.logit.fit import with_odds_ratios
from resultatbok.methods.logit.result import LogitFit

Array = npt.NDArray[np.float64]

MAX_ITERATIONS = 200
TOLERANCE = 1e-8
LONGEST_STEP = 5.0
"""Largest change of a coefficient in one step."""
LIMIT_TOLERANCE = 1e-6
"""Of the limits of intervals, in standard errors."""
MAX_DOUBLINGS = 20
"""A limit farther than so many doublings of the standard error is none."""


def fit_firth(outcome: pd.Series, design: pd.DataFrame, *, level: float = 0.95) -> LogitFit:
    """Fit a logistic regression by Firth's penalised likelihood.

    Args:
        outcome: 0 or 1 per row, without missing values.
        design: Numeric columns without a constant, on the same index.
        level: Coverage of the intervals.

    Returns:
        The fit; `z` in its terms is the signed root of the penalised likelihood ratio. Its log-likelihoods are not
        penalised.

    Raises:
        ModelError: The input cannot be fitted (see `check_design`), or the iterations do not settle.

    Source: Firth (1993), Biometrika 80, 27-38; Heinze and Schemper (2002), Statistics in Medicine 21, 2409-2419.
    """
    X = check_design(outcome, design, None)
    y = outcome.to_numpy(dtype=float)
    params, best = _maximise(y, X, np.zeros(X.shape[1]))
    cov = np.linalg.inv(_information(X, expit(X @ params)))
    names = [CONSTANT, *design.columns]
    profiles = [_Profile(y, X, params, best, i, cov[i] / cov[i, i]) for i in range(len(params))]
    table = pd.DataFrame(
        {"coefficient": params, "std_error": np.sqrt(np.diag(cov))}, index=pd.Index(names, name="term")
    )
    table["z"], table["freedom"] = [profile.root(0.0) for profile in profiles], np.inf
    table["p_value"] = 2 * stats.norm.sf(table["z"].abs())
    for name, side in (("low", -1), ("high", 1)):
        table[name] = [
            profile.limit(side * error, level) for profile, error in zip(profiles, table["std_error"], strict=True)
        ]
    share = y.mean()
    return LogitFit(
        terms=with_odds_ratios(table),
        covariance=pd.DataFrame(cov, index=names, columns=names),
        n=len(y),
        llf=_loglik(y, X @ params),
        llnull=float(len(y) * (share * np.log(share) + (1 - share) * np.log(1 - share))),
        converged=True,
        level=level,
        outcome=outcome,
        design=design,
        fitted=pd.Series(expit(X @ params), index=outcome.index, name="fitted"),
    )


@dataclass(frozen=True)
class _Profile:
    """The penalised likelihood over one coefficient, the others estimated again at each of its values."""

    y: Array
    X: Array
    params: Array
    best: float
    term: int
    path: Array
    """How the other coefficients change with this one, nearly."""

    def root(self, value: float) -> float:
        """The signed root of the likelihood ratio of the estimate and a value: nearly a straight line."""
        start = self.params + (value - self.params[self.term]) * self.path
        ratio = 2 * (self.best - _maximise(self.y, self.X, start, self.term)[1])
        return float(np.copysign(np.sqrt(max(0.0, ratio)), self.params[self.term] - value))

    def limit(self, step: float, level: float) -> float:
        """Where the likelihood ratio reaches its limit, in the direction of the step."""
        estimate, root = float(self.params[self.term]), -math.copysign(normal_quantile(level), step)

        def beyond(value: float) -> float:
            return self.root(value) - root if value != estimate else -root

        far = estimate + normal_quantile(level) * step
        for _ in range(MAX_DOUBLINGS):
            if beyond(far) * -root < 0:
                return float(brentq(beyond, estimate, far, xtol=LIMIT_TOLERANCE * abs(step)))
            far += far - estimate
        return math.copysign(math.inf, step)


def _maximise(y: Array, X: Array, start: Array, held: int | None = None) -> tuple[Array, float]:
    """The penalised maximum and the log-likelihood there; one coefficient may be held where it starts."""
    params, value = start, _penalised(y, X, start)
    free = np.arange(len(start)) != held
    for _ in range(MAX_ITERATIONS):
        p = expit(X @ params)
        information = _information(X, p)
        root = X * np.sqrt(p * (1 - p))[:, None]
        leverage = np.einsum("ij,ji->i", root, np.linalg.solve(information, root.T))
        score = X.T @ (y - p + leverage * (0.5 - p))
        if not free.any() or np.abs(score[free]).max() < TOLERANCE * len(y):
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
