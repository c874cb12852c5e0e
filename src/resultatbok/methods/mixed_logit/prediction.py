"""Probabilities from a fitted model."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.design import check_complete
from resultatbok.methods.mixed_logit.effects import conditional
from resultatbok.methods.mixed_logit.likelihood import logistic
from resultatbok.methods.mixed_logit.model import Model
from resultatbok.methods.mixed_logit.nesting import Floats

Effects = Literal["none", "conditional", "posterior", "marginal"]
NODES = 60
"""Gauss-Hermite nodes for averages over normal effects."""


def predict(
    model: Model,
    data: pd.DataFrame | None,
    effects: Effects,
    offset: npt.ArrayLike | None,
    unknown_groups: Literal["error", "zero"],
) -> pd.Series:
    """Probability per row; see the results class."""
    rows = model.data if data is None else data
    linear = model.source.matrix(rows) @ model.point.parameters[:-2] + _offset(model, data, offset)
    variance = np.zeros(len(rows))
    if effects in ("conditional", "posterior"):
        shift, variance = _own_effects(model, rows, unknown_groups)
        linear = linear + shift
    elif effects == "marginal":
        variance = np.full(len(rows), float((model.sds**2).sum()))
    elif effects != "none":
        raise ModelError(f"effects is {effects!r}; expected none, conditional, posterior or marginal")
    averaged = effects in ("posterior", "marginal")
    values = averaged_over_effects(linear, np.sqrt(variance))[0] if averaged else logistic(linear)
    return pd.Series(values, index=rows.index, name="probability")


def _offset(model: Model, data: pd.DataFrame | None, offset: npt.ArrayLike | None) -> Floats:
    """The offset of the rows asked for: as given, from the column of its name, or that of the fit."""
    rows = model.data if data is None else data
    if offset is not None:
        values = np.asarray(offset, dtype=np.float64)
        if values.shape != (len(rows),):
            raise ModelError(f"offset has shape {values.shape}; expected one value for each of {len(rows)} rows")
        return values
    if data is None:
        return model.grouping.as_given(model.problem.offset)
    if not model.has_offset:
        return np.zeros(len(data))
    if model.offset_name is None:
        raise ModelError("the model has an offset; give predict the offset of these rows")
    check_complete(data, [model.offset_name])
    return data[model.offset_name].to_numpy(dtype=np.float64)


def _own_effects(model: Model, rows: pd.DataFrame, unknown: str) -> tuple[Floats, Floats]:
    """Mode and conditional variance of the effects of each row's groups, as far as the groups are known."""
    levels = model.grouping.levels
    check_complete(rows, list(levels))
    modes, variances = np.zeros(len(rows)), np.full(len(rows), float((model.sds**2).sum()))
    keys = [pd.Index(rows[levels[0]])]
    if len(levels) == 2:
        keys.append(pd.MultiIndex.from_arrays([rows[name] for name in levels]))
    for level, key in enumerate(keys):
        found = model.grouping.labels[level].get_indexer(key)
        _refuse_unknown(levels[level], key[found < 0], unknown)
        effect, variance = conditional(model, level, total=True)
        prior_below = float((model.sds[level + 1 :] ** 2).sum())
        known = found >= 0
        modes[known], variances[known] = effect[found[known]], variance[found[known]] + prior_below
    return modes, variances


def _refuse_unknown(level: str, labels: pd.Index, unknown: str) -> None:
    if len(labels) and unknown == "error":
        shown = ", ".join(str(label) for label in labels.unique()[:5])
        raise ModelError(
            f"{level}: groups not in the data fitted to ({shown}); predict them with unknown_groups='zero'"
        )


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
