"""Effect of a 0/1 treatment on a 0/1 outcome in each of several groups of persons, from one logistic regression.

The model has all covariates, a constant for each group and the treatment's coefficient in each group. The effect in a
group is the mean change of the probability over its members when the treatment goes from 0 to 1, as for an average
marginal effect (`methods.logit.effects`); all effects come from one fit, so that they can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import ChiSquareTest, LogitFit, fit_logit
from resultatbok.methods.rows import check_rows

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SubgroupEffects:
    """Effects by group.

    Attributes:
        table: One row per group: `value`, `std_error`, `low`, `high`, `freedom` on the probability scale, `n`
            (rows averaged over).
        cov: Covariance of the effects.
        equality: Wald test that all effects are equal on the probability scale; None for a single group, or for more
            groups than the clusters can tell apart.
        fit: The model.
    """

    table: pd.DataFrame
    cov: Array
    equality: ChiSquareTest | None
    fit: LogitFit = field(repr=False)


def subgroup_effects(
    outcome: pd.Series,
    treated: pd.Series,
    covariates: pd.DataFrame,
    subgroups: pd.Series,
    *,
    groups: pd.Series | None = None,
    over: pd.Series | None = None,
    level: float = 0.95,
) -> SubgroupEffects:
    """Estimate the effect in each group.

    Args:
        outcome: 0 or 1 per row.
        treated: 0 or 1 per row.
        covariates: Numeric columns, without treatment, subgroups and constant.
        subgroups: The group of each row, none missing; in the order of its first rows, or of its categories.
        groups: Clusters for robust errors, as in `fit_logit`.
        over: Whether to average over each row of a group; over all if not given, over the treated for their effect.
        level: Coverage of the intervals.

    Raises:
        ModelError: Rows in another order, a row without group, or a model that cannot be fitted (see `fit_logit`).
    """
    check_rows(outcome=outcome, treatment=treated, covariates=covariates, subgroups=subgroups, groups=groups, over=over)
    if subgroups.isna().any():
        raise ModelError(f"{int(subgroups.isna().sum())} rows belong to no group of {subgroups.name!r}; leave them out")
    names = [
        g
        for g in (subgroups.cat.categories if hasattr(subgroups, "cat") else subgroups.unique())
        if (subgroups == g).any()
    ]
    members = {name: (subgroups == name).to_numpy() for name in names}
    constants = {f"in {name}": members[name].astype(float) for name in names[1:]}
    slopes = {f"treatment in {name}": members[name] * treated.to_numpy(dtype=float) for name in names}
    design = pd.concat([covariates, pd.DataFrame(constants | slopes, index=covariates.index)], axis=1)
    fit = fit_logit(outcome, design, level=level, groups=groups)
    counted = {name: rows if over is None else rows & over.to_numpy(dtype=bool) for name, rows in members.items()}
    if empty := [str(name) for name, rows in counted.items() if not rows.any()]:
        raise ModelError(f"there is no row to average over in {', '.join(empty)}")
    found = [_effect(fit, rows, f"treatment in {name}") for name, rows in counted.items()]
    values, gradients = np.array([value for value, _ in found]), np.array([gradient for _, gradient in found])
    rows = [
        vars(fit.difference(*effect)) | {"n": int(counted[name].sum())}
        for name, effect in zip(names, found, strict=True)
    ]
    table = pd.DataFrame(rows, index=pd.Index(names, name=subgroups.name))
    cov = gradients @ fit.cov_params().to_numpy() @ gradients.T
    return SubgroupEffects(table, cov, _equality(fit, values, gradients), fit)


def _effect(fit: LogitFit, rows: npt.NDArray[np.bool_], term: str) -> tuple[float, Array]:
    """The mean change in one group, and its gradient in the coefficients."""
    X, position = fit.design_matrix()[rows], fit.params.index.get_loc(term)
    beta = fit.params.to_numpy()
    value, gradient = 0.0, np.zeros(len(beta))
    for setting, sign in ((1.0, 1.0), (0.0, -1.0)):
        X[:, position] = setting
        p = expit(X @ beta)
        value += sign * float(p.mean())
        gradient += sign * (p * (1 - p)) @ X / len(X)
    return value, gradient


def _equality(fit: LogitFit, values: Array, gradients: Array) -> ChiSquareTest | None:
    """The test that all values are the first one; none where there is one only, or too few clusters for it."""
    if len(values) == 1:
        return None
    contrasts = np.eye(len(values))[1:] - np.eye(len(values))[0]
    differences = contrasts @ values
    if fit.clusters is not None:
        try:
            test = ChiSquareTest(*fit.clusters.test(differences, contrasts @ gradients))
        except ModelError:
            return None
        return None if np.isnan(test.p_value) else test
    cov = contrasts @ gradients @ fit.cov_params().to_numpy() @ gradients.T @ contrasts.T
    return ChiSquareTest.of(float(differences @ np.linalg.solve(cov, differences)), len(differences))
