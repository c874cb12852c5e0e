"""What estimators of a treatment effect share: who was treated, what they give back, and errors by cluster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference, normal_quantile

Array = npt.NDArray[np.float64]
Estimand = Literal["ate", "att", "ato", "within"]
"""Whose average effect: everyone's, the treated's, that of the overlap, or that within units."""

OVERLAP_LIMITS = (0.1, 0.9)
"""Propensities between which both treatments were a real possibility (the rule of thumb of Crump et al. 2009)."""

_COPY_BELOW = 1e-6  # a column with no larger share of variance of its own repeats others


@dataclass(frozen=True)
class EffectEstimate:
    """An estimated average effect of a 0/1 treatment on a 0/1 outcome.

    Attributes:
        estimand: Whose average effect it is.
        difference: The effect as a difference between two shares (a fraction), with error and interval.
        n: Rows that count.
        n_treated: The treated among them.
        weights: How much each row of the input counts, 0 for rows left out; compare treated with untreated under
            these to see what is balanced.
    """

    estimand: Estimand
    difference: Difference
    n: int
    n_treated: int
    weights: pd.Series = field(repr=False)


def check_treatment(
    outcome: pd.Series, treated: pd.Series, covariates: pd.DataFrame, groups: pd.Series | None = None
) -> None:
    """Refuse data on which no effect can be estimated.

    Raises:
        ModelError: An index differs, a value is missing, outcome or treatment is not 0/1, or nobody (or everybody)
            is treated.
    """
    for name, other in (("treatment", treated), ("covariates", covariates), ("groups", groups)):
        if other is None:
            continue
        if not other.index.equals(outcome.index):
            raise ModelError(
                f"the {name} and the outcome have different indexes; select the same rows in the same order"
            )
        if pd.isna(other).to_numpy().any():
            raise ModelError(f"the {name} have missing values; estimate on the complete rows")
    for name, values in (("outcome", outcome), ("treatment", treated)):
        if not values.isin([0, 1]).all():
            raise ModelError(f"the {name} {values.name!r} must be 0 or 1 in every row")
    if treated.nunique() < 2:
        raise ModelError("everybody has the same treatment; expected treated and untreated rows")


def linear_estimate(value: float, contributions: Array, groups: pd.Series | None, level: float) -> Difference:
    """A difference whose error follows from what each row contributes to it.

    Args:
        value: The estimate.
        contributions: One number per row: how much the row moves the estimate times the number of rows (the
            influence function), with mean zero.
        groups: Clusters whose rows are not independent. Their contributions are added up before they are squared, with
            the correction G / (G - 1).
        level: Coverage of the interval, which is the normal one.
    """
    sums = contributions if groups is None else np.bincount(pd.factorize(groups)[0], weights=contributions)
    clusters = len(sums)
    correction = clusters / (clusters - 1) if clusters > 1 else np.nan
    error = float(np.sqrt(correction * (sums @ sums)) / len(contributions))
    half = normal_quantile(level) * error
    return Difference(value, error, value - half, value + half)


def in_overlap(propensity: pd.Series, limits: tuple[float, float] = OVERLAP_LIMITS) -> pd.Series:
    """Whether each row's propensity lies between the limits, both included.

    Source: Crump, Hotz, Imbens and Mitnik (2009), Biometrika 96, 187-199.
    """
    return propensity.between(*limits)


def varying(covariates: pd.DataFrame, treated: pd.Series) -> pd.DataFrame:
    """The columns that vary, and do not repeat earlier ones, among the treated and among the untreated alike.

    Others can neither be balanced nor adjusted for: nobody with the characteristic has the other treatment, or its
    effect cannot be told from that of other columns.
    """
    arms = [covariates[treated == arm].astype(float) for arm in (0, 1)]
    names = [name for name in covariates if all(arm[name].min() < arm[name].max() for arm in arms)]
    correlations = [np.atleast_2d(np.corrcoef(arm[names], rowvar=False)) for arm in arms]
    kept: list[int] = []
    for j in range(len(names)):
        if all(_own_part(correlation, kept, j) > _COPY_BELOW for correlation in correlations):
            kept.append(j)
    return covariates[[names[j] for j in kept]]


def _own_part(correlation: Array, kept: list[int], j: int) -> float:
    """The share of a column's variance that the kept columns do not explain."""
    explained = correlation[j, kept] @ np.linalg.solve(correlation[np.ix_(kept, kept)], correlation[kept, j])
    return float(1 - explained)
