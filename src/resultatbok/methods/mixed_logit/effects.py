"""Conditional effects of groups, and how uncertain they are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from resultatbok.methods.mixed_logit.curvature import mode_derivatives
from resultatbok.methods.mixed_logit.model import Model, usable_covariance
from resultatbok.methods.mixed_logit.nesting import Floats


def group_effects(model: Model, level: int, parameter_uncertainty: bool) -> pd.DataFrame:
    """Effect, standard deviation, rows and reliability of each group of a level; see the results class."""
    modes, variances = conditional(model, level, total=False)
    prior = float(model.sds[level] ** 2)
    reliability = 1 - variances / prior if prior > 0 else np.zeros_like(variances)
    if parameter_uncertainty:
        variances = variances + _from_parameters(model, level)
    columns = {
        "effect": modes,
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


def _from_parameters(model: Model, level: int) -> Floats:
    """Variance of the modes that comes from the parameters' estimation error, by the delta method."""
    covariance, variances = usable_covariance(model), []
    for _, outer, inner in mode_derivatives(model.problem, model.point):
        change = outer if level == 0 else inner
        variances.append(np.einsum("gk,kl,gl->g", change, covariance, change, optimize=True))
    return np.concatenate(variances)
