"""Nearest-neighbour matching: each treated person beside the untreated person most like them.

Neighbours are looked for with replacement, among those with exactly the same value of a chosen column, on the log-odds
of the propensity score. Untreated persons who are equally near share the place. What difference is left within pairs is
adjusted for by a regression among the untreated.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.treatment import EffectEstimate, check_treatment, linear_estimate
from resultatbok.methods.weighting import propensity_model

Array = npt.NDArray[np.float64]

CALIPER = 0.2
"""Widest distance of a pair, in standard deviations of the propensity's log-odds (Austin 2011)."""

SAME = 1e-9
"""Log-odds that differ by no more than so many standard deviations are the same, whatever order the rows came in."""


def matched_difference(
    outcome: pd.Series,
    treated: pd.Series,
    covariates: pd.DataFrame,
    *,
    exact: pd.Series | None = None,
    caliper: float | None = CALIPER,
    groups: pd.Series | None = None,
    level: float = 0.95,
) -> EffectEstimate:
    """The average effect on the treated who have a neighbour, adjusted for what differs within pairs.

    The standard error treats the estimate as the linear form of Abadie and Imbens' bias-corrected estimator, whose
    contributions are added up by cluster. It takes the matching as given: that the propensity is estimated is not
    in it, which the regression adjustment makes a small matter.

    Args:
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row, on the same index.
        covariates: Columns to match on and to adjust for, without a constant.
        exact: Column whose values must be the same within a pair.
        caliper: Largest distance of a pair, in standard deviations of the log-odds. Treated persons without a
            neighbour within it are left out.
        groups: Clusters for the standard error.
        level: Coverage of the interval.

    Raises:
        ModelError: The data cannot be used, or nobody finds a neighbour.

    Source: Abadie and Imbens (2011), Journal of Business and Economic Statistics 29, 1-11, equation 5, for the
    estimator; Otsu and Rai (2017), JASA 112, 1720-1732, equation 3, for its linear form.
    """
    check_treatment(outcome, treated, covariates, exact=exact, groups=groups)
    z = treated.to_numpy(dtype=float) == 1
    strata = np.zeros(len(z), dtype=np.intp) if exact is None else pd.factorize(exact)[0]
    model = propensity_model(treated, covariates)
    score = model.design_matrix() @ model.params.to_numpy()  # finite also where the propensity rounds to 1
    weights = _weights(score / score.std(ddof=1), z, strata, np.inf if caliper is None else caliper)
    if not weights.any():
        raise ModelError("no treated row has a neighbour within the caliper")
    value, contributions = _adjusted(outcome.to_numpy(dtype=float), z, covariates.to_numpy(dtype=float), weights)
    return EffectEstimate(
        estimand="att",
        difference=linear_estimate(value, contributions, z, weights, groups, level),
        n=int((weights > 0).sum()),
        n_treated=int((weights[z] > 0).sum()),
        weights=pd.Series(weights, index=outcome.index, name="weight"),
    )


def _weights(place: Array, z: npt.NDArray[np.bool_], strata: npt.NDArray[np.intp], limit: float) -> Array:
    """1 for a treated row with a neighbour within the limit; for an untreated one, how many treated it stands for."""
    weights = np.zeros(len(z))
    for stratum in np.unique(strata):
        chosen, pool = (np.flatnonzero((strata == stratum) & arm) for arm in (z, ~z))
        if not len(pool):
            continue
        pool = pool[np.argsort(place[pool], kind="stable")]
        there = place[pool]
        after = np.searchsorted(there, place[chosen])
        sides = np.abs(there[np.clip([after - 1, after], 0, len(pool) - 1)] - place[chosen])
        nearest = sides.min(axis=0)
        for i, distance in zip(chosen[nearest <= limit], nearest[nearest <= limit], strict=True):
            ends = place[i] + np.array([-1, 1]) * (distance + SAME)
            first, last = np.searchsorted(there, ends[0], "left"), np.searchsorted(there, ends[1], "right")
            weights[i] = 1.0
            weights[pool[first:last]] += 1 / (last - first)
    return weights


def _adjusted(y: Array, z: npt.NDArray[np.bool_], X: Array, weights: Array) -> tuple[float, Array]:
    """The effect on the matched treated and each row's contribution to it."""
    design = np.column_stack([np.ones(len(X)), X])
    slopes = np.linalg.lstsq(design[~z], y[~z], rcond=None)[0]
    residual = y - design @ slopes
    total = weights[z].sum()
    value = float((weights[z] @ residual[z] - weights[~z] @ residual[~z]) / total)
    contributions = np.where(z, weights * (residual - value), -weights * residual)
    return value, contributions * len(y) / total
