"""How much a reader can find out about hidden numbers: linear programmes over what adds up to what.

The attacker knows every printed number, how the numbers add up, and that a hidden number of persons is at
least 1 (zero is published) unless it is in fact zero. What she can find out about a hidden number is the
interval between its smallest and its largest value that fit. The programmes are relaxations (fractions of
persons are allowed), and their bounds are rounded inwards to whole persons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from resultatbok.release.additivity import Relation
from resultatbok.release.deduction import Sums
from resultatbok.release.headcounts import Quantity

_TRIES: Final = 6  # random directions tried before each number is solved for by itself
_ROOM: Final = 10  # a number is taken to be at most this many times the largest hidden one
_TOLERANCE: Final = 1e-6
_SEED: Final = 20220101  # of the directions; the answer does not depend on it

Test = Callable[[Quantity], bool]


def first_pinned(
    targets: Iterable[Quantity], sums: Sums, *, is_hidden: Test, min_interval: int
) -> tuple[Quantity | None, set[Quantity]]:
    """The first target that is pinned to an interval narrower than `min_interval`, and those found to be wide enough.

    Args:
        targets: Hidden numbers that must stay uncertain.
        sums: How numbers add up.
        is_hidden: Whether the reader neither is shown a number nor can deduce it.
        min_interval: Smallest difference between largest and smallest possible value that will do.
    """
    wide: set[Quantity] = set()
    for quantity in sorted(set(targets), key=_order):
        if quantity not in wide:
            programme = _Programme(quantity, sums, is_hidden, min_interval)
            programme.look_around()
            programme.look_at(quantity)
            wide |= programme.wide()
            if quantity not in wide:
                return quantity, wide
    return None, wide


def interval(quantity: Quantity, sums: Sums, is_hidden: Test) -> tuple[float, float]:
    """Smallest and largest value that a hidden number can have, to a reader; infinite if nothing limits it."""
    programme = _Programme(quantity, sums, is_hidden, None)
    programme.look_at(quantity)
    return programme.interval(quantity)


class _Programme:
    """A hidden number, the hidden numbers that bear on it, and the values of them seen to be possible so far."""

    def __init__(self, quantity: Quantity, sums: Sums, is_hidden: Test, enough: int | None) -> None:
        self.enough = enough
        self.members, relations = _component(quantity, sums, is_hidden)
        self.place = {member: place for place, member in enumerate(self.members)}
        self.matrix, self.sums = _system(self.place, relations, is_hidden)
        self.largest = _ROOM * (max(q.value for q in self.members) + (enough or 0) + 1)
        self.bounds = [(_lowest(q), self.largest) for q in self.members]
        self.low = np.array([q.value for q in self.members], dtype=float)
        self.high = self.low.copy()

    def look_around(self) -> None:
        """Look in a few directions at random, which settles most numbers of a large set at once."""
        random = np.random.default_rng(_SEED)
        for _ in range(_TRIES if len(self.members) > 2 * _TRIES else 0):
            direction = random.normal(size=len(self.members))
            self._solve(direction)
            self._solve(-direction)

    def look_at(self, quantity: Quantity) -> None:
        """Find both ends of one number's interval, or stop when it is seen to be wide enough."""
        for sign in (1.0, -1.0):
            if quantity not in self.wide():
                direction = np.zeros(len(self.members))
                direction[self.place[quantity]] = sign
                self._solve(direction)

    def wide(self) -> set[Quantity]:
        """The numbers whose interval is seen to be wide enough."""
        if self.enough is None:
            return set()
        widths = np.floor(self.high + _TOLERANCE) - np.ceil(self.low - _TOLERANCE)
        return {self.members[place] for place in np.flatnonzero(widths >= self.enough)}

    def interval(self, quantity: Quantity) -> tuple[float, float]:
        """The smallest and largest value of a number seen so far."""
        place = self.place[quantity]
        high = float(self.high[place])
        return float(self.low[place]), np.inf if high >= self.largest / 2 else high

    def _solve(self, direction: np.ndarray) -> None:
        found = linprog(direction, A_eq=self.matrix, b_eq=self.sums, bounds=self.bounds, method="highs")
        if found.x is None:
            raise RuntimeError(f"the linear programme of the disclosure check failed: {found.message}")
        np.minimum(self.low, found.x, out=self.low)
        np.maximum(self.high, found.x, out=self.high)


def _component(quantity: Quantity, sums: Sums, is_hidden: Test) -> tuple[list[Quantity], list[Relation]]:
    """The hidden numbers that bear on one, itself first, and the relations between them."""
    members = {quantity: None}
    queue = [quantity]
    relations: dict[Relation, None] = {}
    for current in queue:
        for relation in sums.of.get(current, []):
            relations[relation] = None
            fresh = dict.fromkeys(q for q in relation.members if q not in members and is_hidden(q))
            members |= fresh
            queue += fresh
    return queue, list(relations)


def _system(
    place: Mapping[Quantity, int], relations: Sequence[Relation], is_hidden: Test
) -> tuple[csr_matrix, np.ndarray]:
    """The relations as equations between hidden numbers: parts minus whole is what the known ones leave."""
    entries: list[tuple[float, int, int]] = []
    sums = np.zeros(len(relations))
    for equation, relation in enumerate(relations):
        for quantity, sign in [(relation.whole, -1.0), *((part, 1.0) for part in relation.parts)]:
            if is_hidden(quantity):
                entries.append((sign, equation, place[quantity]))
            else:
                sums[equation] -= sign * quantity.value
    signs, rows, columns = ([entry[k] for entry in entries] for k in range(3))
    return csr_matrix((signs, (rows, columns)), shape=(len(relations), len(place))), sums


def _lowest(quantity: Quantity) -> int:
    return min(quantity.value, 1)


def _order(quantity: Quantity) -> tuple[str, str, int]:
    return str(sorted(quantity.cell)), quantity.role, quantity.value
