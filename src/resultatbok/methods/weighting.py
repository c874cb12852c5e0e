"""Effects by weighting with the propensity score: inverse probability, overlap and treated weights.

The standard errors take into account that the propensity score is estimated: propensity model and weighted means are
solved as one set of estimating equations (M-estimation), whose sandwich variance is written out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import LogitFit, fit_logit
from resultatbok.methods.treatment import EffectEstimate, check_treatment, linear_estimate

Array = npt.NDArray[np.float64]
Weights = Literal["ate", "att", "ato"]

# Nearer to 0 or 1 than this, a weight of 1 / propensity is infinite for a computer.
_SMALLEST = 1e-12


@dataclass(frozen=True)
class _Scheme:
    """Weights of treated and untreated, and their derivatives by the propensity's log-odds."""

    treated: Array
    untreated: Array
    treated_slope: Array
    untreated_slope: Array


def propensity_model(treated: pd.Series, covariates: pd.DataFrame) -> LogitFit:
    """Logistic regression of the treatment on what was known about each person.

    Raises:
        ModelError: It cannot be fitted; the message names the column, or says that it did not converge.
    """
    model = fit_logit(treated.astype(float), covariates)
    if not model.converged:
        raise ModelError("the propensity model did not converge: the covariates tell treated from untreated too well")
    return model


def balancing_weights(propensity: pd.Series, treated: pd.Series, estimand: Weights) -> pd.Series:
    """The weight of each row for one average effect.

    For everyone's (`ate`) 1 / propensity of the row's own treatment; for the treated's (`att`) 1 for them and the
    odds for the others; for that of the overlap (`ato`) the propensity of the other treatment.

    Source: Li, Morgan and Zaslavsky (2018), JASA 113, 390-400, table 1.
    """
    scheme = _scheme(propensity.to_numpy(dtype=float), estimand)
    return pd.Series(np.where(treated == 1, scheme.treated, scheme.untreated), index=propensity.index, name="weight")


def weighted_difference(
    outcome: pd.Series,
    treated: pd.Series,
    covariates: pd.DataFrame,
    estimand: Weights,
    *,
    groups: pd.Series | None = None,
    level: float = 0.95,
) -> EffectEstimate:
    """The difference between the weighted shares of treated and untreated (weights normalised, as Hajek's).

    Args:
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row, on the same index.
        covariates: Columns of the propensity model, without a constant.
        estimand: Which weights; see `balancing_weights`.
        groups: Clusters for the standard error.
        level: Coverage of the interval.

    Raises:
        ModelError: The data cannot be used, or the propensity model cannot be fitted.

    Source: Lunceford and Davidian (2004), Statistics in Medicine 23, 2937-2960, section 3.2, for the variance under an
    estimated propensity; Li, Thomas and Li (2019), American Journal of Epidemiology 188, 250-257, for overlap weights.
    """
    check_treatment(outcome, treated, covariates, groups=groups)
    model = propensity_model(treated, covariates)
    y, z, e = (s.to_numpy(dtype=float) for s in (outcome, treated, model.fitted))
    scheme = _scheme(e, estimand)
    value, contributions = _difference(y, z, e, scheme, model.design_matrix())
    weights = balancing_weights(model.fitted, treated, estimand)
    return EffectEstimate(
        estimand=estimand,
        difference=linear_estimate(value, contributions, z, weights.to_numpy(), groups, level),
        n=len(y),
        n_treated=int(z.sum()),
        weights=weights,
    )


def _difference(y: Array, z: Array, e: Array, scheme: _Scheme, X: Array) -> tuple[float, Array]:
    """The weighted difference and each row's contribution to it, the way through the propensity included."""
    means, own, through = [], np.zeros(len(y)), np.zeros(X.shape[1])
    for arm, weight, slope, sign in (
        (z, scheme.treated, scheme.treated_slope, 1.0),
        (1 - z, scheme.untreated, scheme.untreated_slope, -1.0),
    ):
        total = np.mean(arm * weight)
        mean = np.mean(arm * weight * y) / total
        residual = arm * (y - mean) / total
        own += sign * weight * residual
        through += sign * (slope * residual) @ X / len(y)
        means.append(mean)
    information = (X.T * (e * (1 - e))) @ X / len(y)
    return float(means[0] - means[1]), own + (z - e) * (X @ np.linalg.solve(information, through))


def _scheme(e: Array, estimand: Weights) -> _Scheme:
    if estimand == "ato":
        return _Scheme(1 - e, e, -e * (1 - e), e * (1 - e))
    if (estimand == "ate" and e.min() < _SMALLEST) or e.max() > 1 - _SMALLEST:
        raise ModelError("a propensity is 0 or 1: some rows could not have had the other treatment; leave them out")
    odds = e / (1 - e)
    if estimand == "att":
        return _Scheme(np.ones_like(e), odds, np.zeros_like(e), odds)
    return _Scheme(1 / e, 1 / (1 - e), -1 / odds, odds)
