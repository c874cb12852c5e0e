"""Separation: columns that predict outcomes perfectly, so that no finite coefficient exists."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog

from resultatbok.methods.logit.design import is_binary

Array = npt.NDArray[np.float64]


def separating_columns(y: Array, X: Array, names: list[str]) -> list[str]:
    """What separates the outcome, one phrase per column; empty if the coefficients are finite.

    Args:
        y: The outcome, 0 or 1.
        X: The design without a constant.
        names: The names of its columns.
    """
    alone = [phrase for name, column in zip(names, X.T, strict=True) if (phrase := _alone(y, column, name))]
    return alone or _together(y, X, names)


def _alone(y: Array, column: Array, name: str) -> str | None:
    if is_binary(column):
        for value in (0, 1):
            rows = y[column == value]
            if rows.min() == rows.max():
                return f"{name!r} (all {len(rows)} rows where it is {value} have outcome {rows[0]:g})"
        return None
    zeros, ones = column[y == 0], column[y == 1]
    if zeros.max() <= ones.min() or ones.max() <= zeros.min():
        return f"{name!r} (its values with outcome 0 and outcome 1 do not overlap)"
    return None


def _together(y: Array, X: Array, names: list[str]) -> list[str]:
    """Konis' linear programme: a direction that no row contradicts, if there is one.

    Source: Konis (2007), Linear programming algorithms for detecting separated data in binary logistic
    regression
    models, DPhil thesis, University of Oxford, section 4.4.
    """
    scaled = (X - X.mean(axis=0)) / X.std(axis=0)
    signed = np.where(y == 1, 1.0, -1.0)[:, None] * np.column_stack([np.ones(len(y)), scaled])
    found = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(y)), bounds=(-1, 1), method="highs")
    if found.status != 0 or -found.fun < 1e-6:
        return []
    return [repr(name) for name, b in zip(names, found.x[1:], strict=True) if abs(b) > 1e-7]


def estimable_columns(design: pd.DataFrame, outcome: pd.Series) -> list[str]:
    """The columns for which a logistic model has finite coefficients, taken in their order.

    A column is left out if it does not vary, follows from those before it, or separates the outcome together with
    them. For models that are fitted to whatever groups the data have; say what was left out.

    Args:
        design: Numeric columns without missing values.
        outcome: 0 or 1 per row.
    """
    y = outcome.to_numpy(dtype=float)
    kept: list[str] = []
    for name in design.columns:
        trial = [*kept, str(name)]
        X = design[trial].to_numpy(dtype=float)
        with_constant = np.column_stack([np.ones(len(X)), X])
        if np.linalg.matrix_rank(with_constant) == len(trial) + 1 and not separating_columns(y, X, trial):
            kept = trial
    return kept
