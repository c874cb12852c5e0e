"""Probabilities from a fitted model, for the rows fitted to."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.effects import conditional
from resultatbok.methods.mixed_logit.likelihood import logistic
from resultatbok.methods.mixed_logit.model import Model
from resultatbok.methods.mixed_logit.nesting import Floats

Effects = Literal["posterior", "marginal"]
NODES = 60
"""Gauss-Hermite nodes for averages over normal effects."""


def predict(model: Model, effects: Effects) -> pd.Series:
    """Probability per row; see the results class."""
    problem = model.problem
    linear = problem.design @ model.point.parameters[:-2]
    if effects == "posterior":
        modes, variances = conditional(model, problem.n_levels - 1, total=True)
        linear += problem.nesting.to_rows(modes)
        sd = problem.nesting.to_rows(np.sqrt(variances))
    elif effects == "marginal":
        sd = np.full(len(linear), float(np.sqrt((model.sds**2).sum())))
    else:
        raise ModelError(f"effects is {effects!r}; expected posterior or marginal")
    values = averaged_over_effects(linear, sd)[0]
    return pd.Series(model.grouping.as_given(values), index=model.index, name="probability")


def averaged_over_effects(linear: Floats, sd: Floats) -> tuple[Floats, Floats, Floats]:
    """Mean over normal effects of the probability, and its derivatives in the predictor and in the sd."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES if np.any(sd > 0) else 1)
    weights = weights / weights.sum()
    mean, slope, in_sd = np.zeros_like(linear), np.zeros_like(linear), np.zeros_like(linear)
    for node, weight in zip(nodes, weights, strict=True):
        p = logistic(linear + sd * node)
        density = weight * p * (1 - p)
        mean += weight * p
        slope += density
        in_sd += node * density
    return mean, slope, in_sd
