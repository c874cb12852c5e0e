"""Shares of the latent variance: intraclass correlation and pseudo R2."""

from __future__ import annotations

import numpy as np
import pandas as pd

from resultatbok.methods.mixed_logit.model import Model

LOGISTIC_VARIANCE = np.pi**2 / 3
"""Variance of the standard logistic distribution, the latent residual of a logistic regression."""


def intraclass_correlation(model: Model) -> pd.DataFrame:
    """Share of each level and of all in the latent variance, with delta-method standard errors."""
    sds, levels = model.sds, list(model.grouping.levels)
    variances = sds**2
    whole = variances.sum() + LOGISTIC_VARIANCE
    shares = variances / whole
    # d share_k / d sd_l = 2 sd_l (1[k = l] - share_k) / whole; the total's is their sum
    slopes = 2 * sds * (np.eye(len(sds)) - shares[:, None]) / whole
    slopes = np.vstack([slopes, slopes.sum(axis=0)])
    p = model.problem.n_coefficients
    covariance = model.covariance[p : p + len(sds), p : p + len(sds)]
    errors = np.sqrt(np.einsum("kl,lm,km->k", slopes, covariance, slopes))
    at_boundary = np.append(sds == 0, not sds.any())
    table = {"icc": np.append(shares, shares.sum()), "std_error": np.where(at_boundary, np.nan, errors)}
    return pd.DataFrame(table, index=pd.Index([*levels, "total"], name="level"))


def pseudo_r2(model: Model) -> pd.Series:
    """Marginal (fixed effects) and conditional (with groups) R2 on the latent scale.

    Nakagawa, Johnson and Schielzeth (2017), Journal of the Royal Society Interface 14, with the theoretical
    variance of the logit link.
    """
    problem = model.problem
    fixed = problem.design @ model.point.parameters[:-2]
    explained = float(np.var(fixed, ddof=1))
    groups = float((model.sds**2).sum())
    whole = explained + groups + LOGISTIC_VARIANCE
    return pd.Series({"marginal": explained / whole, "conditional": (explained + groups) / whole}, name="r2")
