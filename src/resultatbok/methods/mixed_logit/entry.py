"""How to ask for a model."""

from __future__ import annotations

import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.fit import fit_model
from resultatbok.methods.mixed_logit.results import MixedLogitResults
from resultatbok.methods.rows import check_rows


def mixed_logit_arrays(outcome: pd.Series, design: pd.DataFrame, groups: pd.DataFrame) -> MixedLogitResults:
    """Fit a logistic regression with one or two nested random intercepts by maximum likelihood.

    The likelihood is Laplace's approximation. Where groups are so small that it misleads, adaptive Gauss-Hermite
    quadrature takes over for one group column; with two there is a warning.

    Args:
        outcome: 0 and 1, no missing values.
        design: Numeric covariates without a constant; index as the outcome's. A column `constant` of ones is put in
            front.
        groups: Column of the random intercept, or two columns from outer to inner; index as the outcome's. An inner
            label counts within its outer group.

    Raises:
        ModelError: The data cannot be used; the message names the column.

    Warns:
        ModelWarning: Groups with one row, groups so small that the approximation misleads, or a search that did not
            converge.
    """
    check_rows(outcome=outcome, design=design, groups=groups)
    unnamed = [name for name in (*design.columns, *groups.columns) if not isinstance(name, str)]
    if unnamed:
        raise ModelError(f"columns {unnamed} of the design or groups have no text as name; rename them")
    return MixedLogitResults(fit_model(outcome, design, groups))
