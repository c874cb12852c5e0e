"""The study: the analysis tables of one cohort and the fits that several chapters share.

A chapter opens the study of its cohort file and asks for what it needs; everything is made on first use. What is
read from the registers and the slow fits are kept on disk between chapters (see `helpers.cache`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers import specification
from helpers.cache import cached
from helpers.data import Data
from helpers.measures import named_packages, single_measures
from helpers.methods.contribution import contribution_indicators
from helpers.methods.logit import LogitFit, fit_logit
from helpers.methods.mixed_logit import MixedLogitResults, mixed_logit_arrays
from helpers.methods.packages import Packages

_mixed_logit = cached(mixed_logit_arrays)


@dataclass(frozen=True)
class MultilevelFit:
    """A multilevel model with what was put into it.

    Attributes:
        results: The fitted model.
        design: Its columns, without the constant.
        participants: The rows it was fitted on.
    """

    results: MixedLogitResults
    design: pd.DataFrame
    participants: pd.DataFrame


class Study(Data):
    """The data and the shared fits of one cohort."""

    @cached_property
    def individual_design(self) -> pd.DataFrame:
        """The individual model's columns for the complete cases."""
        return self.individual_columns(self.complete)

    @cached_property
    def individual_model(self) -> LogitFit:
        """Logistic regression of goal attainment on scheme, characteristics and measures (table 17, column 1)."""
        return fit_logit(
            self.complete[specification.OUTCOME],
            self.individual_design,
            level=self.cohort.analysis.confidence_level,
        )

    @cached_property
    def individual_model_by_project(self) -> LogitFit:
        """The individual model with errors that let participants of a project be alike.

        The scheme is a trait of projects, so what is said of it in percentage points rests on this one. The
        coefficients are those of `individual_model`, whose errors are the 2022 report's.
        """
        return self.by_project(self.individual_model)

    def by_project(self, fit: LogitFit) -> LogitFit:
        """A fit on the complete cases, with errors clustered by project."""
        return fit_logit(fit.outcome, fit.design, level=fit.level, groups=self.complete["project"])

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """Expected and actual goal attainment and the contribution of each project large enough, with its scheme."""
        indicators = contribution_indicators(
            self.complete[specification.OUTCOME],
            self.individual_model.fitted,
            self.complete["project"],
            min_participants=self.cohort.analysis.project_min_participants,
            level=self.cohort.analysis.confidence_level,
        )
        schemes = self.complete.drop_duplicates("project").set_index("project")["scheme"]
        return indicators.assign(scheme=schemes.reindex(indicators.index).astype(str))

    @cached_property
    def packages(self) -> Packages:
        """Measure packages of the Jobbsjansen participants, from their single measures.

        They are found in this cohort, or those of another cohort where the cohort file says so.
        """
        choices, measures = self.cohort.analysis, self.registers.single_measures
        if choices.packages_from:
            return Study.open(choices.packages_from).packages.applied(measures)
        return named_packages(measures, single_measures()["category"], choices)

    @cached_property
    def municipality_model(self) -> MultilevelFit:
        """Multilevel model with municipal context (table 17, column 2)."""
        participants = self._with_municipal_statistics(self.in_large_units(["municipality", "end_year"]))
        context = _municipal_context(participants)
        return multilevel(participants, self.background_columns, context, ["municipality"])

    @cached_property
    def project_model(self) -> MultilevelFit:
        """Multilevel model with the projects' resources (table 17, column 3)."""
        accounts = self.registers.project_years[["project", "year", "wage_costs_per_participant_1000_nok"]]
        participants = self.in_large_units(["project", "end_year"]).merge(
            accounts, left_on=["project", "end_year"], right_on=["project", "year"], validate="many_to_one"
        )
        context = {specification.RESOURCES: participants["wage_costs_per_participant_1000_nok"]}
        return multilevel(participants, self.background_columns, context, ["project"])

    @cached_property
    def full_model(self) -> MultilevelFit:
        """All terms of the individual model and the municipal context, with projects within municipalities.

        The 2022 report could not fit this model and split it over two reduced ones.
        """
        participants = self._with_municipal_statistics(self.complete)
        context = _municipal_context(participants)
        return multilevel(participants, self.individual_columns, context, ["municipality", "project"])

    def individual_columns(self, participants: pd.DataFrame) -> pd.DataFrame:
        """The individual model's columns for some participants."""
        return specification.individual_design(participants, self.cohort.analysis)

    def background_columns(self, participants: pd.DataFrame) -> pd.DataFrame:
        """The reduced multilevel models' columns for some participants, without the context."""
        return specification.background_design(participants)

    def _with_municipal_statistics(self, participants: pd.DataFrame) -> pd.DataFrame:
        """Participants with the statistics of their municipality in the year they left."""
        return participants.merge(
            self.registers.municipality_years,
            left_on=["municipality", "end_year"],
            right_on=["municipality", "year"],
            validate="many_to_one",
        )

    def in_large_units(self, unit: list[str]) -> pd.DataFrame:
        """Complete cases in units with enough leavers; all leavers count towards the limit."""
        leavers = self.participants.groupby(unit, observed=True).size()
        large = leavers.index[leavers >= self.cohort.analysis.multilevel_min_participants]
        return self.complete[pd.MultiIndex.from_frame(self.complete[unit]).isin(large)]


def _municipal_context(participants: pd.DataFrame) -> dict[str, pd.Series]:
    """The municipal variables of the models, by term."""
    return {
        "municipality_immigrant_share": participants["immigrant_share"],
        "municipality_net_in_migration": participants["net_in_migration_per_1000"],
        "municipality_labour_market": participants["selected_industries_share"],
    }


def multilevel(
    participants: pd.DataFrame,
    make_design: Callable[[pd.DataFrame], pd.DataFrame],
    context: dict[str, pd.Series],
    groups: list[str],
) -> MultilevelFit:
    """Fit a random-intercept model on a design and standardised context, on the rows whose context is known.

    Args:
        participants: Participants with a known outcome and group.
        make_design: Gives the columns, without the constant, of the participants that are kept.
        context: Values of the municipality or project by term; none for a model without context.
        groups: Columns that name the units, outer to inner.
    """
    known = pd.DataFrame(context, index=participants.index).notna().all(axis=1)
    kept = participants[known].reset_index(drop=True)
    design = make_design(kept)
    for name, values in context.items():
        design[name] = specification.standardised(values[known].reset_index(drop=True))
    results = _mixed_logit(kept[specification.OUTCOME], design, kept[groups])
    return MultilevelFit(results, design, kept)
