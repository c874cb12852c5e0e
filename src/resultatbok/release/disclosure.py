"""Which numbers may be published: small counts are hidden, and so is what would give them away.

1. A row that rests on too few persons is hidden (`is_small`).
2. A difference is hidden with what it is a difference of, for it would give that away.
3. As long as a reader could work out a hidden number of persons to within fewer than `min_interval` persons,
   one more row that it follows from is hidden. `additivity` says what follows from what, `attacker` what can
   be worked out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import numpy as np
import pandas as pd

from resultatbok.release import additivity, attacker
from resultatbok.release.additivity import Relation
from resultatbok.release.deduction import Reasons, Sums, sources
from resultatbok.release.differences import NumberKey, differences
from resultatbok.release.headcounts import Quantity
from resultatbok.release.populations import populations
from resultatbok.release.rows import NUMBERS, LedgerError, describe
from resultatbok.release.statistics import Kind, about_persons, kinds
from resultatbok.settings import DisclosurePolicy

KEY_ANYWHERE: Final = ("statistic", "scheme", "group", "term", "sample")
"""What identifies a number in whichever exhibit it stands."""

RESIDUAL: Final = "rest"
"""A category for those who fit in no other: the one that a reader misses least."""


class DisclosureError(LedgerError):
    """A number that must be hidden is given away by what is shown."""


def suppress(rows: pd.DataFrame, policy: DisclosurePolicy, *, hide: Collection[NumberKey] = ()) -> pd.DataFrame:
    """Blank the rows that may not be published.

    Args:
        rows: Complete ledger rows with their true numbers, all of which a reader sees together.
        policy: What may be published.
        hide: Keys (`KEY_ANYWHERE`) of numbers to hide whatever they rest on.

    Returns:
        The same rows with `suppressed` set, and `value`, `n`, `std_error`, `low`, `high` NaN where true.
    """
    rows = rows.reset_index(drop=True)
    hidden = _Control(rows, policy).run(hide)
    shown = rows.assign(suppressed=hidden)
    shown.loc[hidden, list(NUMBERS)] = np.nan
    return shown


def suppress_book(rows: pd.DataFrame, policy: DisclosurePolicy) -> pd.DataFrame:
    """As `suppress`, and such that each exhibit, looked at by itself, hides no others."""
    keys: frozenset[NumberKey] = frozenset()
    while True:
        shown = suppress(rows, policy, hide=keys)
        exhibits = [suppress(part, policy, hide=hidden_keys(shown)) for _, part in rows.groupby("exhibit", sort=False)]
        more = hidden_keys(pd.concat([shown, *exhibits]))
        if more == hidden_keys(shown):
            return shown
        keys = more


def hidden_keys(rows: pd.DataFrame) -> frozenset[NumberKey]:
    """The keys (`KEY_ANYWHERE`) of the numbers that are hidden."""
    return number_keys(rows[rows["suppressed"].astype(bool)])


def number_keys(rows: pd.DataFrame) -> frozenset[NumberKey]:
    """The keys (`KEY_ANYWHERE`) of the numbers in rows."""
    return frozenset(rows[list(KEY_ANYWHERE)].astype(str).itertuples(index=False, name=None))


def is_small(rows: pd.DataFrame, policy: DisclosurePolicy) -> pd.Series:
    """Whether each row rests on too few: the primary rule.

    A count of persons from 1 to `min_count - 1` is too small; so is any statistic that rests on so few (`n`), and
    a share or count of persons with so few of the `n` outside it. Zero is published. The share of a group that
    reached an outcome is a statistic that rests on the group; whether it is hidden for the few who reached it, or
    did not, is the policy's `hide_small_outcomes`.
    """
    kind = kinds(rows)
    part = (rows["value"] * rows["n"]).round().where(kind == Kind.SHARE, rows["value"])
    of_persons = about_persons(rows) & kind.isin([Kind.COUNT, Kind.SHARE])
    if not policy.hide_small_outcomes:
        of_persons &= ~(rows["term"].isin(populations().outcomes) & (kind == Kind.SHARE))
    small_part = of_persons & (_few(part, policy) | _few(rows["n"] - part, policy))
    small_base = ~kind.isin([Kind.COUNT, Kind.SETTING]) & _few(rows["n"], policy)
    return small_part | small_base


def differing(rows: pd.DataFrame) -> pd.DataFrame:
    """Numbers of a merged ledger that one exhibit hides and another shows: the keys `KEY_ANYWHERE`."""
    states = rows.groupby(list(KEY_ANYWHERE))["suppressed"].agg(["any", "all"])
    return states[states["any"] & ~states["all"]].reset_index()[list(KEY_ANYWHERE)]


def _adds_schemes(relation: Relation) -> bool:
    """Whether the whole is both schemes together, which readers miss less than either."""
    return all({key for key, _ in part.cell ^ relation.whole.cell} == {"scheme"} for part in relation.parts)


def _splits_a_cell(relation: Relation) -> bool:
    """Whether the parts are those of a group of whom something is true and those of whom it is not."""
    return all(part.cell == relation.whole.cell for part in relation.parts)


def _few(counts: pd.Series, policy: DisclosurePolicy) -> pd.Series:
    return counts.between(0, policy.min_count, inclusive="neither")


class _Control:
    """The search for rows to hide, for one set of rows."""

    def __init__(self, rows: pd.DataFrame, policy: DisclosurePolicy) -> None:
        self.rows = rows
        self.policy = policy
        self.hidden = np.zeros(len(rows), dtype=bool)
        self.model = additivity.read(rows)
        self.sums = Sums(self.model.relations)
        self.wide: set[Quantity] = set()
        self.open: set[Quantity] = set()  # zeros that follow whatever is hidden: that all are of one kind, say
        self.places = _places(rows)
        self.differences = list(differences(self.places))

    def run(self, hide: Collection[NumberKey]) -> np.ndarray:
        """Which rows are hidden in the end."""
        self.hidden[:] = is_small(self.rows, self.policy)
        self.hidden[[place for key in hide for place in self.places.get(tuple(key), ())]] = True
        self._hide_everywhere()
        while self._hide_differences() or self._hide_partner():
            self._hide_everywhere()
        return self.hidden

    def _hide_everywhere(self) -> None:
        """Hide a number in all exhibits that one of them hides."""
        for places in self.places.values():
            if self.hidden[places].any():
                self.hidden[places] = True

    def _hide_differences(self) -> bool:
        """Hide one number of a difference and its two sides if exactly one of the three is hidden."""
        for three in self.differences:
            shown = [places for places in three if not self.hidden[places].all()]
            if len(shown) == len(three) - 1:
                self.hidden[shown[0]] = True
                return True
        return False

    def _hide_partner(self) -> bool:
        """Hide one more row if a hidden number can be worked out."""
        known = self.sums.known(self._is_shown)
        deduced = next((q for q, reason in known.items() if reason and self._is_guarded(q)), None)
        if deduced is not None:
            self._hide_one(deduced, sources(deduced, known))
            return True
        pinned = self._pinned(known)
        if pinned is not None:
            self._hide_one(pinned, self._beside(pinned, known))
            return True
        return False

    def _pinned(self, known: Reasons) -> Quantity | None:
        """A guarded number that the attacker pins. Hiding more only widens intervals, so none is looked at twice."""
        unknown = [q for q in self.sums.of if q not in known and q not in self.wide and self._is_guarded(q)]
        pinned, wide = attacker.first_pinned(
            unknown, self.sums, is_hidden=lambda q: q not in known, min_interval=self.policy.min_interval
        )
        self.wide |= wide
        return pinned

    def _hide_one(self, quantity: Quantity, near: Iterable[Quantity]) -> None:
        """Hide the number, among those near, whose hiding costs least."""
        candidates = [q for q in near if q in self.model.printed_by and self._is_shown(q)]
        beside = {q for relation in self.sums.of[quantity] for q in relation.members}
        candidates = [q for q in candidates if q in beside] or candidates
        if not candidates and quantity.value == 0:
            self.open.add(quantity)
            return
        if not candidates:
            place = min(self.model.printed_by.get(quantity, {0}))
            raise DisclosureError(f"[{describe(self.rows.iloc[place])}] cannot be hidden: nothing left to hide with it")
        self._hide(min(candidates, key=self._cost))

    def _hide(self, quantity: Quantity) -> None:
        self.hidden[sorted(self.model.printed_by[quantity])] = True

    def _beside(self, quantity: Quantity, known: Reasons) -> list[Quantity]:
        """The members of the sums that a number stands in, and of those that its unknown neighbours stand in."""
        found = [quantity]
        for current in found:
            if current not in known:
                members = (q for relation in self.sums.of[current] for q in relation.members)
                found += dict.fromkeys(q for q in members if q not in found)
        return found[1:]

    def _is_shown(self, quantity: Quantity) -> bool:
        return not all(self.hidden[place] for place in self.model.printed_by.get(quantity, ()))

    def _is_guarded(self, quantity: Quantity) -> bool:
        """Whether a number that is not shown must stay uncertain: a hidden row has it, or a small group implied."""
        if quantity in self.model.printed_by:
            return quantity not in self.open
        if not (self.policy.hide_small_outcomes or quantity.is_size):
            return False
        return quantity in self.model.implied and 0 < quantity.value < self.policy.min_count

    def _cost(self, quantity: Quantity) -> tuple[object, ...]:
        """What hiding a number costs: what else could then be worked out, and with it the rows and persons lost.

        Zeros and totals are hidden last, both schemes together before either, and the rest category before those that
        mean something.
        """
        before = self.hidden.copy()
        self._hide(quantity)
        self._hide_everywhere()
        known = self.sums.known(self._is_shown)
        exposed = sum(1 for q, reason in known.items() if reason and self._is_guarded(q))
        lost = int(self.hidden.sum() - before.sum())
        self.hidden = before
        totals = [r for r in self.sums.of[quantity] if r.whole == quantity and not _splits_a_cell(r)]
        rank = 1 if not totals else 0 if all(_adds_schemes(relation) for relation in totals) else 2
        named = RESIDUAL not in dict(quantity.cell).values()
        return quantity.value == 0, exposed, rank, named, lost, quantity.value, min(self.model.printed_by[quantity])


def _places(rows: pd.DataFrame) -> dict[NumberKey, list[int]]:
    """Where each number stands, in whatever exhibits."""
    places: dict[NumberKey, list[int]] = {}
    for place, key in enumerate(rows[list(KEY_ANYWHERE)].itertuples(index=False, name=None)):
        places.setdefault(key, []).append(place)
    return places
