"""Variance inflation: how much of each term's variance is due to its correlation with the other terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit.design import correlation_of


def variance_inflation(
    design: pd.DataFrame,
    factors: Mapping[str, Sequence[str]] | None = None,
    *,
    weights: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """Variance inflation factors, generalised for terms of several columns.

    The generalised factor is det(R11) det(R22) / det(R): R11 the correlations among the term's columns,
    R22 among the others, R all. For one column it is the ordinary factor 1 / (1 - R2). The power 1 / (2
    df) puts terms with different numbers of columns on one scale; its square is comparable with an
    ordinary factor.

    Args:
        design: Columns without the constant.
        factors: The columns of each term of several columns, by the term's name.
        weights: Row weights. With the fitted p (1 - p) of a logistic model the result is that of its
            coefficients' covariance matrix, as R's `car::vif` computes it; without, that of the columns
            themselves.

    Returns:
        Indexed by term, in the order of the design: `gvif`, `df` (number of columns), `gvif_root` (gvif^(1
        / 2df)).

    Raises:
        ModelError: A factor names a column that the design lacks, or two factors share a column.

    Source: Fox and Monette (1992), JASA 87, 178-183, equation 10.
    """
    X = design.to_numpy(dtype=float)
    R = correlation_of(X, None if weights is None else np.asarray(weights, dtype=float))
    return _inflation(R, list(design.columns), factors or {})


def coefficient_inflation(cov: pd.DataFrame, factors: Mapping[str, Sequence[str]] | None = None) -> pd.DataFrame:
    """Variance inflation factors of a fitted model, from the covariance of its coefficients.

    For a linear model this is `variance_inflation`; for a logistic one, that with the weights p (1 - p); for a
    multilevel one it also counts what the units explain. R's `car::vif` and `performance::check_collinearity` compute
    it in this way.

    Args:
        cov: Covariance of the coefficients without the constant.
        factors: The columns of each term of several columns, by the term's name.

    Returns:
        As `variance_inflation`.

    Raises:
        ModelError: A factor names a coefficient that is not there, or two factors share one.
    """
    sd = np.sqrt(np.diag(cov))
    return _inflation(cov.to_numpy(dtype=float) / np.outer(sd, sd), list(cov.columns), factors or {})


def _inflation(R: npt.NDArray[np.float64], names: list[str], factors: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The factors from correlations; those of columns and those of their coefficients give the same."""
    everything = np.linalg.slogdet(R)[1]
    rows = {}
    for term, columns in _terms(names, factors).items():
        inside = [names.index(c) for c in columns]
        outside = [j for j in range(len(R)) if j not in inside]
        logs = [np.linalg.slogdet(R[np.ix_(part, part)])[1] for part in (inside, outside)]
        rows[term] = (float(np.exp(sum(logs) - everything)), len(columns))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["gvif", "df"]).rename_axis("term")
    return table.assign(gvif_root=table["gvif"] ** (1 / (2 * table["df"])))


def _terms(names: Sequence[str], factors: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    owner: dict[str, str] = {}
    for factor, columns in factors.items():
        for column in columns:
            if column not in names:
                raise ModelError(f"factor {factor!r} has a column {column!r} that the model lacks")
            if column in owner:
                raise ModelError(f"column {column!r} is in the factors {owner[column]!r} and {factor!r}")
            owner[column] = factor
    terms: dict[str, list[str]] = {}
    for column in names:
        terms.setdefault(owner.get(column, column), []).append(column)
    return terms
