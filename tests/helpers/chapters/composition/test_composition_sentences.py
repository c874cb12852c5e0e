"""What the composition chapter says, in every variant and both languages."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.composition import sentences
from resultatbok.project import Language

STAGES = ("entry", "after_entry", "context", "unexplained")
HIDDEN: dict[str, float] = {}
FLAT = interval(-1, 0.4, 2)
CLEAR = (interval(4, 6, 8), interval(10, 12, 14), interval(1, 2, 3))
VARIANTS: dict[str, tuple[dict[str, float], ...]] = {
    "a lead, nothing certain stays": (interval(17, 20, 23), *CLEAR, interval(-5, 0, 5)),
    "a lead, something stays": (interval(20, 29, 33), *CLEAR, interval(3, 9, 15)),
    "a lead, the schemes change places": (interval(8, 11, 14), *CLEAR, interval(-15, -9, -3)),
    "a lag": (interval(-23, -20, -17), *(interval(-9, -6, -3),) * 3, interval(-5, -2, -1)),
    "a lag, one part pulls back": (interval(-16, -13, -10), interval(5, 7, 9), *(interval(-12, -9, -7),) * 2, FLAT),
    "one part pulls back": (interval(10, 13, 16), interval(-9, -7, -5), *CLEAR[1:], interval(3, 6, 9)),
    "one part exceeds the whole": (interval(10, 13, 16), interval(15, 17, 19), interval(-6, -4, -2), FLAT, FLAT),
    "no difference, parts pull": (interval(-2, 1, 4), interval(4, 6, 8), interval(-8, -5, -2), FLAT, FLAT),
    "no difference, no parts": (interval(-2, 1, 4), FLAT, FLAT, FLAT, FLAT),
    "a part is hidden": (interval(17, 20, 23), CLEAR[0], HIDDEN, CLEAR[2], HIDDEN),
    "hidden": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
}


def gap_rows(sample: str, gap: dict[str, float], *parts: dict[str, float]) -> list[dict[str, Any]]:
    part = {"statistic": "decomposition", "sample": sample, "group": "coefficients=pooled"}
    named = [part | {"term": term} | number for term, number in zip(STAGES, parts, strict=True)]
    return [{"statistic": "difference_pp", "term": "goal_attainment", "sample": sample} | gap, *named]


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


RESTS = {"above": interval(1, 5, 10), "below": interval(-9, -5, -1), "uncertain": interval(-1, 5, 10), "hidden": HIDDEN}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", RESTS)
def test_the_note_on_projects_follows_its_interval(
    variant: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    part = {"statistic": "decomposition", "sample": "women"}
    projects = part | {"group": "coefficients=pooled;drawn=projects"}
    rows = [
        projects | {"term": "unexplained"} | RESTS[variant],
        projects | {"term": "entry"} | interval(-80, -70, -60),
        part | {"group": "coefficients=pooled", "term": "unexplained"} | interval(-50, 40, 90),
    ]
    assert sentences.projects_note(page(language, *rows)) == snapshot


def groups_rows(*effects: dict[str, float]) -> list[dict[str, Any]]:
    kind = {"statistic": "average_marginal_effect"}
    named = [kind | {"group": f"education=e{i}"} | effect for i, effect in enumerate(effects)]
    return [kind | interval(1, 3, 5), *named]


UP, DOWN = interval(4, 9, 14), interval(-14, -9, -4)
GROUPS: dict[str, tuple[dict[str, float], ...]] = {
    "none": (),
    "one": (UP,),
    "several": (UP, UP, UP, DOWN, FLAT, DOWN),
    "some are hidden": (UP, HIDDEN, FLAT),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", GROUPS)
def test_groups_are_counted_by_what_can_be_told(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    assert sentences.groups_told_apart(page(language, *groups_rows(*GROUPS[variant]))) == snapshot


@pytest.mark.parametrize(("n", "expected"), [(0, "1"), (20, "1"), (60, "3")])
def test_one_in_twenty_groups_is_told_apart_by_chance(n: int, expected: str) -> None:
    assert sentences.groups_by_chance(page("en", *groups_rows(*[UP] * n))) == expected


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
