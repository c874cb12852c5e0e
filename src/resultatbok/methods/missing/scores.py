"""Numbers for the categories of a variable without an order, so that predictions of it can be compared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

SINGULAR_BELOW = 1e-9
"""Singular values below this share of the largest belong to columns that repeat others."""


def category_scores(categories: pd.Series, predictors: pd.DataFrame) -> dict[Any, float]:
    """The scores of the categories that the other variables predict best.

    They are the first canonical variate between the categories' 0/1 columns and the predictors; R's `mice` scores
    unordered categories for predictive mean matching in the same way.

    Args:
        categories: A category per row; rows without one do not count.
        predictors: Numeric columns without gaps, on the same index.

    Returns:
        The score of each category that occurs. No two are the same.
    """
    known = categories.dropna()
    dummies = pd.get_dummies(known.astype(object), dtype=float)
    if dummies.shape[1] < 2:
        return dict.fromkeys(dummies.columns, 0.0)
    left, transform = _whitened(dummies.iloc[:, 1:].to_numpy())
    right, _ = _whitened(predictors.loc[known.index].to_numpy(dtype=float))
    direction = np.linalg.svd(left.T @ right)[0][:, 0]
    scores = np.concatenate([[0.0], transform @ direction])
    apart = scores + np.arange(len(scores)) * SINGULAR_BELOW
    return dict(zip(dummies.columns, apart.tolist(), strict=True))


def _whitened(columns: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Uncorrelated columns that span the centred ones, and the matrix that makes them."""
    centred = columns - columns.mean(axis=0)
    left, values, right = np.linalg.svd(centred, full_matrices=False)
    kept = values > SINGULAR_BELOW * values[0]
    return left[:, kept], right[kept].T / values[kept]
