"""A weighted logistic regression that can be fitted hundreds of times: Newton's method from where the last one ended.

An optional normal prior keeps coefficients finite where a small group leaves none of one outcome in a category.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit.design import is_binary

Array = npt.NDArray[np.float64]

MAX_STEPS = 50
TOLERANCE = 1e-9
"""Newton decrement at which the search ends: coefficients are then within 1e-4 standard errors of the optimum."""


def newton_logit(X: Array, y: Array, weights: Array, precision: Array, start: Array | None = None) -> Array:
    """Coefficients that maximise the weighted log-likelihood less half of sum(precision x coefficient²).

    Args:
        X: The columns, the constant among them.
        y: The outcome, 0 to 1; a fraction stands for that share of its weight.
        weights: Weight of each row, such as how often it was drawn.
        precision: Of each coefficient's normal prior around 0; 0 for none.
        start: Where the search begins.

    Raises:
        ModelError: The search does not end: columns are collinear or separate the outcome.
    """
    beta = np.zeros(X.shape[1]) if start is None else start.copy()
    objective = _objective(X, y, weights, precision, beta)
    for _ in range(MAX_STEPS):
        p = expit(X @ beta)
        gradient = X.T @ (weights * (y - p)) - precision * beta
        hessian = (X * (weights * p * (1 - p))[:, None]).T @ X + np.diag(precision)
        try:
            step = np.linalg.solve(hessian, gradient)
        except np.linalg.LinAlgError as error:
            raise ModelError(_TROUBLE) from error
        decrement = float(gradient @ step)
        if not 0 <= decrement < np.inf:
            raise ModelError(_TROUBLE)
        if decrement < TOLERANCE:
            return beta + step
        scale, objective = _shortened(X, y, weights, precision, beta, step, objective)
        beta = beta + scale * step
    raise ModelError(_TROUBLE)


_TROUBLE = (
    "the logistic regression has no finite optimum: a column repeats others or separates the outcome; "
    "merge categories, leave the column out, or give `prior_sd`"
)


def prior_precision(design: Array, prior_sd: float | None) -> Array:
    """Precision of each column's prior; a 0/1 column has `prior_sd`, another as if it were divided by two sd's.

    So a number and an indicator are held back alike, whatever the number's unit (Gelman et al. 2008, Annals of Applied
    Statistics 2, 1360-1383).
    """
    if prior_sd is None:
        return np.zeros(design.shape[1])
    spread = np.array([1.0 if is_binary(column) else 2 * float(column.std()) for column in design.T])
    return (spread / prior_sd) ** 2


def _shortened(
    X: Array, y: Array, weights: Array, precision: Array, beta: Array, step: Array, before: float
) -> tuple[float, float]:
    """The share of a step, halved until the objective rises, and the objective there."""
    scale = 1.0
    for _ in range(30):
        after = _objective(X, y, weights, precision, beta + scale * step)
        if after >= before - 1e-12 * abs(before):
            return scale, after
        scale /= 2
    raise ModelError(_TROUBLE)


def _objective(X: Array, y: Array, weights: Array, precision: Array, beta: Array) -> float:
    eta = X @ beta
    return float(weights @ (y * eta - np.logaddexp(0, eta)) - precision @ beta**2 / 2)
