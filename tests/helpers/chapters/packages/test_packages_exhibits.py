"""Drawings, tables, captions and alt texts of the packages chapter say the numbers of their rows."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from shown_exhibits import shown
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.packages import exhibits, terms
from resultatbok.methods import packages as method
from resultatbok.release.rounding import STATISTIC

Rows = list[dict[str, Any]]


def cells(key: str, measures: dict[str, tuple[float | None, ...]], *packages: str) -> Rows:
    return [
        {"statistic": STATISTIC, "group": f"{key}={package};measure={code}"} | ({} if v is None else {"value": v})
        for code, values in measures.items()
        for package, v in zip(packages, values, strict=True)
    ]


SINGLE = cells(
    "package",
    {
        "v3_1_1": (0.9, 0.05, None),
        "v3_1_3": (0.5, 0.02, None),
        "v3_2_1": (0.2, 0.98, None),
        "v3_2_3": (0.6, 0.08, None),
    },
    "school",
    "strong_work",
    "rest",
)
TOGETHER = cells(
    "shared_package",
    {"norwegian_training": (0.9, 0.2, None), "social_studies": (0.4, 0.06, None)},
    "school",
    "broad_2",
    "rest",
)
SIZES: Rows = [
    {"statistic": "count", "term": "participants", "value": 1234},
    {"statistic": "mean", "term": "number_of_measures", "value": 7.7},
    {"statistic": "share", "term": "unique_measure_combination", "value": 0.75},
    *(
        {"group": f"package={name}", "statistic": statistic} | ({} if value is None else {"value": value})
        for name, values in {"broad": (900, 0.73, 12.34, 0.876), "school": (None, None, 2.5, 0.5)}.items()
        for statistic, value in zip(("count", "share", "mean", "stability"), values, strict=True)
    ),
    {"group": "package=rest", "statistic": "count", "value": 55},
    {"group": "package=rest", "statistic": "share", "value": 0.045},
    {"group": "package=rest", "statistic": "mean", "value": 3},
]
CONTENT: Rows = [
    {"statistic": "mean", "group": group, "value": value}
    for group, value in {
        "category=language": 1.7,
        "package=school;category=language": 3.1,
        "package=broad;category=language": 2.2,
        "category=health": 0.4,
        "package=school;category=health": 0.1,
        "package=broad;category=health": 0.9,
        "": 5.5,
        "package=school": 4.4,
        "package=broad": 6.6,
    }.items()
] + [{"statistic": STATISTIC, "group": "package=school", "term": "any_health_measure", "value": 0.11}]
ATTAINED: Rows = [
    {"statistic": "share", "group": "package=school", "n": 50, **interval(0.5, 0.6, 0.7)},
    {"statistic": "share", "group": "package=broad", "n": 900, **interval(0.7, 0.8, 0.9)},
    {"statistic": "share", "group": "package=rest"},
    {"statistic": "p_value", "group": "test=equal_shares", "value": 0.01},
]
ADJUSTED: Rows = [
    {"statistic": "average_marginal_effect", "group": f"package={name};version={version}", **found}
    for name, version, found in (
        ("school", "observed", interval(-0.12, -0.07, -0.02)),
        ("school", "adjusted", interval(-0.09, -0.04, 0.01)),
        ("broad", "observed", interval(0.01, 0.05, 0.09)),
        ("broad", "adjusted", interval(0.02, 0.06, 0.1)),
        ("rest", "observed", interval(-0.03, 0.01, 0.05)),
        ("rest", "adjusted", {}),
    )
] + [{"statistic": "reference_category", "group": "package=strong_work", "value": 1}]
CHOICE: Rows = [
    {"statistic": statistic, "group": f"clusters={k}", "value": value}
    for k, values in {2: (4100.4, 4200.4, 0.111), 3: (4050.4, 4300.4, 0.222)}.items()
    for statistic, value in zip(terms.CRITERIA, values, strict=True)
]
FOUND: Rows = [
    {"statistic": "count", "term": "packages", "value": 2},
    {"statistic": "count", "term": "clusters", "value": 3},
    {"statistic": "adjusted_rand_index", "value": 0.844},
]
TREE: Rows = [
    {"statistic": statistic, "group": f"merge={number}", "value": value}
    for number, merge in enumerate(((0, 1, 10, 2), (2, 3, 20, 2), (4, 5, 40, 4)), start=1)
    for statistic, value in zip(terms.MERGE, merge, strict=True)
] + [{"statistic": "rounded_count", "group": f"branch={b}", "value": 5 * b} for b in (1, 2, 3, 4)]


def both(statistic: str, **packages: tuple[float | None, float | None]) -> Rows:
    return [
        {"statistic": statistic, "group": f"shared_package={name}", "scheme": scheme}
        | ({} if value is None else interval(value - 0.05, value, value + 0.05))
        for name, values in packages.items()
        for scheme, value in zip(("introduction", "jobbsjansen"), values, strict=True)
    ]


INVENTED = {
    "package_measures": SINGLE,
    "packages_together": TOGETHER,
    "packages": SIZES,
    "package_content": CONTENT,
    "attainment_by_package": ATTAINED,
    "package_adjusted": ADJUSTED,
    "package_choice": CHOICE + FOUND,
    "package_tree": [*TREE, FOUND[1]],
    "packages_together_sizes": both("share", broad=(0.1, 0.3), school=(0.4, None), rest=(0.5, 0.2)),
    "packages_together_attainment": [
        *both("share", broad=(0.6, 0.7), school=(None, 0.5)),
        {"statistic": "difference", "group": "shared_package=broad", **interval(0.05, 0.1, 0.15)},
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", INVENTED)
def test_an_exhibit_says_the_numbers_of_its_rows(key: str, language: str, snapshot: SnapshotAssertion) -> None:
    assert shown(getattr(exhibits, key), page(language, *INVENTED[key])) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_of_clusters_that_is_set_is_said_to_be(language: str, snapshot: SnapshotAssertion) -> None:
    assert shown(exhibits.package_choice, page(language, *FOUND)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_all_participants_that_are_hidden_are_said_to_be(language: str, snapshot: SnapshotAssertion) -> None:
    hidden = [{name: key for name, key in row.items() if name != "value"} for row in SIZES]
    phrases = shown(exhibits.packages, page(language, *hidden))
    assert {key: phrases[key] for key in ("n_package_participants", "unique_combinations", "mean_measures")} == snapshot


def test_the_tree_is_cut_between_the_joins_on_each_side_of_the_number_of_clusters() -> None:
    joined = exhibits.merges(page("en", *TREE))
    assert [exhibits.cut_height(joined, n) for n in (1, 2, 3, 4)] == [None, 30.0, 15.0, None]


def test_the_pages_call_things_as_the_method_does() -> None:
    assert (terms.REST, terms.LEAST_STABILITY) == (method.REST, method.LEAST_STABILITY)
