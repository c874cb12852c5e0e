"""How a number is told: persons rounded, shares and differences made of rounded persons, others at few digits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.intervals import Difference, share_difference, wilson_interval
from resultatbok.release.populations import populations
from resultatbok.release.rows import BOTH, Cell, cell_of, group_keys, group_of
from resultatbok.settings import DisclosurePolicy

ABOUT, UNDER, OVER, HIDDEN = "about", "under", "over", "hidden"
IN_COUNTS, IN_FIVES, IN_TENTHS = 50, 100, 1000
"""A share of fewer persons is told as counts, to five points, to one point; from the last one on to a tenth."""
P_VALUES: Final = frozenset({"adjusted_p_value", "p_value"})

_WHOLE: Final = frozenset({"adjusted_bic", "aic", "bic", "loglik", "loglik_null"})
_TWO_DECIMALS: Final = frozenset({"coefficient", "odds", "odds_ratio", "risk_ratio", "standardised_difference"})
_EXACT: Final = 1e-10  # step of a share that is told as counts
_LEVEL: Final = 0.95


def told(counts: pd.Series, steps: pd.Series | int, policy: DisclosurePolicy) -> tuple[pd.Series, pd.Series]:
    """Counts rounded to their steps, and whether they are too small to be told."""
    rounded = np.floor(counts / steps + 0.5) * steps
    return rounded, (np.floor(counts / policy.base + 0.5) * policy.base < policy.least) | (rounded < policy.least)


def counts(rows: pd.DataFrame, steps: pd.DataFrame, policy: DisclosurePolicy) -> pd.DataFrame:
    """What is told of numbers of persons: `value`, `state`, `bound`."""
    count, small = told(rows["value"], steps["value"], policy)
    bound = steps["value"].clip(lower=policy.least).astype(float).where(small)
    return pd.DataFrame({"value": count.mask(small), "state": np.where(small, UNDER, ABOUT), "bound": bound})


def shares(rows: pd.DataFrame, steps: pd.DataFrame, policy: DisclosurePolicy) -> pd.DataFrame:
    """What is told of shares of persons: `value`, `state`, `bound`, and the error and interval of what is told.

    Few are inside, or outside, if so few are once rounded, or if the other rounded numbers leave so few.
    """
    k = (rows["value"] * rows["n"]).round(6)
    n, _ = told(rows["n"], steps["n"], policy)
    inside, few_in = told(k, steps["value"], policy)
    outside, few_out = told(rows["n"] - k, steps["value"], policy)
    few_in, few_out = few_in | (n - outside < policy.least), few_out | (n - inside < policy.least)
    step = np.select([n < IN_COUNTS, n < IN_FIVES, n < IN_TENTHS], [_EXACT, 0.05, 0.01], 0.001)
    share = (np.floor(inside / n / step + 0.5 + 1e-9) * step).round(10)
    coarsest = steps.max(axis=1)
    most = (2 * coarsest).where(coarsest > policy.base, policy.least) / n
    step = np.select([n < IN_COUNTS, n < IN_TENTHS], [_EXACT, 0.01], 0.001)
    bound = (np.ceil(most / step - 1e-9) * step).round(10)
    hidden = (n < policy.share_least) | (few_in & few_out) | (bound >= 1)
    state = pd.Series(np.select([hidden, few_in, few_out], [HIDDEN, UNDER, OVER], ABOUT), rows.index)
    p = share.where(state == ABOUT)
    low, high = wilson_interval((p * n).fillna(0), n)
    decimals = np.where(n < IN_TENTHS, 2, 3)
    made = {"std_error": significant(np.sqrt(p * (1 - p) / n), 2)}
    made |= {"low": _rounded(low, decimals), "high": _rounded(high, decimals)}
    errors = {
        name: pd.Series(number, rows.index).where(p.notna() & rows[name].notna()) for name, number in made.items()
    }
    bound = bound.where(state == UNDER, (1 - bound).round(10).where(state == OVER))
    return pd.DataFrame({"value": p, "state": state, "bound": bound} | errors)


def units(rows: pd.DataFrame, share: pd.Series, policy: DisclosurePolicy) -> pd.DataFrame:
    """What is told of numbers and shares of units, such as projects: as they are, but few of them are not told."""
    k = rows["value"].where(~share, rows["value"] * rows["n"]).round()
    few, most = k < policy.units_least, share & (rows["n"] - k < policy.units_least)
    state = np.select([few & most, few, most], [HIDDEN, UNDER, OVER], "")
    value = pd.Series(np.where(share, significant(rows["value"], 3), rows["value"]), rows.index).where(state == "")
    least = (policy.units_least / rows["n"].where(share, 1)).round(3)
    bound = least.where(state == UNDER, (1 - least).where(state == OVER))
    return pd.DataFrame({"value": value, "state": state, "bound": bound})


def digits(rows: pd.DataFrame) -> pd.DataFrame:
    """Numbers of models and summaries, at the digits that are told of them.

    Two decimals of coefficients, ratios and standardised differences, a tenth of a point of effects, whole numbers of
    what grows with the number of persons, two decimals of p-values (three below 0.01); three digits of anything else.
    """
    statistic, fraction = rows["statistic"], rows["unit"] == "fraction"
    known = [statistic.isin(P_VALUES), statistic.isin(_WHOLE), statistic.isin(_TWO_DECIMALS), fraction]
    decimals = np.select(known, [np.where(rows["value"] < 0.01, 3, 2), 0, 2, 3], -1)
    found = {
        name: np.where(decimals < 0, significant(rows[name], 3), _rounded(rows[name], decimals))
        for name in ("value", "low", "high")
    }
    return pd.DataFrame(found | {"std_error": significant(rows["std_error"], 2)}, rows.index)


def differences(rows: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """What is told of differences: made of their two sides as these are told, which have to be in the ledger.

    Args:
        rows: The true rows that are differences.
        shown: All rows, with what is told of them so far.
    """
    names = ("statistic", "scheme", "group", "term", "sample")
    places = zip(*(shown[name] for name in names), strict=True)
    sides = dict(zip(map(_key, *zip(*places, strict=True)), shown.to_dict("records"), strict=True))
    return pd.DataFrame([_difference(row, sides) for row in rows.to_dict("records")], rows.index)


_Key = tuple[str, Cell, str]


def _key(statistic: str, scheme: str, group: str, term: str, sample: str) -> _Key:
    """Whom and what a number is of, however its row names them."""
    settings = {item for item in group_keys(group).items() if item[0] in populations().settings}
    return statistic, cell_of(scheme, group, sample) | settings, term


def _difference(row: dict[Any, Any], sides: dict[_Key, dict[Any, Any]]) -> dict[str, Any]:
    hidden: dict[str, Any] = {"value": np.nan, "state": HIDDEN}
    pairs = ([sides.get(_key(*key), {}) for key in pair] for pair in _sides(row))
    a, b = next(((first, second) for first, second in pairs if first and second), (hidden, hidden))
    if np.isnan(a["value"]) or np.isnan(b["value"]):
        return hidden
    if a["statistic"] != "share":
        found = Difference.around(a["value"] - b["value"], float(np.hypot(a["std_error"], b["std_error"])), _LEVEL)
    elif row["term"] in populations().less:  # the error of what a model expects is in the row alone
        found = Difference.around(a["value"] - b["value"], float(significant(row["std_error"], 2)), _LEVEL)
    else:
        found = share_difference(a["value"] * a["n"], a["n"], b["value"] * b["n"], b["n"])
    in_shares = a["statistic"] == "share"
    decimals = 3 if min(a["n"], b["n"]) >= IN_TENTHS else 2
    told_of = {name: getattr(found, name) for name in ("value", "low", "high") if not np.isnan(row[name])}
    made = {name: round(x, decimals) if in_shares else float(significant(x, 3)) for name, x in told_of.items()}
    error = np.nan if np.isnan(row["std_error"]) else float(significant(found.std_error, 2))
    return {"low": np.nan, "high": np.nan} | made | {"state": ABOUT, "std_error": error}


def _sides(row: dict[Any, Any]) -> Iterator[list[tuple[str, ...]]]:
    """Keys of the two rows that a row may be the difference of."""
    known = populations()
    scheme, term, sample, keys = row["scheme"], row["term"], row["sample"], group_keys(row["group"])
    for pair in known.less.get(term, ()):
        yield [("share", scheme, row["group"], side, sample) for side in pair]
    for table in [f"{key}={value}" for key, value in keys.items() if f"{key}={value}" in known.tables]:
        term = known.tables[table]
        del keys[table.split("=")[0]]
    minus = next((key for key, value in keys.items() if "_minus_" in value), None)
    for of in ("share", "mean", "median", "percentile"):
        if minus is not None:
            yield [(of, scheme, group_of(**keys | {minus: end}), term, sample) for end in keys[minus].split("_minus_")]
        elif scheme == BOTH:
            yield [(of, side, group_of(**keys), term, sample) for side in reversed(known.schemes)]
        elif keys:
            yield [(of, scheme, group, term, sample) for group in (group_of(**keys), "")]


def significant(numbers: npt.ArrayLike, figures: int) -> npt.NDArray[np.float64]:
    """Numbers at so many significant digits."""
    values = np.asarray(numbers, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(np.abs(values) > 0, np.floor(np.log10(np.abs(values))), 0)
    return _rounded(values, np.nan_to_num(figures - 1 - size).astype(int))


def _rounded(numbers: npt.ArrayLike, decimals: npt.ArrayLike) -> npt.NDArray[np.float64]:
    scale = 10.0 ** np.asarray(decimals, dtype=float)
    return np.round(np.round(np.asarray(numbers, dtype=float) * scale) / scale, 12)
