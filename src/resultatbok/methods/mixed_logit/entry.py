"""How to ask for a model."""

from __future__ import annotations

import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.fit import fit_model
from resultatbok.methods.mixed_logit.results import MixedLogitResults


def mixed_logit_arrays(
    outcome: pd.Series, design: pd.DataFrame, groups: pd.DataFrame, *, quadrature_points: int = 1
) -> MixedLogitResults:
    """Fit a logistic regression with one or two nested random intercepts by maximum likelihood.

    Args:
        outcome: 0 and 1, no missing values.
        design: Numeric covariates without a constant; index as the outcome's. A column `constant` of ones is put in
            front.
        groups: Column of the random intercept, or two columns from outer to inner; index as the outcome's. An inner
            label counts within its outer group.
        quadrature_points: 1 for the Laplace approximation; with one group column, more for adaptive
            Gauss-Hermite quadrature (9 is ample for most data).

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
    return MixedLogitResults(fit_model(outcome, design, groups, quadrature_points))
