"""Evening out drawn outcomes: single outcomes are turned, the nearest to turning first, until the moments agree."""

from __future__ import annotations

import numpy as np

from synthesis.draws import Bools, Floats, settled

_TURNS = 400
_DECIMALS = 7  # by which turns are compared; of two equal ones the first is taken
_RELUCTANCE = 0.05  # what turning costs per unit of log odds between a person's threshold and log odds


def evened(drawn: Bools, distance: Floats, columns: Floats, expected: Floats, inverse: Floats, movable: Bools) -> Bools:
    """Turn outcomes one by one, each time the one that brings the moments nearest to what is expected.

    Args:
        drawn: Outcomes.
        distance: How far each person's log odds are from the threshold at which the outcome turns.
        columns: Those of the moments.
        expected: Their expected sums.
        inverse: Inverse of the information of the moments: gaps are measured by it.
        movable: Whose outcomes may be turned.
    """
    drawn, rows = drawn.copy(), np.flatnonzero(movable)
    own = columns[rows]
    weighted = own @ inverse
    square = np.einsum("ij,ij->i", weighted, own)
    cost = _RELUCTANCE * np.abs(distance[rows])
    gap = expected - columns.T @ drawn
    for _ in range(_TURNS if len(rows) else 0):
        sign = np.where(drawn[rows], -1.0, 1.0)
        change = square - 2 * sign * (weighted @ gap) + cost
        change = settled(change, _DECIMALS)
        best = int(np.argmin(change))
        if change[best] >= 0:
            break
        gap = gap - sign[best] * own[best]
        drawn[rows[best]] = ~drawn[rows[best]]
        cost[best] = np.inf
    return drawn
