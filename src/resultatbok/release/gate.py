"""The gate: what all released numbers together leave open, and what has to be told more coarsely so that enough is.

A number of persons below the policy's `least`, zero among them, that a reader can find out to within fewer than
`min_interval` persons (`programme`) is opened by telling one count near it more coarsely, wherever that stands. A
programme that cannot be solved, or not in time, stops the release.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import pandas as pd

from resultatbok.release.policy import base_steps, released
from resultatbok.release.programme import (
    GateError,
    Interval,
    Intervals,
    Look,
    Programme,
    left_open,
    programme_of,
    with_earlier,
)
from resultatbok.release.sums import Count, Sums, read
from resultatbok.settings import DisclosurePolicy

__all__ = ["GateError", "Passed", "Programme", "pass_gate"]

COARSER: Final = (2, 4)
"""How many bases a count is rounded to that the gate tells more coarsely."""
_TRIED: Final = 30  # counts near a narrow one that are tried
_NEAR: Final = 2  # sums that may lie between them

Places = Mapping[Count, list[tuple[Any, str]]]


@dataclass
class Passed:
    """What came through the gate.

    Attributes:
        rows: The released rows, as `policy.released` makes them.
        steps: What each row's `value` and `n` are rounded to.
        programme: What they leave open.
        sums: The counts and sums that were looked at.
        intervals: Smallest and largest value seen to be possible, of the small counts; wide enough, if not exact.
        coarser: The counts that are told more coarsely than the policy says.
    """

    rows: pd.DataFrame
    steps: pd.DataFrame
    programme: Programme
    sums: Sums
    intervals: dict[Count, Interval]
    coarser: list[Count] = field(default_factory=list)


def pass_gate(
    rows: pd.DataFrame,
    policy: DisclosurePolicy,
    *,
    earlier: Sequence[Programme] = (),
    public: pd.DataFrame | None = None,
) -> Passed:
    """Release rows such that no small number of persons can be worked out.

    Args:
        rows: True rows of a whole edition, with an index of their own.
        policy: What may be published.
        earlier: What earlier editions of the same registers left open, whose persons are among those of this one.
        public: Counts that a reader knows from elsewhere, as true rows that are told exactly.

    Raises:
        GateError: A number cannot be opened, a programme has no solution or none in time, or more rows than the policy
            allows would have to be told more coarsely.
    """
    steps, coarser = base_steps(rows, policy), list[Count]()
    known = rows.iloc[:0] if public is None else public.set_axis([f"public {place}" for place in public.index])
    shown = released(rows, policy)
    sums = read(pd.concat([rows[~shown["rule"].str.startswith(("R6", "R7"))], known]))
    places = defaultdict[Count, list[tuple[Any, str]]](list)
    for place, column, count in sums.prints:
        if column != "rest" and place in rows.index:
            places[count].append((place, column))
    truth = [count.value for count in sums.counts]
    while True:
        left = left_open(sums.prints, shown, steps, policy)
        programme = programme_of(sums, left, policy)
        look = Look(with_earlier(programme, earlier), truth, policy)
        if policy.policy == "exact" or not (narrow := look.narrow()):
            seen = {count: (look.low[place], look.high[place]) for place, count in enumerate(sums.counts)}
            small = {count: interval for count, interval in seen.items() if count.value < policy.least}
            return Passed(shown, steps, programme, sums, small, coarser)

        width = partial(_width, narrow[0], rows, shown, steps, sums, left, look, policy)
        count, steps = _opening(_near(narrow[0], look.programme, sums.counts), places, steps, width, policy)
        coarser.append(count)
        if (many := (steps > policy.base).any(axis=1).mean()) > policy.coarsened:
            raise GateError(
                f"{many:.1%} of the rows would have to be told more coarsely; {policy.coarsened:.1%} may be"
            )
        shown = released(rows, policy, steps)


def _width(
    place: int,
    rows: pd.DataFrame,
    shown: pd.DataFrame,
    steps: pd.DataFrame,
    sums: Sums,
    left: Intervals,
    look: Look,
    policy: DisclosurePolicy,
    tried: pd.DataFrame,
) -> float:
    """How wide a count would be left if rows were rounded to other steps."""
    changed = (tried != steps).any(axis=1) & shown["rule"].isin(["R1", "R2", "R4", "R5"])
    if not changed.any():
        return 0.0
    again = [number for number, p in enumerate(sums.prints) if changed.get(p.place, False)]
    new = left.copy()
    prints = [sums.prints[number] for number in again]
    new[again] = left_open(prints, released(rows[changed], policy, tried[changed]), tried, policy)
    other = programme_of(sums, new, policy)
    return look.width(place, other.low, other.high)


def _near(place: int, programme: Programme, counts: Sequence[Count]) -> list[Count]:
    """The counts of this edition that sums tie to one, itself first."""
    found = {place: None}
    for _ in range(_NEAR):
        found |= dict.fromkeys(
            other for members in programme.sums if not found.keys().isdisjoint(members) for other in members
        )
    return [counts[other] for other in found if other < len(counts)]


def _opening(
    near: Sequence[Count],
    places: Places,
    steps: pd.DataFrame,
    width: Callable[[pd.DataFrame], float],
    policy: DisclosurePolicy,
) -> tuple[Count, pd.DataFrame]:
    """The count that opens a narrow one at the fewest rows if it is told more coarsely, or else the most."""
    best: tuple[float, Count, pd.DataFrame] | None = None
    for count in sorted((c for c in near if c in places), key=lambda c: len(places[c]))[:_TRIED]:
        place, column = places[count][0]
        step = next((policy.base * more for more in COARSER if policy.base * more > steps.loc[place, column]), None)
        if step is None:
            continue
        tried = steps.copy()
        for place, column in places[count]:
            tried.loc[place, column] = step
        opened = width(tried)
        if best is None or opened > best[0]:
            best = opened, count, tried
        if opened >= policy.min_interval:
            break
    if best is None:
        raise GateError(
            f"nothing is left to be told more coarsely near {near[0].role or 'the size'} of {sorted(near[0].cell)}"
        )
    return best[1], best[2]
