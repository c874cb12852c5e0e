"""Nearest-neighbour matching: each treated person beside the untreated person most like them.

Neighbours are looked for with replacement, among those with exactly the same value of a chosen column, on the log-odds
of the propensity score or by Mahalanobis distance. What difference is left within pairs is adjusted for by a
regression among the untreated.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.neighbors import NearestNeighbors

from resultatbok.methods.errors import ModelError
from resultatbok.methods.treatment import EffectEstimate, check_treatment, linear_estimate
from resultatbok.methods.weighting import propensity_model

Array = npt.NDArray[np.float64]
Distance = Literal["propensity", "mahalanobis"]

CALIPER = 0.2
"""Widest distance of a pair, in standard deviations of the propensity's log-odds (Austin 2011)."""


def matched_difference(
    outcome: pd.Series,
    treated: pd.Series,
    covariates: pd.DataFrame,
    *,
    exact: pd.Series | None = None,
    distance: Distance = "propensity",
    neighbours: int = 1,
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
        distance: On the propensity's log-odds, or Mahalanobis over the covariates.
        neighbours: How many each treated person gets.
        caliper: Largest distance of a pair; in standard deviations of the log-odds for the propensity, in the
            distance's own unit for Mahalanobis. Treated persons without enough neighbours within it are left out.
        groups: Clusters for the standard error.
        level: Coverage of the interval.

    Raises:
        ModelError: The data cannot be used, or nobody finds a neighbour.

    Source: Abadie and Imbens (2011), Journal of Business and Economic Statistics 29, 1-11, equation 5, for the
    estimator; Otsu and Rai (2017), JASA 112, 1720-1732, equation 3, for its linear form.
    """
    check_treatment(outcome, treated, covariates, groups)
    z = treated.to_numpy(dtype=float) == 1
    places, unit = _places(treated, covariates, distance)
    strata = np.zeros(len(z), dtype=np.intp) if exact is None else pd.factorize(exact)[0]
    pairs = _pairs(places, z, strata, neighbours, np.inf if caliper is None else caliper * unit)
    if not pairs:
        raise ModelError("no treated row has a neighbour within the caliper")
    weights = _weights(pairs, len(z), neighbours)
    value, contributions = _adjusted(outcome.to_numpy(dtype=float), z, covariates.to_numpy(dtype=float), weights)
    return EffectEstimate(
        estimand="att",
        difference=linear_estimate(value, contributions, groups, level),
        n=int((weights > 0).sum()),
        n_treated=len(pairs),
        weights=pd.Series(weights, index=outcome.index, name="weight"),
    )


def _places(treated: pd.Series, covariates: pd.DataFrame, distance: Distance) -> tuple[Array, float]:
    """Where each row lies, so that plain distance is the one asked for, and the unit of the caliper."""
    if distance == "propensity":
        model = propensity_model(treated, covariates)
        score = model.design_matrix() @ model.coefficients.to_numpy()  # finite also where the propensity rounds to 1
        return score[:, None], float(score.std(ddof=1))
    X = covariates.to_numpy(dtype=float)
    root = np.linalg.cholesky(np.linalg.inv(np.atleast_2d(np.cov(X, rowvar=False))))
    return X @ root, 1.0


def _pairs(
    places: Array, z: npt.NDArray[np.bool_], strata: npt.NDArray[np.intp], neighbours: int, limit: float
) -> dict[int, Array]:
    """The neighbours of each treated row that has enough of them within the limit."""
    pairs: dict[int, Array] = {}
    for stratum in np.unique(strata):
        chosen, pool = (np.flatnonzero((strata == stratum) & arm) for arm in (z, ~z))
        if not len(chosen) or len(pool) < neighbours:
            continue
        found = NearestNeighbors(n_neighbors=neighbours, algorithm="kd_tree").fit(places[pool])
        distances, nearest = found.kneighbors(places[chosen])
        near = distances[:, -1] <= limit
        pairs |= {int(i): pool[row] for i, row in zip(chosen[near], nearest[near], strict=True)}
    return pairs


def _weights(pairs: dict[int, Array], n: int, neighbours: int) -> Array:
    """1 for a treated row in a pair; for an untreated one, how many treated it stands for."""
    weights = np.zeros(n)
    weights[list(pairs)] = 1.0
    np.add.at(weights, np.concatenate(list(pairs.values())), 1 / neighbours)
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
