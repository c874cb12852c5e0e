"""The treated against the untreated of the same unit: a linear comparison with a constant for each unit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.treatment import EffectEstimate, check_treatment, linear_estimate

Array = npt.NDArray[np.float64]


def within_difference(
    outcome: pd.Series,
    treated: pd.Series,
    covariates: pd.DataFrame,
    unit: pd.Series,
    *,
    groups: pd.Series | None = None,
    level: float = 0.95,
) -> EffectEstimate:
    """The difference between treated and untreated of the same unit, holding covariates equal.

    A linear probability model with a constant for each unit, so that all that a unit's people have in common cancels.
    It is an average over units in which a unit counts more the more its people differ in treatment (Angrist and
    Pischke 2009, section 3.3.1).

    Args:
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row, on the same index.
        covariates: Columns to hold equal, without a constant; may be none.
        unit: What people are compared within. Units where everybody has the same treatment are left out.
        groups: Clusters for the standard error.
        level: Coverage of the interval.

    Raises:
        ModelError: The data cannot be used, or no unit has both treatments.
    """
    check_treatment(outcome, treated, covariates, groups)
    both = treated.groupby(unit, observed=True).transform("nunique") == 2
    if not both.any():
        raise ModelError(f"no {unit.name} has both treated and untreated rows")
    codes = pd.factorize(unit[both])[0]
    y, z, X = (
        _within(frame[both].to_numpy(dtype=float).reshape(len(codes), -1), codes)
        for frame in (outcome, treated, covariates)
    )
    rest = _residual(z, X)  # what of the treatment the covariates do not tell (Frisch, Waugh and Lovell)
    spread = float(rest @ rest)
    value = float(rest @ _residual(y, X)) / spread
    contributions = len(codes) * rest * (_residual(y, X) - value * rest) / spread
    return EffectEstimate(
        estimand="within",
        difference=linear_estimate(value, contributions, None if groups is None else groups[both], level),
        n=len(codes),
        n_treated=int(treated[both].sum()),
        weights=both.astype(float).rename("weight"),
    )


def _within(columns: Array, codes: npt.NDArray[np.intp]) -> Array:
    """Columns as deviations from the means of their unit."""
    sizes = np.bincount(codes)
    totals = [np.bincount(codes, weights=column) for column in columns.T]
    means = np.array(totals).reshape(columns.shape[1], len(sizes)) / sizes
    return np.asarray(columns - means.T[codes])


def _residual(column: Array, X: Array) -> Array:
    """What is left of one column after regression on others."""
    flat = column.ravel()
    return np.asarray(flat - X @ np.linalg.lstsq(X, flat, rcond=None)[0])
