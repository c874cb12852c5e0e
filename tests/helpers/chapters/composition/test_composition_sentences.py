"""What the composition chapter says, in every variant and both languages."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.composition import sentences
from resultatbok.project import Language

STAGES = ("entry", "after_entry", "context", "unexplained")
HIDDEN: dict[str, float] = {}
FLAT = interval(-0.01, 0.004, 0.02)
CLEAR = (interval(0.04, 0.06, 0.08), interval(0.1, 0.12, 0.14), interval(0.01, 0.02, 0.03))
VARIANTS: dict[str, tuple[dict[str, float], ...]] = {
    "a lead, nothing certain stays": (interval(0.17, 0.2, 0.23), *CLEAR, interval(-0.05, 0, 0.05)),
    "a lead, something stays": (interval(0.2, 0.29, 0.33), *CLEAR, interval(0.03, 0.09, 0.15)),
    "a lead, the schemes change places": (interval(0.08, 0.11, 0.14), *CLEAR, interval(-0.15, -0.09, -0.03)),
    "a lag": (interval(-0.23, -0.2, -0.17), *(interval(-0.09, -0.06, -0.03),) * 3, interval(-0.05, -0.02, -0.01)),
    "a lag, one part pulls back": (
        interval(-0.16, -0.13, -0.1),
        interval(0.05, 0.07, 0.09),
        *(interval(-0.12, -0.09, -0.07),) * 2,
        FLAT,
    ),
    "one part pulls back": (
        interval(0.1, 0.13, 0.16),
        interval(-0.09, -0.07, -0.05),
        *CLEAR[1:],
        interval(0.03, 0.06, 0.09),
    ),
    "one part exceeds the whole": (
        interval(0.1, 0.13, 0.16),
        interval(0.15, 0.17, 0.19),
        interval(-0.06, -0.04, -0.02),
        FLAT,
        FLAT,
    ),
    "no difference, parts pull": (
        interval(-0.02, 0.01, 0.04),
        interval(0.04, 0.06, 0.08),
        interval(-0.08, -0.05, -0.02),
        FLAT,
        FLAT,
    ),
    "no difference, no parts": (interval(-0.02, 0.01, 0.04), FLAT, FLAT, FLAT, FLAT),
    "a part is hidden": (interval(0.17, 0.2, 0.23), CLEAR[0], HIDDEN, CLEAR[2], HIDDEN),
    "hidden": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
}


def gap_rows(sample: str, gap: dict[str, float], *parts: dict[str, float]) -> list[dict[str, Any]]:
    part = {"statistic": "decomposition", "sample": sample, "group": "coefficients=pooled"}
    named = [part | {"term": term} | number for term, number in zip(STAGES, parts, strict=True)]
    return [{"statistic": "difference", "term": "goal_attainment", "sample": sample} | gap, *named]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_division_follows_the_numbers(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    others = gap_rows("all", *VARIANTS["no difference, no parts"])
    less_known = [row | {"group": "coefficients=pooled;known=entry"} for row in others[1:]]
    rows = [*gap_rows("women", *VARIANTS[variant]), *others, *(row | {"sample": "women"} for row in less_known)]
    assert sentences.composition("women")(page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", ["a lead, something stays", "a lag", "no difference, parts pull", "hidden"])
def test_men_are_said_to_be_included(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    assert sentences.composition("all")(page(language, *gap_rows("all", *VARIANTS[variant]))) == snapshot


RESTS = {
    "above": interval(0.01, 0.05, 0.1),
    "below": interval(-0.09, -0.05, -0.01),
    "uncertain": interval(-0.01, 0.05, 0.1),
    "hidden": HIDDEN,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", RESTS)
def test_the_note_on_projects_follows_its_interval(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    part = {"statistic": "decomposition", "sample": "women"}
    projects = part | {"group": "coefficients=pooled;drawn=projects"}
    rows = [
        projects | {"term": "unexplained"} | RESTS[variant],
        projects | {"term": "entry"} | interval(-0.8, -0.7, -0.6),
        part | {"group": "coefficients=pooled", "term": "unexplained"} | interval(-0.5, 0.4, 0.9),
    ]
    assert sentences.projects_note(page(language, *rows)) == snapshot


def groups_rows(*effects: dict[str, float], smaller: float = 50) -> list[dict[str, Any]]:
    levels = ("little_or_none", "some_schooling", "good_general")
    rows: list[dict[str, Any]] = [{"statistic": "pooled_effect"} | interval(0.01, 0.03, 0.05)]
    for level, effect in zip(levels, effects, strict=False):
        group = {"group": f"education={level}"}
        sizes = {"introduction": 900.0, "jobbsjansen": smaller if level == "little_or_none" else 60.0}
        rows.append({"statistic": "pooled_effect"} | group | effect)
        rows.append({"statistic": "average_marginal_effect"} | group | interval(0.8, 0.9, 1.0))
        rows += [{"statistic": "rounded_count", "scheme": k, "value": n} | group for k, n in sizes.items()]
    return rows


UP, DOWN = interval(0.04, 0.09, 0.14), interval(-0.14, -0.09, -0.04)
GROUPS: dict[str, list[dict[str, Any]]] = {
    "none": groups_rows(),
    "one above": groups_rows(UP, FLAT, FLAT),
    "above and below": groups_rows(UP, interval(0.1, 0.2, 0.3), DOWN),
    "all uncertain": groups_rows(FLAT, FLAT),
    "some are hidden": groups_rows(UP, HIDDEN, FLAT),
    "all hidden": groups_rows(HIDDEN, HIDDEN),
    "one is small": groups_rows(UP, DOWN, smaller=40),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", GROUPS)
def test_large_groups_are_named_by_their_pooled_difference(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    assert sentences.groups_named(page(language, *GROUPS[variant])) == snapshot


TESTS: dict[str, dict[str, float]] = {
    "none": {},
    "all differ": {"scheme:education": 0.0004, "scheme:norwegian": 0.049, "scheme:education:norwegian": 0.01},
    "none differs": {"scheme:education": 0.05, "scheme:norwegian": 0.6, "scheme:education:norwegian": 0.2},
    "some": {"scheme:norwegian": 0.6, "scheme:education": 0.02},
    "hidden": {"scheme:education": float("nan")},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", TESTS)
def test_the_sentences_on_groups_follow_the_tests(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    rows = [
        {"statistic": name, "term": term, "value": value + (name == "chi2") * 9}
        for term, value in TESTS[variant].items()
        for name in ("chi2", "p_value")
    ]
    made = page(language, *rows, *groups_rows(UP))
    assert [sentences.for_whom_finding(made), sentences.for_whom_tests(made)] == snapshot
