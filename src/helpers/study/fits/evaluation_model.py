"""The evaluation's model of who reaches the goal in Jobbsjansen (table 7.5), and what it tested and left out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import LogitFit, Selection, estimable_columns, fit_logit, specific_to_general, wald_test

OUTCOME = "goal_attained"
CLUSTER = "project_name"

FINAL = (
    "origin_africa",
    "education_level",
    "reduced_work_capacity",
    "absence",
    "work_experience_home_country",
    "refugee_service",
    "selection_close_followup_need",
    "part_time_work_followed_up",
    "foreign_education_recognition",
    "stress_management",
    "society_orientation_course",
    "culture_film_music_theatre_painting",
)
"""The terms of table 7.5."""

SINGLE_MEASURES = {
    "part_time_work_followed_up": "v3_2_10",
    "foreign_education_recognition": "v3_3_1",
    "stress_management": "v3_4_3",
    "society_orientation_course": "v3_5_1",
    "culture_film_music_theatre_painting": "v3_5_8",
    "work_practice_ordinary": "v3_2_3",
}
PARTICIPANT = {
    "education_level": "education_detailed",
    "reduced_work_capacity": "reduced_work_capacity",
    "absence": "absence_level",
    "work_experience_home_country": "work_home_country",
    "norwegian_level": "norwegian_start",
    "age": "age",
    "work_experience_norway": "work_norway",
    "years_of_residence": "years_in_norway",
    "children_under_18": "children_under_18",
}
PROJECT = {
    "selection_close_followup_need": "followup_need",
    "project_size_staff": "project_staff",
    "local_interest": "local_interest",
    "local_influence": "local_influence",
    "number_of_cooperation_partners": "n_partners",
    "way_of_working_with_practice": "practice_internal",
    "attitude_to_needs_adaptation": "needs_adaptation",
    "degree_of_user_involvement": "user_involvement",
    "selection_motivation": "selection_motivation",
    "selection_health": "selection_health",
    "selection_likelihood_of_goal": "selection_goal",
    "selection_norwegian_skills": "selection_norwegian",
}
SURVEYED = "followup_need"
"""An answer that every project gave that answered the survey."""
REGIONS = ("africa", "europe", "middle_east", "asia")
PACKAGES = "measure_packages"


@dataclass(frozen=True)
class EvaluationModel:
    """The model and what was tried beside it.

    Attributes:
        fit: The terms of table 7.5 that can be estimated, with errors clustered by project.
        beside: p-value of each other variable when it is added to them (a joint Wald test for the packages); one that
            settles the outcome by itself is left out.
        beside_n: Participants that each of them was tested on.
        selection: What a search from specific to general finds among all of them.
        leavers: Participants who left, before those with something unknown are left out.
    """

    fit: LogitFit
    beside: pd.Series
    beside_n: pd.Series
    selection: Selection
    leavers: Leavers


@dataclass(frozen=True)
class Leavers:
    """Participants who left, and their projects: all, and those whose project did not answer the survey."""

    n: int
    projects: int
    n_unanswered: int
    projects_unanswered: int


def evaluation_model(study: Study) -> EvaluationModel:
    """The model on the part A participants who left in the cohort's years."""
    table = candidates(study)
    return _fit(
        table.design,
        table.packages,
        table.outcome,
        table.clusters,
        study.cohort.analysis.confidence_level,
        table.leavers,
    )


@dataclass(frozen=True)
class Candidates:
    """Every variable that was tried, for those about whom the terms of table 7.5 are known."""

    design: pd.DataFrame
    packages: pd.DataFrame
    outcome: pd.Series
    clusters: pd.Series
    leavers: Leavers


def candidates(study: Study) -> Candidates:
    """The columns of the model and of what was tested beside it."""
    details = study.registers.jobbsjansen_details
    left = details[(details["status"] == "left") & (details["part"] == "a")]
    own = left
    singles = study.registers.jobbsjansen_measures.reindex(own.index)
    columns = {
        f"origin_{region}": (own["world_region"] == region).where(own["world_region"].notna()) for region in REGIONS
    }
    columns |= {name: own[column] for name, column in (PARTICIPANT | PROJECT).items()}
    columns |= {name: singles[code] for name, code in SINGLE_MEASURES.items()}
    columns["refugee_service"] = (own["agency"] == "refugee_service").where(own["agency"].notna())
    size = own.groupby(CLUSTER)[CLUSTER].transform("size")
    columns |= {"project_size_participants": size, "participants_per_full_time_equivalent": size / own["project_staff"]}
    design = pd.DataFrame(columns, index=own.index).astype(float)
    known = design[list(FINAL)].notna().all(axis=1) & own[OUTCOME].notna()
    packages = pd.get_dummies(study.packages.labels.reindex(own.index), prefix=PACKAGES, dtype=float)
    smaller = packages.drop(columns=packages.sum().idxmax())
    silent = own.loc[own[SURVEYED].isna(), CLUSTER]
    leavers = Leavers(len(own), own[CLUSTER].nunique(), len(silent), silent.nunique())
    return Candidates(design[known], smaller[known], own.loc[known, OUTCOME], own.loc[known, CLUSTER], leavers)


@cached
def _fit(
    design: pd.DataFrame,
    packages: pd.DataFrame,
    outcome: pd.Series,
    clusters: pd.Series,
    level: float,
    leavers: Leavers,
) -> EvaluationModel:
    final = estimable_columns(design[list(FINAL)], outcome)
    fit = fit_logit(outcome, design[final], groups=clusters, level=level)
    others = [name for name in design.columns if name not in FINAL]
    beside = {name: _added(outcome, design[[*final, name]], [name], clusters) for name in others}
    beside[PACKAGES] = _added(outcome, design[final].join(packages), list(packages.columns), clusters)
    selection = _select(design, outcome, clusters, level)
    tested = pd.DataFrame(beside, index=["p_value", "n"]).T.dropna()
    return EvaluationModel(fit, tested["p_value"], tested["n"], selection, leavers)


def _added(outcome: pd.Series, design: pd.DataFrame, terms: list[str], clusters: pd.Series) -> tuple[float, float]:
    """p-value of terms beside the final ones, and the rows where they are known; NaN if none can be estimated."""
    known = design.notna().all(axis=1)
    kept = estimable_columns(design[known], outcome[known]) if known.any() else []
    tested = [term for term in terms if term in kept]
    if not tested:
        return float("nan"), float("nan")
    fit = fit_logit(outcome[known], design.loc[known, kept], groups=clusters[known])
    try:
        return wald_test(fit, tested).p_value, float(fit.n)
    except ModelError:  # more terms than so few projects can carry
        return float("nan"), float("nan")


def _select(design: pd.DataFrame, outcome: pd.Series, clusters: pd.Series, level: float) -> Selection:
    """First the participant, then the project, then the measures, as the evaluation went about it."""
    complete = design.dropna()
    names = estimable_columns(complete, outcome[complete.index])
    own = [name for name in names if name in PARTICIPANT or name.startswith("origin_")]
    project = [name for name in names if name in PROJECT or name in ("refugee_service", "project_size_participants")]
    measures = [name for name in names if name in SINGLE_MEASURES]
    blocks = [{name: [name] for name in names} for names in (own, project, measures)]
    return specific_to_general(outcome[complete.index], complete, blocks, groups=clusters[complete.index], level=level)
