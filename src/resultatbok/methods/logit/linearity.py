"""Whether the log-odds are linear in a numeric covariate: likelihood-ratio tests against a curve."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit.chi_square import ChiSquareTest, likelihood_ratio_test
from resultatbok.methods.logit.fit import fit_logit
from resultatbok.methods.logit.result import LogitFit

Array = npt.NDArray[np.float64]

# Harrell's recommended places for four knots (2015, Regression Modeling Strategies, table 2.3).
KNOT_QUANTILES = (0.05, 0.35, 0.65, 0.95)

# With so few distinct values each can have its own coefficient.
FEW_VALUES = 6


def spline_test(fit: LogitFit, term: str) -> ChiSquareTest:
    """Test of a restricted cubic spline with four knots against the straight line.

    A covariate with at most six distinct values is tested against one coefficient per value instead.

    Raises:
        ModelError: The model has no such term, or it has fewer than three distinct values.
    """
    x = _values(fit, term)
    levels = np.unique(x)
    if len(levels) < 3:
        raise ModelError(f"column {term!r} has {len(levels)} distinct values; a straight line fits them exactly")
    if len(levels) <= FEW_VALUES:
        curved = np.column_stack([x == level for level in levels[2:]]).astype(float)
    else:
        curved = restricted_cubic_spline(x, np.unique(np.quantile(x, KNOT_QUANTILES)))
    return _test_added(fit, term, curved)


def restricted_cubic_spline(x: Array, knots: Array) -> Array:
    """The curved columns of a cubic spline that is linear beyond its outer knots: two less than knots.

    Raises:
        ModelError: Fewer than three different knots.

    Source: Harrell (2015), Regression Modeling Strategies, 2nd edition, equation 2.25.
    """
    if len(knots) < 3:
        raise ModelError(f"the values are so heaped that only {len(knots)} different knots remain; expected 3 or 4")
    first, before_last, last = knots[0], knots[-2], knots[-1]

    def cubed(knot: float) -> Array:
        return np.maximum(x - knot, 0) ** 3

    columns = [
        cubed(k)
        - cubed(before_last) * (last - k) / (last - before_last)
        + cubed(last) * (before_last - k) / (last - before_last)
        for k in knots[:-2]
    ]
    return cast(Array, np.column_stack(columns) / (last - first) ** 2)


def _values(fit: LogitFit, term: str) -> Array:
    if term not in fit.design.columns:
        raise ModelError(f"the model has no term {term!r}; it has {list(fit.design.columns)}")
    return fit.design[term].to_numpy(dtype=float)


def _test_added(fit: LogitFit, term: str, curved: Array) -> ChiSquareTest:
    names = [f"{term} (curved {j})" for j in range(1, curved.shape[1] + 1)]
    added = pd.DataFrame(curved, index=fit.design.index, columns=names)
    larger = fit_logit(fit.outcome, pd.concat([fit.design, added], axis=1), level=fit.level)
    return likelihood_ratio_test(fit, larger)
