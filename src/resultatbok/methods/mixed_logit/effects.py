"""Conditional effects of groups, and how uncertain they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from resultatbok.methods.mixed_logit.curvature import mode_derivatives
from resultatbok.methods.mixed_logit.likelihood import Point
from resultatbok.methods.mixed_logit.model import Model, usable_covariance
from resultatbok.methods.mixed_logit.nesting import Floats
from resultatbok.methods.mixed_logit.problem import Problem


def group_effects(model: Model, level: int, parameter_uncertainty: bool, own: Sequence[str] = ()) -> pd.DataFrame:
    """Effect, standard deviation, rows and reliability of each group of a level; see the results class."""
    modes, variances = conditional(model, level, total=False)
    prior = float(model.sds[level] ** 2)
    reliability = 1 - variances / prior if prior > 0 else np.zeros_like(variances)
    added = own_columns(model.problem, level, model.names, own)
    if parameter_uncertainty:
        variances = variances + from_parameters(model.problem, model.point, level, usable_covariance(model), added)
    columns = {
        "effect": modes + added @ model.point.parameters[:-2],
        "sd": np.sqrt(variances),
        "n": model.grouping.rows_of(level),
        "reliability": reliability,
    }
    return pd.DataFrame(columns, index=model.grouping.labels[level])


def conditional(model: Model, level: int, *, total: bool) -> tuple[Floats, Floats]:
    """Modes and conditional variances of the effects of a level's groups, or of those and all above (`total`)."""
    point, arrow, nesting = model.point, model.point.arrow, model.problem.nesting
    if level == 0:
        return arrow.outer_sd * point.outer_mode, arrow.outer_sd**2 / arrow.outer
    own = arrow.inner_sd * point.inner_mode
    if total:
        return own + arrow.outer_sd * nesting.to_groups(point.outer_mode), arrow.effect_variance
    shared = arrow.outer_sd * arrow.inner_sd * arrow.information / arrow.inner
    inverse = 1 / arrow.inner + shared**2 / nesting.to_groups(arrow.outer)
    return own, arrow.inner_sd**2 * inverse


def own_columns(problem: Problem, level: int, names: Sequence[str], own: Sequence[str]) -> Floats:
    """The values of some columns in the first row of each group of a level, shape (groups, p); 0 in other columns."""
    starts = problem.nesting.row_starts
    starts = starts[problem.nesting.group_starts] if level == 0 else starts
    return np.asarray(problem.design[starts] * np.isin(names, list(own)))


def from_parameters(problem: Problem, point: Point, level: int, covariance: Floats, added: Floats) -> Floats:
    """Variance of a level's effects that comes from the parameters' estimation error, by the delta method.

    Args:
        problem: The sorted data.
        point: The likelihood at the optimum.
        level: 0 the outer.
        covariance: Of all p + 2 parameters.
        added: What is multiplied with the coefficients and added to the modes, shape (groups, p).
    """
    changes = [outer if level == 0 else inner for _, outer, inner in mode_derivatives(problem, point)]
    change = np.concatenate(changes)
    change[:, :-2] += added
    return np.asarray(np.einsum("gk,kl,gl->g", change, covariance, change, optimize=True))
