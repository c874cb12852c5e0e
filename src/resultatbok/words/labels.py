"""The names readers see for variables, categories, schemes, measures and statistics: messages to translate.

A category is written with its key, as in a ledger group: `origin=west_asia`. Keys whose values are open
(years, packages, age groups) have a pattern.
"""

from __future__ import annotations

import difflib
import re
from types import MappingProxyType
from typing import Final

from resultatbok.words.effect_labels import EFFECT_LABELS
from resultatbok.words.evaluation_labels import EVALUATION_LABELS
from resultatbok.words.gap_labels import GAP_LABELS
from resultatbok.words.study_labels import STUDY_LABELS
from resultatbok.words.version_labels import VERSION_LABELS

_SCHEMES: Final = {
    "introduction": "Introduction programme",
    "jobbsjansen": "Jobbsjansen",
    "both": "Both schemes",
}

_OUTCOMES: Final = {
    "goal_attained": "Goal attainment",
    "goal_attainment": "Goal attainment",
    "actual_goal_attainment": "Actual goal attainment",
    "expected_goal_attainment": "Expected goal attainment",
    "contribution": "Contribution",
    "shrunken_contribution": "Shrunken contribution",
    "transition": "Transition to work or education",
    "transition=work": "Work",
    "transition=education": "Education",
    "transition=other": "Neither work nor education",
    "transition_to_work": "Transition to work",
    "transition_to_education": "Transition to education",
    "participant_share": "Share of participants",
    "project_share": "Share of projects",
}

_CHARACTERISTICS: Final = {
    "scheme": "Jobbsjansen, compared with the introduction programme",
    "gender": "Gender",
    "gender=female": "Women",
    "gender=male": "Men",
    "male": "Man",
    "age": "Age",
    "age_centred": "Age (standardised)",
    "years_in_norway": "Years in Norway",
    "years_in_norway_quantile": "Years in Norway, in quarters of each scheme",
    "years_in_norway_quantile=1": "Shortest quarter",
    "years_in_norway_quantile=2": "Second quarter",
    "years_in_norway_quantile=3": "Third quarter",
    "years_in_norway_quantile=4": "Longest quarter",
    "duration_quantile": "Time in the programme, in fifths of each scheme",
    "duration_quantile=1": "Shortest fifth",
    "duration_quantile=2": "Second fifth",
    "duration_quantile=3": "Third fifth",
    "duration_quantile=4": "Fourth fifth",
    "duration_quantile=5": "Longest fifth",
    "duration_months": "Duration in months",
    "absence": "Absence",
    "absence=low": "Low absence",
    "absence=high": "High absence",
    "absence=low_minus_high": "Low minus high absence",
    "absence_high": "High absence",
    "education": "Level of education",
    "education=little_or_none": "Little or no schooling",
    "education=some_schooling": "Some schooling",
    "education=good_general": "Good general education",
    "education_level": "Level of education",
    "education_some_schooling": "Some schooling",
    "education_good_general": "Good general education",
    "education_dichotomised": "Level of education (one column per level)",
    "norwegian": "Level of Norwegian",
    "norwegian=under_a1": "Under A1",
    "norwegian=a1": "A1",
    "norwegian=a2": "A2",
    "norwegian=b1": "B1",
    "norwegian=b2": "B2",
    "norwegian=a1|a2|b1": "A1 to B1",
    "norwegian=b1_or_higher": "B1 or higher",
    "norwegian_level": "Level of Norwegian",
    "missing": "Missing values",
    "missing=yes": "With missing values",
    "missing=no": "Without missing values",
    "missing_education_level": "Level of education missing",
    "missing_norwegian_level": "Level of Norwegian missing",
    "missing_education_or_norwegian": "Level of education or Norwegian missing",
    "end_year": "Year of leaving",
    "year": "Year",
}

_ORIGIN_NAMES: Final = {
    "europe": "Europe",
    "west_asia": "West Asia",
    "sub_saharan_africa": "Sub-Saharan Africa",
    "north_africa": "North Africa",
    "south_asia": "South Asia",
    "southeast_asia": "Southeast Asia",
    "other_asia": "Other parts of Asia",
    "latin_america_caribbean": "Latin America and the Caribbean",
    "north_america": "North America",
    "stateless": "Stateless",
}
_ORIGINS: Final = (
    {"origin": "Country background"}
    | {f"origin={name}": text for name, text in _ORIGIN_NAMES.items()}
    | {f"origin_{name}": text for name, text in _ORIGIN_NAMES.items()}
)

_MEASURE_NAMES: Final = {
    "norwegian_training": "Norwegian language training",
    "social_studies": "Social studies",
    "language_practice": "Language practice at a workplace",
    "other_norwegian": "Other language and social studies measures",
    "vocational_course": "Vocational course",
    "ordinary_work": "Ordinary work during the programme",
    "sheltered_work_practice": "Work practice in a sheltered enterprise",
    "ordinary_work_practice": "Work practice in an ordinary enterprise",
    "amo_course": "Labour market training course",
    "other_work": "Other work-related measures",
    "social_network": "Measures that build social networks",
    "health_promoting": "Health-promoting measures",
    "children_family": "Measures for children and family",
    "culture_leisure": "Culture and leisure",
    "other_society": "Other measures for life in society",
    "prior_learning_recognition": "Recognition of prior learning",
    "primary_school_subjects": "Primary education for adults",
    "upper_secondary_subjects": "Upper secondary education",
    "other_education": "Other educational measures",
    "no_norwegian_training": "No Norwegian language training",
    "only_primary_school_subjects": "Only primary education for adults",
    "only_upper_secondary_subjects": "Only upper secondary education",
    "primary_school_subjects&upper_secondary_subjects": "Both primary and upper secondary education",
    "primary_school_subjects|upper_secondary_subjects": "Primary or upper secondary education",
}
_PACKAGE_NAMES: Final = {
    "broad": "Broad",
    "language": "Language",
    "language_and_work": "Language and work",
    "strong_work": "Strongly work-oriented",
    "school": "School",
    "society_life_skills": "Society and life skills",
    "health": "Health",
    "mixed": "Mixed",
    "few_measures": "Few measures",
}
_NUMBERED: Final = _PACKAGE_NAMES | {
    f"{name}_{number}": f"{text} {number}" for name, text in _PACKAGE_NAMES.items() for number in (2, 3)
}
_PACKAGES: Final = {
    f"{key}={name}": text
    for key in ("package", "shared_package")  # of Jobbsjansen, and of both schemes together
    for name, text in (_NUMBERED | {"rest": "Rest category"}).items()
}

_MEASURES: Final = (
    _PACKAGES
    | {
        "type=language": "Language",
        "type=work_oriented": "Work",
        "type=education": "Education",
        "type=society": "Society",
        "type=health": "Health",
        "measure": "Measure",
        "measures": "Measures",
        "package": "Measure package",
        "packages": "Measure packages",
    }
    | {f"measure={name}": text for name, text in _MEASURE_NAMES.items()}
    | {f"measure_{name}": text for name, text in _MEASURE_NAMES.items()}
)

_PLACES: Final = {
    "municipality": "Municipality",
    "municipalities": "Municipalities",
    "municipality_years": "Municipality-years",
    "municipalities_with_both_schemes": "Municipalities with both schemes",
    "comparable=yes": "Comparable in size and immigrant share",
    "comparable=no": "Not comparable",
    "jobbsjansen=above_mean": "Jobbsjansen above its average",
    "relative_difference_of_medians": "Relative difference of the medians",
    "project": "Project",
    "projects": "Projects",
    "project_years": "Project-years",
    "participants": "Participants",
    "participants_per_project": "Participants per project",
    "leavers_per_municipality_year": "Leavers per municipality and year",
    "population": "Population",
    "immigrant_share": "Immigrants in the population",
    "immigrant_share_all_countries": "Immigrants in the population, all countries",
    "selected_industries_share": "Employed in selected industries",
    "net_in_migration_per_1000": "Net in-migration per 1,000 inhabitants",
    "employment_share_25_66": "Employed, 25 to 66 years",
    "employed_share": "Employed, 25 to 66 years",
    "disability_pension_share": "Disability pensioners",
    "disability_share": "Disability pensioners",
    "unemployment_rate": "Unemployment rate",
    "centrality": "Centrality",
    "wage_costs_1000_nok": "Wage costs (NOK 1,000)",
    "wage_costs_per_project_1000_nok": "Wage costs per project (NOK 1,000)",
    "wage_costs_per_participant_1000_nok": "Wage costs per participant (NOK 1,000)",
    "municipality_immigrant_share": "Immigrants in the municipality (standardised)",
    "municipality_net_in_migration": "Net in-migration to the municipality (standardised)",
    "municipality_labour_market": "Employed in selected industries in the municipality (standardised)",
    "project_wage_per_participant": "The project's wage costs per participant (standardised)",
}

_MODELS: Final = {
    "model": "Model",
    "model=individual": "Individual model",
    "model=municipality": "Municipality model",
    "model=project": "Project model",
    "model=full": "Full three-level model",
    "model=scheme": "Scheme alone",
    "model=characteristics": "Characteristics",
    "model=scheme_characteristics": "Scheme and characteristics",
    "model=characteristics_measures": "Characteristics and measures",
    "level": "Level",
    "level=municipality": "Between municipalities",
    "level=project": "Between projects",
    "level=participant": "Between participants",
    "constant": "Constant",
    "profile": "Typical participant",
    "profile=archetype": "The same participant in both schemes",
    "profile=typical_introduction": "Typical participant in the introduction programme",
    "profile=typical_jobbsjansen": "Typical participant in Jobbsjansen",
    "profile=average_introduction": "Average participant in the introduction programme",
    "profile=average_jobbsjansen": "Average participant in Jobbsjansen",
    "profile=municipality_average_woman": "Woman in an average municipality",
    "contribution=above": "Above the average",
    "contribution=below": "Below the average",
    "contribution=not_distinguishable": "Cannot be told apart from the average",
    "contribution=above_average": "Above the average",
    "contribution=below_average": "Below the average",
    "contribution=near_zero_or_imprecise": "Near zero",
    "context=immigrant_share": "a larger share of immigrants in the municipality",
    "context=net_in_migration": "more net in-migration to the municipality",
    "context=labour_market": "a larger share employed in the selected industries",
    "context=wage_per_participant": "higher wage costs per participant in the project",
    "quadrant": "Quadrant",
    "quadrant=above_mean_positive": "Above the average, more than expected",
    "quadrant=above_mean_negative": "Above the average, less than expected",
    "quadrant=below_mean_positive": "Below the average, more than expected",
    "quadrant=below_mean_negative": "Below the average, less than expected",
    "contribution=positive": "More than expected",
    "contribution=negative": "Less than expected",
    "project=introduction_a": "Introduction programme A",
    "project=introduction_b": "Introduction programme B",
    "project=jobbsjansen_a": "Jobbsjansen project A",
    "project=jobbsjansen_b": "Jobbsjansen project B",
    "method": "Method",
    "method=raw": "Raw contribution",
    "method=shrunken": "Shrunken contribution",
    "method=mixed": "Probability in the mixed model",
    "method=mixed_interval": "Interval in the mixed model",
    "method=mixed_by_size": "Probability in the mixed model, average depending on size",
    "method=raw_interval": "Interval of the raw contribution",
    "method=raw_shrunken": "Interval of the raw contribution times its reliability",
    "method=exact_funnel": "Exact funnel limits",
    "method=wide_funnel": "Funnel limits with overdispersion",
    "limit=exact": "Exact binomial limits",
    "limit=overdispersed": "Limits with overdispersion",
    "limit=equal": "Raw and shrunken equal",
    "individual": "Participant",
    "observations": "Observations",
}

_STATISTICS: Final = {
    "count": "Number",
    "share": "Share",
    "mean": "Mean",
    "sd": "Standard deviation",
    "median": "Median",
    "mode": "Mode",
    "percentile": "Percentile",
    "correlation": "Correlation",
    "difference": "Difference",
    "difference_pp": "Difference in percentage points",
    "probability": "Predicted probability",
    "odds": "Odds",
    "odds_ratio": "Odds ratio",
    "average_marginal_effect": "Average marginal effect",
    "coefficient": "Coefficient",
    "std_error": "Standard error",
    "z": "z-value",
    "p_value": "p-value",
    "p_stars": "Significance",
    "stars": "Significance",
    "stars=1": "p < 0.1",
    "stars=2": "p < 0.05",
    "stars=3": "p < 0.01",
    "significance_level": "Significance level",
    "vif": "Variance inflation factor",
    "icc": "Intraclass correlation",
    "random_effect_variance": "Variance of the random intercept",
    "random_effect_sd": "Standard deviation of the random intercept",
    "group_sd": "Standard deviation of the random intercept",
    "loglik": "Log-likelihood",
    "loglik_null": "Log-likelihood of the empty model",
    "r2": "Pseudo R²",
    "reliability": "Reliability",
    "stability": "Stability",
    "silhouette": "Silhouette width",
    "threshold": "Limit",
    "rule": "Rule",
    "code": "Code",
    "amount": "Amount",
    "profile_value": "Value for the typical participant",
    "value": "Value",
    "n": "n",
    "low": "Lower limit",
    "high": "Upper limit",
    "confidence_interval": "Confidence interval",
    "exhibit": "Figure or table",
    "statistic": "Statistic",
    "group": "Group",
    "term": "Variable",
    "sample": "Sample",
    "unit": "Unit",
}

_SAMPLES: Final = {
    "all": "Complete cases",
    "women": "Women",
    "records": "Records",
    "all_gross": "All leavers",
    "with_missing": "Leavers with missing values",
    "municipality_years_10plus": "Municipality-years with ten or more leavers",
    "projects_10plus": "Projects with ten or more leavers",
    "projects_5plus": "Projects with five or more leavers",
}

LABELS: Final = MappingProxyType(
    _SCHEMES
    | _OUTCOMES
    | _CHARACTERISTICS
    | _ORIGINS
    | _MEASURES
    | _PLACES
    | _MODELS
    | _STATISTICS
    | _SAMPLES
    | STUDY_LABELS
    | EVALUATION_LABELS
    | EFFECT_LABELS
    | GAP_LABELS
    | VERSION_LABELS
)
"""English label of every key."""

HEADERS: Final = MappingProxyType({"scheme": "Scheme", "profile": "Participant", "contribution": "Contribution"})
"""Column headers that differ from the label of the variable."""

_RANGE: Final = re.compile(r"(\d+)\.\.(\d+)")
_PATTERNS: Final = (
    (re.compile(r"(?:year|end_year|municipality|project)=(?P<value>[\w:]+)"), "{value}"),
    (re.compile(r"percentile=(?P<value>\d+)"), "Percentile {value}"),
    (re.compile(r"(shared_)?package=(?P<value>\w+)"), "Package {value}"),
    (re.compile(r"\w+_quantile=(?P<value>\d+)"), "Quantile group {value}"),
    (re.compile(r"age=(?P<value>\d+–\d+)"), "{value} years"),
    (re.compile(r"age=under_(?P<value>\d+)"), "Under {value} years"),
    (re.compile(r"age=(?P<value>\d+)_plus"), "{value} years or more"),
    (re.compile(r"\w+=(?P<value>\d+–\d+)"), "{value}"),
    (re.compile(r"\w+=under_(?P<value>\d+)"), "Under {value}"),
    (re.compile(r"\w+=(?P<value>\d+)_plus"), "{value} or more"),
)

MESSAGES: Final = tuple(dict.fromkeys([*LABELS.values(), *HEADERS.values(), *(text for _, text in _PATTERNS)]))
"""Every English label, for the catalogue."""


def label_message(key: str) -> tuple[str, dict[str, str]]:
    """The message that names a key, and the values to put in it.

    Raises:
        KeyError: Not known; the error names the nearest keys.
    """
    if key in LABELS:
        return LABELS[key], {}
    printed = _RANGE.sub(r"\1–\2", key)
    for pattern, message in _PATTERNS:
        match = pattern.fullmatch(printed)
        if match:
            return message, match.groupdict()
    nearest = difflib.get_close_matches(key, LABELS, n=5, cutoff=0.4)
    raise KeyError(f"no label for {key!r}; nearest: {', '.join(nearest) or 'none'} (labels.py holds them)")
