"""Probabilities from a fitted model, and average changes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from helpers.methods.errors import ModelError
from helpers.methods.intervals import normal_quantile
from helpers.methods.mixed_logit.design import check_complete
from helpers.methods.mixed_logit.effects import conditional
from helpers.methods.mixed_logit.fit import Model, usable_covariance
from helpers.methods.mixed_logit.likelihood import logistic
from helpers.methods.mixed_logit.nesting import Floats

Effects = Literal["none", "conditional", "posterior", "marginal"]
NODES = 60
"""Gauss-Hermite nodes for averages over normal effects."""
DERIVATIVE_STEP = 1e-4
"""Step of a numeric variable, in its standard deviations."""


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
    values = _averaged(linear, np.sqrt(variance))[0] if averaged else logistic(linear)
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


def _averaged(linear: Floats, sd: Floats) -> tuple[Floats, Floats, Floats]:
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
        mean, slope, in_sd = _averaged(linear, np.full(len(linear), total_sd))
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
