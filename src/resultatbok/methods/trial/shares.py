"""The difference in a yes-or-no outcome between two groups of a trial, with exact tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from resultatbok.methods.intervals import Difference, share_difference
from resultatbok.methods.trial.arms import TrialError, split


@dataclass(frozen=True)
class ArmDifference:
    """A difference between two shares.

    Attributes:
        difference: Share in the first group minus share in the second, with Newcombe's interval.
        count: Persons with the outcome in the first group and in the second.
        n: Persons with a known outcome in the first group and in the second.
        p_boschloo: Two-sided p-value of Boschloo's exact test, which never has less power than Fisher's.
    """

    difference: Difference
    count: tuple[int, int]
    n: tuple[int, int]
    p_boschloo: float


def arm_difference(outcome: pd.Series, group: pd.Series, *, level: float = 0.95) -> ArmDifference:
    """Compare the share with the outcome between those with `group` 1 and those with `group` 0.

    Args:
        outcome: 0/1, missing where it is not known; such persons are left out.
        group: 0/1, same index.
        level: Coverage of the interval.

    Raises:
        TrialError: The outcome or the group is not 0/1, or one group is empty.

    Source: Newcombe (1998), Statistics in Medicine 17, 873-890; Boschloo (1970), Statistica Neerlandica 24, 1-35.
    """
    first, second = split(outcome, group)
    if not np.isin(np.concatenate([first, second]), [0.0, 1.0]).all():
        raise TrialError("the outcome must be 0 or 1 for everybody")
    x1, n1, x2, n2 = int(first.sum()), len(first), int(second.sum()), len(second)
    table = [[x1, n1 - x1], [x2, n2 - x2]]
    return ArmDifference(
        difference=share_difference(x1, n1, x2, n2, level),
        count=(x1, x2),
        n=(n1, n2),
        p_boschloo=_boschloo(table),
    )


def _boschloo(table: list[list[int]]) -> float:
    """Boschloo's p-value; 1 where nobody or everybody has the outcome, for which the test is not defined."""
    with_outcome, without = (sum(column) for column in zip(*table, strict=True))
    if not with_outcome or not without:
        return 1.0
    return float(stats.boschloo_exact(np.transpose(table)).pvalue)
