"""What each project contributes beyond what its participants lead one to expect, raw and shrunken, in two definitions.

The book's expects of participants what the main model does of those with their background at entry: what happens in the
programme is what a project does, so that adjusting for it would remove part of what a contribution is to measure. The
2022 report's expects what the individual model does, which includes what came after entry.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy import stats

from helpers.study.models import individual
from helpers.study.specification import OUTCOME, main_columns, scheme_indicator
from helpers.study.study import Study
from resultatbok.methods.errors import ModelError
from resultatbok.methods.group_means import group_means
from resultatbok.methods.logit import LogitFit, fit_logit
from resultatbok.methods.mixed_logit import MixedLogitResults, mixed_logit_arrays
from resultatbok.methods.mixed_logit.spread import SpreadTest, spread_test
from resultatbok.methods.shrinkage import no_difference, rank_intervals, shrunken_contributions
from resultatbok.methods.stability import Stability, year_to_year

Definition = Literal["entry", "report_2022"]
KINDS: Final = ("scheme", "project_size")
"""What projects may differ more or less by: a spread for each scheme, or for smaller and larger projects."""
SIZES: Final = ("smaller", "larger")
CUTS: Final = tuple(i / 6 for i in range(1, 6))
"""Quantiles of the sizes at which smaller and larger projects may part. With the median alone the intervals of the
smallest third cover 90 % where only these differ more (docs/methods/coverage.md)."""


@dataclass(frozen=True)
class Effects:
    """A model with project effects.

    Attributes:
        log_odds: The fixed part for each participant, in a project of average effect.
        effects: By project: `effect` (log-odds), `sd`, `reliability`, and `group_sd`, the spread it is drawn from.
        spreads: The standard deviation of the effects, given their means: of all projects, or by kind.
        llf: The log-likelihood.
    """

    log_odds: pd.Series
    effects: pd.DataFrame
    spreads: pd.Series
    llf: float


@dataclass(frozen=True, eq=False)
class ProjectEffects:
    """The contributions of one definition and the models behind them, each fitted when it is asked for.

    Attributes:
        study: The study.
        definition: `entry` or `report_2022`.
    """

    study: Study
    definition: Definition

    @cached_property
    def design(self) -> pd.DataFrame:
        """The columns of the model of expectation, the scheme among them, for the complete cases."""
        people = self.study.complete
        if self.definition == "report_2022":
            return self.study.individual_design
        return main_columns(people, self.study.cohort.analysis).assign(scheme=scheme_indicator(people))

    @cached_property
    def model(self) -> LogitFit:
        """The model of expectation without project effects."""
        if self.definition == "report_2022":
            return self.study.individual_model
        return fit_logit(self._outcome, self.design, level=self._level)

    @cached_property
    def raw(self) -> pd.DataFrame:
        """Expected and actual goal attainment and the contribution of each project large enough, with its scheme."""
        if self.definition == "report_2022":
            return self.study.contributions
        return individual.contributions(self.study, self.model)

    @cached_property
    def common(self) -> MixedLogitResults:
        """The model with one spread of all projects."""
        return mixed_logit_arrays(self._outcome, self.design, self._project.to_frame())

    @property
    def spreads(self) -> dict[str, SpreadTest]:
        """One spread against two, by what the projects are divided by; without those that cannot be tested.

        By size it is the cut of the highest likelihood, its p-value times the number of cuts (Bonferroni).
        """
        return {name: test for name, (test, _) in self._divisions.items()}

    @cached_property
    def _divisions(self) -> dict[str, tuple[SpreadTest, pd.Series]]:
        """The test of each division and the kind of each participant's project in it."""
        found = {}
        for name, kinds in self._kinds.items():
            tests = []
            for kind in kinds:
                with suppress(ModelError):  # there is one scheme only, or the search found no maximum
                    tests.append((spread_test(self._outcome, self.design, self._project, kind), kind))
            if tests:
                test, kind = max(tests, key=lambda pair: pair[0].llf)
                found[name] = replace(test, p_value=min(1.0, len(tests) * test.p_value)), kind
        return found

    @property
    def divided_by(self) -> str:
        """The book's rule: what the spread is divided by, or nothing.

        It is divided where the likelihood-ratio test refuses one spread at the level of the cohort, shared by the tests
        (Bonferroni), and by that which it refuses most clearly. A spread of 0 cannot be used.
        """
        usable = {name: test.p_value for name, test in self.spreads.items() if (test.table["sd"] > 0).all()}
        best = min(usable, key=lambda name: usable[name], default="")
        return best if best and usable[best] < (1 - self._level) / len(self.spreads) else ""

    @cached_property
    def fitted(self) -> Effects:
        """The model of the book's shrunken contributions."""
        return self._fitted(self.design, self.divided_by)

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """Shrunken contributions of the projects in `raw`, by the book's rule on spreads."""
        return self._shrunken(self.fitted)

    @cached_property
    def with_one_spread(self) -> pd.DataFrame:
        """The same with one spread of all projects."""
        return self._shrunken(self._fitted(self.design, ""))

    @cached_property
    def fitted_with_means(self) -> Effects:
        """The model with the means of its covariates by project; a project's effect holds what its means add."""
        return self._fitted(pd.concat([self.design, self._means], axis=1), self.divided_by)

    @cached_property
    def with_means(self) -> pd.DataFrame:
        """Shrunken contributions drawn towards those of projects whose participants are alike on average."""
        return self._shrunken(self.fitted_with_means)

    @property
    def means_test(self) -> tuple[float, int, float]:
        """Likelihood-ratio test that the means add nothing (Mundlak): statistic, degrees of freedom, p-value."""
        statistic, freedom = max(0.0, 2 * (self.fitted_with_means.llf - self.fitted.llf)), len(self._means.columns)
        return statistic, freedom, float(stats.chi2.sf(statistic, freedom))

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Mean rank of each project in `raw`, with its interval; 1 is the largest effect."""
        effects = self.fitted.effects.loc[self.raw.index]
        if (effects["group_sd"] == 0).any():  # projects that do not differ can have any rank
            effects = effects.assign(effect=0.0, sd=1.0)
        return rank_intervals(effects, level=self._level, seed=self.study.cohort.analysis.seed)

    @cached_property
    def stability(self) -> Stability | None:
        """How much of the contributions of one year is there in the next; none where too few projects have two."""
        people, seed = self.study.complete, self.study.cohort.analysis.seed
        try:
            return year_to_year(
                self._outcome, self.model.fitted, self._project, people["end_year"], seed=seed, level=self._level
            )
        except ModelError:
            return None

    @property
    def _outcome(self) -> pd.Series:
        return self.study.complete[OUTCOME]

    @property
    def _project(self) -> pd.Series:
        return self.study.complete["project"]

    @property
    def _level(self) -> float:
        return self.study.cohort.analysis.confidence_level

    @cached_property
    def _means(self) -> pd.DataFrame:
        """Means of the covariates by project, less the average project's."""
        means = group_means(self.design, self._project)
        return means - means.groupby(self._project.to_numpy()).first().mean()

    @property
    def _kinds(self) -> dict[str, list[pd.Series]]:
        """The ways to divide the projects: the kind of each participant's project."""
        sizes, scheme = self._project.value_counts(), self.study.complete["scheme"].astype(str)
        own = self._project.map(sizes)
        cuts = sorted(set(sizes.quantile(CUTS, interpolation="lower")))
        by_size = [pd.Series(np.where(own <= cut, *SIZES), index=scheme.index, name="project_size") for cut in cuts]
        return dict(zip(KINDS, ([scheme], by_size), strict=True))

    def _fitted(self, design: pd.DataFrame, divided_by: str) -> Effects:
        """A model with one spread, or with one for each kind; what means by project add belongs to the project."""
        covariates, project = self.design.columns, self._project
        means = [str(name) for name in design.columns.drop(covariates)]
        if divided_by:
            _, kind = self._divisions[divided_by]
            test = spread_test(self._outcome, design, project, kind, own=means)
            params, effects, spreads, llf = test.params, test.effects, test.table["sd"], test.llf
        else:
            one = project.to_frame()
            found = mixed_logit_arrays(self._outcome, design, one) if means else self.common
            params, spreads, llf = found.params, found.group_sd, found.llf
            effects = found.group_effects("project", parameter_uncertainty=True, own=means)
            effects = effects.assign(group_sd=float(spreads.iloc[0]))
        added = (design[means] @ params[means]).groupby(project.to_numpy()).first().std()
        effects = effects.assign(group_sd=np.hypot(effects["group_sd"], added))
        return Effects(self.design @ params[covariates] + params["constant"], effects, spreads, llf)

    def _shrunken(self, fit: Effects) -> pd.DataFrame:
        kept, spread = self.raw.index, fit.effects["group_sd"]
        if (spread == 0).any():
            return no_difference(self.raw["participants"])
        table = shrunken_contributions(fit.log_odds, self._project, fit.effects, spread, level=self._level)
        return table.loc[kept]


@cache
def project_effects(study: Study, definition: Definition = "entry") -> ProjectEffects:
    """The contributions of one definition."""
    return ProjectEffects(study, definition)
