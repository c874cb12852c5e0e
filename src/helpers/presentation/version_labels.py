"""Names of the versions of the analysis that the robustness chapter sets beside the main one."""

from __future__ import annotations

from typing import Final

VERSION_LABELS: Final = {
    "version": "Version",
    "version=main": "The individual model",
    "version=imputed": "Missing values imputed",
    "version=independent": "Participants independent of each other",
    "version=clustered_by_municipality": "Errors clustered by municipality",
    "version=municipality_dummies": "A term for each municipality",
    "version=random_intercepts": "Random intercepts of municipalities and projects",
    "version=without_primary": "Without primary education for adults",
    "version=without_upper_secondary": "Without upper secondary education",
    "version=without_school": "Without both school measures",
    "version=school_combined": "Both school measures as one",
    "version=wage_subsidy_attained": "Wage-subsidised work counts, other NAV measures do not",
    "version=wage_subsidy_not_attained": "Other NAV measures count, wage-subsidised work does not",
    "version=end_reasons_missing": "Six end reasons are not counted",
    "version=end_reasons_not_attained": "Six uncounted end reasons count as not attained",
    "version=norwegian_five_levels": "Norwegian on five levels",
    "version=norwegian_four_levels": "Norwegian on four levels",
    "version=last_track": "Education by the last track",
    "version=first_track": "Education by the first track",
    "version=highest_track": "Education by the highest track",
    "version=absence_5_percent": "High absence from 5%",
    "version=absence_10_percent": "High absence from 10%",
    "version=absence_20_percent": "High absence from 20%",
    "measure_school_subjects": "Primary or upper secondary education",
    "fraction_missing_information": "Fraction of missing information",
}
