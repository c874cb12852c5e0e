"""Which numbers may be published: small counts are hidden, and so is what would give them away."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.cohort import DisclosurePolicy
from helpers.presentation.rows import NUMBERS
from helpers.presentation.statistics import Kind, about_persons, kinds


def suppress(
    rows: pd.DataFrame, policy: DisclosurePolicy, *, settled: pd.Series | None = None
) -> pd.DataFrame:
    """Blank the rows that may not be published.

    Args:
        rows: Complete ledger rows with their true numbers.
        policy: What may be published.
        settled: For the first rows, whether they were hidden when shown; these cannot change any more.

    Returns:
        The same rows with `suppressed` set, and `value`, `n`, `std_error`, `low`, `high` NaN where true.
    """
    hidden = is_small(rows, policy)
    if settled is not None:
        hidden.iloc[: len(settled)] = settled.to_numpy()
    shown = rows.assign(suppressed=hidden.to_numpy())
    shown.loc[hidden.to_numpy(), list(NUMBERS)] = np.nan
    return shown


def is_small(rows: pd.DataFrame, policy: DisclosurePolicy) -> pd.Series:
    """Whether each row rests on too few: the primary rule.

    A count of persons from 1 to `min_count - 1` is too small; so is any statistic that rests on fewer than
    `min_count` (`n`), and a share or count of persons with from 1 to `min_count - 1` of the `n` outside it.
    """
    kind = kinds(rows)
    persons = about_persons(rows)
    part = (rows["value"] * rows["n"]).round().where(kind == Kind.SHARE, rows["value"])
    of_persons = persons & kind.isin([Kind.COUNT, Kind.SHARE])
    small_part = of_persons & (_few(part, policy) | _few(rows["n"] - part, policy))
    small_base = ~kind.isin([Kind.COUNT, Kind.SETTING]) & (rows["n"] < policy.min_count)
    return small_part | small_base


def _few(counts: pd.Series, policy: DisclosurePolicy) -> pd.Series:
    return counts.between(0, policy.min_count, inclusive="neither")
