"""What estimators of a treatment effect share: who was treated, what they give back, and errors by cluster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.clusters import ClusterErrors
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.rows import check_complete, check_rows

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


def check_treatment(outcome: pd.Series, treated: pd.Series, covariates: pd.DataFrame, **more: pd.Series | None) -> None:
    """Refuse data on which no effect can be estimated.

    Args:
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row.
        covariates: Columns held equal.
        more: What else has a value per row, such as `groups`.

    Raises:
        ModelError: An index differs, a value is missing, outcome or treatment is not 0/1, or nobody (or everybody)
            is treated.
    """
    check_rows(outcome=outcome, treatment=treated, covariates=covariates, **more)
    check_complete(outcome=outcome, treatment=treated, covariates=covariates, **more)
    for name, values in (("outcome", outcome), ("treatment", treated)):
        if not values.isin([0, 1]).all():
            raise ModelError(f"the {name} {values.name!r} must be 0 or 1 in every row")
    if treated.nunique() < 2:
        raise ModelError("everybody has the same treatment; expected treated and untreated rows")


def linear_estimate(
    value: float, contributions: Array, treated: Array, weights: Array, groups: pd.Series | None, level: float
) -> Difference:
    """A difference whose error follows from what each row contributes to it.

    Without clusters the interval is the normal one. With them it is that of `methods.clusters` for two weighted means,
    those of treated and untreated, whose rows contribute so much: what a cluster adds to an arm is held against the
    clusters' weights in it, so that few, or a few heavy, treated clusters give a wide interval.

    Args:
        value: The estimate.
        contributions: One number per row: how much the row moves the estimate times the number of rows (the
            influence function), with mean zero.
        treated: 0 or 1 per row.
        weights: What each row counts in the mean of its arm; a row that counts nothing contributes nothing.
        groups: Clusters whose rows are not independent.
        level: Coverage of the interval.
    """
    n = len(contributions)
    if groups is None:
        return Difference.around(value, float(np.sqrt(n / (n - 1) * (contributions @ contributions)) / n), level)
    counts = weights > 0
    arms = np.column_stack([treated == 1, treated != 1])[counts].astype(float)
    w = weights[counts]
    w = w * (arms @ ((w @ arms) / (w**2 @ arms)))  # an arm weighs as much as Kish's number of equal rows
    errors = ClusterErrors.of(arms, contributions[counts] / n * (arms @ (w @ arms)), groups[counts], w)
    both = np.ones(2)  # contributions to the untreated's mean have its sign already
    return Difference.around(value, errors.error(both), level, errors.freedom(both))


def in_overlap(propensity: pd.Series, limits: tuple[float, float] = OVERLAP_LIMITS) -> pd.Series:
    """Whether each row's propensity lies between the limits, both included.

    Source: Crump, Hotz, Imbens and Mitnik (2009), Biometrika 96, 187-199.
    """
    return propensity.between(*limits)


def varying(treated: pd.Series, covariates: pd.DataFrame) -> pd.DataFrame:
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
