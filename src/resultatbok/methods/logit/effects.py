"""Differences of predicted probabilities and average marginal effects of a logistic model, with their gradients."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import expit

Array = npt.NDArray[np.float64]


def predicted_change(rows: Array, params: Array) -> tuple[float, Array]:
    """Probability at the first of two rows minus that at the second, and its gradient."""
    p = expit(rows @ params)
    gradient = (p * (1 - p))[:, None] * rows
    return float(p[0] - p[1]), np.asarray(gradient[0] - gradient[1])


def average_slope(X: Array, params: Array, term: int) -> tuple[float, Array]:
    """Mean derivative of the probability by one column, and its gradient.

    Source: Greene (2012), Econometric Analysis, 7th edition, section 17.3.2.
    """
    p = expit(X @ params)
    density = p * (1 - p)
    gradient = params[term] * (density * (1 - 2 * p)) @ X / len(X)
    gradient[term] += density.mean()
    return float(params[term] * density.mean()), np.asarray(gradient)


def average_change(X: Array, params: Array, term: int, others: list[int]) -> tuple[float, Array]:
    """Mean change of the probability when a 0/1 column goes from 0 to 1, and its gradient.

    Args:
        X: The design with its constant.
        params: Coefficients.
        term: Position of the column.
        others: Positions of the other dummies of the same factor, which are set to 0 on both sides.
    """
    rest = X @ params - X[:, [term, *others]] @ params[[term, *others]]
    value, gradient = 0.0, np.zeros(X.shape[1])
    for setting, sign in ((1.0, 1.0), (0.0, -1.0)):
        p = expit(rest + setting * params[term])
        density = p * (1 - p)
        slope = density @ X / len(X)
        slope[others] = 0  # these columns are 0 here,
        slope[term] = setting * density.mean()  # and this one is the same for everyone
        value += sign * float(p.mean())
        gradient += sign * slope
    return value, gradient
