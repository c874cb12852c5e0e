"""Drawings, tables, captions, alt texts and phrases of the contribution chapter say the numbers of their rows."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, cohort, interval, page
from shown_exhibits import shown
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.common.project_classes import CLASSES
from helpers.chapters.contribution import exhibits, exhibits_certainty
from helpers.chapters.contribution.terms import CORNERS, NEAR_ZERO_CLASSES

Rows = list[dict[str, Any]]


def valued(value: float | None) -> dict[str, float]:
    return {} if value is None else {"value": value}


QUADRANTS: Rows = [
    {"statistic": "count", "group": f"quadrant={name}", "term": "projects", "value": n}
    for n, name in zip((11, 22, 33, 1), CORNERS.values(), strict=True)
]
PROJECTS: Rows = [
    {"statistic": statistic, "scheme": scheme, "group": f"project={scheme}_{i:03}", "n": 5 * i, "value": value}
    for i, scheme, values in (
        (1, "introduction", (0.5, 0.7, 0.2)),
        (2, "introduction", (0.6, 0.3, -0.3)),
        (3, "jobbsjansen", (0.7, 0.8, 0.1)),
    )
    for statistic, value in zip(("expected", "actual", "contribution"), values, strict=True)
] + [{"statistic": "share", "term": "goal_attainment", "value": 0.55}]
CLASSED: Rows = [
    {"statistic": "contribution", "group": f"project=p_{i};contribution={c}", "n": 10 * i, **interval(*at)}
    for i, c, at in (
        (1, "above", (0.1, 0.2, 0.3)),
        (2, "not_distinguishable", (-0.1, 0.0, 0.1)),
        (3, "below", (-0.3, -0.2, -0.1)),
    )
]
SHARES: Rows = [
    {"statistic": "share", "scheme": scheme, "group": f"contribution={c}", "term": "project_share", "n": 50}
    | valued(value)
    for scheme, values in {"both": (0.12, 0.8, 0.08), "jobbsjansen": (0.3, None, 0.1)}.items()
    for c, value in zip(CLASSES, values, strict=True)
]
SPREAD: Rows = [
    *(
        {"statistic": "contribution", "scheme": scheme, "group": f"project={scheme}_1;method={method}", "value": value}
        for scheme, values in {"introduction": (-0.2, -0.1), "jobbsjansen": (0.4, 0.3)}.items()
        for method, value in zip(("raw", "shrunken"), values, strict=True)
    ),
    {"statistic": "sd", "group": "method=raw", "value": 0.164},
    {"statistic": "sd", "group": "method=shrunken", "value": 0.081},
    {"statistic": "group_sd", "term": "project", "value": 0.4},
    {"statistic": "p_value", "term": "project", "value": 0.049},
]
RELIABILITY: Rows = [
    {"statistic": statistic, "group": group} | valued(value)
    for group, values in {
        "": (400, 0.5, 0.234, 0.25),
        "participants_per_project=5..9": (100, 0.123, 0.345, None),
        "participants_per_project=200_plus": (7, 0.9, 0.1, 0.8),
    }.items()
    for statistic, value in zip(("count", "reliability", "interval_width", "share"), values, strict=True)
]
CUTOFFS: Rows = [
    row
    for cutoff, counts, wrong in (("0.9", (10, 20, 30), 4.44), ("0.975", (5, 50, 6), 0.55))
    for row in (
        *(
            {"statistic": "count", "group": f"cutoff={cutoff};contribution={c}", "value": n}
            for c, n in zip(CLASSES, counts, strict=True)
        ),
        {"statistic": "expected_wrong", "group": f"cutoff={cutoff}", "value": wrong},
    )
]
RANKS: Rows = [
    *(
        {"statistic": "rank", "group": f"project=p_{i};contribution={c}", **interval(i - 1, i, i + 2)}
        for i, c in enumerate(CLASSES, start=2)
    ),
    {"statistic": "rank_width", "term": "projects", "value": 2},
]
FUNNEL: Rows = [
    *CLASSED,
    *(
        {"statistic": "funnel_limit", "group": f"limit={limit};side={side};size={size}", "value": sign * width / size}
        for limit, width in (("exact", 5), ("overdispersed", 8))
        for size in (10, 20, 30)
        for side, sign in (("low", -1), ("high", 1))
    ),
    {"statistic": "share", "group": "limit=exact", "value": 0.31},
    {"statistic": "share", "group": "limit=overdispersed", "value": 0.04},
    {"statistic": "overdispersion", "term": "projects", "value": 2.34},
]
METHODS: Rows = [
    row
    for start, method in ((1, "false_discovery"), (11, "wide_funnel"))
    for row in (
        *(
            {
                "statistic": "count",
                "group": f"method={method};own={own};contribution={c}",
                "value": start + 3 * CLASSES.index(own) + CLASSES.index(c),
            }
            for own in CLASSES
            for c in CLASSES
        ),
        {"statistic": "count", "group": f"method={method};changed=yes", "value": start},
    )
]
PERCENTILES: Rows = [
    {
        "statistic": "percentile",
        "scheme": scheme,
        "group": f"percentile={p}",
        "term": term,
        "sample": f"projects_5plus{definition}",
        "value": value,
    }
    for definition, further in (("_entry", 0.0), ("", 0.01))
    for scheme, shift in (("jobbsjansen", 0.04), ("introduction", 0.0))
    for p, at in ((10, 0.1), (50, 0.5))
    for term, value in (
        ("contribution", at - 0.4 + shift + further),
        ("actual_goal_attainment", at + shift),
        ("expected_goal_attainment", 0.99),
    )
] + [{"statistic": "correlation", "term": "contribution", "sample": "projects_5plus_entry", "value": 0.97}]
SPLIT: Rows = [
    {"statistic": "share", "scheme": scheme, "group": f"contribution={name}", "term": "project_share", "value": value}
    for scheme, values in {"both": (0.2, 0.5, 0.3), "jobbsjansen": (0.6, 0.25, 0.15)}.items()
    for name, value in zip(NEAR_ZERO_CLASSES.values(), values, strict=True)
]
EXAMPLES: Rows = [
    {"statistic": statistic, "scheme": scheme, "group": f"project={scheme}_a", "term": term, "value": value}
    for scheme, values in {"introduction": (0.5, 0.3, -0.2, -0.1), "jobbsjansen": (0.6, 0.9, 0.3, 0.2)}.items()
    for (statistic, term), value in zip(
        (
            ("share", "expected_goal_attainment"),
            ("share", "actual_goal_attainment"),
            ("difference", "contribution"),
            ("contribution", "goal_attainment"),
        ),
        values,
        strict=True,
    )
]
ASSUMPTIONS: Rows = [
    {"term": "project"} | row
    for row in (
        {"statistic": "group_sd", "value": 0.66},
        {"statistic": "rule", "group": "spread=project_size", "value": 1.0},
        {"statistic": "p_value", "group": "spread=scheme", "value": 0.81},
        {"statistic": "group_sd", "group": "spread=scheme;kind=introduction", "value": 0.67},
        {"statistic": "group_sd", "group": "spread=scheme;kind=jobbsjansen"},
        {"statistic": "p_value", "group": "spread=project_size", "value": 0.0014},
        {"statistic": "group_sd", "group": "spread=project_size;kind=larger", "value": 0.59},
        {"statistic": "group_sd", "group": "spread=project_size;kind=smaller", "value": 0.84},
        {"statistic": "p_value", "group": "project_means=yes", "value": 0.083},
        {"statistic": "group_sd", "group": "project_means=yes;kind=larger", "value": 0.56},
        {"statistic": "group_sd", "group": "project_means=yes;kind=smaller", "value": 0.81},
    )
] + [
    {"statistic": "sd", "group": "project_means=yes", "term": "contribution", "value": 0.152},
    {"statistic": "correlation", "group": "years=consecutive", "term": "contribution", **interval(0.44, 0.54, 0.62)},
    {"statistic": "stability", "group": "years=consecutive", "term": "contribution", **interval(0.82, 0.9, 1.0)},
]
INVENTED = {
    "contribution_quadrants": QUADRANTS,
    "contribution_scatter": PROJECTS + QUADRANTS,
    "contribution_intervals": CLASSED + SHARES,
    "contribution_shrunken": SPREAD,
    "contribution_reliability": RELIABILITY,
    "contribution_cutoffs": CUTOFFS,
    "contribution_ranks": RANKS,
    "contribution_funnel": FUNNEL,
    "contribution_methods": METHODS,
    "contribution_assumptions": ASSUMPTIONS,
    "contribution_percentiles": PERCENTILES,
    "contribution_split": SPLIT,
    "contribution_examples": EXAMPLES,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", INVENTED)
def test_a_contribution_exhibit_says_the_numbers_of_its_rows(
    key: str, language: str, snapshot: SnapshotAssertion
) -> None:
    exhibit = getattr(exhibits, key, None) or getattr(exhibits_certainty, key)
    assert shown(exhibit, page(language, *INVENTED[key])) == snapshot


def test_the_smallest_project_is_the_limit_of_projects_and_not_that_of_the_multilevel_models() -> None:
    choices = cohort().analysis
    assert choices.project_min_participants != choices.multilevel_min_participants
    phrases = shown(exhibits.contribution_scatter, page("en", *PROJECTS, *QUADRANTS))
    assert phrases["smallest_project"] == str(choices.project_min_participants)
