"""Which variables enter which model, as the 2022 report's tables 17-21 have them.

Term names are those of `data/published/report_2022.csv`, so that every coefficient can be compared with the published
one. The reference origin and the origins counted with another come from the cohort file.
"""

from __future__ import annotations

from typing import get_args

import pandas as pd

from helpers.cohort.settings import AnalysisChoices, Origin

OUTCOME = "goal_attained"

ORIGINS = get_args(Origin)

MEASURES = (
    "measure_norwegian_training",
    "measure_social_studies",
    "measure_language_practice",
    "measure_vocational_course",
    "measure_ordinary_work",
    "measure_sheltered_work_practice",
    "measure_ordinary_work_practice",
    "measure_amo_course",
    "measure_social_network",
    "measure_health_promoting",
    "measure_children_family",
    "measure_culture_leisure",
    "measure_prior_learning_recognition",
    "measure_primary_school_subjects",
    "measure_upper_secondary_subjects",
)

CHARACTERISTICS = (
    "education_level",
    "male",
    "age",
    "years_in_norway",
    "norwegian_level",
    "duration_months",
    "absence_high",
)
"""Numeric and 0/1 characteristics of the individual model; origin comes in addition, one column per group."""

REQUIRED = (OUTCOME, *CHARACTERISTICS, "origin", "municipality")
"""A participant with all of these known is a complete case."""

BACKGROUND = ("male", "absence_high", "age_centred", "education_some_schooling", "education_good_general")
"""The characteristics that the report's two multilevel models keep."""

MUNICIPAL = ("municipality_immigrant_share", "municipality_net_in_migration", "municipality_labour_market")
"""The municipal variables of the report's municipality model, standardised."""

RESOURCES = "project_wage_per_participant"
"""The resource variable of the report's project model, standardised."""


def origin_terms(choices: AnalysisChoices) -> list[str]:
    """Names of the origin columns of the individual model, in the report's order."""
    left_out = {choices.reference_origin, *choices.merged_origins}
    return [f"origin_{origin}" for origin in ORIGINS if origin not in left_out]


def individual_design(participants: pd.DataFrame, choices: AnalysisChoices) -> pd.DataFrame:
    """Columns of the individual model (table 17, first column), without the constant.

    Args:
        participants: Harmonised participants; complete cases if the columns are to be complete.
        choices: Gives the reference origin and the merged origins.

    Returns:
        Float columns in the report's order: scheme (1 for Jobbsjansen), characteristics, origins, measures.
    """
    origin = participants["origin"].astype("object").replace(choices.merged_origins)
    columns = {"scheme": scheme_indicator(participants)}
    columns |= {name: participants[name].astype(float) for name in CHARACTERISTICS}
    columns |= {t: (origin == t.removeprefix("origin_")).astype(float) for t in origin_terms(choices)}
    columns |= {name: participants[name].astype(float) for name in MEASURES}
    return pd.DataFrame(columns, index=participants.index)


def background_design(participants: pd.DataFrame) -> pd.DataFrame:
    """Scheme and the characteristics that the report's multilevel models keep (table 17, columns 2 and 3).

    Age is standardised over the rows given, as the report's appendix says of continuous variables.
    """
    education = participants["education_level"]
    return pd.DataFrame(
        {
            "scheme": scheme_indicator(participants),
            "male": participants["male"].astype(float),
            "absence_high": participants["absence_high"].astype(float),
            "age_centred": standardised(participants["age"]),
            "education_some_schooling": (education == 2).astype(float),
            "education_good_general": (education == 3).astype(float),
        }
    )


def scheme_indicator(participants: pd.DataFrame) -> pd.Series:
    """1 for Jobbsjansen, 0 for the introduction programme."""
    return (participants["scheme"] == "jobbsjansen").astype(float)


def standardised(values: pd.Series) -> pd.Series:
    """Values in standard deviations from their mean, over the rows given."""
    return (values - values.mean()) / values.std()
