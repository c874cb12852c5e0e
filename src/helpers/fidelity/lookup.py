"""Finding a number in a ledger by its key, and taking it in the units of the printed one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from helpers.fidelity.crosswalk import Source
from helpers.fidelity.tolerance import Computed
from resultatbok.release.ledger import DIGITS
from resultatbok.release.rows import describe, group_keys
from resultatbok.release.statistics import in_points

Key = tuple[str, str, frozenset[tuple[str, str]], str, str]
SAME_DIGITS: Final = 9  # significant digits by which two exhibits show the same number


class NotFound(LookupError):  # noqa: N818 - says what happened
    """The ledger has no such number; the message says what was looked for or why it cannot be used."""


class LedgerIndex:
    """The rows of a ledger by statistic, scheme, group, term and sample."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._rows: dict[Key, list[Mapping[str, Any]]] = defaultdict(list)
        for row in rows.to_dict("records"):
            group = frozenset(group_keys(row["group"]).items())
            self._rows[row["statistic"], row["scheme"], group, row["term"], row["sample"]].append(
                {str(name): value for name, value in row.items()}
            )

    def find(self, source: Source) -> Computed:
        """The number a source points to.

        Raises:
            NotFound: No such row, a hidden row, or two exhibits with different numbers for it.
        """
        computed = _transformed(self._one(source), source)
        if not source.minus:
            return computed
        other = _transformed(self._one(source.subtracted), source.subtracted)
        return Computed(
            computed.value - other.value,
            min(computed.n, other.n),
            math.hypot(computed.std_error, other.std_error),
        )

    def exhibits(self, source: Source) -> set[str]:
        """The exhibits that have a row for the source or for its subtracted row, hidden ones included."""
        found = {row["exhibit"] for sample in source.samples for row in self._at(source, sample)}
        return found | self.exhibits(source.subtracted) if source.minus else found

    def number(self, source: Source) -> float:
        """The number a source points to, or NaN."""
        try:
            return self.find(source).value
        except NotFound:
            return math.nan

    def _one(self, source: Source) -> Mapping[str, Any]:
        if not _is_group(source.group):
            raise NotFound(f"the crosswalk names no ledger group: {source}")
        for sample in source.samples:
            if rows := self._at(source, sample):
                return _agreed(rows, source)
        raise NotFound(f"no row {source}")

    def _at(self, source: Source, sample: str) -> list[Mapping[str, Any]]:
        """The rows under one sample."""
        if not _is_group(source.group):
            return []
        group = frozenset(group_keys(source.group).items())
        rows = self._rows.get((source.statistic, source.scheme, group, source.term, sample), [])
        return [row for row in rows if source.exhibit in ("", row["exhibit"])]


def _is_group(text: str) -> bool:
    return all("=" in part for part in text.split(";") if part)


def _agreed(rows: list[Mapping[str, Any]], source: Source) -> Mapping[str, Any]:
    """The one row, or any of several that show the same number."""
    shown = [row for row in rows if not row["suppressed"]]
    if not shown:
        raise NotFound(f"hidden by disclosure control: {describe(rows[0])}")
    values = {f"{row[source.column]:.{SAME_DIGITS}g}" for row in shown}
    if len(values) > 1:
        raise NotFound(f"different numbers in {', '.join(sorted({r['exhibit'] for r in shown}))} for {source}")
    known = [row for row in shown if not math.isnan(row["std_error"])]
    best = (known or shown)[0]
    if math.isnan(best[source.column]):
        raise NotFound(f"no {source.column} in the row {describe(best)}")
    return best


def _transformed(row: Mapping[str, Any], source: Source) -> Computed:
    value, n, error = float(row[source.column]), float(row["n"]), float(row["std_error"])
    if in_points(row):  # as the reports print them
        value, error = _points(value), _points(error)
    match source.transform:
        case "times_100":
            return Computed(_points(value), n, _points(error))
        case "one_minus":
            return Computed(1 - value, n, error)
        case "exp":
            return Computed(math.exp(value), n, math.exp(value) * error)
        case _:
            return Computed(value, n, error)


def _points(fraction: float) -> float:
    """A fraction of the ledger in points, with as many digits: 29, and not 28.999999999999996."""
    return float(f"{100 * fraction:.{DIGITS}g}")
