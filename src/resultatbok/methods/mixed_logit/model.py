"""A fitted model: what was fitted, to what, and where the search ended."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import linalg

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.grouping import Grouping
from resultatbok.methods.mixed_logit.likelihood import Point
from resultatbok.methods.mixed_logit.nesting import Floats
from resultatbok.methods.mixed_logit.newton import Optimum
from resultatbok.methods.mixed_logit.objective import Laplace, Objective
from resultatbok.methods.mixed_logit.problem import Problem
from resultatbok.methods.mixed_logit.quadrature import Quadrature


@dataclass(frozen=True)
class Model:
    """Everything that was fitted and to what.

    Attributes:
        names: Of the design's columns, the constant first.
        index: Of the rows, as given.
        grouping: Groups and sorted order.
        problem: The sorted data.
        quadrature_points: 1 for the Laplace approximation.
        optimum: Where the search ended.
    """

    names: list[str]
    index: pd.Index
    grouping: Grouping
    problem: Problem
    quadrature_points: int
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
    def parameter_names(self) -> list[str]:
        """Names of the fixed effects and, as `sd:<level>`, of the standard deviations."""
        return [*self.names, *(f"sd:{level}" for level in self.grouping.levels)]

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
