"""The two arms of a trial: checking what was given and splitting it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.rows import check_rows

Floats = npt.NDArray[np.float64]


class TrialError(ValueError):
    """The data are not those of a two-arm trial; the message says what is wrong."""


def split(outcome: pd.Series, arm: pd.Series) -> tuple[Floats, Floats]:
    """The outcomes of those in the arm (1) and of the others (0), without those whose outcome is missing.

    Raises:
        ModelError: The rows of the two are in another order.
        TrialError: `arm` is not 0/1, or nobody with a known outcome is left in one arm.
    """
    check_rows(outcome=outcome, arm=arm)
    values, groups = outcome.to_numpy(dtype=float), zero_one(arm, "the arm")
    known = ~np.isnan(values)
    inside, others = values[known & (groups == 1)], values[known & (groups == 0)]
    if not len(inside) or not len(others):
        raise TrialError("one of the two groups has nobody whose outcome is known")
    return inside, others


def zero_one(values: pd.Series, name: str) -> Floats:
    """Values as floats, all of them 0 or 1.

    Raises:
        TrialError: Something else stands among them.
    """
    numbers = values.to_numpy(dtype=float)
    if not np.isin(numbers, [0.0, 1.0]).all():
        raise TrialError(f"{name} must be 0 or 1 for everybody")
    return numbers
