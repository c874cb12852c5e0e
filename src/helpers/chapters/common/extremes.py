"""Which of several groups may be named as the highest or the lowest: chance carries small ones furthest."""

from __future__ import annotations

from typing import Final

import pandas as pd

FEWEST: Final = 50
"""Participants of a group that is named for being at an end."""


def from_lowest(rows: pd.DataFrame, size: str = "n") -> pd.DataFrame:
    """The rows that rest on enough participants to be named, from the lowest value to the highest.

    Args:
        rows: With `value` and, where they are released rows, `suppressed`.
        size: The column with the number of participants.
    """
    shown = rows["value"].notna() & ~rows.get("suppressed", pd.Series(data=False, index=rows.index)).astype(bool)
    return rows[shown & (rows[size] >= FEWEST)].sort_values("value", kind="stable")
