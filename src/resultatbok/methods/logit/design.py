"""Checks of a model's input that name the faulty column before anything is fitted."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.rows import check_rows

CONSTANT = "constant"

# A column whose variance is explained to all but this share by earlier columns is a copy of them.
COLLINEAR_BELOW = 1e-9

Array = npt.NDArray[np.float64]


def check_design(outcome: pd.Series, design: pd.DataFrame, groups: pd.Series | None = None) -> Array:
    """Refuse input that cannot be fitted, and return the design with a leading constant.

    Args:
        outcome: 0 or 1 per row.
        design: Numeric columns without a constant, on the outcome's index. May have no column.
        groups: What each row is clustered in, on the same index.

    Raises:
        ModelError: An index differs; a value is missing; a column is not numeric, appears twice, is called
            "constant", does not vary, or repeats other columns; the outcome is not 0/1 or does not vary;
            there are no more rows than columns.
    """
    check_rows(outcome=outcome, design=design, groups=groups)
    _check_names(design)
    _check_missing(outcome, design, groups)
    _check_outcome(outcome)
    if len(design) <= design.shape[1] + 1:
        raise ModelError(
            f"{len(design)} rows cannot carry {design.shape[1]} columns and a constant; "
            "leave columns out or bring more rows"
        )
    X = design.to_numpy(dtype=float)
    _check_varies(design, X)
    _check_collinear(design, X)
    return np.column_stack([np.ones(len(X)), X])


def is_binary(column: Array) -> bool:
    """Whether a column holds only 0 and 1."""
    return bool(np.all((column == 0) | (column == 1)))


def _check_missing(outcome: pd.Series, design: pd.DataFrame, groups: pd.Series | None) -> None:
    counts = dict(design.isna().sum()) | {f"{outcome.name} (outcome)": outcome.isna().sum()}
    if groups is not None:
        counts[f"{groups.name} (groups)"] = groups.isna().sum()
    bad = [f"{name} ({count})" for name, count in counts.items() if count]
    if bad:
        raise ModelError(f"missing values in {', '.join(bad)}; fit on the complete rows")


def _check_outcome(outcome: pd.Series) -> None:
    found = set(outcome.unique().tolist())
    if not found <= {0, 1}:
        others = sorted(found - {0, 1}, key=str)[:5]
        raise ModelError(f"the outcome {outcome.name!r} holds {others}; expected only 0 and 1")
    if len(found) < 2:
        raise ModelError(f"the outcome {outcome.name!r} is {found.pop()} in every row; nothing can be explained")


def _check_names(design: pd.DataFrame) -> None:
    repeated = design.columns[design.columns.duplicated()].unique()
    if len(repeated):
        raise ModelError(f"the design has more than one column called {', '.join(map(repr, repeated))}")
    if CONSTANT in design.columns:
        raise ModelError(f"the design has a column {CONSTANT!r}; leave it out, the constant is added here")
    for name in design.columns:
        if not pd.api.types.is_numeric_dtype(design[name]) and not pd.api.types.is_bool_dtype(design[name]):
            raise ModelError(f"column {name!r} has type {design[name].dtype}; expected numbers (dummies for a factor)")


def _check_varies(design: pd.DataFrame, X: Array) -> None:
    for name, column in zip(design.columns, X.T, strict=True):
        if not np.all(np.isfinite(column)):
            raise ModelError(f"column {name!r} holds an infinite value")
        if column.min() == column.max():
            raise ModelError(f"column {name!r} is {column[0]:g} in every row; leave it out")


def _check_collinear(design: pd.DataFrame, X: Array) -> None:
    if not X.shape[1]:
        return
    correlation = np.atleast_2d(np.corrcoef(X, rowvar=False))
    kept: list[int] = []
    for j in range(X.shape[1]):
        weights = np.linalg.solve(correlation[np.ix_(kept, kept)], correlation[kept, j])
        if 1 - correlation[j, kept] @ weights < COLLINEAR_BELOW:
            sources = [design.columns[k] for k, w in zip(kept, weights, strict=True) if abs(w) > 1e-5]
            raise ModelError(
                f"column {design.columns[j]!r} is an exact combination of {', '.join(map(repr, sources))}; "
                "leave one of them out"
            )
        kept.append(j)


def correlation_of(X: Array, weights: Array | None = None) -> Array:
    """Correlations between columns, each row weighted."""
    covariance = np.cov(X, rowvar=False, aweights=weights)
    sd = np.sqrt(np.diag(np.atleast_2d(covariance)))
    return cast(Array, np.atleast_2d(covariance) / np.outer(sd, sd))
