"""Rubin's rules: one estimate from the estimates of several imputed data sets."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy import stats

from resultatbok.methods.errors import ModelError

MIN_IMPUTATIONS = 2


def pool(
    estimates: pd.DataFrame,
    std_errors: pd.DataFrame,
    *,
    complete_df: float | pd.Series = math.inf,
    level: float = 0.95,
) -> pd.DataFrame:
    """Pool estimates over imputations.

    Args:
        estimates: One row per imputed data set, one column per term.
        std_errors: Their standard errors, of the same shape.
        complete_df: Degrees of freedom that the analysis would have without missing values, one number or one per
            term: what the clusters give where errors are clustered, infinite for an estimate that is taken as normal.
        level: Coverage of the intervals.

    Returns:
        Indexed by term: `value` (mean estimate), `std_error` (square root of the total variance), `df` (Barnard and
        Rubin's), `low`, `high`, `p_value` (two-sided, Student's t), `within` and `between` (the two variances) and
        `missing_information` (the fraction of the information about the term that the missing values take away).

    Raises:
        ModelError: Fewer than two imputations, or tables of different shape.

    Source: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, equations 3.1.2-3.1.10; Barnard and Rubin
    (1999), Biometrika 86, 948-955, equation 3.
    """
    m = len(estimates)
    if m < MIN_IMPUTATIONS or estimates.shape != std_errors.shape:
        raise ModelError(
            f"estimates of shape {estimates.shape} and standard errors of shape {std_errors.shape}; expected the "
            f"same shape, with at least {MIN_IMPUTATIONS} imputations"
        )
    table = pd.DataFrame({"value": estimates.mean(), "within": (std_errors**2).mean(), "between": estimates.var()})
    extra = (1 + 1 / m) * table["between"]
    table["std_error"] = np.sqrt(table["within"] + extra)
    share = extra / (table["within"] + extra)
    complete = complete_df if isinstance(complete_df, pd.Series) else pd.Series(complete_df, index=share.index)
    table["df"] = [_degrees_of_freedom(m, float(share[term]), float(complete[term])) for term in share.index]
    increase = extra / table["within"]
    table["missing_information"] = (increase + 2 / (table["df"] + 3)) / (increase + 1)
    half = stats.t.ppf(0.5 + level / 2, table["df"]) * table["std_error"]
    table["low"], table["high"] = table["value"] - half, table["value"] + half
    table["p_value"] = 2 * stats.t.sf(np.abs(table["value"] / table["std_error"]), table["df"])
    return table.rename_axis("term")[
        ["value", "std_error", "df", "low", "high", "p_value", "within", "between", "missing_information"]
    ]


def _degrees_of_freedom(m: int, share: float, complete_df: float) -> float:
    """Barnard and Rubin's degrees of freedom.

    Args:
        m: Imputations.
        share: The part of the total variance that is due to the missing values.
        complete_df: Degrees of freedom of the analysis without missing values.
    """
    rubin = (m - 1) / share**2 if share > 0 else math.inf
    if math.isinf(complete_df):
        return rubin
    observed = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - share)
    return observed if math.isinf(rubin) else rubin * observed / (rubin + observed)
