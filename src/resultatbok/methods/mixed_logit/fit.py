"""From checked data to a fitted model."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd

from resultatbok.methods.errors import ModelError, ModelWarning
from resultatbok.methods.mixed_logit.checks import check_design, checked_column, checked_outcome
from resultatbok.methods.mixed_logit.design import DesignSource, in_order
from resultatbok.methods.mixed_logit.grouping import group_rows
from resultatbok.methods.mixed_logit.model import Model
from resultatbok.methods.mixed_logit.nesting import Floats, Nesting
from resultatbok.methods.mixed_logit.newton import Optimum, maximise
from resultatbok.methods.mixed_logit.objective import Laplace
from resultatbok.methods.mixed_logit.problem import Problem
from resultatbok.methods.mixed_logit.quadrature import Quadrature
from resultatbok.methods.mixed_logit.start import plain_logit, start_sds

MAX_QUADRATURE_POINTS = 100
LARGE_SD = 10.0
"""Above this standard deviation on the logit scale nearly every group's outcomes are all 0 or all 1."""


def fit_model(
    source: DesignSource,
    design: Floats | None,
    data: pd.DataFrame,
    outcome: pd.Series,
    groups: pd.DataFrame,
    *,
    quadrature_points: int,
    offset: tuple[str | None, Floats | None],
    weights: Floats | None,
) -> Model:
    """Check, sort and fit.

    Args:
        source: Makes the design.
        design: The design of these data where it is made already, rows as in the data.
        data: What `source` makes the design from.
        outcome: 0 and 1.
        groups: One column per level, outer first.
        quadrature_points: 1 for Laplace, more for one level.
        offset: Its name, if it is a column of the data, and its values.
        weights: Prior weights per row.
    """
    values = checked_outcome(outcome)
    grouping = group_rows(groups)
    _check_points(quadrature_points, len(grouping.levels))
    order = grouping.order
    matrix = source.matrix(data, order) if design is None else in_order(design, order)
    sorted_outcome = in_order(values, order)
    check_design(matrix, source.names, source.constant, sorted_outcome)
    n = len(values)
    offset_values = np.zeros(n) if offset[1] is None else checked_column("offset", offset[1])
    weight_values = np.ones(n) if weights is None else checked_column("weights", weights, lowest=0)
    problem = Problem(
        sorted_outcome,
        matrix,
        in_order(offset_values, order),
        in_order(weight_values, order),
        grouping.nesting,
        len(grouping.levels),
    )
    _check_variation(problem, grouping.levels)
    optimum = optimise(problem, source.names, quadrature_points)
    if not optimum.converged:
        warnings.warn(_not_converged(optimum), ModelWarning, stacklevel=3)
    _warn_of_large_sds(optimum, grouping.levels)
    return Model(source, data, grouping, problem, quadrature_points, offset[0], offset[1] is not None, optimum)


def optimise(problem: Problem, names: list[str], quadrature_points: int) -> Optimum:
    """Maximise the likelihood from the plain logistic regression, and for quadrature by way of Laplace."""
    coefficients = plain_logit(problem, names)
    start = np.concatenate([coefficients, start_sds(problem, coefficients)])
    optimum = maximise(Laplace(problem), start, problem.n_levels)
    if quadrature_points == 1:
        return optimum
    if 0 < optimum.point.outer_sd < LARGE_SD:  # Laplace may go to an extreme where the exact likelihood does not
        start = optimum.point.parameters
    return maximise(Quadrature(problem, quadrature_points), start, problem.n_levels)


def without_level(problem: Problem, level: int) -> Problem:
    """A two-level problem without the effects of one level (0 the outer)."""
    nesting = problem.nesting
    starts = nesting.row_starts if level == 0 else nesting.row_starts[nesting.group_starts]
    return replace(problem, nesting=Nesting(starts, np.arange(len(starts)), nesting.n_rows), n_levels=1)


def _check_points(points: int, n_levels: int) -> None:
    if not isinstance(points, int | np.integer) or not 1 <= points <= MAX_QUADRATURE_POINTS:
        raise ModelError(f"quadrature_points is {points!r}; expected a whole number from 1 to {MAX_QUADRATURE_POINTS}")
    if points > 1 and n_levels == 2:
        raise ModelError("quadrature_points above 1 needs one group column; two levels are fitted by Laplace")


def _check_variation(problem: Problem, levels: tuple[str, ...]) -> None:
    """Refuse an outcome that never varies within an outer group: its variance has no finite estimate."""
    nesting = problem.nesting
    attained = nesting.sum_groups(nesting.sum_rows(problem.weights * problem.outcome))
    total = nesting.sum_groups(nesting.sum_rows(problem.weights))
    if not total.all():
        raise ModelError(
            f"weights: all rows of {int((total == 0).sum())} groups of {levels[0]} have weight 0; drop them"
        )
    if ((attained == 0) | (attained == total)).all():
        raise ModelError(
            f"the outcome does not vary within any group of {levels[0]}: its effects have no finite estimate"
        )


def _warn_of_large_sds(optimum: Optimum, levels: tuple[str, ...]) -> None:
    for name, sd in zip(levels, optimum.point.parameters[-2:], strict=False):
        if sd > LARGE_SD:
            message = f"{name}: the standard deviation of its effects is {sd:.0f} on the logit scale; "
            message += "nearly all groups have one outcome only, and the approximation is poor there"
            warnings.warn(message, ModelWarning, stacklevel=4)


def _not_converged(optimum: Optimum) -> str:
    return (
        f"the mixed logistic regression did not converge in {optimum.steps} steps (largest gradient "
        f"{float(np.abs(optimum.gradient[optimum.free]).max()):.2g}); do not use its estimates"
    )
