"""Shares, means, compositions and quantiles by group, with the number of persons and the interval of each.

Rows with a missing outcome or a missing group are left out of every figure, so `n` counts the persons used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from scipy.stats import mstats

from resultatbok.methods.clusters import ClusterErrors
from resultatbok.methods.intervals import Difference, normal_quantile, share_difference, wilson_interval
from resultatbok.methods.rows import check_rows

__all__ = [
    "Difference",
    "clustered_contrast",
    "composition",
    "equal_shares_p",
    "mean_by",
    "quantiles_by",
    "share_by",
    "share_difference",
]

PERCENTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


def share_by(data: pd.DataFrame, outcome: str, by: Sequence[str] = (), *, level: float = 0.95) -> pd.DataFrame:
    """Share with the outcome, in all or by group.

    Args:
        data: One row per person.
        outcome: Column of 0 and 1 (missing allowed).
        by: Grouping columns; only groups that occur are returned, in sorted (or category) order.
        level: Coverage of the Wilson intervals.

    Returns:
        Columns `by`..., `value` (share), `n` (persons), `count` (persons with the outcome), `std_error`,
        `low`, `high`.

    Raises:
        ValueError: A column does not exist, or the outcome has other values than 0 and 1.
    """
    _require_columns(data, [outcome, *by])
    used = data.dropna(subset=[outcome])
    _require_binary(used[outcome])
    rows = [{**keys, "n": len(part), "count": int(part[outcome].sum())} for keys, part in _groups(used, by)]
    return _with_share(_table(rows, used, by, ["n", "count"]), level)


def equal_shares_p(count: Sequence[float] | pd.Series, n: Sequence[float] | pd.Series) -> float:
    """The p-value of Pearson's chi-square test that several groups have the same share.

    The approximation is good where at least some five persons with and five without the outcome would be expected
    in most groups.

    Args:
        count: Persons with the outcome in each group.
        n: Persons in each group.

    Returns:
        The p-value; 1 where nothing can differ: fewer than two groups, or nobody or everybody has the outcome.

    Raises:
        ValueError: A count is negative or above its `n`.

    Source: Pearson (1900), Philosophical Magazine 50, 157-175.
    """
    having, total = np.asarray(count, dtype=float), np.asarray(n, dtype=float)
    if np.any(having < 0) or np.any(having > total):
        raise ValueError("a count is negative or larger than the number of persons it is a part of")
    having, total = having[total > 0], total[total > 0]
    common = having.sum() / total.sum() if len(total) else 0.0
    if len(total) < 2 or common in (0.0, 1.0):
        return 1.0
    statistic = ((having - total * common) ** 2 / (total * common * (1 - common))).sum()
    return float(stats.chi2.sf(statistic, len(total) - 1))


def clustered_contrast(
    outcome: pd.Series, cells: pd.Series, weights: Mapping[Any, float], groups: pd.Series, *, level: float = 0.95
) -> Difference:
    """A weighted sum of the shares of several cells, such as one less another, with errors that let clusters be alike.

    It is the contrast of a logistic regression with a constant for each cell (see `methods.clusters`).

    Args:
        outcome: 0 or 1 per row.
        cells: The cell of each row; rows of other cells are left out.
        weights: Of each cell's share in the sum.
        groups: The cluster of each row.
        level: Coverage.

    Returns:
        Missing throughout where a cell is empty; without error where a share is 0 or 1, and without interval where one
        cluster decides, for then how clusters vary cannot be seen.
    """
    check_rows(outcome=outcome, cells=cells, groups=groups)
    used = cells.isin(list(weights)).to_numpy()
    X = np.array([cells[used] == name for name in weights], dtype=float).T
    y, w = outcome[used].to_numpy(dtype=float), np.array(list(weights.values()))
    if not X.any(axis=0).all():
        return Difference(np.nan, np.nan, np.nan, np.nan)
    shares = y @ X / X.sum(axis=0)
    spread, value = shares * (1 - shares), float(w @ shares)
    if not spread.all() or len(set(groups[used])) == 1:
        return Difference(value, np.nan, np.nan, np.nan)
    errors = ClusterErrors.of(X, y - X @ shares, groups[used], X @ spread)
    return Difference.around(value, errors.error(w * spread), level, errors.freedom(w * spread))


def composition(data: pd.DataFrame, column: str, by: Sequence[str] = (), *, level: float = 0.95) -> pd.DataFrame:
    """How the persons of each group spread over the categories of a column.

    Args:
        data: One row per person.
        column: The column whose categories share the persons between them. Every category (of a categorical:
            also those nobody has) is returned for every group, so that groups can be set beside each other.
        by: Grouping columns; only groups that occur are returned.
        level: Coverage of the Wilson intervals.

    Returns:
        Columns `by`..., `column`, `value` (share of the group), `n` (persons in the group), `count` (persons
        in the cell), `std_error`, `low`, `high`. The shares of a group add to 1.

    Raises:
        ValueError: A column does not exist.
    """
    _require_columns(data, [column, *by])
    used = data.dropna(subset=[column])
    categories = _categories(used[column])
    rows: list[dict[str, Any]] = []
    for keys, part in _groups(used, by):
        counts = part[column].value_counts()
        rows += [{**keys, column: c, "n": len(part), "count": int(counts.get(c, 0))} for c in categories]
    return _with_share(_table(rows, used, [*by, column], ["n", "count"]), level)


def mean_by(data: pd.DataFrame, column: str, by: Sequence[str] = (), *, level: float = 0.95) -> pd.DataFrame:
    """Mean of a numeric column, in all or by group, with Student's t interval.

    Returns:
        Columns `by`..., `value` (mean), `sd` (standard deviation, divisor n - 1), `n`, `std_error`, `low`,
        `high`. With fewer than two persons the spread and the interval are missing.

    Raises:
        ValueError: A column does not exist.
    """
    _require_columns(data, [column, *by])
    used = data.dropna(subset=[column])
    rows = [
        {**keys, "value": part[column].mean(), "sd": part[column].std(ddof=1), "n": len(part)}
        for keys, part in _groups(used, by)
    ]
    table = _table(rows, used, by, ["value", "sd", "n"])
    normal_quantile(level)  # refuses an impossible level
    table["std_error"] = table["sd"] / np.sqrt(table["n"])
    half = stats.t.ppf(0.5 + level / 2, np.maximum(table["n"] - 1, 1)) * table["std_error"]
    return table.assign(low=table["value"] - half, high=table["value"] + half)


def quantiles_by(
    data: pd.DataFrame,
    column: str,
    by: Sequence[str] = (),
    *,
    probabilities: Sequence[float] = PERCENTILES,
    level: float = 0.95,
) -> pd.DataFrame:
    """Quantiles of a numeric column, in all or by group, with distribution-free intervals.

    Quantiles are interpolated linearly (type 7 of Hyndman and Fan 1996). The limits are order statistics
    chosen by the binomial distribution (Conover 1999, section 3.2), and missing where they would be the
    smallest or largest value. Standard errors are those of Maritz and Jarrett (1978).

    Returns:
        Columns `by`..., `probability`, `value`, `n`, `std_error`, `low`, `high`.

    Raises:
        ValueError: A column does not exist, or a probability is not strictly between 0 and 1.
    """
    _require_columns(data, [column, *by])
    if not all(0 < p < 1 for p in probabilities):
        raise ValueError(f"probabilities are {list(probabilities)}; expected numbers strictly between 0 and 1")
    used = data.dropna(subset=[column])
    rows = []
    for keys, part in _groups(used, by):
        ordered = np.sort(part[column].to_numpy(dtype=float))
        for p in probabilities:
            low, high = _order_statistic_limits(ordered, p, level)
            found = {
                "value": float(np.quantile(ordered, p)),
                "n": len(ordered),
                "std_error": _quantile_error(ordered, p),
            }
            rows.append({**keys, "probability": p, **found, "low": low, "high": high})
    return _table(rows, used, by, ["probability", "value", "n", "std_error", "low", "high"])


def _quantile_error(ordered: np.ndarray[Any, Any], probability: float) -> float:
    return float(mstats.mjci(ordered, [probability])[0]) if len(ordered) > 1 else np.nan


def _order_statistic_limits(ordered: np.ndarray[Any, Any], probability: float, level: float) -> tuple[float, float]:
    n = len(ordered)
    tail = (1 - level) / 2
    lower_rank = int(stats.binom.ppf(tail, n, probability))
    upper_rank = int(stats.binom.ppf(1 - tail, n, probability)) + 1
    # Ranks count from 1. Rank 1 and rank n are one person's extreme value, which is never published.
    low = float(ordered[lower_rank - 1]) if lower_rank > 1 else np.nan
    high = float(ordered[upper_rank - 1]) if upper_rank < n else np.nan
    return low, high


def _with_share(table: pd.DataFrame, level: float) -> pd.DataFrame:
    n, count = table["n"].to_numpy(dtype=float), table["count"].to_numpy(dtype=float)
    low, high = wilson_interval(count, n, level)
    value = np.divide(count, n, out=np.full(len(n), np.nan), where=n > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        std_error = np.sqrt(value * (1 - value) / n)
    keys = [c for c in table.columns if c not in ("n", "count")]
    return table[keys].assign(
        value=value,
        n=table["n"].astype(int),
        count=table["count"].astype(int),
        std_error=std_error,
        low=low,
        high=high,
    )


def _groups(data: pd.DataFrame, by: Sequence[str]) -> Iterator[tuple[dict[str, Any], pd.DataFrame]]:
    if not by:
        yield {}, data
        return
    for keys, part in data.groupby(list(by), observed=True, sort=True):
        yield dict(zip(by, keys, strict=True)), part


def _table(rows: list[dict[str, Any]], data: pd.DataFrame, by: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a table whose keys keep the type they had, so that categories stay in their order."""
    table = pd.DataFrame(rows, columns=[*by, *columns])
    return table.astype({key: data[key].dtype for key in by})


def _categories(column: pd.Series) -> list[Any]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return list(column.cat.categories)
    return sorted(column.unique())


def _require_columns(data: pd.DataFrame, columns: Sequence[str]) -> None:
    missing = [c for c in columns if c not in data.columns]
    if missing:
        raise ValueError(f"the table has no column {', '.join(map(repr, missing))}; it has {list(data.columns)}")


def _require_binary(outcome: pd.Series) -> None:
    others = sorted(set(outcome.unique().tolist()) - {0, 1})
    if others:
        raise ValueError(f"column {outcome.name!r} holds {others[:5]}; expected only 0 and 1")
