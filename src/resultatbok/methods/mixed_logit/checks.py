"""Refuse data that a logistic regression cannot be fitted to, naming the column."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import linalg

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.nesting import Floats, weighted_gram

COLLINEAR = 1e-9
"""A column with a smaller share of its variance left, given those before it, is a combination of them."""


def checked_outcome(outcome: pd.Series) -> Floats:
    """The outcome as 0 and 1.

    Raises:
        ModelError: It has no rows, missing or other values, or is the same in every row.
    """
    if outcome.empty:
        raise ModelError(f"outcome {outcome.name} has no rows; there is nothing to explain")
    missing = int(outcome.isna().sum())
    if missing:
        raise ModelError(f"outcome {outcome.name}: missing in {missing} rows; drop them first")
    if not (pd.api.types.is_numeric_dtype(outcome) or pd.api.types.is_bool_dtype(outcome)):
        raise ModelError(f"outcome {outcome.name} is {outcome.dtype}; expected 0 and 1")
    values = outcome.to_numpy(dtype=np.float64)
    other = values[(values != 0) & (values != 1)]
    if len(other):
        examples = ", ".join(f"{value:g}" for value in np.unique(other)[:5])
        raise ModelError(f"outcome {outcome.name} has {len(other)} values that are not 0 or 1, such as {examples}")
    if values.min() == values.max():
        raise ModelError(f"outcome {outcome.name} is {values[0]:g} in every row; there is nothing to explain")
    return values


def check_design(design: Floats, names: list[str], outcome: Floats) -> None:
    """Refuse a design with infinite, constant, collinear or separating columns.

    Args:
        design: Shape (n, p), the constant first.
        names: Of the columns.
        outcome: 0 and 1, in the same row order.

    Raises:
        ModelError: Naming the columns.
    """
    n, p = design.shape
    if n <= p:
        raise ModelError(f"{n} rows are too few for {p} coefficients")
    low, high = design.min(axis=0), design.max(axis=0)
    _refuse(
        [names[j] for j in np.flatnonzero(~np.isfinite(low + high))],
        "infinite or missing values",
        "correct them",
    )
    flat = [j for j in np.flatnonzero(low == high) if j > 0]
    _refuse([f"{names[j]} (always {low[j]:g})" for j in flat], "a constant column", "leave it out")
    gram = weighted_gram(design, np.ones(n))
    sums = design.sum(axis=0)
    _check_collinear(gram, sums, n, names)
    _check_separated(np.diag(gram), sums, (low, high), design.T @ outcome, outcome, names)


def _refuse(names: list[str], fault: str, advice: str) -> None:
    if names:
        raise ModelError(f"{fault}: {', '.join(names)}; {advice}")


def _check_collinear(gram: Floats, sums: Floats, n: int, names: list[str]) -> None:
    """Cholesky column by column: a column without variance given those before it depends on them."""
    moments = gram - np.outer(sums, sums) / n
    scale = np.sqrt(np.maximum(np.diag(moments), 0))
    varying = np.flatnonzero(scale > COLLINEAR * np.sqrt(np.diag(gram)))
    correlation = moments[np.ix_(varying, varying)] / np.outer(scale[varying], scale[varying])
    try:
        factor = linalg.cholesky(correlation, lower=True)
        if (np.diag(factor) ** 2 > COLLINEAR).all():
            return
    except linalg.LinAlgError:
        pass
    for j in range(1, len(varying)):
        weights, *_ = linalg.lstsq(correlation[:j, :j], correlation[:j, j], cond=COLLINEAR)
        if 1 - correlation[:j, j] @ weights < COLLINEAR:
            others = [names[varying[k]] for k in np.flatnonzero(np.abs(weights) > 1e-6)]
            raise ModelError(
                f"column {names[varying[j]]} is a combination of {', '.join(others)}; leave one of them out"
            )


def _check_separated(
    squares: Floats,
    sums: Floats,
    span: tuple[Floats, Floats],
    with_outcome: Floats,
    outcome: Floats,
    names: list[str],
) -> None:
    """Refuse a 0/1 column within one value of which the outcome never varies."""
    n, attained = len(outcome), float(outcome.sum())
    indicator = (span[0] == 0) & (span[1] == 1) & (np.abs(squares - sums) < 1e-6)
    for j in np.flatnonzero(indicator):
        cells = {
            (1, 1): with_outcome[j],
            (1, 0): sums[j] - with_outcome[j],
            (0, 1): attained - with_outcome[j],
            (0, 0): n - sums[j] - attained + with_outcome[j],
        }
        for (value, result), count in cells.items():
            if count < 0.5:
                raise ModelError(
                    f"column {names[j]} separates the outcome: no row with {value} has outcome {result}, "
                    "so its coefficient has no finite estimate; drop or merge the category"
                )
