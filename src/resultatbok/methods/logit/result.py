"""A fitted logistic model: its coefficients, measures of fit, predictions and average effects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from resultatbok.methods.clusters import ClusterErrors
from resultatbok.methods.coefficients import CoefficientNames
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference, t_quantile
from resultatbok.methods.logit import effects
from resultatbok.methods.logit.design import is_binary
from resultatbok.methods.rows import check_rows

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LogitFit(CoefficientNames):
    """A fitted logistic model.

    Attributes:
        terms: One row per term (constant first): coefficient, std_error, z, freedom, p_value (two-sided), low,
            high, odds_ratio, odds_ratio_low, odds_ratio_high, stars.
        covariance: Of the coefficients; cluster-robust where the fit was given groups.
        n: Rows.
        llf: Log-likelihood at the estimate.
        llnull: Log-likelihood of the model with a constant alone.
        converged: Whether Newton's method met its tolerance.
        level: Coverage of the intervals.
        outcome: The 0/1 outcome.
        design: The columns without the constant.
        fitted: Fitted probabilities, on the outcome's index.
        clusters: Cluster-robust errors and their degrees of freedom, None without clustering.
    """

    terms: pd.DataFrame
    covariance: pd.DataFrame = field(repr=False)
    n: int
    llf: float
    llnull: float
    converged: bool
    level: float
    outcome: pd.Series = field(repr=False)
    design: pd.DataFrame = field(repr=False)
    fitted: pd.Series = field(repr=False)
    clusters: ClusterErrors | None = field(default=None, repr=False)

    @property
    def n_groups(self) -> int | None:
        """Clusters, None without clustering."""
        return None if self.clusters is None else self.clusters.n_clusters

    @property
    def nobs(self) -> int:
        """Rows."""
        return self.n

    def cov_params(self) -> pd.DataFrame:
        """Covariance of the coefficients."""
        return self.covariance

    def _table(self) -> pd.DataFrame:
        return self.terms

    def freedom(self, contrast: Array) -> float:
        """Degrees of freedom of a contrast of the coefficients, or of anything with it as gradient."""
        return np.inf if self.clusters is None else self.clusters.freedom(contrast)

    def difference(self, value: float, gradient: Array) -> Difference:
        """A function of the coefficients with its delta-method error, its degrees of freedom and interval."""
        error = float(np.sqrt(gradient @ self.cov_params().to_numpy() @ gradient))
        return Difference.around(value, error, self.level, self.freedom(gradient))

    @property
    def df_model(self) -> int:
        """Coefficients besides the constant."""
        return self.design.shape[1]

    @property
    def r2_mcfadden(self) -> float:
        """McFadden's pseudo R2: 1 - llf / llnull."""
        return 1 - self.llf / self.llnull

    @property
    def r2_mcfadden_adjusted(self) -> float:
        """McFadden's adjusted pseudo R2, with one penalty point per coefficient, the constant included.

        Source: Ben-Akiva and Lerman (1985), Discrete Choice Analysis, page 167; printed by Stata's fitstat.
        """
        return 1 - (self.llf - self.df_model - 1) / self.llnull

    @property
    def aic(self) -> float:
        """Akaike's information criterion."""
        return 2 * (self.df_model + 1) - 2 * self.llf

    def design_matrix(self) -> Array:
        """The design with its leading constant."""
        return np.column_stack([np.ones(self.n), self.design.to_numpy(dtype=float)])

    def predict(self, profiles: pd.DataFrame) -> pd.DataFrame:
        """Predicted probabilities of described participants.

        Args:
            profiles: One row per described participant, with at least the columns of the design.

        Returns:
            Columns `probability`, `std_error`, `low`, `high`, on the index of `profiles`. The interval is that of
            the expected share among such participants (delta method on the logit scale), not of one person's
            outcome.

        Raises:
            ModelError: A column of the design is not there or has missing values.
        """
        absent = [c for c in self.design.columns if c not in profiles.columns]
        if absent:
            raise ModelError(f"the profiles lack {', '.join(map(repr, absent))}, which the model was fitted with")
        chosen = profiles[self.design.columns]
        unknown = chosen.columns[chosen.isna().any()]
        if len(unknown):
            raise ModelError(f"the profiles have missing values in {', '.join(map(repr, unknown))}")
        X = np.column_stack([np.ones(len(chosen)), chosen.to_numpy(dtype=float)])
        log_odds = X @ self.params.to_numpy()
        error = np.sqrt(np.einsum("ij,jk,ik->i", X, self.cov_params().to_numpy(), X))
        half = error * np.array([t_quantile(self.level, self.freedom(row)) for row in X])
        p = expit(log_odds)
        limits = {"low": expit(log_odds - half), "high": expit(log_odds + half)}
        return pd.DataFrame({"probability": p, "std_error": p * (1 - p) * error, **limits}, index=profiles.index)

    def predicted_difference(self, first: pd.Series, second: pd.Series) -> Difference:
        """Predicted probability of one described participant minus that of another.

        Args:
            first: A described participant, with at least the columns of the design.
            second: The one to compare with.

        Returns:
            The difference with its delta-method standard error and interval. Both predictions come from the
            same coefficients, so this is more precise than two intervals side by side suggest.
        """
        described = pd.DataFrame([first, second])[self.design.columns].to_numpy(dtype=float)
        rows = np.column_stack([np.ones(2), described])
        return self.difference(*effects.predicted_change(rows, self.params.to_numpy()))

    def average_effect(self, term: str, factor: Iterable[str] = (), *, over: pd.Series | None = None) -> Difference:
        """Average marginal effect of a term on the probability of the outcome.

        For a 0/1 column this is the mean change when it goes from 0 to 1, for any other the mean slope per
        unit. The covariates of the sample are taken as given; standard errors are the delta method's.

        Args:
            term: Column of the design.
            factor: The columns of the factor that `term` is a category of. They are set to 0 on both
                sides, so that the effect is the one against the reference category.
            over: Whether to average over each row, in the rows' order; over all if not given. Over the treated it is
                the average effect on them.

        Raises:
            ModelError: The design has no such column, a factor's column is not 0/1, or there is no row to average over.
        """
        check_rows(outcome=self.outcome, over=over)
        X = self.design_matrix()
        return self._effect(X, term, factor, slice(None) if over is None else over.to_numpy(dtype=bool))

    def average_effects(self) -> pd.DataFrame:
        """Average marginal effects of every term, a factor's columns changed one by one.

        Returns:
            Columns `value`, `std_error`, `low`, `high`, `freedom`, indexed by term.
        """
        X = self.design_matrix()
        rows = [vars(self._effect(X, term, (), slice(None))) for term in self.design.columns]
        return pd.DataFrame(rows, index=pd.Index(self.design.columns, name="term"))

    def _effect(self, X: Array, term: str, factor: Iterable[str], over: slice | npt.NDArray[np.bool_]) -> Difference:
        siblings = [self._position(c) for c in factor if c != term]
        position = self._position(term)
        params = self.params.to_numpy()
        if not len(X[over]):
            raise ModelError("there is no row to average the effect over")
        if is_binary(X[:, position]):
            return self.difference(*effects.average_change(X[over], params, position, siblings))
        if siblings:
            raise ModelError(f"column {term!r} is not 0/1, so it cannot be a category of a factor")
        return self.difference(*effects.average_slope(X[over], params, position))

    def _position(self, term: str) -> int:
        if term not in self.design.columns:
            raise ModelError(f"the model has no term {term!r}; it has {list(self.design.columns)}")
        return 1 + list(self.design.columns).index(term)
