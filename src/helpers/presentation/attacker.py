"""How much a reader can find out about hidden numbers: linear programmes over what adds up to what.

The attacker knows every printed number, how the numbers add up, and that a hidden number of persons is at
least 1 (zero is published) unless it is in fact zero. What she can find out about a hidden number is the
interval between its smallest and its largest value that fit. The programmes are relaxations (fractions of
persons are allowed), and their bounds are rounded inwards to whole persons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from helpers.presentation.additivity import Quantity, Relation

_TRIES: Final = 6  # random directions tried before each number is solved for by itself
_ROOM: Final = 10  # a number is taken to be at most this many times the largest hidden one
_TOLERANCE: Final = 1e-6
_SEED: Final = 20220101  # of the directions; the answer does not depend on it

Test = Callable[[Quantity], bool]


def exposed(
    seeds: Iterable[Quantity],
    relations: Sequence[Relation],
    *,
    is_hidden: Test,
    is_guarded: Test,
    min_interval: int,
) -> list[Quantity]:
    """The guarded numbers that are pinned to an interval narrower than `min_interval`.

    Args:
        seeds: Hidden numbers; these and all hidden numbers that bear on them are looked at.
        relations: How numbers add up.
        is_hidden: Whether the reader is not shown a number.
        is_guarded: Whether a hidden number must stay uncertain.
        min_interval: Smallest difference between largest and smallest possible value that will do.
    """
    found: list[Quantity] = []
    for members, tied in _components(seeds, relations, is_hidden):
        intervals = _intervals(members, tied, is_hidden, min_interval)
        found += [q for q in members if is_guarded(q) and _width(*intervals[q]) < min_interval]
    return found


def interval(quantity: Quantity, relations: Sequence[Relation], is_hidden: Test) -> tuple[float, float]:
    """Smallest and largest value that a hidden number can have, to a reader."""
    for members, tied in _components({quantity}, relations, is_hidden):
        return _intervals(members, tied, is_hidden, None)[quantity]
    return float(_lowest(quantity)), np.inf


def _components(
    seeds: Iterable[Quantity], relations: Sequence[Relation], is_hidden: Test
) -> Iterable[tuple[list[Quantity], list[Relation]]]:
    """Hidden numbers that bear on each other and the relations between them, set by set; each seed is in one."""
    tied: dict[Quantity, list[Relation]] = {}
    for relation in relations:
        for quantity in relation.members:
            if is_hidden(quantity):
                tied.setdefault(quantity, []).append(relation)
    seen: set[Quantity] = set()
    for start in sorted(set(seeds), key=_order):
        if start in seen or start not in tied:
            continue
        members, component = [start], dict[Relation, None]()
        seen.add(start)
        for quantity in members:
            for relation in tied[quantity]:
                component[relation] = None
                fresh = [q for q in relation.members if q in tied and q not in seen]
                seen.update(fresh)
                members += fresh
        yield members, list(component)


def _intervals(
    members: list[Quantity], relations: list[Relation], is_hidden: Test, enough: int | None
) -> dict[Quantity, tuple[float, float]]:
    """Interval of each number; with `enough`, searched only until it is that wide."""
    matrix, sums = _system(members, relations, is_hidden)
    largest = _ROOM * (max(q.value for q in members) + (enough or 0) + 1)
    bounds = [(_lowest(q), largest) for q in members]
    low = np.array([q.value for q in members], dtype=float)
    high = low.copy()

    def solve(direction: np.ndarray) -> None:
        solution = linprog(direction, A_eq=matrix, b_eq=sums, bounds=bounds, method="highs")
        if solution.x is None:
            raise RuntimeError(f"the linear programme of the disclosure check failed: {solution.message}")
        np.minimum(low, solution.x, out=low)
        np.maximum(high, solution.x, out=high)

    random = np.random.default_rng(_SEED)
    for _ in range(_TRIES if enough is not None and len(members) > _TRIES else 0):
        direction = random.normal(size=len(members))
        solve(direction)
        solve(-direction)
    for place in range(len(members)):
        for sign in (1.0, -1.0):
            if enough is None or _width(low[place], high[place]) < enough:
                direction = np.zeros(len(members))
                direction[place] = sign
                solve(direction)
    ends = np.where(high >= largest - _TOLERANCE, np.inf, high)
    return dict(zip(members, zip(low.tolist(), ends.tolist(), strict=True), strict=True))


def _system(members: list[Quantity], relations: list[Relation], is_hidden: Test) -> tuple[csr_matrix, np.ndarray]:
    """The relations as equations between hidden numbers: parts minus whole is what the printed ones leave."""
    column = {quantity: place for place, quantity in enumerate(members)}
    entries: list[tuple[float, int, int]] = []
    sums = np.zeros(len(relations))
    for equation, relation in enumerate(relations):
        for quantity, sign in [(relation.whole, -1.0), *((part, 1.0) for part in relation.parts)]:
            if is_hidden(quantity):
                entries.append((sign, equation, column[quantity]))
            else:
                sums[equation] -= sign * quantity.value
    values, rows, columns = zip(*entries, strict=True)
    return csr_matrix((values, (rows, columns)), shape=(len(relations), len(members))), sums


def _width(low: float, high: float) -> float:
    return float(np.floor(high + _TOLERANCE) - np.ceil(low - _TOLERANCE))


def _lowest(quantity: Quantity) -> int:
    return min(quantity.value, 1)


def _order(quantity: Quantity) -> tuple[str, str, int]:
    return str(sorted(quantity.cell)), quantity.role, quantity.value
