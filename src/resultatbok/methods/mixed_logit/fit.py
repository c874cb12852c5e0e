"""From checked data to a fitted model."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd

from resultatbok.methods.errors import ModelError, ModelWarning
from resultatbok.methods.logit.design import CONSTANT
from resultatbok.methods.mixed_logit.checks import check_design, checked_outcome
from resultatbok.methods.mixed_logit.design import design_matrix
from resultatbok.methods.mixed_logit.grouping import Grouping, group_rows
from resultatbok.methods.mixed_logit.model import Model
from resultatbok.methods.mixed_logit.nesting import Nesting
from resultatbok.methods.mixed_logit.newton import Optimum, maximise
from resultatbok.methods.mixed_logit.objective import Laplace
from resultatbok.methods.mixed_logit.problem import Problem
from resultatbok.methods.mixed_logit.quadrature import Quadrature
from resultatbok.methods.mixed_logit.start import plain_logit, start_sds

FEW_ROWS = 6.0
"""With fewer rows a group Laplace's standard deviation is too small by 5 % or more (2 rows: 24 %, 3: 13 %, 5: 6 %)."""
NOTABLE_SD = 0.5
"""Below this standard deviation that hardly moves coefficients."""
POINTS = 15
"""Quadrature points where Laplace misleads: more than 9 change nothing that is printed."""
LARGE_SD = 10.0
"""Above this standard deviation on the logit scale nearly every group's outcomes are all 0 or all 1."""


def fit_model(
    outcome: pd.Series, design: pd.DataFrame, groups: pd.DataFrame, quadrature_points: int | None = None
) -> Model:
    """Check, sort and fit; see `mixed_logit_arrays`.

    Args:
        outcome: 0 and 1.
        design: Numeric covariates.
        groups: One column or two.
        quadrature_points: 1 for Laplace, with one group column more for quadrature; chosen by the groups' size if not
            given, which is how the book fits.
    """
    values, grouping = checked_outcome(outcome), group_rows(groups)
    matrix, names = design_matrix(design, grouping.order), [CONSTANT, *design.columns]
    sorted_outcome = values if grouping.order is None else values[grouping.order]
    check_design(matrix, names, sorted_outcome)
    problem = Problem(sorted_outcome, matrix, grouping.nesting, len(grouping.levels))
    _check_variation(problem, grouping)
    points = quadrature_points or 1
    optimum = optimise(problem, names, points)
    if quadrature_points is None and (small := _small_groups(optimum, grouping)):
        if len(grouping.levels) == 1:
            points = POINTS
            optimum = optimise(problem, names, points)
        else:
            warnings.warn(_too_small(small), ModelWarning, stacklevel=3)
    if not optimum.converged:
        warnings.warn(_not_converged(optimum), ModelWarning, stacklevel=3)
    _warn_of_large_sds(optimum, grouping.levels)
    return Model(names, outcome.index, grouping, problem, points, optimum)


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


def _check_variation(problem: Problem, grouping: Grouping) -> None:
    """Refuse an outcome that never varies within an outer group: its variance has no finite estimate."""
    nesting = problem.nesting
    attained = nesting.sum_groups(nesting.sum_rows(problem.outcome))
    if ((attained == 0) | (attained == grouping.rows_of(0))).all():
        raise ModelError(
            f"the outcome does not vary within any group of {grouping.levels[0]}: its effects have no finite estimate"
        )


def _small_groups(optimum: Optimum, grouping: Grouping) -> list[str]:
    """The levels at which a row's group is so small, and the groups so different, that Laplace misleads."""
    sds = optimum.point.parameters[-2:]
    rows = [grouping.rows_of(level) for level in range(len(grouping.levels))]
    return [
        name
        for name, sd, n in zip(grouping.levels, sds, rows, strict=False)
        if sd >= NOTABLE_SD and (n @ n) / n.sum() < FEW_ROWS
    ]


def _too_small(levels: list[str]) -> str:
    return (
        f"the groups of {' and '.join(levels)} have so few rows that the Laplace approximation misleads: the standard "
        "deviations of their effects are too small, and coefficients with them"
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
