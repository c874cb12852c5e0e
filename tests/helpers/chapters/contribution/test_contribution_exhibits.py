"""Drawings, tables, captions, alt texts and phrases of the contribution chapter say the numbers of their rows."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, cohort, interval, page
from shown_exhibits import shown
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.common.project_classes import CLASSES
from helpers.chapters.contribution import exhibits, sentences
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
    {"statistic": "share", "scheme": scheme, "group": f"contribution={c}", "term": "project_share"} | valued(value)
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
    {"statistic": "mean", "scheme": "introduction", "group": "method=shrunken", "value": -0.016},
    {"statistic": "mean", "scheme": "jobbsjansen", "group": "method=shrunken", "value": 0.024},
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
    for start, method in ((1, "raw_interval"), (11, "wide_funnel"))
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
    {"statistic": "percentile", "scheme": scheme, "group": f"percentile={p}", "term": term, "value": value}
    for scheme, shift in (("jobbsjansen", 0.04), ("introduction", 0.0))
    for p, at in ((10, 0.1), (50, 0.5))
    for term, value in (
        ("contribution", at - 0.4 + shift),
        ("actual_goal_attainment", at + shift),
        ("expected_goal_attainment", 0.99),
    )
] + [
    {"statistic": "difference", "group": "contribution=highest", "term": "contribution", "value": 0.5},
    {"statistic": "difference", "group": "contribution=lowest", "term": "contribution", "value": -0.45},
    {"statistic": "difference", "group": "percentile=10", "term": "contribution", "value": -0.2},
    {"statistic": "difference", "group": "percentile=90", "term": "actual_goal_attainment", "value": 0.07},
]
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
    "contribution_percentiles": PERCENTILES,
    "contribution_split": SPLIT,
    "contribution_examples": EXAMPLES,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", INVENTED)
def test_a_contribution_exhibit_says_the_numbers_of_its_rows(
    key: str, language: str, snapshot: SnapshotAssertion
) -> None:
    assert shown(getattr(exhibits, key), page(language, *INVENTED[key])) == snapshot


def test_the_smallest_project_is_the_limit_of_projects_and_not_that_of_the_multilevel_models() -> None:
    choices = cohort().analysis
    assert choices.project_min_participants != choices.multilevel_min_participants
    phrases = shown(exhibits.contribution_scatter, page("en", *PROJECTS, *QUADRANTS))
    assert phrases["smallest_project"] == str(choices.project_min_participants)


PROJECTS_DIFFER = {
    "differ": (0.4, 0.049),
    "may not differ": (0.4, 0.051),
    "no spread": (0.0, 1.0),
    "hidden": (None, None),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", PROJECTS_DIFFER)
def test_the_sentence_on_projects_follows_the_test(variant: str, language: str, snapshot: SnapshotAssertion) -> None:
    spread, p_value = PROJECTS_DIFFER[variant]
    rows = [{"statistic": "group_sd"} | valued(spread), {"statistic": "p_value"} | valued(p_value)]
    assert sentences.project_finding(page(language, *rows)) == snapshot
