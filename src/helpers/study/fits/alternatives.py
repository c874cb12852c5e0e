"""The scheme's effect when one decision is taken differently: other errors, other terms, other codings.

Where nothing else is said, errors let participants of a project be alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

from helpers import registers
from helpers.cohort.settings import Cohort
from helpers.study import specification
from helpers.study.fits.imputation import PooledModel, pooled_individual_model
from helpers.study.models.multilevel import MultilevelFit, multilevel
from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.intervals import Difference
from resultatbok.methods.logit import LogitFit, fit_logit
from resultatbok.methods.shares import share_by

CODINGS: Final[Mapping[str, Mapping[str, Any]]] = {
    "wage_subsidy_attained": {"wage_subsidy_attains_goal": True},
    "wage_subsidy_not_attained": {"wage_subsidy_attains_goal": False},
    "end_reasons_missing": {"end_reason_not_counted": "missing"},
    "end_reasons_not_attained": {"end_reason_not_counted": "not_attained"},
    "norwegian_five_levels": {"norwegian_scale": "five_levels"},
    "norwegian_four_levels": {"norwegian_scale": "four_levels"},
    "last_track": {"education_track": "last"},
    "first_track": {"education_track": "first"},
    "highest_track": {"education_track": "highest"},
    "absence_5_percent": {"high_absence_from": 0.05},
    "absence_10_percent": {"high_absence_from": 0.10},
    "absence_20_percent": {"high_absence_from": 0.20},
}
"""Coding choices by the version's name; those that are not the cohort's own are tried, one at a time."""


@dataclass(frozen=True)
class Version:
    """The scheme's effect by one version of the analysis.

    Attributes:
        n: Participants it rests on.
        effect: Average marginal effect, as a difference between probabilities.
        coefficient: Coefficient on the log-odds scale.
        p_value: Of the coefficient.
    """

    n: int
    effect: Difference
    coefficient: Difference
    p_value: float


def of_logit(fit: LogitFit) -> Version:
    """The version that a logistic regression gives."""
    return Version(fit.n, fit.average_effect("scheme"), *_coefficient(fit.terms))


def of_multilevel(fit: MultilevelFit, level: float) -> Version:
    """The version that a multilevel model gives."""
    effect = fit.results.average_marginal_effect("scheme", level=level).set_axis(["scheme"])
    return Version(fit.results.nobs, _difference(effect), *_coefficient(fit.results.terms(level)))


def of_pooled(model: PooledModel) -> Version:
    """The version that multiple imputation gives."""
    return Version(model.n, _difference(model.effects), *_coefficient(model.terms_by_project))


def imputed(study: Study) -> Version:
    """All leavers, their missing values imputed."""
    return of_pooled(pooled_individual_model(study))


@cache
def clustered_by_municipality(study: Study) -> LogitFit:
    """The individual model with errors that let participants of a municipality, in all its projects, be alike."""
    level, people = study.cohort.analysis.confidence_level, study.complete
    return fit_logit(people[specification.OUTCOME], study.individual_design, level=level, groups=people["municipality"])


@cache
def with_municipality_dummies(study: Study) -> Version:
    """The individual model with a term for each municipality; those where all or none reached the goal say nothing."""
    people = study.complete
    share = people.groupby("municipality")[specification.OUTCOME].transform("mean")
    varies = (share > 0) & (share < 1)
    kept = people[varies].reset_index(drop=True)
    dummies = pd.get_dummies(kept["municipality"], dtype=float, prefix="in").iloc[:, 1:]
    design = pd.concat([study.individual_columns(kept), dummies], axis=1)
    return _fit_version(kept[specification.OUTCOME], design, kept["project"], study.cohort.analysis.confidence_level)


@cache
def with_random_intercepts(study: Study) -> MultilevelFit:
    """The individual model with random intercepts of municipalities and of the projects in them, and no context."""
    return multilevel(study.complete, study.individual_columns, {}, ["municipality", "project"])


@cache
def school_models(study: Study) -> dict[str, LogitFit]:
    """The individual model with the two school measures treated in each of several ways, by version."""
    design = study.individual_design
    primary, upper = specification.PRIMARY_SCHOOL, specification.UPPER_SECONDARY
    either = design[[primary, upper]].max(axis=1)
    designs = {
        "without_primary": design.drop(columns=primary),
        "without_upper_secondary": design.drop(columns=upper),
        "without_school": design.drop(columns=[primary, upper]),
        "school_combined": design.drop(columns=[primary, upper]).assign(measure_school_subjects=either),
    }
    people, level = study.complete, study.cohort.analysis.confidence_level
    return {
        name: fit_logit(people[specification.OUTCOME], columns, level=level, groups=people["project"])
        for name, columns in designs.items()
    }


@dataclass(frozen=True)
class OtherCoding:
    """What a version of the coding leads to.

    Attributes:
        version: The scheme's effect in the individual model.
        attainment: Goal attainment of all leavers by scheme: `scheme`, `value`, `n`, `std_error`, `low`, `high`.
    """

    version: Version
    attainment: pd.DataFrame


@cache
def other_codings(study: Study) -> dict[str, OtherCoding]:
    """The cohort read again with each coding that differs from its own, by version."""
    own = study.cohort.coding.model_dump()
    differing = {name: choice for name, choice in CODINGS.items() if any(own[k] != v for k, v in choice.items())}
    return {
        name: _other_coding(_recoded(study.cohort, choice), study.data_fingerprint)
        for name, choice in differing.items()
    }


def attainment_of_leavers(participants: pd.DataFrame, level: float) -> pd.DataFrame:
    """Goal attainment of all leavers whose outcome is counted, by scheme."""
    return share_by(participants, specification.OUTCOME, ["scheme"], level=level)


def _recoded(cohort: Cohort, choice: Mapping[str, Any]) -> Cohort:
    return cohort.model_copy(update={"coding": cohort.coding.model_copy(update=dict(choice))})


@cached
def _other_coding(cohort: Cohort, data: str) -> OtherCoding:
    """Read and fit once; the fingerprint of the files is there for the cache to see."""
    level, participants = cohort.analysis.confidence_level, registers.load(cohort).participants
    complete = participants.dropna(subset=list(specification.REQUIRED)).reset_index(drop=True)
    design = specification.individual_design(complete, cohort.analysis)
    fit = fit_logit(complete[specification.OUTCOME], design, level=level, groups=complete["project"])
    return OtherCoding(of_logit(fit), attainment_of_leavers(participants, level))


@cached
def _fit_version(outcome: pd.Series, design: pd.DataFrame, projects: pd.Series, level: float) -> Version:
    return of_logit(fit_logit(outcome, design, level=level, groups=projects))


def _coefficient(terms: pd.DataFrame) -> tuple[Difference, float]:
    return _difference(terms.rename(columns={"coefficient": "value"})), float(terms["p_value"]["scheme"])


def _difference(estimates: pd.DataFrame) -> Difference:
    return Difference(*(float(estimates[name]["scheme"]) for name in ("value", "std_error", "low", "high")))
