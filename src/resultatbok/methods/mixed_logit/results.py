"""What a fitted mixed logistic regression answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from resultatbok.methods.coefficients import CoefficientNames
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import normal_quantile
from resultatbok.methods.mixed_logit import comparison, diagnostics, effects, marginal_effects, prediction, variance
from resultatbok.methods.mixed_logit.model import Model


class MixedLogitResults(CoefficientNames):
    """A fitted logistic regression with random intercepts; made by `mixed_logit_arrays`.

    Attributes:
        model: What was fitted, for the modules beside this one.
    """

    def __init__(self, model: Model) -> None:
        self.model = model

    def cov_params(self) -> pd.DataFrame:
        """Covariance of the fixed effects, from the observed information of all parameters."""
        p = self.model.problem.n_coefficients
        return pd.DataFrame(self.model.covariance[:p, :p], index=self.model.names, columns=self.model.names)

    def terms(self, level: float = 0.95) -> pd.DataFrame:
        """Coefficient, standard error, z, p value (two-sided), Wald interval, odds ratio with interval, by term."""
        errors = np.sqrt(np.diag(self.cov_params()))
        table = pd.DataFrame(
            {"coefficient": self.model.point.parameters[:-2], "std_error": errors}, index=self.model.names
        )
        table["z"] = table["coefficient"] / errors
        table["p_value"] = 2 * stats.norm.sf(table["z"].abs())
        half = normal_quantile(level) * errors
        table["low"], table["high"] = table["coefficient"] - half, table["coefficient"] + half
        table["odds_ratio"] = np.exp(table["coefficient"])
        table["odds_ratio_low"], table["odds_ratio_high"] = np.exp(table["low"]), np.exp(table["high"])
        return table.rename_axis("term")

    def _table(self) -> pd.DataFrame:
        return self.terms()

    @property
    def llf(self) -> float:
        """Log-likelihood at the optimum, by Laplace or quadrature."""
        return self.model.point.loglik

    @property
    def nobs(self) -> int:
        """Number of rows."""
        return len(self.model.problem.outcome)

    @property
    def n_groups(self) -> pd.Series:
        """Number of groups at each level, outer to inner."""
        sizes = [len(labels) for labels in self.model.grouping.labels]
        return pd.Series(sizes, index=list(self.model.grouping.levels), name="groups")

    @property
    def converged(self) -> bool:
        """Whether the search ended at a maximum; if not, the estimates are not to be used."""
        return self.model.optimum.converged

    @property
    def group_sd(self) -> pd.Series:
        """Standard deviation of the random intercepts of each level on the logit scale, outer to inner."""
        return pd.Series(self.model.sds, index=list(self.model.grouping.levels), name="sd")

    @property
    def group_sd_se(self) -> pd.Series:
        """Standard errors of `group_sd`; missing where it is at the boundary."""
        model = self.model
        sds = slice(model.problem.n_coefficients, model.problem.n_parameters)
        errors = np.where(model.estimated, np.sqrt(np.diag(model.covariance)), np.nan)
        return pd.Series(errors[sds], index=list(model.grouping.levels), name="std_error")

    def group_effects(
        self, level: str, *, parameter_uncertainty: bool = False, own: Sequence[str] = ()
    ) -> pd.DataFrame:
        """Conditional effects of the groups of a level on the logit scale.

        Args:
            level: Name of the group column.
            parameter_uncertainty: Whether `sd` also holds the uncertainty of the estimated parameters.
                Without it `sd` is that of the effect given the parameters, as lme4 reports it; with it, as
                glmmTMB does.
            own: Columns of the design that do not vary within a group of the level, such as means of others, whose part
                is added to its effect.

        Returns:
            Index the group, for the inner level (outer, inner). Columns `effect` (conditional mode), `sd`,
            `n` (rows) and `reliability` (share of the effects' variance that the group's data remove).

        Raises:
            ModelError: The model has no such level.
        """
        return effects.group_effects(self.model, self._level(level), parameter_uncertainty, own)

    def icc(self) -> pd.DataFrame:
        """Share of each level and of all in the latent variance: `icc` and `std_error` (delta method).

        The residual's variance is that of the standard logistic distribution. The correlation of two rows of
        the same inner group is the total; of two rows that share the outer group only, the outer level's.
        """
        return variance.intraclass_correlation(self.model)

    def pseudo_r2(self) -> pd.Series:
        """R2 of Nakagawa, Johnson and Schielzeth (2017) on the latent scale: `marginal` and `conditional`."""
        return variance.pseudo_r2(self.model)

    def lr_test(self, *, level: str | None = None) -> comparison.LikelihoodRatioTest:
        """Likelihood-ratio test of this model against that without the effects of a level, or without any.

        Raises:
            ModelError: The model has no such level.
        """
        return comparison.without(self.model, None if level is None else self._level(level))

    def predict(self, effects: prediction.Effects) -> pd.Series:
        """Probability of the outcome in the rows fitted to.

        Args:
            effects: `posterior` averages over the conditional distribution of the row's own groups' effects, `marginal`
                over all groups.
        """
        return prediction.predict(self.model, effects)

    def average_marginal_effect(self, column: str, *, level: float = 0.95) -> pd.DataFrame:
        """Average change in probability over the rows fitted to and over groups, with errors by outer group.

        A 0/1 column is changed from 0 to 1, a number by its derivative. Errors and degrees of freedom do not need all
        groups to differ by one standard deviation (see `marginal_effects`).

        Args:
            column: A column of the design.
            level: Coverage of the interval.

        Returns:
            One row; columns `value`, `std_error`, `low`, `high` in probability, `freedom`. No interval where one group
            decides.

        Raises:
            ModelError: The design has no such column.
        """
        return marginal_effects.average_marginal_effect(self.model, column, level)

    def effect_quantiles(self, level: str) -> pd.DataFrame:
        """Q-Q data of a level: `sample` (standardised effect) and `theoretical` (normal quantile)."""
        return diagnostics.effect_quantiles(self.model, self._level(level))

    def influence(self) -> pd.DataFrame:
        """What leaving out each outer group would change, by one Newton step.

        Returns:
            Index the outer group; columns `n`, `cooks_distance` (fixed effects) and, for each parameter, its
            change in standard errors (estimate with all groups minus estimate without this one).
        """
        return diagnostics.influence(self.model)

    def _level(self, name: str) -> int:
        if name not in self.model.grouping.levels:
            raise ModelError(f"no level {name!r}; the model has {', '.join(self.model.grouping.levels)}")
        return self.model.grouping.levels.index(name)
