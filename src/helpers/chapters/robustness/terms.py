"""What both halves of the robustness chapter name: versions and their families, samples, models and limits."""

from __future__ import annotations

from typing import Final

from helpers.chapters.common.samples import WOMEN
from helpers.study import specification
from resultatbok.release.rows import group_keys, group_of

EFFECT: Final = "average_marginal_effect"
GROSS: Final = "all_gross"
"""Everyone who left, whether all of them is known or not."""

MODELS: Final = ("individual", "municipality", "project", "full")
REDUCED: Final = ("model=municipality", "model=project")
"""Models that hold neither the participants' Norwegian nor their measures equal."""
DEPENDENCE: Final = ("independent", "clustered_by_municipality", "municipality_dummies", "random_intercepts")
WITHOUT_SCHOOL: Final = ("without_primary", "without_upper_secondary", "without_school", "school_combined")

MISSING_BY: Final = ("gender", "absence", "origin")
"""By what the share of those with missing values is shown, beside the scheme."""
FRACTION_LOST: Final = "fraction_missing_information"

PRIMARY_SCHOOL: Final = specification.PRIMARY_SCHOOL
UPPER_SECONDARY: Final = specification.UPPER_SECONDARY
COMBINED: Final = "measure_school_subjects"
"""Either of the two school measures, as one term."""
EITHER: Final = "measure=primary_school_subjects|upper_secondary_subjects"

SMALL_BELOW: Final = 5.0
LARGE_FROM: Final = 10.0
"""The 2022 report's reading of variance inflation: below 5 is no problem, above 10 has to be handled."""
PAIRS: Final = (("immigrant_share", "population"), ("selected_industries_share", "immigrant_share"))
"""Municipal statistics whose correlation is shown."""


def named(version: str) -> str:
    """The ledger's group of a version of the individual model."""
    return group_of(model="individual", version=version)


MAIN: Final = named("main")
COMPLETE: Final = "model=individual"
"""The individual model as the 2022 report has it, where every participant is independent."""
IMPUTED: Final = named("imputed")


def family_of(group: str, sample: str) -> str:
    """The family that a version belongs to, from what identifies its rows."""
    keys = group_keys(group)
    if sample == WOMEN:
        return "women"
    if keys["model"] != "individual":
        return "models"
    families = {"main": "main", "imputed": "missing"}
    families |= dict.fromkeys(DEPENDENCE, "dependence") | dict.fromkeys(WITHOUT_SCHOOL, "school")
    return families.get(keys["version"], "coding")
