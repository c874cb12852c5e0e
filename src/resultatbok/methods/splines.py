"""Restricted cubic splines: columns that let the log-odds, or a share, follow a curve in a numeric covariate."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit.linearity import restricted_cubic_spline

KNOT_QUANTILES: Final = {
    3: (0.1, 0.5, 0.9),
    4: (0.05, 0.35, 0.65, 0.95),
    5: (0.05, 0.275, 0.5, 0.725, 0.95),
}
"""Where knots are put, by their number (Harrell 2015, Regression Modeling Strategies, table 2.3)."""


def spline_knots(values: pd.Series, n_knots: int = 4) -> tuple[float, ...]:
    """Harrell's knots of a covariate; fewer than asked for where quantiles coincide.

    Args:
        values: The covariate; rows where it is missing do not count.
        n_knots: 3, 4 or 5.

    Raises:
        ModelError: Another number of knots, or fewer than three different quantiles.
    """
    if n_knots not in KNOT_QUANTILES:
        raise ModelError(f"{n_knots} knots of {values.name!r}; expected one of {sorted(KNOT_QUANTILES)}")
    knots = np.unique(values.dropna().quantile(list(KNOT_QUANTILES[n_knots])))
    if len(knots) < 3:
        raise ModelError(
            f"the values of {values.name!r} are so heaped that its quantiles give {len(knots)} different knots; "
            "use a column for each level"
        )
    return tuple(float(knot) for knot in knots)


def spline_columns(values: pd.Series, knots: tuple[float, ...]) -> pd.DataFrame:
    """The covariate and its curved columns: cubic between the knots, straight beyond the outer ones.

    The column itself comes first, so that a test of the others is a test of the curve. Knots are given and not found
    here, so that a prediction uses those of the fit.

    Args:
        values: The covariate, none missing.
        knots: From `spline_knots`, ascending.

    Returns:
        One column less than knots, named as in R's `rms`: `age`, `age'`, `age''`, ...

    Source: Harrell (2015), Regression Modeling Strategies, 2nd edition, equation 2.25.
    """
    x = values.to_numpy(dtype=float)
    curved = restricted_cubic_spline(x, np.asarray(knots, dtype=float))
    names = [f"{values.name}{chr(39) * i}" for i in range(len(knots) - 1)]
    return pd.DataFrame(np.column_stack([x, curved]), index=values.index, columns=names)
