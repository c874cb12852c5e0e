"""Sentences on packages name the package, the direction and the size of their rows, and say when nothing is shown."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.packages import sentences
from resultatbok.release.rounding import STATISTIC

NAMES = ("school", "broad", "health")
HIDDEN: dict[str, float] = {}


def attained(p_value: float | None, *values: float | None) -> list[dict[str, Any]]:
    shares = [
        {"statistic": "share", "group": f"package={name}", "n": 60, **({} if value is None else {"value": value})}
        for name, value in zip(("rest", *NAMES), values, strict=False)
    ]
    tested = {"statistic": "p_value", "group": "test=equal_shares"}
    return [*shares, tested if p_value is None else {**tested, "value": p_value}]


ATTAINED = {
    "they differ": attained(0.049, 0.1, 0.8, 0.62, 0.5),
    "they may not differ": attained(0.051, 0.1, 0.62, 0.8, 0.7),
    "the test is hidden": attained(None, 0.1, 0.62, 0.8, 0.7),
    "a hidden share is no lowest one": attained(0.01, 0.1, None, 0.8, 0.7),
    "one package": attained(0.01, 0.1, 0.62),
    "all hidden": attained(0.01, None, None, None, None),
    "the best is small": [
        row | {"n": 49 if "school" in row["group"] else 60} for row in attained(0.01, 0.1, 0.9, 0.6, 0.5)
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", ATTAINED)
def test_attainment_runs_from_the_lowest_to_the_highest(
    variant: str, language: str, snapshot: SnapshotAssertion
) -> None:
    assert sentences.packages_finding(page(language, *ATTAINED[variant])) == snapshot


def went(everyone: float | None, **packages: float | None) -> list[dict[str, Any]]:
    about = {"statistic": STATISTIC, "term": "started_adult_primary_after", "n": 60}
    shares = {"": everyone} | {f"package={name}": value for name, value in packages.items()}
    other = {**about, "term": "any_health_measure", "group": "package=health", "value": 0.9}
    return [other] + [about | {"group": g} | ({} if v is None else {"value": v}) for g, v in shares.items()]


WENT = {
    "most of one": went(0.03, school=0.14, rest=0.02),
    "no more than others": went(0.05, school=0.05, rest=0.0),
    "hidden among the packages": went(0.03, school=None, broad=0.1),
    "all packages hidden": went(0.05, school=None),
    "everyone hidden": went(None, school=0.14),
    "most of a small one": [*went(0.03, broad=0.1)[:-1], went(0.03, broad=0.1)[-1] | {"n": 49}],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", WENT)
def test_who_left_for_primary_education_is_told_of_the_package_where_most_did(
    variant: str, language: str, snapshot: SnapshotAssertion
) -> None:
    assert sentences.adult_primary_finding(page(language, *WENT[variant])) == snapshot


ABOVE, BELOW, NEITHER = interval(0.01, 0.05, 0.09), interval(-0.09, -0.05, -0.01), interval(-0.05, 0, 0.05)
ADJUSTED = {
    "above and below": (ABOVE, BELOW, NEITHER),
    "two above": (ABOVE, ABOVE, NEITHER),
    "one below": (HIDDEN, NEITHER, BELOW),
    "neither": (NEITHER, NEITHER, NEITHER),
    "neither, and one hidden": (NEITHER, HIDDEN, NEITHER),
    "hidden": (HIDDEN, HIDDEN, HIDDEN),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", ADJUSTED)
def test_packages_are_told_on_the_side_of_the_largest_that_they_are_on(
    variant: str, language: str, snapshot: SnapshotAssertion
) -> None:
    about = {"statistic": "average_marginal_effect", "term": "package"}
    observed = [about | BELOW | {"group": f"package={name};version=observed"} for name in NAMES]
    adjusted = [
        about | found | {"group": f"package={name};version=adjusted"}
        for name, found in zip(NAMES, ADJUSTED[variant], strict=True)
    ]
    largest = {"statistic": "reference_category", "group": "package=strong_work", "value": 1}
    assert sentences.adjusted_packages_finding(page(language, *observed, *adjusted, largest)) == snapshot


def both(**packages: tuple[float | None, float | None]) -> list[dict[str, Any]]:
    about = {"statistic": "share", "term": "participant_share"}
    return [
        about | {"group": f"shared_package={name}", "scheme": scheme} | ({} if value is None else {"value": value})
        for name, values in packages.items()
        for scheme, value in zip(("introduction", "jobbsjansen"), values, strict=True)
    ]


SIZES = {
    "most different where both are shown": both(school=(0.4, None), broad=(0.1, 0.3), health=(0.2, 0.1)),
    "with a rest": both(broad=(0.3, 0.1), health=(0.2, 0.3), rest=(0.6, 0.25)),
    "rest of one hidden": both(broad=(0.3, 0.1), rest=(0.6, None)),
    "nothing to compare": both(broad=(0.3, None), health=(None, 0.2), rest=(0.6, 0.1)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", SIZES)
def test_the_schemes_differ_most_in_the_package_with_the_largest_difference(
    variant: str, language: str, snapshot: SnapshotAssertion
) -> None:
    assert sentences.sizes_together_finding(page(language, *SIZES[variant])) == snapshot


TOGETHER = {
    "on each side": (ABOVE, ABOVE, BELOW, NEITHER, HIDDEN),
    "at the line": (interval(0, 0.03, 0.06), interval(0.001, 0.03, 0.06)),
    "one": (BELOW, HIDDEN),
    "none": (HIDDEN, HIDDEN),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", TOGETHER)
def test_packages_of_both_schemes_are_counted_by_the_side_of_their_difference(
    variant: str, language: str, snapshot: SnapshotAssertion
) -> None:
    about = {"statistic": "difference", "term": "goal_attainment"}
    gaps = [about | gap | {"group": f"shared_package={i}"} for i, gap in enumerate(TOGETHER[variant])]
    rest = about | ABOVE | {"group": "shared_package=rest"}
    assert sentences.attainment_together_finding(page(language, *gaps, rest)) == snapshot


@pytest.mark.parametrize(("language", "name"), [("en", "“package 1” (80%)"), ("nb", "«pakke 1» (80 %)")])
def test_a_package_has_a_small_letter_inside_a_sentence(language: str, name: str) -> None:
    shares = [
        {"statistic": "share", "group": f"package={i}", "value": value, "n": 60} for i, value in ((1, 0.8), (2, 0.6))
    ]
    tested = {"statistic": "p_value", "value": 0.01}
    assert name in sentences.packages_finding(page(language, *shares, tested))
