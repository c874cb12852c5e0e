"""What a fitted mixed logistic regression answers."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import normal_quantile
from resultatbok.methods.mixed_logit import comparison, diagnostics, effects, marginal_effects, prediction, variance
from resultatbok.methods.mixed_logit.model import Model
from resultatbok.methods.mixed_logit.summary import Summary, summarise


class MixedLogitResults:
    """A fitted logistic regression with random intercepts; made by `mixed_logit` or `mixed_logit_arrays`.

    Attributes:
        model: What was fitted, for the modules beside this one.
        outcome: Name of the outcome.
    """

    def __init__(self, model: Model, outcome: str) -> None:
        self.model = model
        self.outcome = outcome

    @property
    def params(self) -> pd.Series:
        """Fixed effects on the logit scale."""
        return pd.Series(self.model.point.parameters[:-2], index=self.model.source.names, name="coefficient")

    def cov_params(self, *, with_sds: bool = False) -> pd.DataFrame:
        """Covariance of the fixed effects, from the observed information of all parameters.

        Args:
            with_sds: Whether to add the standard deviations of the levels, named `sd:<level>`. One at the
                boundary has missing values.
        """
        p, n_levels = self.model.problem.n_coefficients, self.model.problem.n_levels
        covariance = self.model.covariance.copy()
        covariance[~self.model.estimated] = np.nan
        covariance[:, ~self.model.estimated] = np.nan
        names = [*self.model.source.names, *(f"sd:{level}" for level in self.model.grouping.levels)]
        size = p + n_levels if with_sds else p
        return pd.DataFrame(covariance[:size, :size], index=names[:size], columns=names[:size])

    @property
    def bse(self) -> pd.Series:
        """Standard errors of the fixed effects."""
        return pd.Series(np.sqrt(np.diag(self.cov_params())), index=self.params.index, name="std_error")

    @property
    def zvalues(self) -> pd.Series:
        """Fixed effects over their standard errors."""
        return (self.params / self.bse).rename("z")

    @property
    def pvalues(self) -> pd.Series:
        """Two-sided p values of the fixed effects, by the normal distribution."""
        return pd.Series(2 * stats.norm.sf(self.zvalues.abs()), index=self.params.index, name="p_value")

    def conf_int(self, level: float = 0.95) -> pd.DataFrame:
        """Wald intervals of the fixed effects, columns `low` and `high`."""
        half = normal_quantile(level) * self.bse
        return pd.DataFrame({"low": self.params - half, "high": self.params + half})

    def terms(self, level: float = 0.95) -> pd.DataFrame:
        """Coefficient, standard error, z, p value, interval and odds ratio (with interval), by term."""
        table = pd.concat([self.params, self.bse, self.zvalues, self.pvalues, self.conf_int(level)], axis=1)
        table["odds_ratio"] = np.exp(table["coefficient"])
        table["odds_ratio_low"], table["odds_ratio_high"] = np.exp(table["low"]), np.exp(table["high"])
        return table.rename_axis("term")

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
    def df_model(self) -> int:
        """Number of parameters: fixed effects and standard deviations."""
        return self.model.problem.n_parameters

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2 * self.df_model - 2 * self.llf

    @property
    def bic(self) -> float:
        """Schwarz's criterion, with the number of rows."""
        return float(np.log(self.nobs)) * self.df_model - 2 * self.llf

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
        p = self.model.problem.n_coefficients
        errors = np.sqrt(np.diag(self.cov_params(with_sds=True))[p:])
        return pd.Series(errors, index=list(self.model.grouping.levels), name="std_error")

    @property
    def singular_levels(self) -> list[str]:
        """Levels whose standard deviation is at the boundary, 0."""
        return [str(level) for level, sd in self.group_sd.items() if sd == 0]

    @property
    def singular(self) -> bool:
        """Whether a standard deviation is at the boundary: the data show no variation at that level."""
        return bool(self.singular_levels)

    def group_effects(self, level: str, *, total: bool = False, parameter_uncertainty: bool = False) -> pd.DataFrame:
        """Conditional effects of the groups of a level on the logit scale.

        Args:
            level: Name of the group column.
            total: For the inner level, whether to add the outer group's effect.
            parameter_uncertainty: Whether `sd` also holds the uncertainty of the estimated parameters.
                Without it `sd` is that of the effect given the parameters, as lme4 reports it; with it, as
                glmmTMB does.

        Returns:
            Index the group, for the inner level (outer, inner). Columns `effect` (conditional mode), `sd`,
            `n` (rows) and `reliability` (share of the effects' variance that the group's data remove).

        Raises:
            ModelError: The model has no such level.
        """
        return effects.group_effects(self.model, self._level(level), total, parameter_uncertainty)

    def icc(self) -> pd.DataFrame:
        """Share of each level and of all in the latent variance: `icc` and `std_error` (delta method).

        The residual's variance is that of the standard logistic distribution. The correlation of two rows of
        the same inner group is the total; of two rows that share the outer group only, the outer level's.
        """
        return variance.intraclass_correlation(self.model)

    def pseudo_r2(self) -> pd.Series:
        """R2 of Nakagawa, Johnson and Schielzeth (2017) on the latent scale: `marginal` and `conditional`."""
        return variance.pseudo_r2(self.model)

    def lr_test(
        self, reduced: MixedLogitResults | None = None, *, level: str | None = None
    ) -> comparison.LikelihoodRatioTest:
        """Likelihood-ratio test of this model against a smaller one.

        Args:
            reduced: A fitted smaller model of the same rows. If not given, this model without random effects.
            level: Instead, this model without the effects of this level.

        Raises:
            ModelError: The other model is not a smaller model of the same rows.
        """
        if reduced is not None and level is not None:
            raise ModelError("lr_test: give a reduced model or a level, not both")
        if reduced is not None:
            return comparison.against(self.model, reduced.model)
        return comparison.without(self.model, None if level is None else self._level(level))

    def wald_test(self, terms: str | list[str] | pd.DataFrame) -> comparison.WaldTest:
        """Wald test that coefficients, or combinations of them, are all 0.

        Args:
            terms: Names of columns or of formula terms (a categorical term stands for all its columns), or a
                frame whose rows are combinations and whose columns are names of coefficients.

        Raises:
            ModelError: A name is unknown, or the combinations depend on each other.
        """
        return comparison.wald_test(self.model, terms)

    def predict(
        self,
        data: pd.DataFrame | None = None,
        effects: prediction.Effects = "none",
        *,
        offset: npt.ArrayLike | None = None,
        unknown_groups: Literal["error", "zero"] = "error",
    ) -> pd.Series:
        """Probability of the outcome.

        Args:
            data: Rows to predict, with the model's variables; the data fitted to if not given.
            effects: `none` for a group whose effects are 0; `conditional` at the modes of the row's own
                groups; `posterior` averaged over the conditional distribution of their effects; `marginal`
                averaged over all groups.
            offset: One value per row of `data`; needed if the model has an offset that is not a column of it.
            unknown_groups: For `conditional` and `posterior`, whether a group that was not fitted is an error
                or is taken from the distribution of groups (effect 0).

        Raises:
            ModelError: The data do not fit the model.
        """
        return prediction.predict(self.model, data, effects, offset, unknown_groups)

    def average_marginal_effect(
        self, variable: str, *, effects: Literal["none", "marginal"] = "marginal", level: float = 0.95
    ) -> pd.DataFrame:
        """Average change in probability over the rows fitted to, with delta-method standard errors.

        A 0/1 variable is changed from 0 to 1, a categorical variable from its first level to each other, a
        number by its derivative.

        Args:
            variable: A variable of the formula, or a column of the design. A column of a categorical term is
                compared with the term's first level.
            effects: Probabilities averaged over groups, or those of a group with no effect.
            level: Coverage of the interval.

        Returns:
            Index the contrast; columns `value`, `std_error`, `z`, `p_value`, `low`, `high` in probability.
        """
        return marginal_effects.average_marginal_effect(self.model, variable, effects, level)

    @cached_property
    def gradient(self) -> pd.Series:
        """Gradient of the log-likelihood at the estimates; about 0 for each that is not at the boundary."""
        return diagnostics.gradient(self.model)

    def overdispersion(self) -> diagnostics.Overdispersion:
        """Pearson statistic of the conditional residuals over its degrees of freedom."""
        return diagnostics.overdispersion(self.model)

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

    def summary(self, level: float = 0.95) -> Summary:
        """The fit as text; a notebook shows it as it prints."""
        return summarise(self, level)

    def _level(self, name: str) -> int:
        if name not in self.model.grouping.levels:
            raise ModelError(f"no level {name!r}; the model has {', '.join(self.model.grouping.levels)}")
        return self.model.grouping.levels.index(name)
