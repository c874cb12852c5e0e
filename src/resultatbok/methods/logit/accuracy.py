"""How well predicted probabilities separate and match the outcomes: AUC, Brier score, calibration.

These take outcomes and probabilities, so they serve any model of a 0/1 outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import wilson_interval
from resultatbok.methods.logit.chi_square import ChiSquareTest
from resultatbok.methods.rows import check_rows

# Tenths of the persons by predicted probability, as Hosmer and Lemeshow chose.
CALIBRATION_GROUPS = 10


@dataclass(frozen=True)
class Calibration:
    """Hosmer and Lemeshow's test with the table it rests on."""

    table: pd.DataFrame
    test: ChiSquareTest


def area_under_curve(outcome: pd.Series, fitted: pd.Series) -> float:
    """Chance that someone with the outcome has a higher probability than someone without (ties: half).

    Raises:
        ModelError: Everyone has the same outcome, or the rows of the two are in another order.

    Source: Hanley and McNeil (1982), Radiology 143, 29-36.
    """
    check_rows(outcome=outcome, fitted=fitted)
    ones = outcome.to_numpy() == 1
    n1, n0 = int(ones.sum()), int((~ones).sum())
    if not n1 or not n0:
        raise ModelError("everyone has the same outcome, so nothing can be told apart")
    ranks = stats.rankdata(fitted.to_numpy())
    return float((ranks[ones].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


def brier_score(outcome: pd.Series, fitted: pd.Series) -> float:
    """Mean squared distance of probabilities from outcomes: 0 is perfect, 0.25 a constant one half."""
    check_rows(outcome=outcome, fitted=fitted)
    return float(np.mean((outcome.to_numpy() - fitted.to_numpy()) ** 2))


def calibration_table(
    outcome: pd.Series, fitted: pd.Series, n_groups: int = CALIBRATION_GROUPS, level: float = 0.95
) -> pd.DataFrame:
    """Expected and actual shares by tenth of the predicted probability.

    Persons with the same probability stay together, so there may be fewer groups than asked for.

    Returns:
        Indexed by `group` from 1: `n`, `count` (with the outcome), `expected` (mean probability), `actual`
        (share), `low`, `high` (Wilson interval of the actual share).
    """
    check_rows(outcome=outcome, fitted=fitted)
    bins = pd.qcut(fitted.to_numpy(), n_groups, labels=False, duplicates="drop")
    frame = pd.DataFrame({"y": outcome.to_numpy(), "p": fitted.to_numpy(), "group": bins})
    table = frame.groupby("group").agg(
        n=("y", "size"), count=("y", "sum"), expected=("p", "mean"), actual=("y", "mean")
    )
    low, high = wilson_interval(table["count"].to_numpy(), table["n"].to_numpy(), level)
    table.index = pd.RangeIndex(1, len(table) + 1, name="group")
    return table.astype({"count": int}).assign(low=low, high=high)


def hosmer_lemeshow(outcome: pd.Series, fitted: pd.Series, n_groups: int = CALIBRATION_GROUPS) -> Calibration:
    """Hosmer and Lemeshow's test that expected and actual shares agree, on groups - 2 degrees of freedom.

    Raises:
        ModelError: The probabilities take too few values for three groups.

    Source: Hosmer and Lemeshow (2000), Applied Logistic Regression, 2nd edition, section 5.2.2.
    """
    table = calibration_table(outcome, fitted, n_groups)
    if len(table) < 3:
        raise ModelError(f"the probabilities fall in {len(table)} groups; expected at least 3")
    n, expected = table["n"], table["expected"]
    statistic = float(((table["count"] - n * expected) ** 2 / (n * expected * (1 - expected))).sum())
    return Calibration(table, ChiSquareTest.of(statistic, len(table) - 2))
