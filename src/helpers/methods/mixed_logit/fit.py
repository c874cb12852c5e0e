"""From checked data to a fitted model."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import linalg

from helpers.methods.errors import ModelError, ModelWarning
from helpers.methods.mixed_logit.checks import check_design, checked_column, checked_outcome
from helpers.methods.mixed_logit.design import DesignSource, in_order
from helpers.methods.mixed_logit.grouping import Grouping, group_rows
from helpers.methods.mixed_logit.likelihood import Point
from helpers.methods.mixed_logit.nesting import Floats, Nesting
from helpers.methods.mixed_logit.newton import Optimum, maximise
from helpers.methods.mixed_logit.objective import Laplace, Objective
from helpers.methods.mixed_logit.problem import Problem
from helpers.methods.mixed_logit.quadrature import Quadrature
from helpers.methods.mixed_logit.start import plain_logit, start_sds

MAX_QUADRATURE_POINTS = 100
LARGE_SD = 10.0
"""Above this standard deviation on the logit scale nearly every group's outcomes are all 0 or all 1."""


@dataclass(frozen=True)
class Model:
    """Everything that was fitted and to what.

    Attributes:
        source: Makes the design of new data.
        data: The data as given, for predictions and average effects.
        grouping: Groups and sorted order.
        problem: The sorted data.
        quadrature_points: 1 for the Laplace approximation.
        offset_name: Column of the data that holds the offset, if it was given by name.
        has_offset: Whether there is an offset.
        optimum: Where the search ended.
    """

    source: DesignSource
    data: pd.DataFrame
    grouping: Grouping
    problem: Problem
    quadrature_points: int
    offset_name: str | None
    has_offset: bool
    optimum: Optimum

    @property
    def point(self) -> Point:
        """The likelihood at the optimum."""
        return self.optimum.point

    @property
    def objective(self) -> Objective:
        """The likelihood that was maximised."""
        return objective_of(self.problem, self.quadrature_points)

    @property
    def sds(self) -> Floats:
        """Standard deviation of each level, outer first."""
        p = self.problem.n_coefficients
        return self.point.parameters[p : p + self.problem.n_levels]

    @property
    def estimated(self) -> npt.NDArray[np.bool_]:
        """Which parameters are estimated: not standard deviations at the boundary, shape (p + 2,)."""
        return self.optimum.free

    @cached_property
    def covariance(self) -> Floats:
        """Covariance of all p + 2 parameters, 0 for those not estimated; NaN where there is no maximum."""
        free = self.estimated
        result = np.zeros((len(free), len(free)))
        information = -self.optimum.hessian[np.ix_(free, free)]
        try:
            inverse = linalg.cho_solve(linalg.cho_factor(information), np.eye(len(information)))
        except linalg.LinAlgError:
            inverse = np.full_like(information, np.nan)
        result[np.ix_(free, free)] = inverse
        return result


def usable_covariance(model: Model) -> Floats:
    """Covariance of all parameters.

    Raises:
        ModelError: The search found no maximum, so there is none.
    """
    if not np.isfinite(model.covariance).all():
        raise ModelError("the search found no maximum, so the estimates have no covariance to compute this with")
    return model.covariance


def objective_of(problem: Problem, quadrature_points: int) -> Objective:
    """The likelihood with this many quadrature points."""
    return Laplace(problem) if quadrature_points == 1 else Quadrature(problem, quadrature_points)


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
    start = optimum.point.parameters.copy()
    if not 0 < start[-2] < LARGE_SD:  # Laplace may go to an extreme where the exact likelihood does not
        start[-2] = start_sds(problem, coefficients)[0]
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
