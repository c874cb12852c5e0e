"""What a ledger row is: its columns, how rows are written by hand, checked and found again."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from resultatbok.release.populations import populations
from resultatbok.release.rounding import WHOLE
from resultatbok.release.statistics import EXTREMES, Kind, kinds

KEY: Final = ("exhibit", "statistic", "scheme", "group", "term", "sample")
"""What identifies a number."""

NUMBERS: Final = ("value", "n", "std_error", "low", "high")
"""What disclosure control blanks."""

LEDGER_COLUMNS: Final = (*KEY, *NUMBERS, "unit", "suppressed")
TRUE_COLUMNS: Final = (*LEDGER_COLUMNS, WHOLE)
GIVEN_COLUMNS: Final = tuple(name for name in TRUE_COLUMNS if name not in ("exhibit", "suppressed"))
"""What a numbers function may say of a row."""
"""Columns of rows before they are released."""
BOTH: Final = "both"

Cell = frozenset[tuple[str, str]]
"""A group of persons: the keys and values that pick them, scheme and sample among them."""

_DEFAULTS: Final = {"scheme": BOTH, "group": "", "term": "", "sample": "all", "unit": ""}
_TEXTS: Final = (*KEY, "unit")
_GROUP: Final = re.compile(r"(?:[a-z_0-9]+=[^;]+(?:;[a-z_0-9]+=[^;]+)*)?")
_SHOWN: Final = 5  # faulty rows named in one message
_NAMED: Final = 40  # keys listed when a row is not found


class LedgerError(ValueError):
    """Rows that cannot enter the ledger; the message names each fault."""


def group_of(**keys: object) -> str:
    """The text of a group: `group_of(size="small", year=2018)` is `size=small;year=2018`."""
    return ";".join(f"{key}={value}" for key, value in keys.items())


def group_keys(group: str) -> dict[str, str]:
    """The keys and values of a group's text, in their order."""
    return dict(part.split("=", 1) for part in group.split(";") if part)


def cell_of(scheme: str, group: str, sample: str) -> Cell:
    """The keys and values that pick the persons of a row; one group has one cell, however its row names it."""
    known = populations()
    keys = dict(known.cells.get(sample, {"sample": sample}))
    keys |= {key: value for key, value in group_keys(group).items() if key not in known.settings}
    if scheme != BOTH:
        keys["scheme"] = scheme
    return frozenset(keys.items())


def row(
    statistic: str,
    value: float,
    *,
    scheme: str = "both",
    group: str = "",
    term: str = "",
    sample: str = "all",
    n: float = np.nan,
    std_error: float = np.nan,
    low: float = np.nan,
    high: float = np.nan,
    unit: str = "",
) -> dict[str, Any]:
    """One ledger row as a mapping; a data frame made from a list of such rows can be recorded."""
    return dict(locals())


def normalise(exhibit: str, rows: pd.DataFrame) -> pd.DataFrame:
    """True rows with every column, in order, with one type per column, and checked.

    Args:
        exhibit: Name of the figure or table.
        rows: Any of the ledger's columns, at least `statistic` and `value`. Where a column is left out,
            `scheme` is `both`, `sample` is `all`, other texts are empty and numbers are NaN.

    Raises:
        LedgerError: A column or value that cannot be; the message names every fault.
    """
    faults = _column_faults(rows)
    if faults:
        raise LedgerError(f"exhibit {exhibit!r}: " + "; ".join(faults))
    complete = rows.reset_index(drop=True).assign(exhibit=exhibit, suppressed=False)
    for name in (*_TEXTS, WHOLE):
        texts = complete[name] if name in complete else pd.Series(_DEFAULTS.get(name, ""), index=complete.index)
        complete[name] = texts.astype("object").where(texts.notna(), _DEFAULTS.get(name, "")).astype("str")
    for name in NUMBERS:
        complete[name] = _as_numbers(exhibit, complete, name)
    complete = complete[list(TRUE_COLUMNS)]
    faults = list(_value_faults(complete))
    if faults:
        raise LedgerError(f"exhibit {exhibit!r}: " + "; ".join(faults))
    return complete


def describe(key: Mapping[str, Any] | pd.Series) -> str:
    """A row's key as one readable text."""
    return " | ".join(f"{name}={key[name]}" for name in KEY if key[name] != "")


def lookup(rows: pd.DataFrame, **keys: object) -> pd.Series:
    """The one row with these values, for example `lookup(rows, scheme="both", group="year=2018")`.

    The order of the keys inside `group` does not matter.

    Raises:
        KeyError: No such row, or more than one; the message lists what is there.
    """
    unknown = set(keys) - set(LEDGER_COLUMNS)
    if unknown:
        raise KeyError(f"no ledger column {sorted(unknown)}; columns: {', '.join(LEDGER_COLUMNS)}")
    matches = pd.Series(True, index=rows.index)
    for name, wanted in keys.items():
        if name == "group":
            matches &= rows["group"].map(group_keys) == group_keys(str(wanted))
        else:
            matches &= rows[name] == wanted
    found = rows[matches]
    if len(found) == 1:
        return found.iloc[0]
    raise KeyError(_not_one(rows, found, keys))


def _not_one(rows: pd.DataFrame, found: pd.DataFrame, keys: Mapping[str, object]) -> str:
    wanted = ", ".join(f"{name}={value!r}" for name, value in keys.items())
    listed = [describe(entry) for _, entry in (rows if found.empty else found).iterrows()]
    if found.empty:
        text = " | ".join(f"{name}={value}" for name, value in keys.items())
        listed = difflib.get_close_matches(text, listed, n=_NAMED, cutoff=0.0)
    more = f"\n  and {len(rows) - _NAMED} more" if len(listed) == _NAMED < len(rows) else ""
    return f"{len(found)} rows with {wanted}, expected one; there is\n  " + "\n  ".join(listed[:_NAMED]) + more


def _column_faults(rows: pd.DataFrame) -> list[str]:
    faults = [
        f"unknown column {name!r} (allowed: {', '.join(GIVEN_COLUMNS)})"
        for name in rows.columns
        if name not in GIVEN_COLUMNS
    ]
    return faults + [f"column {name!r} is missing" for name in ("statistic", "value") if name not in rows]


def _as_numbers(exhibit: str, rows: pd.DataFrame, name: str) -> pd.Series:
    if name not in rows:
        return pd.Series(np.nan, index=rows.index, dtype=float)
    numbers = pd.to_numeric(rows[name], errors="coerce").astype(float)
    bad = (numbers.isna() & rows[name].notna()) | np.isinf(numbers)
    if bad.any():
        found = rows.loc[bad, name].head(_SHOWN).tolist()
        raise LedgerError(f"exhibit {exhibit!r}: column {name!r} holds {found}, expected finite numbers or NaN")
    return numbers


def _value_faults(rows: pd.DataFrame) -> Iterable[str]:
    kind, schemes = kinds(rows), (*populations().schemes, BOTH)
    outside = (kind == Kind.SHARE) & ~rows["value"].between(0, 1) & rows["value"].notna()
    needs_n = kind.isin([Kind.SHARE, Kind.SUMMARY, Kind.DIFFERENCE]) & rows["n"].isna() & rows["value"].notna()
    checks: list[tuple[pd.Series, str, str]] = [
        (rows["exhibit"] == "", "exhibit", "expected a name"),
        (rows["statistic"] == "", "statistic", "expected a name"),
        (
            rows["statistic"].isin(EXTREMES),
            "statistic",
            "an extreme is one person's value, never published",
        ),
        (~rows["scheme"].isin(schemes), "scheme", f"expected one of {', '.join(schemes)}"),
        (~rows["group"].map(_is_group), "group", "expected key=value, several joined by ';', each key once"),
        ((rows["n"] < 0) | (rows["n"] % 1 > 0), "n", "expected a whole number, at least 0"),
        ((kind == Kind.COUNT) & (rows["value"] < 0), "value", "expected a count, at least 0"),
        (outside, "value", "expected a share as a fraction between 0 and 1"),
        (needs_n, "n", "this statistic says how many persons it rests on (or is listed in statistics.py)"),
        (rows["low"] > rows["high"], "low", "expected at most `high`"),
    ]
    for bad, name, expected in checks:
        if bad.any():
            yield f"{name}: {expected}; found {_examples(rows[bad], name)}"
    repeated = rows.duplicated(list(KEY))
    if repeated.any():
        yield f"the key occurs twice: {_examples(rows[repeated], 'value')}"


def _is_group(text: str) -> bool:
    return bool(_GROUP.fullmatch(text)) and len(group_keys(text)) == len([p for p in text.split(";") if p])


def _examples(rows: pd.DataFrame, name: str) -> str:
    named = [f"{entry[name]!r} in [{describe(entry)}]" for _, entry in rows.head(_SHOWN).iterrows()]
    return ", ".join(named) + (f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else "")
