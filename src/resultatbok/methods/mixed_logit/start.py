"""Where the optimiser starts: the plain logistic regression, and variances from its residuals."""

from __future__ import annotations

import numpy as np
from scipy import linalg

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.likelihood import logistic
from resultatbok.methods.mixed_logit.nesting import Floats, weighted_gram
from resultatbok.methods.mixed_logit.problem import Problem

MAX_STEPS = 40
PREDICTOR_TOLERANCE = 1e-4
"""Largest change of a predictor in the last step; under separation it stays near 1 for ever."""
SMALLEST_START = 0.1
LARGEST_START = 1.5


def plain_logit(problem: Problem, names: list[str]) -> Floats:
    """Fixed effects of the logistic regression without random effects.

    Raises:
        ModelError: The outcome is separated by a combination of columns, so no maximum exists.
    """
    coefficients: Floats = np.zeros(problem.n_coefficients)
    fixed: Floats = np.zeros(len(problem.outcome))
    step: Floats = coefficients
    for _ in range(MAX_STEPS):
        probability = logistic(fixed)
        score = problem.design.T @ (problem.outcome - probability)
        information = weighted_gram(problem.design, probability * (1 - probability))
        try:
            step = linalg.cho_solve(linalg.cho_factor(information), score)
        except linalg.LinAlgError:
            break
        change = problem.design @ step
        largest = float(np.abs(change).max())
        if largest > 1:  # the damped step is sure to go uphill, see likelihood._safe_step
            size = np.log1p(largest) / largest
            step, change = size * step, size * change
        coefficients = coefficients + step
        fixed += change
        if largest < PREDICTOR_TOLERANCE:
            return coefficients
    raise ModelError(_separation(problem, names, step))


def _separation(problem: Problem, names: list[str], step: Floats) -> str:
    """Name the columns whose coefficients were still running away."""
    speed = np.abs(step) * problem.design.std(axis=0)
    running = [names[j] for j in np.argsort(-speed)[:5] if speed[j] > 0.1 * speed.max()]
    return (
        f"the outcome is separated: a combination of {', '.join(running) or 'the columns'} predicts it "
        "without error for some rows, so the coefficients have no finite estimate; drop or merge categories"
    )


def start_sds(problem: Problem, coefficients: Floats) -> Floats:
    """Outer and inner standard deviation from the plain model's residuals, by moments of their group sums.

    The squared sums of residuals exceed their binomial variance by `sd^2 information^2`, summed over groups.
    """
    nesting = problem.nesting
    probability = logistic(problem.design @ coefficients)
    information = nesting.sum_rows(probability * (1 - probability))
    residual = nesting.sum_rows(problem.outcome - probability)
    excess = float((residual**2 - information).sum())
    squares = float((information**2).sum())
    if problem.n_levels == 1:
        return np.array([_as_sd(excess / squares), 0.0])
    outer_excess = float((nesting.sum_groups(residual) ** 2).sum() - information.sum())
    outer_squares = float((nesting.sum_groups(information) ** 2).sum())
    # pairs of rows in the same inner group share both effects, the other pairs of an outer group only one
    outer = (outer_excess - excess) / max(outer_squares - squares, 1e-12)
    return np.array([_as_sd(outer), _as_sd(excess / squares - max(outer, 0))])


def _as_sd(variance: float) -> float:
    return float(np.clip(np.sqrt(max(variance, 0)), SMALLEST_START, LARGEST_START))
