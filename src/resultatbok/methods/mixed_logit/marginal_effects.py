"""Average marginal effects: average changes in probability, with delta-method errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import normal_quantile
from resultatbok.methods.mixed_logit.model import Model, usable_covariance
from resultatbok.methods.mixed_logit.nesting import Floats
from resultatbok.methods.mixed_logit.prediction import averaged_over_effects

DERIVATIVE_STEP = 1e-4
"""Step of a numeric variable, in its standard deviations."""


@dataclass(frozen=True)
class _Contrast:
    """Two designs of the same rows, and what to divide their difference by."""

    label: str
    below: Floats
    above: Floats
    width: float


def average_marginal_effect(
    model: Model, variable: str, effects: Literal["none", "marginal"], level: float
) -> pd.DataFrame:
    """Average change in probability with delta-method errors; see the results class."""
    if effects not in ("none", "marginal"):
        raise ModelError(f"effects is {effects!r}; expected none or marginal")
    half_width = normal_quantile(level)
    rows = {}
    for contrast in _contrasts(model, variable):
        value, gradient = _average_change(model, contrast, averaged=effects == "marginal")
        error = float(np.sqrt(gradient @ usable_covariance(model) @ gradient))
        z = value / error
        tail = float(2 * stats.norm.sf(abs(z)))
        rows[contrast.label] = [value, error, z, tail, value - half_width * error, value + half_width * error]
    columns = ["value", "std_error", "z", "p_value", "low", "high"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("contrast")


def _average_change(model: Model, contrast: _Contrast, *, averaged: bool) -> tuple[float, Floats]:
    """Mean change of the probability and its gradient in all p + 2 parameters."""
    weights = model.grouping.as_given(model.problem.weights)
    weights = weights / weights.sum()
    offset = model.grouping.as_given(model.problem.offset)
    parameters = model.point.parameters
    total_sd = float(np.hypot(parameters[-2], parameters[-1])) if averaged else 0.0
    value, gradient = 0.0, np.zeros_like(parameters)
    for sign, design in ((1, contrast.above), (-1, contrast.below)):
        linear = design @ parameters[:-2] + offset
        mean, slope, in_sd = averaged_over_effects(linear, np.full(len(linear), total_sd))
        value += sign * float(weights @ mean)
        gradient[:-2] += sign * (design.T @ (weights * slope))
        if total_sd > 0:
            gradient[-2:] += sign * float(weights @ in_sd) * parameters[-2:] / total_sd
    return value / contrast.width, gradient / contrast.width


def _contrasts(model: Model, variable: str) -> list[_Contrast]:
    if variable in model.source.variables:
        return _variable_contrasts(model, variable)
    names = model.source.names
    if variable not in names or names.index(variable) == model.source.constant:
        known = dict.fromkeys([*model.source.variables, *names])
        raise ModelError(f"no variable or column {variable!r}; the model has {', '.join(known)}")
    return [_column_contrast(model, names.index(variable))]


def _variable_contrasts(model: Model, variable: str) -> list[_Contrast]:
    """Change a variable of the data, and with it every term that it is in."""
    data, build = model.data, model.source.matrix
    column = data[variable]
    levels = model.source.categories(variable, data)
    if levels is None and (pd.api.types.is_bool_dtype(column) or set(column.unique()) <= {0, 1}):
        return [_Contrast(variable, build(_with(data, variable, 0)), build(_with(data, variable, 1)), 1.0)]
    if levels is None:
        step = DERIVATIVE_STEP * float(column.std())
        below, above = column.astype(float) - step, column.astype(float) + step
        return [
            _Contrast(
                variable,
                build(data.assign(**{variable: below})),
                build(data.assign(**{variable: above})),
                2 * step,
            )
        ]
    reference = build(_with(data, variable, levels[0]))
    return [
        _Contrast(f"{variable}[{other} - {levels[0]}]", reference, build(_with(data, variable, other)), 1.0)
        for other in levels[1:]
    ]


def _with(data: pd.DataFrame, variable: str, value: Any) -> pd.DataFrame:  # noqa: ANN401 - a cell of any kind
    """The data with one value in a column, which keeps its type."""
    dtype = data[variable].dtype
    return data.assign(**{variable: pd.Series([value] * len(data), index=data.index, dtype=dtype)})


def _column_contrast(model: Model, column: int) -> _Contrast:
    """Change one column of the design; a column of a categorical term from the term's first level."""
    design = model.source.matrix(model.data)
    siblings = next(columns for columns in model.source.terms.values() if column in columns)
    name, values = model.source.names[column], design[:, column]
    below, above = design.copy(), design
    if ((values == 0) | (values == 1)).all():
        below[:, siblings] = above[:, siblings] = 0
        above[:, column] = 1
        return _Contrast(name, below, above, 1.0)
    step = DERIVATIVE_STEP * float(values.std())
    below[:, column] -= step
    above[:, column] += step
    return _Contrast(name, below, above, 2 * step)
