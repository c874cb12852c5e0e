"""Average marginal effects: average changes in probability, with errors by outer group.

The likelihood's own errors hold if all groups of a level differ by one standard deviation. Where those of one treatment
differ more than those of the other they are far too small (docs/methods/coverage.md), so errors are clustered as
everywhere (docs/decisions/0014): what each outer group adds to the effect, by its score, is squared and added up, after
it is divided by the root of 1 less the group's share of the information on the effect (CR2 along the effect's own
direction). From the same shares follow Satterthwaite's degrees of freedom.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from resultatbok.methods.clusters import DECIDED
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.mixed_logit.model import Model, usable_covariance
from resultatbok.methods.mixed_logit.nesting import Floats
from resultatbok.methods.mixed_logit.prediction import averaged_over_effects

DERIVATIVE_STEP = 1e-4
"""Step of a numeric column, in its standard deviations."""


def average_marginal_effect(model: Model, column: str, level: float) -> pd.DataFrame:
    """Average change in probability with errors by outer group; see the results class."""
    if column not in model.names[1:]:
        raise ModelError(f"no column {column!r}; the model has {', '.join(model.names[1:])}")
    below, above, width = _contrast(model.problem.design, model.names.index(column))
    (high, rising), (low, falling) = (_average(model, design) for design in (above, below))
    value, gradient = (high - low) / width, (rising - falling) / width
    error, freedom = _error_and_freedom(model, gradient)
    found = Difference.around(value, error, level, freedom)
    return pd.DataFrame(vars(found), index=pd.Index([column], name="contrast"))


def _error_and_freedom(model: Model, gradient: Floats) -> tuple[float, float]:
    """The clustered error of a function of the parameters, and its degrees of freedom."""
    direction = usable_covariance(model) @ gradient
    shares = _information(model, direction)
    shares = shares / shares.sum()
    left = np.where(shares < 1 - DECIDED, 1 - shares, np.nan)  # one group alone does not tell how groups differ
    parts = model.objective.group_scores(model.point) @ direction / np.sqrt(left)
    return float(np.sqrt(parts @ parts)), float(1 / (shares @ shares) - 1)


def _information(model: Model, direction: Floats) -> Floats:
    """What each outer group tells of a direction of the coefficients, given that the effects are estimated too."""
    nesting, point = model.problem.nesting, model.point
    weight = point.probability * (1 - point.probability)
    along = model.problem.design @ direction[:-2]
    by_group = nesting.sum_rows(weight * along)
    for_outer, for_inner = point.outer_sd * nesting.sum_groups(by_group), point.inner_sd * by_group
    outer, inner = point.arrow.solve(for_outer, for_inner)
    whole = nesting.sum_groups(nesting.sum_rows(weight * along**2))
    return np.asarray(whole - for_outer * outer - nesting.sum_groups(for_inner * inner))


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
