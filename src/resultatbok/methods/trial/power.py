"""What a trial of this size could have shown: exact power of Fisher's test."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import stats
from scipy.optimize import brentq

TOLERANCE = 1e-7
"""How much larger a probability may be and still count as equal, as in scipy's test."""


def exact_power(control: float, difference: float, n: tuple[int, int], *, significance: float = 0.05) -> float:
    """The probability that Fisher's two-sided exact test finds a true difference.

    Args:
        control: True share with the outcome in the control arm.
        difference: True share in the intervention arm minus `control`.
        n: Persons in the intervention arm and in the control arm.
        significance: Level of the test.

    Raises:
        ValueError: A share lies outside 0 to 1, or an arm is empty.
    """
    treated = control + difference
    if not (0 <= control <= 1 and -1e-12 <= treated <= 1 + 1e-12):
        raise ValueError(f"shares of {control} and {treated}; expected numbers between 0 and 1")
    found = _rejected(n, significance)
    first = stats.binom.pmf(np.arange(n[0] + 1), n[0], min(max(treated, 0.0), 1.0))
    second = stats.binom.pmf(np.arange(n[1] + 1), n[1], control)
    return float(first @ found @ second)


def smallest_detectable_difference(
    control: float, n: tuple[int, int], *, power: float = 0.8, significance: float = 0.05
) -> float:
    """The smallest true increase that the trial would find with the given power.

    Returns:
        A difference in shares; NaN if even an increase to 1 would be found less often.

    Raises:
        ValueError: As for `exact_power`.
    """
    most = 1 - control
    if exact_power(control, most, n, significance=significance) < power:
        return float("nan")

    def shortfall(difference: float) -> float:
        return exact_power(control, difference, n, significance=significance) - power

    return float(brentq(shortfall, 0.0, most, xtol=1e-6))


def _rejected(n: tuple[int, int], significance: float) -> npt.NDArray[np.float64]:
    """1 for each pair of counts (intervention, control) for which Fisher's test is significant, else 0."""
    if min(n) < 1:
        raise ValueError(f"arms of {n[0]} and {n[1]} persons; expected at least one in each")
    rejected = np.zeros((n[0] + 1, n[1] + 1))
    for total in range(n[0] + n[1] + 1):
        x = np.arange(max(0, total - n[1]), min(n[0], total) + 1)
        chance = stats.hypergeom.pmf(x, n[0] + n[1], n[0], total)
        as_rare = chance[None, :] <= chance[:, None] * (1 + TOLERANCE)
        rejected[x, total - x] = (as_rare * chance).sum(axis=1) <= significance
    return rejected
