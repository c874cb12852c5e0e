"""The ledger: every number that leaves the project passes here once, and is the same wherever it is shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from resultatbok import escape
from resultatbok.release.disclosure import DisclosureError, differing, suppress
from resultatbok.release.rounding import rounded
from resultatbok.release.rows import (
    KEY,
    LEDGER_COLUMNS,
    NUMBERS,
    LedgerError,
    describe,
    group_keys,
    group_of,
    lookup,
    normalise,
    row,
)
from resultatbok.settings import DisclosurePolicy

__all__ = [
    "KEY",
    "LEDGER_COLUMNS",
    "NUMBERS",
    "DisclosureError",
    "Ledger",
    "LedgerConflict",
    "LedgerError",
    "csv_text",
    "group_keys",
    "group_of",
    "lookup",
    "merge",
    "read",
    "row",
]

DIGITS: Final = 10  # significant digits in files


class LedgerConflict(LedgerError):  # noqa: N818 - says what happened
    """One key has two values."""


class Ledger:
    """The numbers of exhibits that are looked at one by one, as far as they may be shown.

    A book is controlled as a whole (`pipeline.release`); this is for a notebook that is run by hand, and for tests.

    Attributes:
        policy: What may be published.
    """

    def __init__(self, policy: DisclosurePolicy) -> None:
        self.policy = policy
        self._true = _empty()
        self._shown = _empty()

    @property
    def rows(self) -> pd.DataFrame:
        """All rows that may be shown, in the order recorded, with the columns `LEDGER_COLUMNS`."""
        return self._shown.copy()

    def record(self, exhibit: str, rows: pd.DataFrame) -> pd.DataFrame:
        """Put the numbers of one exhibit through disclosure control, and keep what may be shown.

        An exhibit is looked at by itself, so that what it hides does not depend on what was recorded before.
        Recording the same numbers again changes nothing.

        Args:
            exhibit: Name of the figure or table.
            rows: Any of the ledger's columns, at least `statistic` and `value`; see `rows.normalise`.

        Returns:
            The same rows in the same order with all ledger columns. Where `suppressed` is true, `value`, `n`,
            `std_error`, `low` and `high` are NaN.

        Raises:
            LedgerError: Rows that cannot be.
            LedgerConflict: A key that was recorded with another value.
        """
        new = rounded(normalise(exhibit, rows), self.policy)
        _refuse_conflicts(pd.concat([self._true, new], ignore_index=True))
        shown = suppress(new, self.policy)
        self._true = _without_repeats(self._true, new)
        self._shown = _without_repeats(self._shown, shown)
        return shown[list(LEDGER_COLUMNS)]

    def rows_of(self, exhibit: str, numbers: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The rows of an exhibit, made and recorded."""
        return self.record(exhibit, numbers())

    @property
    def true_rows(self) -> pd.DataFrame:
        """All rows with their true numbers; for the control over the whole book, never to be shown."""
        return self._true.copy()

    def write(self, folder: Path, name: str) -> None:
        """Write the rows to `<folder>/<name>.json` and `.csv`; the same rows give the same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.csv").write_text(csv_text(self._shown), encoding="utf-8", newline="")
        (folder / f"{name}.json").write_text(json_text(self._shown), encoding="utf-8", newline="")


def _without_repeats(rows: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([rows, more[list(LEDGER_COLUMNS)]], ignore_index=True).drop_duplicates(
        list(KEY), ignore_index=True
    )


def csv_text(rows: pd.DataFrame) -> str:
    """Rows as CSV text: numbers with up to ten significant digits, blank where there is none."""
    return escape.csv_text(_printable(rows))


def json_text(rows: pd.DataFrame) -> str:
    """Rows as a JSON list, one row per line, null where there is no number."""
    lines = [json.dumps(entry, ensure_ascii=False) for entry in _printable(rows).to_dict("records")]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def read(file: Path) -> pd.DataFrame:
    """Rows from a JSON file that `Ledger.write` wrote."""
    rows = pd.DataFrame(json.loads(file.read_text(encoding="utf-8")), columns=list(LEDGER_COLUMNS))
    missing = [name for name in LEDGER_COLUMNS if rows[name].isna().all() and name not in NUMBERS]
    if len(rows) and missing:
        raise LedgerError(f"{file}: no column {', '.join(missing)}; expected a file written by the ledger")
    return _typed(rows)


def merge(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The rows of several chapters as one table, sorted by key, each number once.

    Raises:
        LedgerConflict: One key has two values.
        DisclosureError: An exhibit shows a number that another hides.
    """
    rows = pd.concat([_empty(), *frames], ignore_index=True)
    _refuse_conflicts(rows)
    leaks = differing(rows)
    if len(leaks):
        listed = "\n  ".join(" | ".join(filter(None, key)) for key in leaks.itertuples(index=False, name=None))
        raise DisclosureError(f"hidden in one exhibit and shown in another:\n  {listed}")
    return rows.drop_duplicates(list(KEY)).sort_values(list(KEY), ignore_index=True)


def _refuse_conflicts(rows: pd.DataFrame) -> None:
    compared = ["suppressed", *NUMBERS]
    repeated = rows[rows.duplicated(list(KEY), keep=False)]
    texts = repeated[list(NUMBERS)].map(_number_text).assign(suppressed=repeated["suppressed"].astype(str))
    for places in repeated.groupby(list(KEY), sort=False).groups.values():
        versions = texts.loc[places, compared].drop_duplicates()
        if len(versions) > 1:
            first, second = (_differing(versions, place) for place in (0, 1))
            key = describe(repeated.loc[places[0]])
            raise LedgerConflict(f"two values for [{key}]: {first} and {second}")


def _differing(versions: pd.DataFrame, place: int) -> str:
    names = [str(name) for name in versions if len(set(versions[name])) > 1]
    return ", ".join(f"{name}={versions.iloc[place][name] or 'none'}" for name in names)


def _printable(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as Python objects: rounded numbers, whole numbers as int, None where there is no number."""
    printable = rows[list(LEDGER_COLUMNS)].astype("object")
    for name in NUMBERS:
        printable[name] = pd.Series(
            [_rounded(float(number)) for number in rows[name]], index=rows.index, dtype="object"
        )
    return printable


def _rounded(number: float) -> float | int | None:
    if np.isnan(number):
        return None
    rounded = float(f"{number:.{DIGITS}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


def _number_text(number: float) -> str:
    return "" if np.isnan(number) else f"{number:.{DIGITS}g}"


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    types: dict[str, str] = dict.fromkeys(LEDGER_COLUMNS, "str")
    types |= dict.fromkeys(NUMBERS, "float64")
    return rows.astype(types | {"suppressed": "bool"})


def _empty() -> pd.DataFrame:
    return _typed(pd.DataFrame(columns=list(LEDGER_COLUMNS)))
