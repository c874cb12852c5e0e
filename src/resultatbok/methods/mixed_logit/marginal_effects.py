"""Average marginal effects: average changes in probability, with delta-method errors."""

from __future__ import annotations

import numpy as np
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import normal_quantile
from resultatbok.methods.mixed_logit.model import Model, usable_covariance
from resultatbok.methods.mixed_logit.nesting import Floats
from resultatbok.methods.mixed_logit.prediction import averaged_over_effects

DERIVATIVE_STEP = 1e-4
"""Step of a numeric column, in its standard deviations."""


def average_marginal_effect(model: Model, column: str, level: float) -> pd.DataFrame:
    """Average change in probability with delta-method errors; see the results class."""
    if column not in model.names[1:]:
        raise ModelError(f"no column {column!r}; the model has {', '.join(model.names[1:])}")
    below, above, width = _contrast(model.problem.design, model.names.index(column))
    (high, rising), (low, falling) = (_average(model, design) for design in (above, below))
    value, gradient = (high - low) / width, (rising - falling) / width
    error = float(np.sqrt(gradient @ usable_covariance(model) @ gradient))
    half = normal_quantile(level) * error
    row = {"value": value, "std_error": error, "low": value - half, "high": value + half}
    return pd.DataFrame(row, index=pd.Index([column], name="contrast"))


def _average(model: Model, design: Floats) -> tuple[float, Floats]:
    """Mean probability over groups and rows, and its gradient in all p + 2 parameters."""
    parameters = model.point.parameters
    linear = design @ parameters[:-2]
    total_sd = float(np.hypot(parameters[-2], parameters[-1]))
    mean, slope, in_sd = averaged_over_effects(linear, np.full(len(linear), total_sd))
    by_sd = float(in_sd.mean()) * parameters[-2:] / total_sd if total_sd > 0 else np.zeros(2)
    return float(mean.mean()), np.concatenate([design.T @ slope / len(slope), by_sd])


def _contrast(design: Floats, column: int) -> tuple[Floats, Floats, float]:
    """Two designs of the same rows, and what to divide their difference by."""
    values = design[:, column]
    below, above = design.copy(), design.copy()
    if ((values == 0) | (values == 1)).all():
        below[:, column], above[:, column] = 0, 1
        return below, above, 1.0
    step = DERIVATIVE_STEP * float(values.std(ddof=1))
    below[:, column] -= step
    above[:, column] += step
    return below, above, 2 * step
