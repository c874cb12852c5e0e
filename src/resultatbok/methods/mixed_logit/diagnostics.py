"""Whether the fit can be trusted: shape of the effects, influence of groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import linalg, stats

from resultatbok.methods.mixed_logit.effects import conditional
from resultatbok.methods.mixed_logit.model import Model, usable_covariance


def effect_quantiles(model: Model, level: int) -> pd.DataFrame:
    """Q-Q data: modes over the spread they have if the model is right, beside normal quantiles.

    The variance of a conditional mode is the level's variance less the conditional variance, so modes of
    large and small groups are put on one scale. Groups are in the order of their standardised effect. Empty
    if the level's variance is 0.
    """
    modes, variances = conditional(model, level, total=False)
    spread = np.sqrt(np.maximum(model.sds[level] ** 2 - variances, 0))
    shown = spread > 0
    sample = pd.Series(modes[shown] / spread[shown], index=model.grouping.labels[level][shown], name="sample")
    sample = sample.sort_values(kind="stable")
    ranks = (np.arange(len(sample)) + 0.5) / max(len(sample), 1)
    return pd.DataFrame({"theoretical": stats.norm.ppf(ranks), "sample": sample})


def influence(model: Model) -> pd.DataFrame:
    """Change of every parameter, in standard errors, by leaving out one outer group: one Newton step.

    At the optimum the scores of all groups add to 0, so the step without a group is the covariance times its
    score. Cook's distance is that of the fixed effects, divided by their number.
    """
    names, p = model.parameter_names, model.problem.n_coefficients
    scores = model.objective.group_scores(model.point)
    covariance = usable_covariance(model)
    changes = scores @ covariance
    fixed = changes[:, :p]
    whitened = linalg.solve_triangular(linalg.cholesky(covariance[:p, :p], lower=True), fixed.T, lower=True)
    errors = np.sqrt(np.diag(covariance))
    with np.errstate(
        invalid="ignore"
    ):  # a standard deviation at the boundary has no error, so no change in units of it
        table = pd.DataFrame((changes / errors)[:, : len(names)], columns=names, index=model.grouping.labels[0])
    table.insert(0, "n", model.grouping.rows_of(0))
    table.insert(1, "cooks_distance", (whitened**2).sum(axis=0) / p)
    return table
