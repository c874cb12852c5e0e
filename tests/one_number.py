"""One number, one interval: rows of different exhibits that are the same quantity with another error or interval."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from resultatbok.release.rows import KEY, describe, group_keys

ERRORS: Final = ("std_error", "low", "high")
EXEMPT: Final = "report_2022"
"""The sample of rows with the errors of report 13/2022."""
OTHER_ERRORS: Final = ("clusters=municipality", "version=clustered_by_municipality")
"""Groups that name the errors as others than the book's, to show what that changes: another quantity."""
KINDS: Final = {"average_effect": "difference", "average_marginal_effect": "difference"}
"""Statistics that are differences between probabilities, whatever they are called."""
DECIMALS: Final = 11
"""Two fits of the same rows end in the same value to so many; two quantities that are not the same do not."""
PLAIN: Final = (2520, 1000)
"""A value is plain, and may be anybody's, if it is a whole number of these parts: a half, a seventh, two decimals."""
CLOSE: Final = 1e-6


def contradictions(rows: pd.DataFrame) -> list[str]:
    """Each pair of rows of different exhibits that is one quantity printed with two errors or intervals.

    Rows are the same quantity if they have the same key but for the exhibit, or the same kind of number with the same
    value. A value that a small fraction has, such as a share of one half, may be anybody's.

    Args:
        rows: True rows of all exhibits of a book.
    """
    exempt = (rows["sample"] == EXEMPT) | rows["group"].str.endswith(OTHER_ERRORS)
    shown = rows[~exempt & rows["value"].notna() & rows[list(ERRORS)].notna().any(axis=1)]
    groups = shown["group"].map(lambda group: tuple(sorted(group_keys(group).items())))
    keys = shown.assign(group=groups)[[name for name in KEY if name != "exhibit"]].apply(tuple, axis=1)
    kinds = shown["statistic"].replace(KINDS)
    values = shown["value"].round(DECIMALS).astype(str)
    counted = shown["n"].where(kinds != "difference", 0).astype(str)
    telling = np.logical_and.reduce([(shown["value"] * d % 1).between(CLOSE, 1 - CLOSE) for d in PLAIN])
    same_value = (kinds + " " + values + " " + counted).where(telling, keys.astype(str))
    found = set()
    for same in (keys, same_value):
        for _, part in shown.groupby(same.to_numpy()):
            found |= {
                f"{describe(one)} {_errors(one)}\n  {describe(other)} {_errors(other)}"
                for i, (_, one) in enumerate(part.iterrows())
                for _, other in part.iloc[i + 1 :].iterrows()
                if one["exhibit"] != other["exhibit"] and _differ(one, other)
            }
    return sorted(found)


def _differ(one: pd.Series, other: pd.Series) -> bool:
    """Whether an error or end of an interval that both have differs."""
    pairs = [(one[name], other[name]) for name in ERRORS]
    return any(abs(a - b) > CLOSE * max(1.0, abs(a)) for a, b in pairs if np.isfinite(a) and np.isfinite(b))


def _errors(row: pd.Series) -> str:
    return f"{row['value']:.6f} ({row['std_error']:.6f}; {row['low']:.6f} to {row['high']:.6f})"
