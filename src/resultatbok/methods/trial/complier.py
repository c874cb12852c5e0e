"""The effect among those who receive what they are offered: the complier average causal effect."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from resultatbok.methods.intervals import Difference, normal_quantile
from resultatbok.methods.rows import check_rows
from resultatbok.methods.trial.arms import Floats, TrialError, zero_one


@dataclass(frozen=True)
class ComplierEffect:
    """An effect on compliers.

    Attributes:
        effect: The effect, in the outcome's unit. `std_error` is the delta method's; `low` and `high` are Fieller's
            limits (the Anderson-Rubin set), which hold also when few receive what is offered; they are infinite
            where the data set no limit.
        n: Persons whose outcome is known.
    """

    effect: Difference
    n: int


def complier_effect(
    outcome: pd.Series, assigned: pd.Series, received: pd.Series, *, level: float = 0.95
) -> ComplierEffect:
    """The intention-to-treat difference divided by the difference in the share that received the measure.

    It is the effect on those who take the measure if and only if they are offered it, provided that the offer matters
    only through the measure and that nobody takes it only when not offered.

    Args:
        outcome: Numbers or 0/1; missing where not known, such persons are left out.
        assigned: 0/1, which arm chance gave.
        received: 0/1, who took part in the measure.
        level: Coverage of the interval.

    Raises:
        ModelError: Rows in another order.
        TrialError: An arm is empty, or the offer changes nothing about who receives the measure.

    Source: Imbens and Angrist (1994), Econometrica 62, 467-475; Fieller (1954), JRSS B 16, 175-185. The estimate and
    its standard error are those of two-stage least squares with robust errors.
    """
    check_rows(outcome=outcome, assigned=assigned, received=received)
    known = outcome.notna().to_numpy()
    y, d = outcome.to_numpy(dtype=float)[known], zero_one(received, "what was received")[known]
    z = zero_one(assigned, "the arm")[known] == 1
    if not z.any() or z.all():
        raise TrialError("one of the two arms has nobody whose outcome is known")
    offered, taken = _mean_difference(y, z), _mean_difference(d, z)
    if taken == 0:
        raise TrialError("as many received the measure in both arms, so its effect cannot be told")
    value = offered / taken
    std_error = math.sqrt(_variance(y - value * d, z)) / abs(taken)
    low, high = _fieller(y, d, z, normal_quantile(level))
    return ComplierEffect(Difference(value, std_error, low, high), len(y))


def _fieller(y: Floats, d: Floats, z: np.ndarray, quantile: float) -> tuple[float, float]:
    """The effects b for which the arms' difference in y - b d can be told apart from zero on neither side."""
    offered, taken = _mean_difference(y, z), _mean_difference(d, z)
    covariance = (_variance(y + d, z) - _variance(y, z) - _variance(d, z)) / 2
    a = taken**2 - quantile**2 * _variance(d, z)
    b = offered * taken - quantile**2 * covariance
    c = offered**2 - quantile**2 * _variance(y, z)
    root = b * b - a * c
    if a <= 0 or root < 0:
        return -math.inf, math.inf
    return (b - math.sqrt(root)) / a, (b + math.sqrt(root)) / a


def _mean_difference(values: Floats, arm: np.ndarray) -> float:
    return float(values[arm].mean() - values[~arm].mean())


def _variance(values: Floats, arm: np.ndarray) -> float:
    """Variance of the difference between the arms' means."""
    return float(values[arm].var() / arm.sum() + values[~arm].var() / (~arm).sum())
