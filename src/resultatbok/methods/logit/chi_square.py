"""Tests of several coefficients at once: likelihood ratio between nested models, and Wald."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit.result import LogitFit


@dataclass(frozen=True)
class ChiSquareTest:
    """A test statistic with its p-value.

    Attributes:
        statistic: Chi-square under the null hypothesis, nearly.
        p_value: From the chi-square distribution, or from F where the covariance rests on clusters.
    """

    statistic: float
    p_value: float

    @classmethod
    def of(cls, statistic: float, df: int) -> ChiSquareTest:
        """The test of `df` coefficients with a known covariance."""
        return cls(statistic, float(stats.chi2.sf(statistic, df)))


def likelihood_ratio_test(small: LogitFit, large: LogitFit) -> ChiSquareTest:
    """Test of the columns that the larger of two nested models adds.

    Raises:
        ModelError: The models are not nested, or were fitted to different rows or outcomes.
    """
    extra = set(large.design.columns) - set(small.design.columns)
    outside = set(small.design.columns) - set(large.design.columns)
    if outside or not extra:
        raise ModelError(
            "the models are not nested: the larger one must have every column of the smaller and more "
            f"(only in the smaller: {sorted(outside)})"
        )
    same_rows = small.outcome.index.equals(large.outcome.index)
    if not same_rows or not np.array_equal(small.outcome.to_numpy(), large.outcome.to_numpy()):
        raise ModelError(f"the models have different rows ({small.n} and {large.n}); fit both on the complete rows")
    return ChiSquareTest.of(max(0.0, 2 * (large.llf - small.llf)), len(extra))


def wald_test(fit: LogitFit, terms: Sequence[str]) -> ChiSquareTest:
    """Test that all these terms are zero, with the fit's own (possibly cluster-robust) covariance.

    With clusters the p-value is that of the approximate Hotelling distribution (`methods.clusters`).

    Raises:
        ModelError: A term is not in the model, or there are more terms than the clusters can carry.
    """
    unknown = [t for t in terms if t not in fit.terms.index]
    if unknown:
        raise ModelError(f"the model has no term {', '.join(map(repr, unknown))}")
    b = fit.params.loc[list(terms)].to_numpy()
    if fit.clusters is not None:
        contrasts = pd.DataFrame(np.eye(len(fit.terms)), index=fit.terms.index).loc[list(terms)].to_numpy()
        return ChiSquareTest(*fit.clusters.test(b, contrasts))
    cov = fit.cov_params().loc[list(terms), list(terms)].to_numpy()
    return ChiSquareTest.of(float(b @ np.linalg.solve(cov, b)), len(b))
