"""Maximise a log-likelihood in fixed effects and standard deviations, of which some may end at 0.

The log-likelihood is an even function of each standard deviation, so 0 is always a stationary point. It is
the estimate where the curvature there is negative, and a saddle that must be left where it is positive.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import linalg

from resultatbok.methods.mixed_logit.likelihood import Point
from resultatbok.methods.mixed_logit.nesting import Floats
from resultatbok.methods.mixed_logit.objective import Objective

MAX_STEPS = 60
MAX_HALVINGS = 30
DECREMENT_TOLERANCE = 1e-10
"""Newton decrement at which to stop: the square of the distance to the optimum in standard errors."""
SD_ZERO = 1e-4
"""A standard deviation below this is taken to be at the boundary."""
SD_RELEASED = 0.2
"""Where a standard deviation goes on when 0 turned out to be no maximum."""
MAX_SD_STEP = 1.0
ROUNDING = 1e-12


@dataclass(frozen=True)
class Optimum:
    """Where the search ended.

    Attributes:
        point: The likelihood there.
        gradient: Its gradient.
        hessian: Its matrix of second derivatives.
        free: Which parameters are estimated: not fixed by the model and not at the boundary.
        converged: Whether the Newton decrement fell below its tolerance at a maximum.
        steps: Newton steps taken.
    """

    point: Point
    gradient: Floats
    hessian: Floats
    free: npt.NDArray[np.bool_]
    converged: bool
    steps: int


def maximise(objective: Objective, start: Floats, n_levels: int) -> Optimum:
    """Newton's method with step halving from `start`.

    Args:
        objective: The log-likelihood.
        start: Fixed effects and two standard deviations; with one level the last is 0 and stays so.
        n_levels: Number of standard deviations in the model.
    """
    point = objective.at(start)
    levels = range(len(start) - 2, len(start) - 2 + n_levels)
    free = np.ones(len(start), dtype=bool)
    free[len(start) - 2 :] = False
    free[list(levels)] = start[list(levels)] > 0
    released: set[int] = set()
    for steps in range(MAX_STEPS):
        gradient, hessian = objective.gradient(point), objective.hessian(point)
        step = np.zeros_like(start)
        step[free], uphill = _ascent(gradient[free], hessian[np.ix_(free, free)])
        if gradient @ step < DECREMENT_TOLERANCE and uphill:
            rising = [k for k in levels if not free[k] and k not in released and hessian[k, k] > 0]
            if not rising:
                return Optimum(point, gradient, hessian, free, True, steps)
            free[rising] = True
            released.update(rising)
            moved = point.parameters.copy()
            moved[rising] = SD_RELEASED
            point = objective.at(moved, point)
            continue
        better = _search(objective, point, step, float(gradient @ step), released)
        if better is None:
            break
        point = better
        for k in levels:
            free[k] &= point.parameters[k] != 0
    gradient, hessian = objective.gradient(point), objective.hessian(point)
    return Optimum(point, gradient, hessian, free, False, steps)


def _ascent(gradient: Floats, hessian: Floats) -> tuple[Floats, bool]:
    """Newton step, and whether the Hessian is that of a maximum; where not, its curvatures are turned."""
    try:
        return linalg.cho_solve(linalg.cho_factor(-hessian), gradient), True
    except linalg.LinAlgError:
        scale = 1 / np.sqrt(np.maximum(np.abs(np.diag(hessian)), 1e-8))
        values, vectors = linalg.eigh(-hessian * np.outer(scale, scale))
        values = np.maximum(np.abs(values), 1e-3)
        return scale * (vectors @ ((vectors.T @ (scale * gradient)) / values)), False


def _search(objective: Objective, point: Point, step: Floats, rise: float, released: set[int]) -> Point | None:
    """Halve the step until the log-likelihood rises; None if it never does."""
    size = min(1.0, MAX_SD_STEP / max(float(np.abs(step[-2:]).max()), 1e-12))
    for _ in range(MAX_HALVINGS):
        trial = objective.at(_inside(point.parameters, size * step, released), point)
        if trial.loglik >= point.loglik + 1e-4 * size * rise - ROUNDING * abs(point.loglik):
            return trial
        size /= 2
    return None


def _inside(parameters: Floats, step: Floats, released: set[int]) -> Floats:
    """Take the step; a standard deviation that would turn negative or vanish goes to the boundary at 0."""
    moved = parameters + step
    for k in (len(moved) - 2, len(moved) - 1):
        if parameters[k] != 0 and moved[k] < SD_ZERO:
            moved[k] = max(moved[k], 0.1 * parameters[k]) if k in released else 0.0
    return moved
