"""The two ways to ask for a model: by formula, or with a ready design."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.design import ColumnDesign, FormulaDesign, check_complete
from resultatbok.methods.mixed_logit.fit import fit_model
from resultatbok.methods.mixed_logit.nesting import Floats
from resultatbok.methods.mixed_logit.results import MixedLogitResults

PerRow = str | pd.Series | npt.NDArray[np.float64]


def mixed_logit(
    formula: str,
    data: pd.DataFrame,
    groups: Sequence[str],
    *,
    quadrature_points: int = 1,
    offset: PerRow | None = None,
    weights: PerRow | None = None,
) -> MixedLogitResults:
    """Fit a logistic regression with one or two nested random intercepts by maximum likelihood.

    Args:
        formula: `outcome ~ covariates`, as formulaic reads it. Categories are coded against their first
            level. The left side is a column of 0 and 1, or a condition such as `use == "Y"`.
        data: One row per observation, no missing values in the columns used.
        groups: Column of the random intercept, or two columns from outer to inner. An inner label counts
            within its outer group.
        quadrature_points: 1 for the Laplace approximation; with one group column, more for adaptive
            Gauss-Hermite quadrature (9 is ample for most data).
        offset: Known part of the linear predictor: a column's name, or one value per row.
        weights: Prior weights that multiply each row's log-likelihood: a column's name, or one value per row.

    Raises:
        ModelError: The formula or the data cannot be used; the message names the column.

    Warns:
        ModelWarning: Groups with one row, or a search that did not converge.
    """
    left, tilde, right = formula.partition("~")
    if not tilde or not left.strip():
        raise ModelError(f"formula {formula!r} has no outcome; expected 'outcome ~ covariates'")
    outcome = _outcome(left.strip(), data)
    columns = _group_names(groups)
    check_complete(data, columns)
    source, matrix = FormulaDesign.fit(right.strip(), data)
    model = fit_model(
        source,
        matrix,
        data,
        outcome,
        data[columns],
        quadrature_points=quadrature_points,
        offset=(offset if isinstance(offset, str) else None, _per_row("offset", offset, data)),
        weights=_per_row("weights", weights, data),
    )
    return MixedLogitResults(model, left.strip())


def mixed_logit_arrays(
    outcome: pd.Series,
    design: pd.DataFrame,
    groups: pd.DataFrame,
    *,
    constant: bool = True,
    quadrature_points: int = 1,
    offset: PerRow | None = None,
    weights: PerRow | None = None,
) -> MixedLogitResults:
    """Fit the same model to a ready numeric design.

    Args:
        outcome: 0 and 1.
        design: Numeric covariates without a constant; index as the outcome's.
        groups: One column, or two from outer to inner; index as the outcome's.
        constant: Whether to put a column `constant` of ones in front.
        quadrature_points: As in `mixed_logit`.
        offset: Known part of the linear predictor, one value per row.
        weights: Prior weights, one value per row.

    Raises:
        ModelError: The data cannot be used; the message names the column.

    Warns:
        ModelWarning: Groups with one row, or a search that did not converge.
    """
    for name, frame in (("design", design), ("groups", groups)):
        if not frame.index.equals(outcome.index):
            raise ModelError(f"{name} and outcome have different rows; give both the same index in the same order")
    unnamed = [name for name in (*design.columns, *groups.columns) if not isinstance(name, str)]
    if unnamed:
        raise ModelError(f"columns {unnamed} of the design or groups have no text as name; rename them")
    source = ColumnDesign(tuple(design.columns), constant)
    data = pd.concat([design, groups[groups.columns.difference(design.columns)]], axis=1)
    model = fit_model(
        source,
        None,
        data,
        outcome,
        groups,
        quadrature_points=quadrature_points,
        offset=(None, _per_row("offset", offset, data)),
        weights=_per_row("weights", weights, data),
    )
    return MixedLogitResults(model, str(outcome.name))


def _outcome(left: str, data: pd.DataFrame) -> pd.Series:
    if left in data.columns:
        return data[left]
    try:
        values = data.eval(left)
    except Exception as error:
        raise ModelError(
            f"outcome {left!r} is no column of the data and cannot be computed from them: {error}"
        ) from error
    if not isinstance(values, pd.Series):
        raise ModelError(f"outcome {left!r} is not one value per row")
    return values.rename(left)


def _group_names(groups: Sequence[str]) -> list[str]:
    names = [groups] if isinstance(groups, str) else list(groups)
    if not 1 <= len(names) <= 2 or len(set(names)) != len(names):
        raise ModelError(f"groups are {names}; expected one column, or two different ones from outer to inner")
    return names


def _per_row(what: str, values: PerRow | None, data: pd.DataFrame) -> Floats | None:
    if values is None:
        return None
    if isinstance(values, str):
        check_complete(data, [values])
        values = data[values]
    if isinstance(values, pd.Series) and not values.index.equals(data.index):
        raise ModelError(f"{what} and the data have different rows; give both the same index in the same order")
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (len(data),):
        raise ModelError(f"{what} has shape {array.shape}; expected one value for each of {len(data)} rows")
    return array
