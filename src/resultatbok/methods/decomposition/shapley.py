"""Shapley values: what each of several parts adds to a whole, averaged over all orders in which they can be added.

Source: Shapley (1953), A value for n-person games; for decompositions Shorrocks (2013), Journal of Economic
Inequality 11, 99-126.
"""

from __future__ import annotations

from math import factorial

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

MAX_PARTS = 12
"""4,096 coalitions; beyond that exact values are not what one wants."""


def coalitions(parts: int) -> npt.NDArray[np.bool_]:
    """All sets of parts: one row per set, true where the part is in it. Row number k has part b if bit b of k is 1.

    Raises:
        ValueError: No part, or more than `MAX_PARTS`.
    """
    if not 1 <= parts <= MAX_PARTS:
        raise ValueError(f"{parts} parts; expected 1 to {MAX_PARTS}")
    return ((np.arange(2**parts)[:, None] >> np.arange(parts)) & 1).astype(bool)


def shapley_values(values: Array) -> Array:
    """What each part adds, averaged over all orders.

    Args:
        values: The value of each coalition along the first axis, in the order of `coalitions`; other axes are
            separate problems.

    Returns:
        One entry per part along the first axis. They add up to the value of all parts less that of none.

    Raises:
        ValueError: The number of coalitions is not a power of two.
    """
    parts = len(values).bit_length() - 1
    if len(values) != 2**parts:
        raise ValueError(f"{len(values)} values; expected one for each set of parts, a power of two")
    members = coalitions(parts)
    size = members.sum(axis=1)
    weight = np.array([factorial(s) * factorial(parts - s - 1) / factorial(parts) for s in range(parts)])
    shares = []
    for part in range(parts):
        without = np.flatnonzero(~members[:, part])
        gains = values[without + 2**part] - values[without]
        shares.append(np.tensordot(weight[size[without]], gains, axes=1))
    return np.array(shares)
