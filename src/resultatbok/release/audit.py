"""The audit of a release, for those who answer for it: private, since true numbers are in it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from resultatbok.release.gate import Passed
from resultatbok.release.policy import HIDDEN, TOP_TWO, counted, read_kinds
from resultatbok.release.rows import KEY
from resultatbok.release.statistics import Kind


def audit(rows: pd.DataFrame, passed: Passed) -> pd.DataFrame:
    """One line for each number that is released, or not.

    Args:
        rows: The true rows.
        passed: What came through the gate.

    Returns:
        The key, `rule`, `true` and `shown` value, `true_n` and `n`, `state`, `bound`, what the numbers are rounded to
        (`step`, `step_n`), the interval that the gate left of the small number it prints (`low`, `high`; of the
        narrowest if there are several), and in how many `sums` its counts stand.
    """
    in_sums: dict[Any, int] = {}
    for members in passed.sums.found:
        for count in members:
            in_sums[count] = in_sums.get(count, 0) + 1
    sums, narrowest = pd.Series(0, rows.index), dict[Any, tuple[float, float]]()
    for place, _, count in passed.sums.prints:
        if place in sums.index:
            sums[place] += in_sums.get(count, 0)
            low, high = passed.intervals.get(count, (-np.inf, np.inf))
            if high - low < np.subtract(*narrowest.get(place, (0.0, -np.inf))[::-1]) or place not in narrowest:
                narrowest[place] = low, high
    shown, left = passed.rows, pd.DataFrame(narrowest, index=["low", "high"]).T.reindex(rows.index)
    return rows[list(KEY)].assign(
        rule=shown["rule"],
        true=rows["value"],
        shown=shown["value"],
        true_n=rows["n"],
        n=shown["n"],
        state=shown["state"],
        bound=shown["bound"],
        step=passed.steps["value"],
        step_n=passed.steps["n"],
        low=left["low"].replace(-np.inf, np.nan),
        high=left["high"].replace(np.inf, np.nan),
        sums=sums,
    )


def audit_exhibits(rows: pd.DataFrame, passed: Passed) -> pd.DataFrame:
    """One line for each exhibit.

    Returns:
        `exhibit`; how many `rows` it has, and how many are told as `about`, `under`, `over` and `hidden`; how many are
        told more `coarsely` by the gate; what it counts (`units`); the `smallest` group that is told of; the least
        residual degrees of `freedom` that its models can have; and the largest share of two units (`dominance`).
    """
    shown, kind = passed.rows, read_kinds(rows)
    states = pd.crosstab(rows["exhibit"], shown["state"]).reindex(
        columns=["about", "under", "over", HIDDEN], fill_value=0
    )
    coefficients = (rows["statistic"] == "coefficient").groupby(
        [rows[k] for k in ("exhibit", "scheme", "group", "sample")]
    )
    lines = pd.DataFrame(
        {
            "units": counted(rows).replace("", "things"),
            "smallest": rows["n"].where(shown["state"] != HIDDEN),
            "freedom": (rows["n"] - coefficients.transform("sum")).where(kind == Kind.MODEL),
            "dominance": rows.get(TOP_TWO, pd.Series(np.nan, rows.index)),
            "coarsely": (passed.steps > passed.steps.min().min()).any(axis=1),
        }
    ).groupby(rows["exhibit"])
    about: dict[Any, Any] = {
        "units": lambda own: " ".join(sorted(set(own))),
        "smallest": "min",
        "freedom": "min",
        "dominance": "max",
        "coarsely": "sum",
    }
    return lines.agg(about).join(states).assign(rows=lines.size()).reset_index()
