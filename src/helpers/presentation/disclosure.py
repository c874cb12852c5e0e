"""Which numbers may be published: small counts are hidden, and so is what would give them away.

1. A row that rests on too few persons is hidden (`is_small`).
2. A difference is hidden with what it is a difference of, for it would give that away.
3. As long as a reader could work out a hidden number of persons to within fewer than `min_interval` persons,
   one more row that it follows from is hidden. `additivity` says what follows from what, `attacker` what can
   be worked out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import numpy as np
import pandas as pd

from helpers.cohort import DisclosurePolicy
from helpers.presentation import additivity, attacker
from helpers.presentation.additivity import Quantity
from helpers.presentation.rows import NUMBERS, LedgerError, describe, group_keys
from helpers.presentation.statistics import Kind, about_persons, kind_of, kinds

KEY_ANYWHERE: Final = ("statistic", "scheme", "group", "term", "sample")
"""What identifies a number in whichever exhibit it stands."""


class DisclosureError(LedgerError):
    """Rows that were shown earlier give a hidden number away, and cannot be taken back."""


def suppress(
    rows: pd.DataFrame,
    policy: DisclosurePolicy,
    *,
    settled: pd.Series | None = None,
    hide: Collection[tuple[str, ...]] = (),
) -> pd.DataFrame:
    """Blank the rows that may not be published.

    Args:
        rows: Complete ledger rows with their true numbers.
        policy: What may be published.
        settled: For the first rows, whether they were hidden when shown; these cannot change any more.
        hide: Keys (`KEY_ANYWHERE`) of rows to hide whatever they rest on.

    Returns:
        The same rows with `suppressed` set, and `value`, `n`, `std_error`, `low`, `high` NaN where true.

    Raises:
        DisclosureError: Settled rows give a number away that the new rows hide.
    """
    rows = rows.reset_index(drop=True)
    hidden = _Control(rows, policy, 0 if settled is None else len(settled)).run(settled, set(hide))
    shown = rows.assign(suppressed=hidden)
    shown.loc[hidden, list(NUMBERS)] = np.nan
    return shown


def is_small(rows: pd.DataFrame, policy: DisclosurePolicy) -> pd.Series:
    """Whether each row rests on too few: the primary rule.

    A count of persons from 1 to `min_count - 1` is too small; so is any statistic that rests on so few (`n`), and
    a share or count of persons with so few of the `n` outside it. Zero is published.
    """
    kind = kinds(rows)
    part = (rows["value"] * rows["n"]).round().where(kind == Kind.SHARE, rows["value"])
    of_persons = about_persons(rows) & kind.isin([Kind.COUNT, Kind.SHARE])
    small_part = of_persons & (_few(part, policy) | _few(rows["n"] - part, policy))
    small_base = ~kind.isin([Kind.COUNT, Kind.SETTING]) & _few(rows["n"], policy)
    return small_part | small_base


def differing(rows: pd.DataFrame) -> pd.DataFrame:
    """Numbers of a merged ledger that one exhibit hides and another shows: the keys `KEY_ANYWHERE`."""
    states = rows.groupby(list(KEY_ANYWHERE))["suppressed"].agg(["any", "all"])
    return states[states["any"] & ~states["all"]].reset_index()[list(KEY_ANYWHERE)]


def _adds_schemes(relation: additivity.Relation) -> bool:
    """Whether the whole is both schemes together, which readers miss less than either."""
    return all("scheme" in dict(part.cell) for part in relation.parts) and "scheme" not in dict(relation.whole.cell)


def _few(counts: pd.Series, policy: DisclosurePolicy) -> pd.Series:
    return counts.between(0, policy.min_count, inclusive="neither")


class _Control:
    """The search for rows to hide, for one set of rows."""

    def __init__(self, rows: pd.DataFrame, policy: DisclosurePolicy, n_settled: int) -> None:
        self.rows = rows
        self.policy = policy
        self.n_settled = n_settled
        self.hidden = np.zeros(len(rows), dtype=bool)
        self.model = additivity.read(rows)
        self.tied: dict[Quantity, list[additivity.Relation]] = {}
        for relation in self.model.relations:
            for quantity in relation.members:
                self.tied.setdefault(quantity, []).append(relation)
        self.differences = list(_differences(rows))

    def run(self, settled: pd.Series | None, hide: set[tuple[str, ...]]) -> np.ndarray:
        """Which rows are hidden in the end."""
        keys = list(self.rows[list(KEY_ANYWHERE)].itertuples(index=False, name=None))
        self.hidden[:] = is_small(self.rows, self.policy)
        if settled is not None:
            self.hidden[: self.n_settled] = settled.to_numpy()
            hide |= {key for key, was_hidden in zip(keys, settled, strict=False) if was_hidden}
        for place in range(self.n_settled, len(keys)):
            self.hidden[place] |= keys[place] in hide
        while self._hide_differences() or self._hide_partner():
            pass
        return self.hidden

    def _hide_differences(self) -> bool:
        """Hide one row of a difference and its two sides if exactly one of the three is hidden."""
        for three in self.differences:
            shown = [places for places in three if not self.hidden[places].all()]
            if len(shown) == len(three) - 1:
                free = [p for places in shown for p in places if p >= self.n_settled and not self.hidden[p]]
                whole = next((s for s in shown if all(p in free or self.hidden[p] for p in s)), None)
                if whole is None:
                    raise DisclosureError(self._cannot(three[0][0], [p for s in shown for p in s]))
                self.hidden[whole] = True
                return True
        return False

    def _hide_partner(self) -> bool:
        """Hide one more row if a hidden number can be worked out."""
        pinned = self._lonely() or self._exposed()
        if not pinned:
            return False
        quantity = pinned[0]
        partner = self._partner(quantity)
        if partner is None:
            places = sorted(self.model.printed_by.get(quantity, {0}))
            raise DisclosureError(self._cannot(places[0], sorted(self._shown_beside(quantity))))
        self.hidden[sorted(self.model.printed_by[partner])] = True
        return True

    def _is_hidden(self, quantity: Quantity) -> bool:
        return all(self.hidden[place] for place in self.model.printed_by.get(quantity, ()))

    def _is_guarded(self, quantity: Quantity) -> bool:
        """Whether a hidden number must stay uncertain: that of a hidden row, or a small group implied."""
        if quantity in self.model.printed_by:
            return True
        return quantity in self.model.implied and 0 < quantity.value < self.policy.min_count

    def _is_new(self, relation: additivity.Relation) -> bool:
        rows = (self.model.printed_by.get(quantity, ()) for quantity in relation.members)
        return any(place >= self.n_settled for places in rows for place in places)

    def _lonely(self) -> list[Quantity]:
        """A guarded number that is the only hidden one in a sum: plain complementary suppression."""
        for relation in self.model.relations:
            unknown = [q for q in relation.members if self._is_hidden(q)]
            if len(unknown) == 1 and self._is_guarded(unknown[0]) and self._is_new(relation):
                return unknown
        return []

    def _exposed(self) -> list[Quantity]:
        """Guarded numbers that the attacker pins, among those the new rows bear on."""
        new = (relation for relation in self.model.relations if self._is_new(relation))
        return attacker.exposed(
            {quantity for relation in new for quantity in relation.members if self._is_hidden(quantity)},
            self.model.relations,
            is_hidden=self._is_hidden,
            is_guarded=self._is_guarded,
            min_interval=self.policy.min_interval,
        )

    def _partner(self, quantity: Quantity) -> Quantity | None:
        """The number whose hiding costs least among those that the quantity can be worked out from."""
        near = [quantity]
        seen = set(near)
        for current in near:  # first the sums the quantity stands in, then those of the hidden numbers beside it
            relations = self.tied.get(current, [])
            members = dict.fromkeys(q for relation in relations for q in relation.members)
            candidates = [q for q in members if self._can_hide(q) and not self._is_settled_by_others(q)]
            if candidates:
                return min(candidates, key=self._cost)
            fresh = [q for q in members if q not in seen and self._is_hidden(q)]
            seen.update(fresh)
            near += fresh
        return None

    def _can_hide(self, quantity: Quantity) -> bool:
        shown = [p for p in self.model.printed_by.get(quantity, ()) if not self.hidden[p]]
        return bool(shown) and all(place >= self.n_settled for place in shown)

    def _is_settled_by_others(self, quantity: Quantity) -> bool:
        """Whether numbers that were shown earlier give the quantity away, so that hiding it is no use."""

        def is_fixed(q: Quantity) -> bool:
            return not self._is_hidden(q) and not self._can_hide(q)

        return any(all(is_fixed(q) for q in r.members if q != quantity) for r in self.tied[quantity])

    def _cost(self, quantity: Quantity) -> tuple[object, ...]:
        """What is lost: zeros and totals last, both schemes together first; then sums disturbed, rows, persons."""
        relations = self.tied[quantity]
        sums = [_adds_schemes(relation) for relation in relations if relation.whole == quantity]
        rank = 1 if not sums else 0 if all(sums) else 2
        disturbed = sum(not any(self._is_hidden(q) for q in relation.members) for relation in relations)
        places = self.model.printed_by[quantity]
        return quantity.value == 0, rank, disturbed, len(places), quantity.value, min(places)

    def _shown_beside(self, quantity: Quantity) -> set[int]:
        members = {q for relation in self.tied.get(quantity, []) for q in relation.members}
        return {p for q in members for p in self.model.printed_by.get(q, ()) if not self.hidden[p]}

    def _cannot(self, place: int, shown: list[int]) -> str:
        names = "\n  ".join(describe(self.rows.loc[p]) for p in shown[:10])
        return (
            f"[{describe(self.rows.loc[place])}] must be hidden, but earlier rows give it away:\n  {names}\n"
            "Record the exhibit that hides it before the ones that show these, or hide these (`hide`)."
        )


def _differences(rows: pd.DataFrame) -> Iterator[list[list[int]]]:
    """For each difference: the places of its rows, and of each of the two sides, in whatever exhibit."""
    places: dict[tuple[str, ...], list[int]] = {}
    for place, key in enumerate(rows[list(KEY_ANYWHERE)].itertuples(index=False, name=None)):
        places.setdefault(key, []).append(place)
    for key, found in places.items():
        for sides in _sides(*key):
            if all(side in places for side in sides):
                yield [found, *(places[side] for side in sides)]


def _sides(statistic: str, scheme: str, group: str, term: str, sample: str) -> Iterator[list[tuple[str, ...]]]:
    """Keys of the two rows that a row may be the difference of."""
    if term == "contribution" and statistic not in ("percentile", "mean", "median"):
        terms = ("actual_goal_attainment", "expected_goal_attainment")
        yield [("share", scheme, group, side, sample) for side in terms]
    if kind_of(statistic) is not Kind.DIFFERENCE:
        return
    keys = group_keys(group)
    minus = next((key for key, value in keys.items() if "_minus_" in value), None)
    for of in ("share", "mean"):
        if minus is not None:
            ends = keys[minus].split("_minus_")
            groups = [";".join(f"{k}={end if k == minus else v}" for k, v in keys.items()) for end in ends]
            yield [(of, scheme, side, term, sample) for side in groups]
        elif scheme == "both":
            yield [(of, side, group, term, sample) for side in ("jobbsjansen", "introduction")]
        elif group:
            yield [(of, scheme, side, term, sample) for side in (group, "")]
