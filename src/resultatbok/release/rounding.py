"""Shares that are released rounded, so that no exact number of persons can be worked out from them.

Where many small groups are crossed (packages by measure, by age, by agency), hiding small cells and the cells that
would give them away hides nearly everything. Rounding protects them instead: a share is told to a step so wide that it
leaves at least `min_interval` persons open, as the policy asks of a hidden count. A numbers function marks such shares
(`to_be_rounded`); what is released of them is decided with all other disclosure control (`rounded`).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from resultatbok.settings import DisclosurePolicy

STEPS: Final = (0.01, 0.02, 0.05, 0.10, 0.20)
"""Widths of rounding, from the finest; the first that protects a group is used."""
STATISTIC: Final = "rounded_share"
WHOLE: Final = "whole"
"""Column of true rows: what a share is a part of, where shares are rounded so that they still add to one."""
ONE_PERSON: Final = 1.0
"""Size given to a group that is too small to be told of, so that disclosure control hides its row."""


def step_for(n: float, policy: DisclosurePolicy) -> float:
    """The finest step that leaves enough persons open in a group of `n`; NaN if none does."""
    return next((step for step in STEPS if step * n >= policy.min_interval and n >= policy.min_count), float("nan"))


def to_be_rounded(rows: pd.DataFrame, wholes: pd.Series | None = None) -> pd.DataFrame:
    """Mark shares as ones that are released rounded, without intervals.

    Args:
        rows: Ledger rows with `value` (a fraction) and `n`.
        wholes: For shares that make up a whole, which whole each belongs to.
    """
    none = dict.fromkeys(("std_error", "low", "high"), np.nan)
    whole = "" if wholes is None else ("all of " + wholes.astype(str)).to_numpy()  # never empty: that is none
    return rows.assign(statistic=STATISTIC, unit="fraction", **{WHOLE: whole}, **none)


def rounded(rows: pd.DataFrame, policy: DisclosurePolicy) -> pd.DataFrame:
    """True rows with the marked shares rounded; missing where a group is too small to be told of at all.

    Args:
        rows: True rows of one exhibit, with the column `WHOLE`.
        policy: Says how much must stay open.
    """
    marked = rows[rows["statistic"] == STATISTIC]
    if marked.empty:
        return rows
    steps = marked["n"].map(lambda n: step_for(n, policy))
    units = marked["value"] / steps
    to_one = units.groupby(marked[WHOLE], sort=False).transform(_to_a_whole)
    result = rows.copy()
    result.loc[marked.index, "value"] = to_one.where(marked[WHOLE] != "", units.round()) * steps
    result.loc[marked.index, "n"] = marked["n"].where(steps.notna(), ONE_PERSON)
    return result


def _to_a_whole(units: pd.Series) -> pd.Series:
    """Whole numbers near these that add to the same total: the largest remainders are rounded up."""
    if units.isna().any():
        return units
    down = np.floor(units + 1e-9)
    missing = round(float(units.sum() - down.sum()))
    up = (units - down).sort_values(ascending=False, kind="stable").index[:missing]
    return pd.Series(np.where(down.index.isin(up), down + 1, down), index=down.index)
