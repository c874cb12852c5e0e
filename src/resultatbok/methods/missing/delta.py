"""Outcomes that are not missing at random: imputed ones made less likely, until the result tips.

Imputation takes those without an outcome to be as those with one who are alike. Here the log-odds of the outcome among
the unseen of one group differ from that by delta (a pattern-mixture model: van Buuren 2018, Flexible Imputation of
Missing Data, sections 3.8.4 and 9.2; Cro and others 2020, Statistics in Medicine 39, 2815-2842). The smallest delta at
which the interval holds zero is the tipping point: whoever finds it believable cannot rely on the result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.logit import fit_logit
from resultatbok.methods.missing.rubin import pool


@dataclass(frozen=True)
class TippingPoint:
    """The result under each delta.

    Attributes:
        table: By `delta`: `value`, `std_error`, `low`, `high` (pooled), `share` (with the outcome among the imputed of
            the group).
        delta: The one nearest to zero whose interval holds zero; missing where none does.
    """

    table: pd.DataFrame
    delta: float


def tipping_point(
    completed: Sequence[pd.DataFrame],
    outcome: str,
    unseen: pd.Series,
    group: pd.Series,
    estimate: Callable[[pd.DataFrame], Difference],
    deltas: Sequence[float],
    *,
    seed: int,
    complete_df: float = math.inf,
    level: float = 0.95,
) -> TippingPoint:
    """Draw the unseen outcomes anew under each delta, estimate and pool.

    The outcome of each unseen row is drawn from a logistic model of those seen in the same completed data set, with
    drawn coefficients; all deltas share the draws, so that only delta differs between them.

    Args:
        completed: Data sets of `impute`, at least two; numeric columns, and categories as 0/1 columns.
        outcome: Name of the 0/1 column.
        unseen: Whose outcome was missing, on the same index.
        group: Of whom the log-odds are shifted (where unseen); the other unseen are imputed as they are.
        estimate: From a completed data set to the result.
        deltas: Shifts of the log-odds.
        seed: Of the draws.
        complete_df: Degrees of freedom that the result would have with all outcomes seen.
        level: Coverage of the pooled interval.

    Raises:
        ModelError: Nobody in the group is unseen, or the outcome cannot be modelled.
    """
    shifted = (unseen & group.astype(bool)).to_numpy()
    if not shifted.any():
        raise ModelError("every outcome of the group is seen; there is nothing to shift")
    rng = np.random.default_rng(seed)
    found: dict[float, list[tuple[Difference, float]]] = {delta: [] for delta in deltas}
    for data in completed:
        log_odds, chance = _log_odds(data, outcome, unseen, rng), rng.random(len(data))
        for delta in deltas:
            drawn = (chance < expit(log_odds + delta * shifted)).astype(float)
            filled = data.assign(**{outcome: data[outcome].where(~unseen, drawn)})
            found[delta].append((estimate(filled), float(drawn[shifted].mean())))
    rows = {}
    for delta, results in found.items():
        each = pd.DataFrame([(of.value, of.std_error) for of, _ in results], columns=["value", "std_error"])
        errors = each[["std_error"]].set_axis(["value"], axis=1)
        pooled = pool(each[["value"]], errors, complete_df=complete_df, level=level).loc["value"]
        rows[delta] = pooled[["value", "std_error", "low", "high"]].to_dict()
        rows[delta]["share"] = float(np.mean([share for _, share in results]))
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("delta")
    holds = table.index[(table["low"] <= 0) & (table["high"] >= 0)].to_numpy(dtype=float)
    return TippingPoint(table, float(holds[np.abs(holds).argmin()]) if len(holds) else math.nan)


def _log_odds(
    data: pd.DataFrame, outcome: str, unseen: pd.Series, rng: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Of every row, under a draw of the coefficients of the outcome among those seen."""
    columns = data.drop(columns=outcome).astype(float)
    columns = columns.loc[:, np.ptp(columns[~unseen].to_numpy(), axis=0) > 0]
    fit = fit_logit(data.loc[~unseen, outcome].astype(float), columns[~unseen])
    drawn = rng.multivariate_normal(fit.params, fit.cov_params())
    return np.asarray(drawn[0] + columns.to_numpy() @ drawn[1:])
