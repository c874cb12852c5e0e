"""Shares that are told rounded, so that no exact number of persons can be worked out from them.

Where many small groups are crossed (packages by measure, by age, by agency), hiding small cells and the cells that
would give them away hides nearly everything. Rounding protects them instead: a share is told to a step so wide that it
leaves at least `min_interval` persons open, as the policy asks of a hidden count.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.cohort import DisclosurePolicy
from helpers.presentation.wording import Wording

STEPS = (0.01, 0.02, 0.05, 0.10, 0.20)
"""Widths of rounding, from the finest; the first that protects a group is used."""
STATISTIC = "rounded_share"
ONE_PERSON = 1.0
"""Size given to a group that is too small to be told of, so that disclosure control hides its row."""


def step_for(n: float, policy: DisclosurePolicy) -> float:
    """The finest step that leaves enough persons open in a group of `n`; NaN if none does."""
    return next((step for step in STEPS if step * n >= policy.min_interval and n >= policy.min_count), float("nan"))


def rounding_note(words: Wording) -> str:
    """What a caption says of rounded shares."""
    return words.text(
        "Shares are rounded to steps of one to twenty percentage points, wider where there are fewer participants."
    )


def rounded_rows(rows: pd.DataFrame, policy: DisclosurePolicy, bars: pd.Series | None = None) -> pd.DataFrame:
    """Rows of shares as rounded ones, without intervals; missing where the group is too small to be told at all.

    Args:
        rows: Ledger rows with `value` (a fraction) and `n`.
        policy: Says how much must stay open.
        bars: For shares that make up a whole, which whole each belongs to: those of a whole are rounded so that they
            still add to one (the largest remainders are rounded up).
    """
    steps = rows["n"].map(lambda n: step_for(n, policy))
    units = rows["value"] / steps
    rounded = units.round() if bars is None else units.groupby(bars.to_numpy(), sort=False).transform(_to_a_whole)
    none = dict.fromkeys(("std_error", "low", "high"), np.nan)
    sizes = rows["n"].where(steps.notna(), ONE_PERSON)
    return rows.assign(statistic=STATISTIC, value=rounded * steps, n=sizes, unit="fraction", **none)


def _to_a_whole(units: pd.Series) -> pd.Series:
    """Whole numbers near these that add to the same total: the largest remainders are rounded up."""
    if units.isna().any():
        return units
    down = np.floor(units + 1e-9)
    missing = round(float(units.sum() - down.sum()))
    up = (units - down).sort_values(ascending=False, kind="stable").index[:missing]
    return pd.Series(np.where(down.index.isin(up), down + 1, down), index=down.index)
