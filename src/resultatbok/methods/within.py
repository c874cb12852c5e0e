"""The treated against the untreated of the same unit: a linear comparison with a constant for each unit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.clusters import ClusterErrors
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.logit.design import COLLINEAR_BELOW
from resultatbok.methods.treatment import EffectEstimate, check_treatment

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

    Units are the clusters unless others are given. Clusters within units would not do where the treatment is a trait of
    them: with one treated and one untreated project in each unit, the residuals of the two cancel, and errors by
    project are too small by up to the root of two (de Chaisemartin and Ramirez-Cuellar 2024, American Economic Journal:
    Applied Economics 16, 193-212).

    Args:
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row, on the same index.
        covariates: Columns to hold equal, without a constant; may be none.
        unit: What people are compared within. Units where everybody has the same treatment are left out.
        groups: Clusters for the standard error; the units if not given.
        level: Coverage of the interval.

    Raises:
        ModelError: The data cannot be used, or no unit has both treatments.
    """
    check_treatment(outcome, treated, covariates, unit=unit, groups=groups)
    both = treated.groupby(unit, observed=True).transform("nunique") == 2
    if not both.any():
        raise ModelError(f"no {unit.name} has both treated and untreated rows")
    codes = pd.factorize(unit[both])[0]
    y, z, X = (
        _within(frame[both].to_numpy(dtype=float).reshape(len(codes), -1), codes)
        for frame in (outcome, treated, covariates)
    )
    design = np.column_stack([z, _independent(X)])
    params, _, rank, _ = np.linalg.lstsq(design, y.ravel(), rcond=None)
    if rank < design.shape[1]:
        raise ModelError(f"the covariates tell treated from untreated within every {unit.name}")
    errors = ClusterErrors.of(design, y.ravel() - design @ params, (unit if groups is None else groups)[both])
    contrast = np.eye(len(params))[0]
    return EffectEstimate(
        estimand="within",
        difference=Difference.around(float(params[0]), errors.error(contrast), level, errors.freedom(contrast)),
        n=len(codes),
        n_treated=int(treated[both].sum()),
        weights=both.astype(float).rename("weight"),
    )


def _independent(X: Array) -> Array:
    """Columns that span the same, without those that others make up."""
    vectors, values, _ = np.linalg.svd(X, full_matrices=False)
    return np.asarray(vectors[:, values > COLLINEAR_BELOW * max(values.max(initial=0.0), 1.0)])


def _within(columns: Array, codes: npt.NDArray[np.intp]) -> Array:
    """Columns as deviations from the means of their unit."""
    sizes = np.bincount(codes)
    totals = [np.bincount(codes, weights=column) for column in columns.T]
    means = np.array(totals).reshape(columns.shape[1], len(sizes)) / sizes
    return np.asarray(columns - means.T[codes])
