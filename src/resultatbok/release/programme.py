"""What a reader who knows the rules of the policy can find out about the numbers of persons behind released rows.

Every row leaves an interval for the counts it prints. With the sums between them (`sums`) these are an integer
programme; what is found out about a count is its smallest and largest value in it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from resultatbok.release.policy import ABOUT, HIDDEN, UNDER
from resultatbok.release.populations import populations
from resultatbok.release.rows import Cell, LedgerError
from resultatbok.release.sums import UNLISTED, Count, Print, Sums
from resultatbok.settings import DisclosurePolicy

_DIRECTIONS: Final = 12  # looked in at random before each count is looked at by itself
_ROOM: Final = 200  # persons that a count which nothing limits may have beyond its true number
_SEED: Final = 20220101  # of the directions; what is found to be narrow does not depend on it
_SINCE: Final = "since "  # role of those who are in this edition and not in an earlier one
_TIME: Final = frozenset({"year", "end_year"})  # keys of persons whom a later edition adds none to

Name = tuple[Cell, str, int]
Interval = tuple[float, float]
Intervals = npt.NDArray[np.float64]


class GateError(LedgerError):
    """The release is stopped; the message says why."""


@dataclass(frozen=True)
class Programme:
    """Counts with the intervals that an edition's rows leave, and the sums between them. No true number is in it.

    Attributes:
        names: What each count is: its cell, its role, and a number that tells counts of the same name apart.
        low, high: The intervals.
        sums: Places of counts; the first of each is the sum of the others.
        whole: Whether each count is a whole number.
    """

    names: list[Name]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    sums: list[tuple[int, ...]]
    whole: npt.NDArray[np.bool_]

    def to_json(self) -> str:
        """The programme as text, which a later edition's gate reads; it is private as the audit is."""
        names = [[sorted(cell), role, number] for cell, role, number in self.names]
        columns = [self.low.tolist(), self.high.tolist(), self.whole.tolist()]
        return json.dumps([names, *columns, self.sums], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The programme that a text holds."""
        names, low, high, whole, sums = json.loads(text)
        named = [(frozenset(map(tuple, cell)), role, number) for cell, role, number in names]
        return cls(named, np.array(low), np.array(high), [tuple(s) for s in sums], np.array(whole, dtype=bool))


class Look:
    """What is seen to be possible in a programme, count by count."""

    def __init__(self, programme: Programme, truth: Sequence[float], policy: DisclosurePolicy) -> None:
        self.programme, self.policy = programme, policy
        size = len(programme.names)
        entries = [
            (equation, place, -1.0 if first else 1.0)
            for equation, members in enumerate(programme.sums)
            for first, place in zip((True, *(False,) * len(members)), members, strict=False)
        ]
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        self.matrix = coo_array((signs, (rows, columns)), shape=(len(programme.sums), size)).tocsr()
        self.part = connected_components(abs(self.matrix.T) @ abs(self.matrix), directed=False)[1]
        unknown = [np.nan] * (size - len(truth))
        self.low, self.high = np.array([*truth, *unknown], dtype=float), np.array([*truth, *unknown], dtype=float)
        new = [role.startswith(_SINCE) for _, role, _ in programme.names]
        told_of = np.array([not role.startswith(UNLISTED) for _, role, _ in programme.names])
        self.guarded = programme.whole & told_of & np.where(np.isnan(self.low), new, self.low < policy.least)

    def narrow(self) -> list[int]:
        """The guarded counts that are left fewer persons wide than the policy asks."""
        random = np.random.default_rng(_SEED)
        for part in np.unique(self.part[self.guarded]):
            for _ in range(_DIRECTIONS):
                if len(places := self._open(part)) > 2:
                    self._solve(part, places, random.normal(size=len(places)))
            for place in self._open(part):
                self.look_at(place)
        return [int(place) for place in np.flatnonzero(self._narrow())]

    def look_at(self, place: int) -> None:
        """Find both ends of what is left of a count, or stop when that is seen to be wide enough."""
        for sign in (1.0, -1.0):
            if self._narrow()[place]:
                self._solve(self.part[place], np.array([place]), np.array([sign]))

    def width(self, place: int, low: npt.NDArray[np.float64], high: npt.NDArray[np.float64]) -> float:
        """How wide a count would be left if the first counts had these intervals."""
        other = copy(self)
        rest = slice(len(low), None)
        other.programme = replace(
            self.programme,
            low=np.concatenate([low, self.programme.low[rest]]),
            high=np.concatenate([high, self.programme.high[rest]]),
        )
        other.low, other.high = np.full_like(self.low, np.nan), np.full_like(self.low, np.nan)
        for sign in (1.0, -1.0):
            other._solve(self.part[place], np.array([place]), np.array([sign]))
        return float(other.high[place] - other.low[place])

    def _narrow(self) -> npt.NDArray[np.bool_]:
        seen = self.high - self.low >= self.policy.min_interval
        open_: npt.NDArray[np.bool_] = self.guarded & ~seen & ~(self.low >= self.policy.least)
        return open_

    def _open(self, part: int) -> npt.NDArray[np.intp]:
        return np.flatnonzero(self._narrow() & (self.part == part))

    def _solve(self, part: int, places: npt.NDArray[np.intp], weights: npt.NDArray[np.float64]) -> None:
        own = np.flatnonzero(self.part == part)
        matrix = self.matrix[:, own]
        matrix = matrix[np.diff(matrix.indptr) > 0]
        low, high = self.programme.low[own], self.programme.high[own]
        direction = np.zeros(len(own))
        direction[np.searchsorted(own, places)] = weights
        sums = [LinearConstraint(matrix, 0, 0)] if matrix.shape[0] else []
        options = {"time_limit": self.policy.seconds}
        found = milp(
            direction,
            constraints=sums,
            integrality=self.programme.whole[own],
            bounds=Bounds(low, high),
            options=options,
        )
        if found.status != 0:
            raise GateError(f"the programme of {len(own)} numbers of persons is not solved: {found.message}")
        values = np.where(self.programme.whole[own], np.round(found.x), found.x)
        self.low[own], self.high[own] = np.fmin(self.low[own], values), np.fmax(self.high[own], values)


def with_earlier(programme: Programme, earlier: Sequence[Programme]) -> Programme:
    """A programme and those of earlier editions, whose persons are among those of this one."""
    names, sums = list(programme.names), list(programme.sums)
    low, high, whole = ([array] for array in (programme.low, programme.high, programme.whole))
    own = _comparable(programme)
    for other in earlier:
        start = len(names)
        names += [(cell, f"earlier {role}", number) for cell, role, number in other.names]
        sums += [tuple(start + place for place in members) for members in other.sums]
        both = [(own[name], start + place, name) for name, place in _comparable(other).items() if name in own]
        added = [(new, old, name) for new, old, name in both if _TIME.isdisjoint(key for key, _ in name[0])]
        sums += [(new, old) for new, old, name in both if (new, old, name) not in added]
        sums += [(new, old, len(names) + place) for place, (new, old, _) in enumerate(added)]
        names += [(cell, _SINCE + role, number) for _, _, (cell, role, number) in added]
        places = [new for new, _, _ in added]
        low += [other.low, np.zeros(len(added))]
        high += [other.high, programme.high[places]]
        whole += [other.whole, programme.whole[places]]
    return Programme(names, np.concatenate(low), np.concatenate(high), sums, np.concatenate(whole))


def _comparable(programme: Programme) -> dict[Name, int]:
    """Places of the counts that are of the same persons in every edition: whose name is theirs alone."""
    again = {(cell, role) for cell, role, number in programme.names if number}
    anew, rest = populations().of_edition, ("but ", UNLISTED)
    return {
        name: place
        for place, name in enumerate(programme.names)
        if name[:2] not in again and anew.isdisjoint(key for key, _ in name[0]) and not name[1].startswith(rest)
    }


def programme_of(sums: Sums, left: Intervals, policy: DisclosurePolicy) -> Programme:
    """The programme of an edition: `left` are the intervals that its rows leave, print by print."""
    counts = sums.counts
    place_of = {count: place for place, count in enumerate(counts)}
    places = [place_of[p.of] for p in sums.prints]
    low, high = np.zeros(len(counts)), np.array([max(2 * count.value, count.value + _ROOM) for count in counts])
    np.maximum.at(low, places, left[:, 0])
    np.minimum.at(high, places, left[:, 1])
    seen, names = Counter[tuple[Cell, str]](), []
    for count in counts:
        names.append((count.cell, count.role, seen[count.cell, count.role]))
        seen[count.cell, count.role] += 1
    found = [tuple(place_of[count] for count in members) for members in sums.found]
    return Programme(names, low, high, found, np.array([_is_whole(count) for count in counts]))


def left_open(prints: Sequence[Print], shown: pd.DataFrame, steps: pd.DataFrame, policy: DisclosurePolicy) -> Intervals:
    """The intervals that rows leave for the counts they print; what is printed by none of these is told exactly."""
    rows = dict(zip(shown.index, shown[["value", "n", "state", "rule"]].to_dict("records"), strict=True))
    step_of = dict(zip(steps.index, zip(steps["value"], steps["n"], strict=True), strict=True))
    return np.array(
        [
            _left(column, count, rows[place], step_of[place], policy)
            if place in rows and policy.policy != "exact"
            else (count.value, count.value)
            for place, column, count in prints
        ]
    ).reshape(-1, 2)


def _is_whole(count: Count) -> bool:
    """Whether a count is of persons, and not of what a model expects."""
    return (
        not populations().expected.keys() & {count.role, count.role.removeprefix("not ")}
        and "expected" not in count.role
    )


def _left(column: str, count: Count, row: dict[Any, Any], steps: tuple[int, int], policy: DisclosurePolicy) -> Interval:
    """The interval that one row leaves for a count that it prints, to one who knows the rules."""
    state, of_share, (k_step, n_step) = row["state"], row["rule"] == "R2", steps
    if column == "n":
        hidden = {"R2": policy.share_least, "R4 few": _most(n_step, policy)}
        if state == HIDDEN:
            return 0.0, hidden.get(row["rule"], np.inf)
        return (0.0, _most(n_step, policy)) if np.isnan(row["n"]) else _around(count.value, n_step, True, policy)
    if state == HIDDEN:
        return 0.0, np.inf
    if state == ABOUT and column == "value":
        return _around(count.value, k_step, _is_whole(count), policy)
    if state == ABOUT:
        return _most(policy.base, policy) + 1 if of_share else 0.0, np.inf
    few = (state == UNDER) == (column == "value")
    if few and not of_share:
        return 0.0, _most(k_step, policy)
    common = np.gcd(k_step, n_step)
    most = max(_most(k_step, policy), policy.least - common + np.ceil(n_step / 2) - 1 + k_step // 2)
    return (0.0, float(most)) if few else (0.0, np.inf)


def _around(value: float, step: int, whole: bool, policy: DisclosurePolicy) -> Interval:
    told = np.floor(value / step + 0.5) * step
    least = _most(policy.base, policy) + 1
    if not whole:
        return max(told - step / 2, least - 1), told + step / 2
    return max(np.ceil(told - step / 2), least), np.ceil(told + step / 2) - 1


def _most(step: int, policy: DisclosurePolicy) -> float:
    """The largest count that is too small to be told."""
    least = (np.ceil(policy.least / k) * k - k / 2 for k in (policy.base, step))
    return float(max(np.ceil(limit) - 1 for limit in least))
