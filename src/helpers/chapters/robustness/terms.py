"""What both halves of the robustness chapter name: versions, choices, samples, models and limits."""

from __future__ import annotations

from typing import Final

from helpers.study import specification
from resultatbok.release.rows import group_of

EFFECT: Final = "average_marginal_effect"
GROSS: Final = "all_gross"
"""Everyone who left, whether all of them is known or not."""

MODELS: Final = ("individual", "municipality", "project", "full")

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

CHOICES: Final = ("adjusted", "form", "people", "clusters")
"""Keys of the choices that a specification is a combination of."""
DECLARED: Final = group_of(adjusted="main", form="logit", people="women", clusters="project")
"""The ledger's group of the declared specification, which is the book's main model."""
CHANGE: Final = "effect_change"

BOUND: Final = "effect_bound"
ODDS: Final = ("1/8", "1/4", "1/2", "1", "2", "4", "8")
"""Odds of those left out, times those of comparable women; at 1 they are missing at random."""

PLACEBO: Final = "average_effect"
ADJUSTED_P: Final = "adjusted_p_value"
